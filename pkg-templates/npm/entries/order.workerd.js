// Workers refuse to compile bytes at run time: the module is imported, and the bundler compiles it. It is named as it stands in the package.
import "./shared.js";

import module from "./giftcard_partners_order.wasm?module";
import { orderBy, parseAmountBy } from "../order/exports.js";
import { makeOrderSchema } from "../order/order-schema.js";

export const { Catalog, OrderBuilder, derivePoNumber, fingerprintOrder, orderSummary, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ orderBy(module);
export const parseAmount = /* @__PURE__ */ parseAmountBy(module);
export const orderSchema = /* @__PURE__ */ makeOrderSchema(parseOrder);
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
