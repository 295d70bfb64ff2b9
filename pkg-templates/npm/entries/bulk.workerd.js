// Workers refuse to compile bytes at run time: the module is imported, and the bundler compiles it. It is named as it stands in the package.
import "./shared.js";

import module from "./giftcard_partners_bulk.wasm?module";
import { bulkBy } from "../bulk/exports.js";
import { importBy, inspectBy } from "../bulk/import-recipients.js";

export const { Campaign, ImportReport, RecipientImport, claimsCsv, recipientTemplate, resultsCsv } = /* @__PURE__ */ bulkBy(module);
export const importRecipients = /* @__PURE__ */ importBy(module, () => import("./workbook.workerd.js"));
export const inspectRecipients = /* @__PURE__ */ inspectBy(module, () => import("./workbook.workerd.js"));
export * from "../shared/error-classes.js";
