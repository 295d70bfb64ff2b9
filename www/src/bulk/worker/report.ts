// What the page is told of a list: sums, and the rows to mend, each mistake said once.
import type { ImportColumn, RejectedRow } from "giftcard-partners/slim";

import type { MendGroup, MendRow, ProductSum, Report } from "../messages";
import { type Reading, itemsOf } from "./list";
import { catalog } from "./needs";
import { decimal, minor } from "./sums";

/** Rows that the page lists of each mistake; the file to download has them all. */
const LISTED = 25;
/** Fields that are looked at where an issue is about none of the columns. */
const ASKED: Record<string, string[]> = { missing_delivery_address: ["email", "sms"] };
/** Those are decided for all rows at once. */
const DECIDED = ["duplicate_row", "hidden_row"];

export function reportOf(reading: Reading): Report {
  const { list, answers, first, final, before } = reading;
  const { rows, issues, ignoredColumns } = first;
  const { accepted, totals } = final;
  const groups = groupsOf(reading);
  const isRejected = answers.duplicates === "reject";
  // What is rejected of the list as it came is not in the one that was made of the rest.
  const repeats = final !== first && isRejected ? [...first.duplicates, ...final.duplicates] : final.duplicates;
  const has = (code: string) => first.rejected.filter((row) => row.issues.every((issue) => issue.code === code)).length;
  return {
    name: list.name,
    type: list.type,
    answers,
    rows,
    accepted,
    wrong: rows - accepted - (isRejected ? repeats.length : 0) - has("hidden_row"),
    groups,
    duplicates: repeats.slice(0, LISTED),
    repeated: repeats.length,
    hidden: has("hidden_row"),
    totals,
    products: productsOf(reading),
    ignoredColumns,
    issues,
    mend: first.rejected.length > 0 ? new Blob([first.rejectedCsv() as Uint8Array<ArrayBuffer>], { type: "text/csv" }) : undefined,
    ...(before && { before }),
  };
}

/** Each row once, under its first mistake: the others may only follow from that one. */
function groupsOf(reading: Reading): MendGroup[] {
  const keyOf = ({ code, column }: { code: string; column?: string }) => `${code} ${column}`;
  const groups = new Map<string, MendGroup>();
  for (const group of reading.first.summary()) {
    if (!DECIDED.includes(group.code)) groups.set(keyOf(group), { message: group.message, ...(group.column && { column: group.column }), rows: [], count: 0 });
  }
  for (const { row } of reading.rejected.values()) {
    const [issue] = row.issues.filter(({ code }) => !DECIDED.includes(code));
    const group = issue && groups.get(keyOf(issue));
    if (!group) continue;
    group.count += 1;
    if (group.rows.length < LISTED) group.rows.push(rowOf(reading, row));
  }
  return [...groups.values()].filter(({ count }) => count > 0).toSorted((one, other) => other.count - one.count);
}

function rowOf({ headers, rejected, edits, verdicts, first }: Reading, { line, issues }: RejectedRow): MendRow {
  const cells = rejected.get(line)?.cells ?? [];
  const now = verdicts.get(line) ?? issues;
  // Cells too many are no cells of a column.
  const isTable = cells.length === headers.length + 1;
  const places = isTable ? new Set([...issues, ...now].flatMap((issue) => placesOf(first.columns, issue))) : [];
  return {
    line,
    who: whoOf(first.columns, cells, new Set(places)),
    cells: [...places].map((place) => ({ place, header: headers[place] ?? "", text: edits.get(line)?.get(place) ?? unguarded(cells[place] ?? "") })),
    // What else is wrong with a cell may only follow from its first mistake.
    messages: now.filter(({ column }, at) => now.findIndex((one) => one.column === column) === at).map(({ message }) => message),
  };
}

/** The name, or else the address, where it is not what is asked about. */
function whoOf(columns: ImportColumn[], cells: string[], asked: Set<number>): string {
  const text = (...fields: string[]) => columns.flatMap(({ field = "" }, place) => (fields.includes(field) && !asked.has(place) ? [cells[place] ?? ""] : [])).join(" ").trim();
  return unguarded(text("to", "name") || text("email") || text("sms"));
}

/** The columns that an issue is about: by their header, by their field, or all that are read. */
function placesOf(columns: ImportColumn[], { column, code }: { column?: string; code: string }): number[] {
  const where = (fits: (column: ImportColumn) => boolean) => columns.flatMap((one, place) => (fits(one) ? [place] : []));
  const named = where(({ header, field }) => header === column && field !== undefined);
  if (named.length > 0) return named;
  const asked = where(({ field }) => field !== undefined && (ASKED[code] ?? []).includes(field));
  return asked.length > 0 ? asked : where(({ field }) => field !== undefined);
}

/** As the list has it: a cell that a spreadsheet would run is guarded in the file to download. */
function unguarded(text: string): string {
  return text.replace(/^'(?=[=+\-@\t\r])/, "");
}

function productsOf({ final }: Reading): ProductSum[] {
  const sums = new Map<string, { cards: number; value: number }>();
  for (const { ProductId, Value, Quantity = 1 } of final.accepted > 0 ? itemsOf(final) : []) {
    const sum = sums.get(ProductId) ?? { cards: 0, value: 0 };
    sums.set(ProductId, { cards: sum.cards + Quantity, value: sum.value + minor(Value) * Quantity });
  }
  return [...sums].map(([id, { cards, value }]) => {
    const { Name = id, CurrencyCode } = catalog.product(id) ?? {};
    return { product: Name, cards, faceValue: decimal(value), ...(CurrencyCode && { currency: CurrencyCode }) };
  });
}
