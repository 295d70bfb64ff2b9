// A list of recipients as a person has it: CSV as it streams, or a workbook, which is told by its first bytes.
import { RecipientImport as RawImport, SheetImport as RawSheetImport, instance, isWorkbook } from "../giftcard_partners_bulk.js";
import { parse } from "../shared/bytes-and-json.js";
import { ConfigError } from "../shared/errors.js";
import { refusing } from "../shared/input.js";
import { tell } from "../shared/listener.js";
import { checkLimits } from "../shared/limits.js";
import { onlyKnown } from "../shared/options.js";
import { loadWorkbook } from "../workbook/exports.js";
import { chunksOf, joined } from "./chunks.js";
import { encodingOf } from "./encoding.js";
import { reportOf } from "./import-report.js";
import { rawCatalog } from "./raw-catalog.js";
import { OPTIONS, RecipientImport } from "./recipient-import.js";

const METHOD = "importRecipients";
/** Bytes that tell what a file is. */
const TELLING = 4;
/** Bytes of a workbook: `limits::FILE` of src/workbook. One more is refused there. */
const LARGEST = 268_435_456;

/** Bytes of a CSV that are looked at. */
const BEGINNING = 256 << 10;
const INSPECTED = ["type", "columns", "encoding", "delimiter", "headerRow", "sheet"];

/**
 * `importRecipients`, with the wasm from `source` once it is used; `load` imports that of workbooks. Each of the two is made by a call of its
 * own, so that a bundler drops it, and that wasm with it, from a program that reads no workbook.
 */
export function importBy(source, load) {
  if (source) instance().from(source);
  return (list, options) => importRecipients(list, options, load);
}

/** `inspectRecipients`, as `importBy` makes the other. */
export function inspectBy(source, load) {
  if (source) instance().from(source);
  return (list, options) => inspectRecipients(list, options, load);
}

async function importRecipients(list, options, load) {
  onlyKnown(METHOD, options, [...OPTIONS, "sheet", "onProgress"]);
  const { sheet, onProgress, ...settings } = refusing(`${METHOD}: the options cannot be read.`, () => ({ ...options }));
  checkSheet(METHOD, sheet);
  checkLimits(settings);
  if (onProgress !== undefined && typeof onProgress !== "function") throw new ConfigError(`${METHOD}: onProgress must be a function.`);
  const progressed = (progress) => onProgress && tell(() => onProgress({ ...progress }));
  const chunks = chunksOf(list, METHOD);
  const first = await beginning(chunks);
  if (isWorkbook(first)) return importWorkbook(first, chunks, { sheet, settings, progressed, load });

  const recipients = new RecipientImport(settings);
  progressed(recipients.push(first));
  for await (const chunk of chunks) progressed(recipients.push(chunk));
  return recipients.finish();
}

function checkSheet(method, sheet) {
  if (sheet === undefined || typeof sheet === "string" || (Number.isSafeInteger(sheet) && sheet >= 0)) return;
  throw new ConfigError(`${method}: sheet must be the name of a sheet, or its place among the workbook's sheets, from 0.`);
}

/** As many pieces as tell what the file is. */
async function beginning(chunks) {
  let first = new Uint8Array(0);
  while (first.length < TELLING) {
    const { done, value } = await chunks.next();
    if (done) break;
    first = joined([first, value]);
  }
  return first;
}

/** All of a workbook: what it is made of is told at its end. */
async function whole(first, chunks) {
  const all = [first];
  let size = first.length;
  for await (const chunk of chunks) {
    all.push(chunk.slice());
    size += chunk.length;
    if (size > LARGEST) break;
  }
  return joined(all);
}

async function importWorkbook(first, chunks, { sheet, settings, progressed, load }) {
  const { catalog } = settings;
  const sheetImport = new RawSheetImport(settings, catalog === undefined ? undefined : rawCatalog(catalog, "catalog").share());
  const bytes = await whole(first, chunks);
  const read = async (workbook, rows) => {
    for (let batch = rows.next(); batch; batch = rows.next()) {
      progressed(sheetImport.pushRows(batch, bytes.length));
      await turn();
    }
  };
  await openSheet(bytes, { sheet, load, read, refuse: (sentence) => sheetImport.refuse(sentence) });
  return reportOf(sheetImport.finish());
}

/** What `read` makes of a workbook and the rows of a sheet of it; what `refuse` makes of the end of a sentence that says what is wrong with the file. */
async function openSheet(bytes, { sheet, load, read, refuse }) {
  const Workbook = await loadWorkbook(load);
  let workbook;
  let rows;
  try {
    workbook = Workbook.open(bytes);
    rows = workbook.rows(placeOf(workbook, sheet));
    return await read(workbook, rows);
  } catch (error) {
    if (typeof error !== "string") throw error;
    return refuse(error);
  } finally {
    rows?.free();
    workbook?.free();
  }
}

async function inspectRecipients(list, options, load) {
  const method = "inspectRecipients";
  onlyKnown(method, options, INSPECTED);
  const { sheet, ...given } = refusing(`${method}: the options cannot be read.`, () => ({ ...options }));
  checkSheet(method, sheet);
  const settings = { type: "DigitalDelivery", ...given, keepsSamples: true };
  const chunks = chunksOf(list, method);
  const first = await beginning(chunks);
  if (isWorkbook(first)) return inspectWorkbook(await whole(first, chunks), { method, sheet, settings, load });

  const { label, recoded = (bytes) => bytes } = encodingOf(given.encoding);
  const raw = new RawImport(settings, undefined, label);
  raw.push(recoded(first));
  let size = first.length;
  while (size < BEGINNING) {
    const { done, value } = await chunks.next();
    if (done) break;
    raw.push(recoded(value));
    size += value.length;
  }
  await chunks.return();
  return { kind: "csv", ...raw.finish().inspection() };
}

async function inspectWorkbook(bytes, { method, sheet, settings, load }) {
  const raw = new RawSheetImport(settings);
  const read = (workbook, rows) => {
    const batch = rows.next();
    if (batch) raw.pushRows(batch, bytes.length);
    const sheets = parse(workbook.sheets()).map((known, index) => ({ ...known, rows: workbook.count(index) }));
    const { encoding: _encoding, delimiter: _delimiter, ...known } = raw.finish().inspection();
    return { kind: "xlsx", sheets, ...known };
  };
  const refuse = (sentence) => {
    throw new ConfigError(`${method}: The file ${sentence}`);
  };
  return openSheet(bytes, { sheet, load, read, refuse });
}

const encoder = /* @__PURE__ */ new TextEncoder();

const placeOf = (workbook, sheet) => (typeof sheet === "string" ? workbook.find(encoder.encode(sheet)) : workbook.find(undefined, sheet));

/** Lets a page draw, and a server answer. */
const turn = () => new Promise((resolve) => (globalThis.setImmediate ?? setTimeout)(resolve));
