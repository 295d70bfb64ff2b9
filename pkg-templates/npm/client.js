// What the root and slim export. Some methods are made here: async iteration is JavaScript's, and a loop or a name costs less here.
import "./calls.js";
import "./campaign.js";
import "./catalog-cache.js";
import "./history.js";
import "./lists.js";
import { Campaign as campaign, Catalog as catalog, GiftCardPartners as client, ImportReport as report, RecipientImport as recipients } from "./giftcard_partners.js";
import { checkedOrder, derivePoNumber, parseOrder } from "./giftcard_partners.js";
import { completeHandles } from "./handles.js";
import { makeOrderTools } from "./order-tools.js";

export { signCallbackUrl, verifyCallbackUrl } from "./callback.js";
export const { OrderBuilder, orderSchema, randomPoNumber } = makeOrderTools({ checkedOrder, derivePoNumber, parseOrder });
export { derivePoNumber, fingerprintOrder, parseOrder, pollDelayMs, validateOrder } from "./giftcard_partners.js";
export { quoteOrder } from "./giftcard_partners.js";
export const { Campaign, Catalog, GiftCardPartners, ImportReport, RecipientImport } = completeHandles({
  Campaign: campaign,
  Catalog: catalog,
  GiftCardPartners: client,
  ImportReport: report,
  RecipientImport: recipients,
});
export { claimsCsv, resultsCsv } from "./giftcard_partners.js";
export * from "./error-classes.js";
export { orderSummary } from "./order-tools.js";
export { PagePromise } from "./page.js";
