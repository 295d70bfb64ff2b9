// What POST /campaigns says of a list: the package's report, put together from those of its pieces; and which parameters would help.
import type { DuplicateRow, FileIssue, ImportColumn, ImportIssueGroup, ImportReport, ImportTotal, RejectedRow } from "giftcard-partners";

import { decimal, units } from "./amounts.js";
import type { PiecePlan } from "./piece-plan.js";
import { withIssues } from "./piece-report.js";

/** Rejected and repeated rows that an answer lists. */
const LISTED = 1_000;
/** Lines that a group names. */
const LINES = 5;

export class ListReport {
  rows = 0;
  accepted = 0;
  rejected = 0;
  alreadyPaid = 0;
  encoding: string | undefined;
  columns: ImportColumn[] = [];
  ignoredColumns: string[] = [];
  issues: FileIssue[] = [];
  readonly rejectedRows: RejectedRow[] = [];
  readonly duplicates: DuplicateRow[] = [];
  readonly #totals = new Map<string | undefined, ImportTotal>();
  readonly #groups = new Map<string, ImportIssueGroup>();

  /** Adds a piece. `offset`: how many lines further down the file has what the piece has. */
  add(report: ImportReport, planned: PiecePlan, offset: number): void {
    this.rows += report.rows;
    this.accepted += report.rows - planned.rejected.length;
    this.rejected += planned.rejected.length;
    this.alreadyPaid += planned.alreadyPaid;
    this.encoding ??= report.encoding;
    if (this.columns.length === 0) this.columns = report.columns;
    this.ignoredColumns = report.ignoredColumns;
    this.issues = withIssues(this.issues, report.issues, offset);
    for (const row of planned.rejected.slice(0, LISTED - this.rejectedRows.length)) this.rejectedRows.push(row);
    for (const row of planned.duplicates.slice(0, LISTED - this.duplicates.length)) this.duplicates.push(row);
    for (const group of report.summary()) this.#group({ ...group, firstLines: group.firstLines.map((line) => line + offset) });
    // Of these the piece's own report knows nothing.
    const across = planned.rejected.filter(({ line }) => planned.repeated.includes(line));
    for (const { line, issues } of across) for (const { code, message } of issues) this.#group({ code, message, severity: "error", count: 1, firstLines: [line] });
    for (const total of totalsOf(report, planned)) this.#total(total);
  }

  /** What is wrong with the rejected rows, each thing once, the most frequent first. */
  summary(): ImportIssueGroup[] {
    return [...this.#groups.values()].sort((one, other) => other.count - one.count);
  }

  toJSON() {
    const { rows, accepted, rejected, alreadyPaid, encoding, columns, ignoredColumns, issues, rejectedRows, duplicates } = this;
    const [summary, help] = [this.summary(), this.help()];
    const told = { rows, accepted, rejected, alreadyPaid, encoding, columns, ignoredColumns, totals: [...this.#totals.values()], issues, summary };
    return { ...told, ...(help.length > 0 ? { help } : {}), rejectedRows, duplicates };
  }

  /** The parameters that say what the list does not, each once. */
  help(): string[] {
    const help = new Set<string>();
    if (this.columns.length === 1 && this.rejected > 0) help.add("?delimiter= says what stands between the cells: , ; | or tab.");
    for (const { code, column, params } of this.issues) {
      if (column && params?.field) help.add(`?columns=${column}=${params.field} says that it is that.`);
      else if (params?.field) help.add(ofField(params.field));
      else if (code === "unknown_column" && !column) help.add("?headerRow= says on which line the header stands.");
    }
    const codes = new Set<string>([...this.issues, ...this.#groups.values()].map(({ code }) => code));
    for (const [code, text] of Object.entries(OF_CODE)) if (codes.has(code)) help.add(text);
    return [...help];
  }

  #group({ code, column, message, count, firstLines, ...group }: ImportIssueGroup): void {
    const key = JSON.stringify([code, column, message]);
    const known = this.#groups.get(key);
    // A piece tells of rows that repeat those of other pieces behind its own.
    const lines = [...(known?.firstLines ?? []), ...firstLines].sort((one, other) => one - other).slice(0, LINES);
    this.#groups.set(key, { ...group, code, ...(column === undefined ? {} : { column }), message, count: (known?.count ?? 0) + count, firstLines: lines });
  }

  #total({ currency, faceValue, lines }: ImportTotal): void {
    const known = this.#totals.get(currency);
    const sum = (units(known?.faceValue ?? "0") ?? 0n) + (units(faceValue) ?? 0n);
    this.#totals.set(currency, { ...(currency ? { currency } : {}), faceValue: decimal(sum), lines: (known?.lines ?? 0) + lines });
  }
}

/** What the rows come to that are to be paid. */
function totalsOf(report: ImportReport, { child, toPay }: PiecePlan): readonly ImportTotal[] {
  if (toPay === report.accepted) return report.totals;
  return (child?.orders ?? []).map(({ cost: { currency, faceValue }, lineCount }) => ({ ...(currency ? { currency } : {}), faceValue, lines: lineCount }));
}

function ofField(field: string): string {
  switch (field) {
    case "product":
      return "?productId= says the product of every row, or ?columns=Header=product which column holds it.";
    case "value":
      return "?value= says the amount of every row, or ?columns=Header=value which column holds it.";
    case "quantity":
      return "?quantity= says how many cards each row is, or ?columns=Header=quantity which column holds it.";
    default:
      return `?columns=Header=${field} says which column holds it.`;
  }
}

const OF_CODE: Record<string, string> = {
  uncertain_encoding: "?encoding= says how the text is encoded, such as windows-1250.",
  duplicate_row: "?duplicates=accept pays people again who are meant to be paid again.",
  hidden_row: "?hidden=accept takes rows and columns of a workbook that are hidden or filtered out.",
  invalid_phone: "?defaultCountry=US says where phone numbers without + are.",
  invalid_date_time: "?deliveryTime=09:00-05:00 makes a day a time; ?dateOrder=mdy or dmy says what 04/05/2026 begins with.",
};
