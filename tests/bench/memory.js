// Peak memory from a spreadsheet to checked orders: a fresh process for each contender, less what an idle one takes.
//
// Ours reads the file in chunks and hands out one order at a time; the peers are the programs that are timed, which take the whole text and
// give all orders at once.
import { execFileSync } from "node:child_process";
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

/** `{ name: bytes }` for a spreadsheet of so many rows. */
export async function memory(scratch, rows) {
  const peers = `${scratch}peer-tables.mjs`;
  await bundle("peers/tables.js", peers);
  const programs = { [IDLE]: "const lines = 0;", "giftcard-partners": ours(import.meta.resolve("giftcard-partners/order")) };
  for (const name of Object.keys(tables())) programs[name] = theirs(pathToFileURL(peers).href, name);
  const file = `${scratch}rows.csv`;
  writeFileSync(file, csv(rows));
  const peaks = {};
  try {
    for (const [name, program] of Object.entries(programs)) {
      const script = `${scratch}memory.mjs`;
      writeFileSync(script, `${program}console.log(lines, process.resourceUsage().maxRSS);`);
      const answer = execFileSync(process.execPath, ["--max-old-space-size=12000", script, file], { encoding: "utf8" });
      const [lines, kilobytes] = answer.trim().split(" ").map(Number);
      if (name !== IDLE && lines !== rows) throw new Error(`${name} made ${lines} lines of ${rows} rows`);
      peaks[name] = kilobytes * 1024;
    }
  } finally {
    rmSync(file);
  }
  const { [IDLE]: idle, ...others } = peaks;
  return Object.fromEntries(Object.entries(others).map(([name, peak]) => [name, Math.max(peak - idle, 0)]));
}
