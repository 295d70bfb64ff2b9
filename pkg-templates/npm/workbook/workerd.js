// As in the entry of /bulk: the module is imported, and named as it stands in the package.
import "../entries/shared.js";

import module from "./giftcard_partners_workbook.wasm?module";
import { workbookBy } from "./exports.js";

export const workbook = () => workbookBy(module);
