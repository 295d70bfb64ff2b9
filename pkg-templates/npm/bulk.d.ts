/**
 * Lists of recipients and campaigns: no network, no credentials. The root has the same.
 *
 * ```js
 * import { RecipientImport } from "giftcard-partners/bulk";
 *
 * const recipients = new RecipientImport({ type: "DigitalDelivery" });
 * recipients.push(bytes);
 * const campaign = recipients.finish().plan({ campaign: "spring" });
 * ```
 */
export * from "./campaign.js";
export * from "./errors.js";
export * from "./recipient-import.js";
export type { Issue, IssueCode, LineItem, OrderType } from "./order.js";
