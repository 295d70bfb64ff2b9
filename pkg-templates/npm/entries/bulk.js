import "./shared.js";

import { bulkBy } from "../bulk/exports.js";
import text from "../giftcard_partners_bulk.inline.js";

export const { Campaign, ImportReport, RecipientImport, claimsCsv, resultsCsv } = /* @__PURE__ */ bulkBy(text);
export * from "../shared/error-classes.js";
