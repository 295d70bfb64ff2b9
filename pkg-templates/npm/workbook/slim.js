import "../entries/shared.js";

import { workbookBy } from "./exports.js";

/** `initWorkbook` says where the wasm is. */
export const workbook = () => workbookBy();
