// A list of recipients: the options that say how it is read, and the reading.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, constants, stat } from "node:fs/promises";

import { importRecipients } from "giftcard-partners";

import { wholeNumber } from "./arguments.js";
import { Refusal, WRONG_CALL } from "./fault.js";

const TYPES = ["DigitalDelivery", "Links", "PhysicalShipment"];

export const TYPE_OPTION = {
  type: { type: "string", value: "TYPE", help: `${TYPES.join(", ")} (DigitalDelivery)` },
};
export const LIST_OPTIONS = {
  ...TYPE_OPTION,
  product: { type: "string", value: "ID", help: "the product of rows that name none" },
  value: { type: "string", value: "AMOUNT", help: "the face value of rows that name none" },
  quantity: { type: "string", value: "N", help: "the cards of rows that name none (1)" },
  sheet: { type: "string", value: "NAME|N", help: "the sheet of a workbook, by its name or its place from 1 (the first that is visible)" },
  columns: { type: "string", value: "HEADER=field,...", multiple: true, help: "what columns are: 'Gift Amt=value,Name=to,#5=ignore'" },
  encoding: { type: "string", value: "NAME", help: "of a CSV, where it cannot be told: windows-1252" },
  duplicates: { type: "string", value: "accept", help: "takes rows that pay somebody the same again; else they are rejected" },
  "max-lines": { type: "string", value: "N", help: "lines of an order, 1 to 1000 (1000)" },
};

export function typeOf({ type = "DigitalDelivery" }) {
  const known = TYPES.find((name) => name.toLowerCase() === type.toLowerCase());
  if (known) return known;
  throw new Refusal(`--type must be one of ${TYPES.join(", ")}.`, WRONG_CALL);
}

/** What is read and how: to be had before anything is opened, for a wrong call leaves no trace. */
export async function listOf(file, options) {
  const { product, value, encoding, duplicates, sheet } = options;
  await access(file, constants.R_OK).catch((error) => {
    throw new Refusal(`${file} cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.code}.`, WRONG_CALL);
  });
  if ((await stat(file)).isDirectory()) throw new Refusal(`${file} cannot be read: it is a folder.`, WRONG_CALL);
  if (value !== undefined && !/^\d+(\.\d+)?$/.test(value)) throw new Refusal("--value must be an amount such as 25 or 25.00.", WRONG_CALL);
  if (![undefined, "accept", "reject"].includes(duplicates)) throw new Refusal("--duplicates must be accept or reject.", WRONG_CALL);
  const quantity = wholeNumber(options, "quantity");
  const defaults = {
    ...(product !== undefined && { ProductId: product }),
    ...(value !== undefined && { Value: Number(value) }),
    ...(quantity !== undefined && { Quantity: quantity }),
  };
  const settings = {
    type: typeOf(options),
    ...(Object.keys(defaults).length > 0 && { defaults }),
    ...(options.columns && { columns: columnsOf(options.columns) }),
    ...(encoding !== undefined && { encoding }),
    ...(duplicates !== undefined && { duplicates }),
    // A sheet may be called 2026: what has more digits is a name.
    ...(sheet !== undefined && { sheet: /^[1-9]\d?$/.test(sheet) ? Number(sheet) - 1 : sheet }),
  };
  return { file, settings, maxLinesPerOrder: wholeNumber(options, "max-lines", { most: 1000 }) };
}

/** Reads the list. `source` names it as it is read: another content or another option is another source. */
export async function read({ file, settings, maxLinesPerOrder }, catalog) {
  const hash = createHash("sha256").update(JSON.stringify([settings, maxLinesPerOrder]));
  const report = await importRecipients(hashed(createReadStream(file), hash), { ...settings, catalog });
  return { report, source: hash.digest("hex") };
}

/** The orders that the accepted rows become; whom `after` has paid is left out. */
export function plan(report, { maxLinesPerOrder }, { campaign, after }) {
  return report.plan({ campaign, ...(maxLinesPerOrder !== undefined && { maxLinesPerOrder }), ...(after && { after }) });
}

async function* hashed(chunks, hash) {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

/** `Gift Amt=value,"Name, first"=to`: a header with a comma stands in quotes. */
function columnsOf(texts) {
  const columns = {};
  for (const pair of texts.flatMap((text) => text.match(/(?:"[^"]*"|[^,"])+/g) ?? [])) {
    const at = pair.lastIndexOf("=");
    const header = pair.slice(0, at).trim().replace(/^"(.*)"$/s, "$1");
    const field = pair.slice(at + 1).trim();
    if (at < 1 || field === "") throw new Refusal("--columns must be pairs such as 'Gift Amt=value,Name=to'.", WRONG_CALL);
    columns[header] = field;
  }
  return columns;
}
