import "./shared.js";

import { orderBy, parseAmountBy } from "../order/exports.js";
import { makeOrderSchema } from "../order/order-schema.js";
import text from "../giftcard_partners_order.inline.js";

export const { Catalog, OrderBuilder, derivePoNumber, fingerprintOrder, orderSummary, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ orderBy(text);
export const parseAmount = /* @__PURE__ */ parseAmountBy(text);
export const orderSchema = /* @__PURE__ */ makeOrderSchema(parseOrder);
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
