import { RecipientImport } from "giftcard-partners/slim";

/** In a Web Worker: the file streams through wasm in pieces, so its size does not matter, and the page stays free. */
export async function importFile(file, { type, catalog, defaults }, onProgress) {
  const recipients = new RecipientImport({ type, catalog, defaults });
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    onProgress(recipients.push(piece.value));
  }
  return recipients.finish(); // rows, accepted, rejected with reasons, duplicates, totals
}
