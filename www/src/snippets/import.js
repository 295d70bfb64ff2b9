import { RecipientImport } from "giftcard-partners/slim";

/** In a Web Worker, piece by piece: the file may be of any size, the page stays free. */
export async function importFile(file, { type, catalog, defaults, duplicates }, onProgress) {
  const recipients = new RecipientImport({ type, catalog, defaults, duplicates });
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return recipients.finish(); // accepted, rejected, duplicates, totals
    onProgress(recipients.push(value));
  }
}
