import "./shared.js";

import { bulkBy } from "../bulk/exports.js";
import { importBy, inspectBy } from "../bulk/import-recipients.js";
import text from "../giftcard_partners_bulk.inline.js";

export const { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv } = /* @__PURE__ */ bulkBy(text);
export const importRecipients = /* @__PURE__ */ importBy(text, () => import("./giftcard_partners_workbook.inline.js"));
export const inspectRecipients = /* @__PURE__ */ inspectBy(text, () => import("./giftcard_partners_workbook.inline.js"));
export * from "../shared/error-classes.js";
