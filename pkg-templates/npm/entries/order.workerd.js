// Workers refuse to compile bytes at run time: the module is imported, and the bundler compiles it. It is named as it stands in the package.
import module from "./giftcard_partners_order.wasm?module";
import { orderBy } from "../order/exports.js";

export const { Catalog, OrderBuilder, derivePoNumber, fingerprintOrder, orderSchema, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ orderBy(() => module);
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
