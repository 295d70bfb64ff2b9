// The same as the root, for those who load the wasm themselves.
import { bulkBy } from "../bulk/exports.js";
import { clientBy } from "../client/exports.js";
import { instance as bulk } from "../giftcard_partners_bulk.js";
import { instance as client } from "../giftcard_partners.js";
import { loader } from "../shared/loader.js";

export const { Catalog, GiftCardPartners, OrderBuilder, derivePoNumber, fingerprintOrder, orderSchema, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ clientBy();
export const { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv } = /* @__PURE__ */ bulkBy();
export const { load: init, loadSync: initSync } = /* @__PURE__ */ loader("init", client);
export const { load: initBulk, loadSync: initBulkSync } = /* @__PURE__ */ loader("initBulk", bulk);
export { PagePromise } from "../client/page.js";
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
