// The plan of a piece of a file: without the rows that campaigns before have paid, and those that repeat a row of another piece.
import type { Campaign, DuplicateRow, ImportReport, PlanOptions, RejectedRow } from "giftcard-partners";

import { rowOfFile } from "./piece-report.js";
import { type CostOf, ordersOf, type PaymentOptions, type PlanOrders } from "./plan-orders.js";
import { rowsOf } from "./plan-rows.js";
import type { Series } from "./series.js";

/** The orders of a child campaign. */
export interface Child extends PlanOrders {
  /** Whoever takes it frees it. */
  plan: Campaign;
  /** How many lines further down the file has what the plan has. */
  offset: number;
}

export interface PiecePlan {
  /** What becomes a child campaign; absent where no row is to be paid. */
  child?: Child;
  /** How many rows are to be paid. */
  toPay: number;
  /** How many rows are left out, since campaigns before have paid them or may have. */
  alreadyPaid: number;
  /** With the lines of the file, in its order. */
  rejected: RejectedRow[];
  /** The lines of those among them that repeat a row of a piece before; the report of this one knows nothing of that. */
  repeated: number[];
  /** The same. */
  duplicates: DuplicateRow[];
}

export interface Piece {
  report: ImportReport;
  /** Which child its orders become. */
  child: number;
  /** How many lines further down the file has what the piece has. */
  offset: number;
  /** Whether a row that repeats another one is rejected. */
  rejects: boolean;
}

/** As the package says it of two rows of one piece. */
const REPEATED = 'The row pays the same recipient the same product and value as an earlier one. Remove it, or say duplicates: "accept" where both are meant.';

export async function planPiece(series: Series, { report, child, offset, rejects }: Piece, options: PlanOptions, payments: PaymentOptions, costOf: CostOf): Promise<PiecePlan> {
  const rejected = report.rejected.map((row) => rowOfFile(row, offset));
  const duplicates = report.duplicates.map(({ line, firstLine }) => ({ line: line + offset, firstLine: firstLine + offset }));
  if (report.accepted === 0) return { toPay: 0, alreadyPaid: 0, rejected, repeated: [], duplicates };

  const whole = report.plan(options);
  const { rows, orders } = ordersOf(whole, payments, costOf, offset);
  const judged = await series.take(child, rows, rejects);
  const { paid } = judged;
  const repeated = rejects ? judged.repeated.map(({ line }) => line) : [];
  const told = { alreadyPaid: paid.length, repeated, ...withRepeated(rejected, duplicates, judged.repeated, rejects) };
  const left = [...paid, ...repeated];
  const toPay = rows.length - left.length;
  if (left.length === 0) {
    if (judged.repeated.length > 0) await series.add(child, rows);
    return { child: { plan: whole, rows, orders, offset }, toPay, ...told };
  }

  whole.free();
  if (toPay === 0) return { toPay, ...told };
  const plan = planWithout(report, new Set(left.map((line) => line - offset)), options);
  const planned = ordersOf(plan, payments, costOf, offset);
  await series.add(child, planned.rows);
  return { child: { plan, offset, ...planned }, toPay, ...told };
}

/** Leaves rows out by the package's own means: as if each had been placed as an order of its own. */
function planWithout(report: ImportReport, lines: Set<number>, options: PlanOptions): Campaign {
  const single = report.plan({ campaign: "paid before", maxLinesPerOrder: 1 });
  try {
    for (const { line, poNumber } of rowsOf(single)) if (lines.has(line)) single.record(poNumber, "created");
    return report.plan({ ...options, after: single });
  } finally {
    single.free();
  }
}

/** What the pieces before add to what the piece tells of repeated rows. */
function withRepeated(rejected: RejectedRow[], duplicates: DuplicateRow[], repeated: DuplicateRow[], rejects: boolean) {
  const firstLines = new Map(repeated.map(({ line, firstLine }) => [line, firstLine]));
  // What repeats a row of this piece that repeats one of a piece before, repeats that one.
  const first = (line: number) => firstLines.get(line) ?? line;
  const known = duplicates.filter(({ line }) => !firstLines.has(line)).map(({ line, firstLine }) => ({ line, firstLine: first(firstLine) }));
  const pointed = rejected.map(({ issues, ...row }) => ({
    ...row,
    issues: issues.map((issue) => (issue.params ? { ...issue, params: { firstLine: first(issue.params.firstLine) } } : issue)),
  }));
  const refused = repeated.map(({ line, firstLine }): RejectedRow => ({ line, issues: [{ code: "duplicate_row", message: REPEATED, params: { firstLine } }] }));
  return { rejected: inFile([...pointed, ...(rejects ? refused : [])]), duplicates: inFile([...known, ...repeated]) };
}

function inFile<R extends { line: number }>(rows: R[]): R[] {
  return rows.toSorted((one, other) => one.line - other.line);
}
