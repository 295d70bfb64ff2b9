// Peak memory, and the time of one cold run, from a spreadsheet to checked orders: a fresh process for each contender, less what an idle one
// takes. At a million rows a peer may meet a limit of the engine, which ends the process: it is told apart from the others.
//
// Ours reads the file in chunks and hands out one order at a time; the peers are the programs that are timed, which take the whole text and
// give all orders at once.
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { csv } from "./data.js";
import { tables } from "./peers/tables.js";
import { bundle } from "./prepare.js";

const IDLE = "idle";

const ours = (module) => `
import { openSync, readSync } from "node:fs";
const { RecipientImport } = await import(${JSON.stringify(module)});
const file = openSync(process.argv[2]);
const chunk = new Uint8Array(1 << 16);
const rows = new RecipientImport({ type: "DigitalDelivery" });
for (let length; (length = readSync(file, chunk)) > 0; ) rows.push(chunk.subarray(0, length));
let lines = 0;
for (const { lineCount } of rows.finish().plan({ campaign: "BENCH", maxLinesPerOrder: 1000 }).orders()) lines += lineCount;
`;

const theirs = (module, name) => `
import { readFileSync } from "node:fs";
const { tables } = await import(${JSON.stringify(module)});
const orders = tables()[${JSON.stringify(name)}](readFileSync(process.argv[2], "utf8"));
const lines = orders.reduce((sum, { lineCount }) => sum + lineCount, 0);
`;

/** `{ name: { bytes, milliseconds } }` for a spreadsheet of so many rows; nothing for one that did not get through. */
export async function memory(scratch, rows) {
  const peers = `${scratch}peer-tables.mjs`;
  await bundle("peers/tables.js", peers);
  const programs = { [IDLE]: "const lines = 0;", "giftcard-partners": ours(import.meta.resolve("giftcard-partners/bulk")) };
  for (const name of Object.keys(tables())) programs[name] = theirs(pathToFileURL(peers).href, name);
  const file = `${scratch}rows.csv`;
  writeFileSync(file, csv(rows));
  const peaks = {};
  try {
    for (const [name, program] of Object.entries(programs)) {
      const script = `${scratch}memory.mjs`;
      writeFileSync(script, `${program}console.log(lines, process.resourceUsage().maxRSS, performance.now());`);
      const { status, stdout } = spawnSync(process.execPath, ["--max-old-space-size=12000", script, file], { encoding: "utf8" });
      const [lines, kilobytes, milliseconds] = stdout.trim().split(" ").map(Number);
      if (status === 0 && name !== IDLE && lines !== rows) throw new Error(`${name} made ${lines} lines of ${rows} rows`);
      peaks[name] = status === 0 ? { bytes: kilobytes * 1024, milliseconds } : undefined;
    }
  } finally {
    rmSync(file);
  }
  const { [IDLE]: idle, ...others } = peaks;
  const less = (peak) => ({ bytes: Math.max(peak.bytes - idle.bytes, 0), milliseconds: peak.milliseconds - idle.milliseconds });
  return Object.fromEntries(Object.entries(others).map(([name, peak]) => [name, peak && less(peak)]));
}
