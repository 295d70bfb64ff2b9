import "../entries/shared.js";

import text from "../giftcard_partners_workbook.inline.js";
import { workbookBy } from "./exports.js";

export const workbook = () => workbookBy(text);
