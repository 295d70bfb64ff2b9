// Workers refuse to compile bytes at run time: the module is imported, and the bundler compiles it. It is named as it stands in the package.
import "./shared.js";

import module from "./giftcard_partners.wasm?module";
import { clientBy, parseAmountBy } from "../client/exports.js";
import { makeOrderSchema } from "../order/order-schema.js";

export const { Catalog, GiftCardPartners, OrderBuilder, derivePoNumber, fingerprintOrder, orderSummary, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ clientBy(module);
export const parseAmount = /* @__PURE__ */ parseAmountBy(module);
export const orderSchema = /* @__PURE__ */ makeOrderSchema(parseOrder);
export { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv, importRecipients, inspectRecipients } from "./bulk.workerd.js";
export { PagePromise } from "../client/page.js";
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
