// Who takes a list to the bodies of its orders: modules of their own, as each is downloaded or installed.
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "../prepare.js";

export const OURS = "giftcard-partners";
/** An earlier build of the package, unpacked in this folder, is measured beside it. */
const BEFORE = process.env.BENCH_BEFORE;

/** A module of the package as the peers' are: bytes of a list in, orders out. */
const ours = (entry) => `
import { RecipientImport } from ${JSON.stringify(entry)};
export function fromBytes(bytes, kept) {
  const rows = new RecipientImport({ type: "DigitalDelivery" });
  for (let start = 0; start < bytes.length; start += 65536) rows.push(bytes.subarray(start, start + 65536));
  const report = rows.finish();
  kept?.push(report);
  return [...report.plan({ campaign: "BENCH", maxLinesPerOrder: 1000 }).orders()];
}`;

const theirs = (file) => `
import toOrders from ${JSON.stringify(fileURLToPath(new URL(`../peers/tables/${file}.js`, import.meta.url)))};
export const fromBytes = (bytes) => toOrders(new TextDecoder().decode(bytes));`;

const PEERS = {
  "papaparse + zod": "papaparse-zod",
  "papaparse + by hand": "papaparse-hand",
  "csv-parse + by hand": "csv-parse-hand",
  "udsv + by hand": "udsv-hand",
};

/** A package's folder of an earlier build, and its entry for lists. */
const before = BEFORE && ["bulk.js", "index.js"].map((file) => `${BEFORE}/${file}`).find(existsSync);
const installed = fileURLToPath(import.meta.resolve("giftcard-partners/bulk"));

/** The sources of all who take a CSV, by name. */
export function sources() {
  return {
    [OURS]: ours(installed),
    ...(before && { "(the build before)": ours(before) }),
    ...Object.fromEntries(Object.entries(PEERS).map(([name, file]) => [name, theirs(file)])),
  };
}

/** The sources of all who take a workbook. They are read in Node alone, where the peers are as they are installed. */
export function workbookSources() {
  const peer = (file) => `
import toOrders from ${JSON.stringify(new URL(`../peers/tables/${file}.js`, import.meta.url).href)};
export const fromBytes = toOrders;`;
  return {
    [OURS]: `
import { importRecipients } from ${JSON.stringify(installed)};
export async function fromBytes(bytes) {
  const report = await importRecipients(bytes, { type: "DigitalDelivery" });
  return [...report.plan({ campaign: "BENCH", maxLinesPerOrder: 1000 }).orders()];
}`,
    "SheetJS + zod": peer("sheetjs-zod"),
    "exceljs + zod": peer("exceljs-zod"),
  };
}

/** Bundles one, minified; for a process ours stays as it is installed. */
export async function bundled(name, source, outfile, platform) {
  const isOurs = name === OURS || name.startsWith("(");
  if (isOurs && platform === "neutral") {
    writeFileSync(outfile, source.replace(/from "(\/.*?)"/, (_, path) => `from ${JSON.stringify(pathToFileURL(path).href)}`));
    return;
  }
  await bundle({ contents: source, resolveDir: import.meta.dirname }, outfile, { minify: true, platform });
}
