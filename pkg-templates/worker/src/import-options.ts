// How a posted list is read: the parameters of POST /campaigns, which are the options of the package's import.
import type { Columns, ImportRecipientsOptions, LineItem, OrderType } from "giftcard-partners";

/** How a list is read. The catalog comes later. */
export type ReadOptions = Omit<ImportRecipientsOptions, "catalog" | "onProgress">;

/** A parameter that says nothing. */
export class WrongParameter extends Error {}

/** Parameters that are options as they stand. */
const TEXTS = ["encoding", "delimiter", "sheet", "defaultCountry", "deliveryTime", "dateOrder", "maxValue", "hidden", "duplicates"] as const;

/** Every parameter of POST /campaigns. */
const KNOWN: readonly string[] = [...TEXTS, "name", "type", "columns", "headerRow", "productId", "value", "quantity", "after", "skipRejected", "dryRun"];

/** What a parameter may be, where that is not any text. */
const ONE_OF: Partial<Record<string, readonly string[]>> = {
  type: ["DigitalDelivery", "Links", "PhysicalShipment"],
  delimiter: [",", ";", "\t", "|", "tab"],
  dateOrder: ["mdy", "dmy"],
  hidden: ["reject", "accept"],
  duplicates: ["reject", "accept"],
};

/** @throws {WrongParameter} */
export function readOptionsOf(query: Record<string, string>): ReadOptions {
  const unknown = Object.keys(query).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    const meant = KNOWN.find((name) => name.toLowerCase() === unknown.toLowerCase());
    throw new WrongParameter(`There is no ?${unknown}=${meant ? `, but ?${meant}=` : ""}. There are ${KNOWN.join(", ")}.`);
  }
  const { type = "DigitalDelivery", columns, headerRow } = query;
  const found: Record<string, unknown> = { type: oneOf("type", type) as OrderType, defaults: defaultsOf(query) };
  for (const name of TEXTS) if (query[name]) found[name] = oneOf(name, query[name]);
  // A tab in an address is easily lost.
  if (found.delimiter === "tab") found.delimiter = "\t";
  // A sheet that is called by a number is found by its name too: the package looks for the name in any case.
  if (query.sheet && /^\d{1,3}$/.test(query.sheet)) found.sheet = Number(query.sheet);
  if (columns) found.columns = columnsOf(columns);
  if (headerRow) found.headerRow = whole("headerRow", headerRow);
  return found as unknown as ReadOptions;
}

/** What holds for every row that does not say otherwise. */
function defaultsOf({ productId, value, quantity }: Record<string, string>): Partial<LineItem> {
  return {
    ...(productId ? { ProductId: productId } : {}),
    ...(value ? { Value: Number(value) } : {}),
    Quantity: quantity ? Number(quantity) : 1,
  };
}

/** `Gift Amt=value,Name=to`, as the executable has it; or JSON, for headers with a comma or an equals sign in them. */
function columnsOf(text: string): Columns {
  if (text.trimStart().startsWith("{")) return columnsInJson(text);
  const columns: [string, string][] = [];
  for (const part of text.split(",")) {
    const at = part.lastIndexOf("=");
    if (at <= 0) throw new WrongParameter("?columns= is Header=field,Header=field, or JSON.");
    columns.push([part.slice(0, at).trim(), part.slice(at + 1).trim()]);
  }
  return Object.fromEntries(columns);
}

function columnsInJson(text: string): Columns {
  let columns: unknown;
  try {
    columns = JSON.parse(text);
  } catch {
    throw new WrongParameter("?columns= is no JSON.");
  }
  const isRight = typeof columns === "object" && columns !== null && Object.values(columns).every((field) => typeof field === "string");
  if (!isRight) throw new WrongParameter('?columns= in JSON is { "Header": "field" }.');
  return columns as Columns;
}

function oneOf(name: string, text: string): string {
  const allowed = ONE_OF[name];
  if (allowed && !allowed.includes(text)) throw new WrongParameter(`?${name}= is one of ${allowed.map((one) => (one === "\t" ? "%09" : one)).join(" ")}.`);
  return text;
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new WrongParameter(`?${name}= is a number from 1.`);
  return Number(text);
}
