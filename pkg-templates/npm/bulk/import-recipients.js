// A list of recipients as a person has it: CSV as it streams, or a workbook, which is told by its first bytes.
import { SheetImport as RawSheetImport, instance, isWorkbook } from "../giftcard_partners_bulk.js";
import { ConfigError } from "../shared/errors.js";
import { refusing } from "../shared/input.js";
import { tell } from "../shared/listener.js";
import { onlyKnown } from "../shared/options.js";
import { chunksOf, joined } from "./chunks.js";
import { reportOf } from "./import-report.js";
import { rawCatalog } from "./raw-catalog.js";
import { OPTIONS, RecipientImport } from "./recipient-import.js";

const METHOD = "importRecipients";
/** Bytes that tell what a file is. */
const TELLING = 4;
/** Bytes of a workbook: `limits::FILE` of src/workbook. One more is refused there. */
const LARGEST = 256 << 20;

/** `importRecipients`, with the wasm from `source` once it is used; `load` imports the part that reads workbooks. */
export function listsBy(source, load) {
  if (source) instance.from(source);
  return { importRecipients: (list, options) => importRecipients(list, options, load) };
}

async function importRecipients(list, options, load) {
  onlyKnown(METHOD, options, [...OPTIONS, "sheet", "onProgress"]);
  const { sheet, onProgress, ...settings } = refusing(`${METHOD}: the options cannot be read.`, () => ({ ...options }));
  checkSheet(sheet);
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

function checkSheet(sheet) {
  if (sheet === undefined || typeof sheet === "string" || (Number.isSafeInteger(sheet) && sheet >= 0)) return;
  throw new ConfigError(`${METHOD}: sheet must be the name of a sheet, or its place among the workbook's sheets, from 0.`);
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
  const { workbook: part } = await load();
  let workbook;
  let rows;
  try {
    workbook = part().open(bytes);
    rows = workbook.rows(placeOf(workbook, sheet));
    for (let batch = rows.next(); batch; batch = rows.next()) {
      progressed(sheetImport.pushRows(batch, bytes.length));
      await turn();
    }
  } catch (error) {
    // What is wrong with the file comes as the end of a sentence.
    if (typeof error !== "string") throw error;
    sheetImport.refuse(error);
  } finally {
    rows?.free();
    workbook?.free();
  }
  return reportOf(sheetImport.finish());
}

const encoder = new TextEncoder();

const placeOf = (workbook, sheet) => (typeof sheet === "string" ? workbook.find(encoder.encode(sheet)) : workbook.find(undefined, sheet));

/** Lets a page draw, and a server answer. */
const turn = () => new Promise((resolve) => setTimeout(resolve));
