import { bulkBy } from "../bulk/exports.js";
import { listsBy } from "../bulk/import-recipients.js";
import text from "../giftcard_partners_bulk.inline.js";
import { inflated } from "../shared/inflate.js";

export const { Campaign, ImportReport, RecipientImport, claimsCsv, resultsCsv } = /* @__PURE__ */ bulkBy(() => inflated(text));
export const { importRecipients } = /* @__PURE__ */ listsBy(() => inflated(text), () => import("../workbook/inline.js"));
export * from "../shared/error-classes.js";
