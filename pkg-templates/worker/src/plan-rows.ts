// The rows of a plan, as the package's `resultsCsv` lists them.
import { type Campaign, resultsCsv } from "giftcard-partners";

export interface PlanRow {
  /** Of the text that was imported. */
  line: number;
  poNumber: string;
}

const [LINE, PO_NUMBER] = [0, 5];

/** The rows of a plan's orders, order by order; without those of campaigns before, which it may carry. */
export function rowsOf(plan: Campaign): PlanRow[] {
  const own = new Set([...plan.orders()].map(({ poNumber }) => poNumber));
  const [, ...records] = recordsOf(new TextDecoder().decode(resultsCsv(plan)));
  const rows = records.map((cells) => ({ line: Number(cells[LINE]), poNumber: cells[PO_NUMBER] ?? "" }));
  return rows.filter(({ poNumber }) => own.has(poNumber));
}

/** The records of a CSV that the package has written. */
export function recordsOf(text: string): string[][] {
  if (!text.includes('"')) return text.split("\r\n").filter(Boolean).map((line) => line.split(","));
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, cell = "", end] of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/g)) {
    record.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === ",") continue;
    if (record.length > 1) records.push(record);
    record = [];
  }
  return records;
}

/** A record of a CSV. */
export function recordText(cells: string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
}
