// Workers refuse to compile bytes at run time: the module is imported, and the bundler compiles it. It is named as it stands in the package.
import module from "./giftcard_partners.wasm?module";
import { clientBy } from "../client/exports.js";

export const { Catalog, GiftCardPartners, OrderBuilder, derivePoNumber, fingerprintOrder, orderSchema, parseOrder, pollDelayMs, quoteOrder, randomPoNumber, validateOrder } = /* @__PURE__ */ clientBy(() => module);
export { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv } from "./bulk.workerd.js";
export { PagePromise } from "../client/page.js";
export * from "../order/plain.js";
export * from "../shared/error-classes.js";
