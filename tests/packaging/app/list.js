// A list of recipients: a workbook, as a page has one dropped on it.
import { importRecipients } from "giftcard-partners/bulk";

import { WORKBOOK } from "./workbook.js";

export async function list() {
  const file = new Blob([Uint8Array.from(atob(WORKBOOK), (character) => character.charCodeAt(0))]);
  const { rows, accepted, totals } = await importRecipients(file, { type: "DigitalDelivery" });
  return { rows, accepted, totals };
}
