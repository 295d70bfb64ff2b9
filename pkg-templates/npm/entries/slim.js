// The same as the root, for those who load the wasm themselves.
import "./shared.js";

import { bulkBy } from "../bulk/exports.js";
import { importBy, inspectBy } from "../bulk/import-recipients.js";
import { clientBy, parseAmountBy } from "../client/exports.js";
import { makeOrderSchema } from "../order/order-schema.js";
import { instance as bulk } from "../giftcard_partners_bulk.js";
import { instance as client } from "../giftcard_partners.js";
import { instance as workbook } from "../giftcard_partners_workbook.js";
import { loader } from "../shared/loader.js";

export const { Catalog, GiftCardPartners, OrderBuilder, derivePoNumber, fingerprintOrder, orderSummary, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ clientBy();
export const parseAmount = /* @__PURE__ */ parseAmountBy();
export const orderSchema = /* @__PURE__ */ makeOrderSchema(parseOrder);
export const { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv } = /* @__PURE__ */ bulkBy();
export const importRecipients = /* @__PURE__ */ importBy();
export const inspectRecipients = /* @__PURE__ */ inspectBy();
export const { load: init, loadSync: initSync } = /* @__PURE__ */ loader("init", client());
export const { load: initBulk, loadSync: initBulkSync } = /* @__PURE__ */ loader("initBulk", bulk());
export const { load: initWorkbook, loadSync: initWorkbookSync } = /* @__PURE__ */ loader("initWorkbook", workbook());
export { PagePromise } from "../client/page.js";
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
