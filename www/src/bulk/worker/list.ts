// The list that is being read: what is accepted of it, what is wrong with the rest, and what it is once cells are mended.
import { type ImportReport, type LineItem, type RejectedRow, resultsCsv } from "giftcard-partners/slim";

import { importFile, inspectFile } from "../../snippets/import.js";
import type { Answers, Command, List, ResultRow } from "../messages";
import { cellsOf, tableOf } from "./cells";
import { catalog, readyFor } from "./needs";
import { pace, tell } from "./port";
import { reportOf } from "./report";

export interface Reading {
  list: List;
  answers: Answers;
  /** As the list came. */
  first: ImportReport;
  /** As it is with what was mended: what is planned. */
  final: ImportReport;
  headers: string[];
  /** Its accepted rows, once a cell was mended. */
  lines?: Line[];
  /** The rejected rows by their line, and their cells. */
  rejected: Map<number, { row: RejectedRow; cells: string[] }>;
  /** What was mended: cells by line and place. */
  edits: Map<number, Map<number, string>>;
  /** What is wrong with mended rows; of a row that is in order, nothing. */
  verdicts: Map<number, RejectedRow["issues"]>;
  before?: ResultRow;
}

interface Line {
  line: number;
  item: LineItem;
}

export let reading: Reading | undefined;

export async function inspect({ list }: Command & { do: "inspect" }): Promise<void> {
  const { file, type, sheet, headerRow, encoding } = list;
  await readyFor(file);
  tell({ news: "inspected", inspection: await inspectFile(file, { type, sheet, headerRow, encoding }) });
}

type Import = Omit<Command & { do: "import" }, "do">;

export async function read({ list, answers, isSame }: Import, before?: ResultRow): Promise<void> {
  const edits = isSame ? [...(reading?.edits ?? [])] : [];
  drop();
  await readyFor(list.file);
  const { size } = list.file;
  const paced = pace();
  const { type, sheet, headerRow, encoding, delimiter } = list;
  const first = await importFile(list.file, { catalog, type, sheet, headerRow, encoding, delimiter, ...answers }, (progress: never) => {
    if (paced()) tell({ news: "reading", progress, size });
  });
  const [header = [], ...rows] = first.rejected.length > 0 ? cellsOf(first.rejectedCsv(), list.delimiter) : [];
  const rejected = new Map(first.rejected.map((row, index) => [row.line, { row, cells: rows[index] ?? [] }]));
  // The last column is the reason; where the list has had one of that name, its own cells are not there to be mended.
  const headers = header.length === first.columns.length + 1 ? header.slice(0, -1) : [];
  reading = { list, answers, first, final: first, headers, rejected, edits: new Map(edits.filter(([line]) => rejected.has(line))), verdicts: new Map(), ...(before && { before }) };
  if (reading.edits.size > 0) await recheck(reading);
  tell({ news: "report", report: reportOf(reading), isNew: true });
}

export async function mend({ line, place, text }: Command & { do: "mend" }): Promise<void> {
  if (!reading?.rejected.has(line)) return;
  const cells = reading.edits.get(line) ?? new Map<number, string>();
  reading.edits.set(line, cells.set(place, text));
  await recheck(reading);
  tell({ news: "report", report: reportOf(reading), isNew: false });
}

/** The mended rows are read as the list was; then what is accepted of both is one list, each row on the line that it came from. */
async function recheck(now: Reading): Promise<void> {
  const { list, answers, first, headers } = now;
  const headerRow = list.headerRow ?? 1;
  const verdicts = new Map<number, RejectedRow["issues"]>();
  const rows = [{ line: headerRow, cells: headers }];
  for (const [line, edits] of now.edits) {
    const { row, cells } = now.rejected.get(line) ?? { row: { issues: [] }, cells: [] };
    const still = row.issues.filter(({ column }) => column !== undefined && isEmptyAsBefore(headers, column, cells, edits));
    verdicts.set(line, still);
    if (still.length === 0) rows.push({ line, cells: headers.map((_, place) => edits.get(place) ?? cells[place] ?? "") });
  }
  const options = { catalog, type: list.type, headerRow, encoding: "utf-8", delimiter: ",", ...answers };
  const mended: ImportReport = await importFile(tableOf(rows.toSorted((one, other) => one.line - other.line)), options);
  for (const { line, issues } of mended.rejected) verdicts.set(line, issues);

  now.lines ??= linesOf(first);
  const accepted = [...now.lines, ...linesOf(mended)].toSorted((one, other) => one.line - other.line);
  mended.free();
  const keepsIds = first.columns.some(({ field }) => field === "externalId");
  const flat = accepted.map(({ line, item }) => ({ line, cells: flatten(keepsIds ? item : { ...item, ExternalId: undefined }) }));
  const paths = [...new Set(flat.flatMap(({ cells }) => [...cells.keys()]))];
  const table = tableOf([{ line: headerRow, cells: paths }, ...flat.map(({ line, cells }) => ({ line, cells: paths.map((path) => guarded(cells.get(path) ?? "")) }))]);
  const final: ImportReport = await importFile(table, { ...options, columns: {}, defaults: {} });
  for (const { line, issues } of final.rejected) verdicts.set(line, issues);
  if (now.final !== first) now.final.free();
  now.final = final;
  now.verdicts = verdicts;
}

/** An error or a formula that a workbook has no value for comes as an empty cell, for which no default may stand. */
function isEmptyAsBefore(headers: string[], column: string, cells: string[], edits: Map<number, string>): boolean {
  const places = headers.flatMap((header, place) => (header === column ? [place] : []));
  return places.length > 0 && places.every((place) => !cells[place] && !edits.get(place));
}

/** Every accepted row as a line of an order. */
export function itemsOf(report: ImportReport): LineItem[] {
  return withPlan(report, (campaign) => [...campaign.orders()].flatMap(({ body }) => JSON.parse(new TextDecoder().decode(body)).LineItems));
}

function linesOf(report: ImportReport): Line[] {
  const items = itemsOf(report);
  const [, ...lines] = withPlan(report, (campaign) => cellsOf(resultsCsv(campaign)));
  return items.map((item, index) => ({ line: Number(lines[index]?.[0]), item }));
}

function withPlan<T>(report: ImportReport, use: (campaign: ReturnType<ImportReport["plan"]>) => T): T {
  const campaign = report.plan({ campaign: "list" });
  try {
    return use(campaign);
  } finally {
    campaign.free();
  }
}

/** The import takes one such apostrophe away. */
function guarded(text: string): string {
  return text.replace(/^(?='?[=+\-@])/, "'");
}

/** The texts of a line by their path: headers that the import knows. */
export function flatten(value: object, way = ""): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, part]: [string, unknown]): [string, string][] => {
      if (part === undefined) return [];
      return typeof part === "object" && part !== null ? [...flatten(part, `${way}${key}.`)] : [[way + key, String(part)]];
    }),
  );
}

function drop(): void {
  if (reading && reading.final !== reading.first) reading.final.free();
  reading?.first.free();
  reading = undefined;
}
