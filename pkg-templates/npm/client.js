// What the root and slim export. The list methods are made here: async iteration is JavaScript's.
import "./lists.js";
import { assertOrder, derivePoNumber, parseOrder } from "./giftcard_partners.js";
import { makeOrderTools } from "./order-tools.js";

export const { OrderBuilder, orderSchema, randomPoNumber } = makeOrderTools({ assertOrder, derivePoNumber, parseOrder });
export { GiftCardPartners, derivePoNumber, fingerprintOrder, parseOrder, pollDelayMs, validateOrder } from "./giftcard_partners.js";
export * from "./error-classes.js";
export { orderSummary } from "./order-tools.js";
export { PagePromise } from "./page.js";
