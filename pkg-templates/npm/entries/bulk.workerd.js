// Workers refuse to compile bytes at run time: the module is imported, and the bundler compiles it. It is named as it stands in the package.
import "./shared.js";

import module from "./giftcard_partners_bulk.wasm?module";
import { bulkBy } from "../bulk/exports.js";
import { listsBy } from "../bulk/import-recipients.js";

export const { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv } = /* @__PURE__ */ bulkBy(module);
export const { importRecipients, inspectRecipients } = /* @__PURE__ */ listsBy(module, () => import("../workbook/workerd.js"));
export * from "../shared/error-classes.js";
