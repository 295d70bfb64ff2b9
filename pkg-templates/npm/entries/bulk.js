import { bulkBy } from "../bulk/exports.js";
import text from "../giftcard_partners_bulk.inline.js";
import { inflated } from "../shared/inflate.js";

export const { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv } = /* @__PURE__ */ bulkBy(() => inflated(text));
export * from "../shared/error-classes.js";
