import { importRecipients, inspectRecipients } from "giftcard-partners/slim";

/** What is in the list: its sheets, its header, and what each column seems to be. */
export function inspectFile(file, { type, sheet, headerRow, encoding }) {
  return inspectRecipients(file, { type, sheet, headerRow, encoding });
}

/** A workbook or a CSV, in a Web Worker: the page stays free. `columns` is what a person has matched: { "#3": "email" }. */
export function importFile(file, options, onProgress) {
  return importRecipients(file, { ...options, onProgress }); // accepted, rejected, duplicates, totals
}
