// The order tools, over the wasm of the entry that they belong to.
import { refusing, toJson } from "../shared/input.js";
import { onlyKnown, optionOf } from "../shared/options.js";
import { makeCatalog } from "./catalog.js";
import { makeOrderBuilder } from "./order-builder.js";

/** JSON would leave out a symbol or a function without a word. */
function whole(_, value) {
  if (typeof value === "symbol" || typeof value === "function") throw value;
  return value;
}

export function makeOrderTools(wasm) {
  const { Catalog, rawCatalog } = makeCatalog(wasm.Catalog);
  /** The wasm takes what it is handed, so another handle to the same catalog. */
  const catalogIn = (method, options) => {
    onlyKnown(method, options, ["catalog", "maxIssues"]);
    const given = optionOf(options, "catalog");
    return given === undefined ? undefined : rawCatalog(given, "catalog").share();
  };
  const parseOrder = (input, options) => wasm.parseOrder(input, options, catalogIn("parseOrder", options));
  const derivePoNumber = (parts, options) => {
    onlyKnown("derivePoNumber", options, ["prefix", "maxLength"]);
    const read = refusing("derivePoNumber: parts cannot be read.", () => (Array.isArray(parts) ? [...parts] : parts));
    return wasm.derivePoNumber(read, options);
  };
  const { fingerprintOrder, pollDelayMs } = wasm;
  return {
    Catalog,
    OrderBuilder: makeOrderBuilder(wasm),
    derivePoNumber,
    fingerprintOrder,
    orderSummary: (order) => wasm.orderSummary(refusing("orderSummary: order must be an order as answered.", () => toJson(order, whole))),
    parseOrder,
    pollDelayMs,
    quoteOrder: (input, catalog, balance) => wasm.quoteOrder(input, rawCatalog(catalog, "catalog"), balance),
    /** The hash of 256 random bits, which is as random as they are. */
    randomPoNumber: (prefix) => derivePoNumber([crypto.getRandomValues(new Uint32Array(8)).join()], { prefix }),
    validateOrder: (input, options) => wasm.validateOrder(input, options, catalogIn("validateOrder", options)),
  };
}
