import text from "../giftcard_partners_workbook.inline.js";
import { inflated } from "../shared/inflate.js";
import { workbookBy } from "./exports.js";

export const workbook = () => workbookBy(() => inflated(text));
