// A spreadsheet's bytes to checked orders with PO numbers.
import * as tools from "giftcard-partners/bulk";
import { csv } from "../data.js";
import { tables } from "../peers/tables.js";

const CHUNK = 1 << 16;
const decoder = new TextDecoder();
const absent = !tools.RecipientImport;

/** The orders of a file that comes in chunks. */
export function ourOrders(chunks) {
  const rows = new tools.RecipientImport({ type: "DigitalDelivery" });
  for (const chunk of chunks) rows.push(chunk);
  const report = rows.finish();
  const campaign = report.plan({ campaign: "BENCH", maxLinesPerOrder: 1000 });
  const orders = [...campaign.orders()];
  for (const handle of [campaign, report, rows]) handle.free?.();
  return orders;
}

export function* chunks(bytes) {
  for (let start = 0; start < bytes.length; start += CHUNK) yield bytes.subarray(start, start + CHUNK);
}

function prepare(rows) {
  const bytes = new TextEncoder().encode(csv(rows));
  const contenders = absent ? {} : { "giftcard-partners": () => ourOrders(chunks(bytes)) };
  for (const [name, toOrders] of Object.entries(tables())) contenders[name] = () => toOrders(decoder.decode(bytes));
  for (const [name, make] of Object.entries(contenders)) {
    const lines = make().reduce((sum, { lineCount, body }) => sum + (JSON.parse(decoder.decode(body)).LineItems.length === lineCount ? lineCount : NaN), 0);
    if (lines !== rows) throw new Error(`${name} made orders of ${lines} lines of ${rows} rows`);
  }
  return { contenders, bytes: bytes.length };
}

export const jobs = [{ job: "CSV to checked orders", sizes: [1000, 100_000], unit: "rows", prepare, absent }];
