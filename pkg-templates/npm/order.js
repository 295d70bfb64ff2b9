import { initSync } from "./giftcard_partners_order.js";
import module from "./giftcard_partners_order.inline.js";

initSync({ module });
export { Campaign, ImportReport, RecipientImport, claimsCsv, pollDelayMs, validateOrder } from "./giftcard_partners_order.js";
export * from "./error-classes.js";
