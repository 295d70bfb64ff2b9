import { orderBy } from "../order/exports.js";
import text from "../giftcard_partners_order.inline.js";
import { inflated } from "../shared/inflate.js";

export const { Catalog, OrderBuilder, derivePoNumber, fingerprintOrder, orderSchema, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ orderBy(() => inflated(text));
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
