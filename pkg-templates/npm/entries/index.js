import "./shared.js";

import { clientBy } from "../client/exports.js";
import text from "../giftcard_partners.inline.js";

export const { Catalog, GiftCardPartners, OrderBuilder, derivePoNumber, fingerprintOrder, orderSchema, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ clientBy(text);
export { Campaign, ImportReport, RecipientImport, claimsCsv, resultsCsv } from "./bulk.js";
export { PagePromise } from "../client/page.js";
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
