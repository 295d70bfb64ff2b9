import "./shared.js";

import { clientBy, parseAmountBy } from "../client/exports.js";
import { makeOrderSchema } from "../order/order-schema.js";
import text from "../giftcard_partners.inline.js";

export const { Catalog, GiftCardPartners, OrderBuilder, derivePoNumber, fingerprintOrder, orderSummary, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ clientBy(text);
export const parseAmount = /* @__PURE__ */ parseAmountBy(text);
export const orderSchema = /* @__PURE__ */ makeOrderSchema(parseOrder);
export { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv, importRecipients, inspectRecipients } from "./bulk.js";
export { PagePromise } from "../client/page.js";
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
