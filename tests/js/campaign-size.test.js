// 100,000 rows through the package, from the file to the ledger: what it takes is printed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Campaign, RecipientImport } from "giftcard-partners/bulk";

const ROWS = 100_000;
/** As a file is read: in pieces of 64 KB. */
const PIECE = 64 << 10;
const MB = 1 << 20;

function file(rows) {
  const lines = ["Email,Product,Value,Quantity,To,From name,Message"];
  for (let row = 0; row < rows; row += 1) {
    lines.push(`recipient.${row}@example.org,INKWHISTLE,25.00,1,Recipient ${row},The team,Thank you for a wonderful year`);
  }
  return new TextEncoder().encode(lines.join("\n"));
}

function imported(bytes) {
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  for (let from = 0; from < bytes.length; from += PIECE) recipients.push(bytes.subarray(from, from + PIECE));
  return recipients.finish();
}

test("100,000 rows become a checked plan with its ledger", { timeout: 120_000 }, (t) => {
  const bytes = file(ROWS);
  const before = process.memoryUsage.rss();
  const times = [];
  const timed = (name, act) => {
    const begun = performance.now();
    const result = act();
    times.push(`${name} ${Math.round(performance.now() - begun)} ms`);
    return result;
  };

  const report = timed("import", () => imported(bytes));
  const campaign = timed("plan", () => report.plan({ campaign: "spring" }));
  const orders = timed("orders", () => campaign.next());
  timed("record", () => orders.forEach(({ poNumber }, place) => campaign.record(poNumber, "created", `ORDER-${place}`)));
  const ledger = timed("ledger", () => campaign.ledger());
  const kept = timed("toBytes", () => campaign.toBytes());
  const restored = timed("fromBytes", () => Campaign.fromBytes(kept));
  timed("applyLedger", () => restored.applyLedger(ledger));
  const grown = timed("plan after", () => imported(file(ROWS + 500)).plan({ campaign: "spring", after: restored }));

  assert.equal(report.accepted, ROWS);
  assert.equal(orders.length, 100);
  assert.equal(restored.progress().created, 100);
  assert.ok(ledger.length < 4_000, `${ledger.length} bytes of ledger`);
  assert.equal(grown.alreadyPlanned, ROWS);
  assert.deepEqual(grown.next().map(({ lineCount }) => lineCount), [500]);
  const peak = process.resourceUsage().maxRSS / 1024 - before / MB;
  t.diagnostic(`${ROWS} rows, ${(bytes.length / MB).toFixed(1)} MB: ${times.join(", ")}`);
  t.diagnostic(`ledger ${ledger.length} bytes, campaign ${(kept.length / MB).toFixed(1)} MB, peak memory ${Math.round(peak)} MB above the start`);
});
