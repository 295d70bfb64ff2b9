// The order tools that are JavaScript, over the wasm of the entry that they belong to.
import { makeOrderBuilder } from "./order-builder.js";
import { makeOrderSchema } from "./order-schema.js";

export { orderSummary } from "./order-summary.js";

export function makeOrderTools(wasm) {
  return {
    OrderBuilder: makeOrderBuilder(wasm),
    orderSchema: makeOrderSchema(wasm),
    /** The hash of 256 random bits, which is as random as they are. */
    randomPoNumber: (prefix) =>
      wasm.derivePoNumber([crypto.getRandomValues(new Uint32Array(8)).join()], { prefix }),
  };
}
