// What the root and slim export. The list methods are made here: async iteration is JavaScript's.
import "./campaign.js";
import "./lists.js";

export { Campaign, GiftCardPartners, ImportReport, RecipientImport, claimsCsv, pollDelayMs, validateOrder } from "./giftcard_partners.js";
export * from "./error-classes.js";
export { PagePromise } from "./page.js";
