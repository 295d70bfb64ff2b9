// What /bulk exports, and the root and /slim with it.
import { instance } from "../giftcard_partners_bulk.js";
import { Campaign, claimsCsv, resultsCsv } from "./campaign.js";
import { ImportReport } from "./import-report.js";
import { RecipientImport } from "./recipient-import.js";
import { recipientTemplate } from "./recipient-template.js";

/** Lists and campaigns, with the wasm from there once one is used. */
export function bulkBy(source) {
  instance().from(source);
  return { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv };
}
