// 100,000 recipients through the package, as a page or a Worker would stream them. Time and memory are printed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { RecipientImport } from "giftcard-partners/bulk";

const ROWS = 100_000;
const CHUNK = 64 << 10;
const encoder = new TextEncoder();

/** The file in chunks, cut anywhere, so that it is never in memory as a whole. Every 1,000th row is to be rejected. */
async function* file() {
  let text = "\uFEFFE-Mail,Product,Amount,Qty,Name,From Name,Message\r\n";
  for (let row = 0; row < ROWS; row += 1) {
    const amount = row % 1000 === 999 ? "1.000" : `${10 + (row % 90)}.50`;
    text += `person${row}@example.com,PRODUCT${row % 7},${amount},1,José ${row},Acme,"Thank you, ""${row}"","\r\n`;
    if (text.length > CHUNK) {
      yield encoder.encode(text);
      text = "";
    }
  }
  yield encoder.encode(text);
}

test("100,000 rows are read as they stream, each accepted or rejected, and planned", async (t) => {
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  let bytes = 0;
  let reading = 0;
  let progress;
  for await (const chunk of file()) {
    bytes += chunk.length;
    const begun = performance.now();
    progress = recipients.push(chunk);
    reading += performance.now() - begun;
  }
  const begun = performance.now();
  const report = recipients.finish();
  reading += performance.now() - begun;
  const planning = performance.now();
  const campaign = report.plan({ campaign: "spring" });
  const planned = performance.now() - planning;

  assert.equal(progress.bytes, bytes);
  assert.deepEqual([report.rows, report.accepted, report.rejected.length], [ROWS, ROWS - 100, 100]);
  assert.ok(report.rejected.every(({ line, issues }) => line % 1000 === 1 && issues[0].code === "ambiguous_amount" && issues[0].column === "Amount"));
  assert.deepEqual(report.duplicates, []);
  assert.equal(report.totals.length, 1);
  assert.equal(report.totals[0].lines, ROWS - 100);
  assert.equal(new TextDecoder().decode(report.rejectedCsv()).trim().split("\r\n").length, 101);
  const lines = [...campaign.orders()].reduce((sum, order) => sum + order.lineCount, 0);
  assert.equal(lines, ROWS - 100);
  t.diagnostic(`${(bytes / 1e6).toFixed(1)} MB: read in ${reading.toFixed(0)} ms, planned in ${planned.toFixed(0)} ms`);
  t.diagnostic(`peak memory of the process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  campaign.free();
  report.free();
});
