// What the root and slim export. The list methods are made here: async iteration is JavaScript's.
import "./lists.js";

export { GiftCardPartners, pollDelayMs, validateOrder } from "./giftcard_partners.js";
export { Catalog, quoteOrder } from "./giftcard_partners.js";
export * from "./error-classes.js";
export { PagePromise } from "./page.js";
