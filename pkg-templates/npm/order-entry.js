// What /order exports, in Workers and elsewhere.
import { Campaign as campaign, Catalog as catalog, ImportReport as report, RecipientImport as recipients, checkedOrder, derivePoNumber, parseOrder } from "./giftcard_partners_order.js";
import { completeHandles } from "./handles.js";
import { makeOrderTools } from "./order-tools.js";

export const { OrderBuilder, orderSchema, randomPoNumber } = makeOrderTools({ checkedOrder, derivePoNumber, parseOrder });
export { derivePoNumber, fingerprintOrder, parseOrder, pollDelayMs, validateOrder } from "./giftcard_partners_order.js";
export { signCallbackUrl, verifyCallbackUrl } from "./callback.js";
export { quoteOrder } from "./giftcard_partners_order.js";
export const { Campaign, Catalog, ImportReport, RecipientImport } = completeHandles({ Campaign: campaign, Catalog: catalog, ImportReport: report, RecipientImport: recipients });
export { claimsCsv, resultsCsv } from "./giftcard_partners_order.js";
export * from "./error-classes.js";
export { orderSummary } from "./order-tools.js";
