import { clientBy } from "../client/exports.js";
import text from "../giftcard_partners.inline.js";
import { inflated } from "../shared/inflate.js";

export const { Catalog, GiftCardPartners, OrderBuilder, derivePoNumber, fingerprintOrder, orderSchema, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ clientBy(() => inflated(text));
export { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv } from "./bulk.js";
export { PagePromise } from "../client/page.js";
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
