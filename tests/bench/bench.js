// `cargo xtask bench`: every job in every runtime, one after the other; prints as it goes, and writes RESULTS.md.
//
//   node bench.js [--quick] [word…]     words choose runtimes and jobs whose names contain one; then, and with --quick, nothing is written
//   node bench.js felt                  the part "as it is felt" alone, which writes FELT.md
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, type } from "node:os";
import { fileURLToPath } from "node:url";
import { felt, shares } from "./felt/node.js";
import { feltInPage } from "./felt/page.js";
import { feltPage } from "./felt/report.js";
import { quantile, ratio } from "./measure.js";
import { memory as measureMemory } from "./memory.js";
import { bundle } from "./prepare.js";
import { best } from "./reach.js";
import { page } from "./report.js";
import { chromium, openChromium } from "./runtimes/chromium.js";
import { currentNode, openNode } from "./runtimes/node.js";
import { openWorkerd } from "./runtimes/workerd.js";
import { size as measureSizes } from "./size.js";
import { start } from "./start.js";

const OURS = "giftcard-partners";
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const SCRATCH = here("../../target/bench/");
const BODIES = "a body of people's texts";
const isFelt = process.argv[2] === "felt";
const words = isFelt ? ["Node 24", "Chromium", "workerd", BODIES] : process.argv.slice(2).filter((word) => !word.startsWith("--"));
const quick = process.argv.includes("--quick");

const PACE = quick
  ? { warm: 0, slice: 2, budget: 10, fewest: 2, most: 3 }
  : { warm: 50, slice: 10, budget: 400, fewest: 3, most: 15 };
/** Rows of the spreadsheet whose peak memory is measured. */
const ROWS = 1_000_000;
/** Of the sizes of a job: all, or in a quick run the ones that take no time. */
const sizesOf = ({ sizes }) => (quick ? sizes.filter((size) => size <= 1000).slice(0, 2) : sizes);

const version = (name) => JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), "utf8")).version;
const chosen = (name, names) => {
  const meant = words.filter((word) => names.some((other) => other.includes(word)));
  return meant.length === 0 || meant.some((word) => name.includes(word));
};

/** The runtimes that this machine has, by name: what opens each. */
async function runtimes() {
  mkdirSync(SCRATCH, { recursive: true });
  const plain = `${SCRATCH}suite.mjs`;
  const worker = `${SCRATCH}suite.workerd.mjs`;
  await bundle("suite.js", plain);
  const wasm = await bundle("suite.js", worker, { conditions: ["workerd"] });
  return {
    "Node 20": () => openNode("Node 20", process.execPath, plain),
    "Node 24": currentNode() && (() => openNode("Node 24", currentNode(), plain)),
    Chromium: chromium() && (() => openChromium(plain)),
    // Its clock counts whole milliseconds.
    workerd: () => openWorkerd(worker, wasm, version("workerd")),
  };
}

function told({ job, size, times }) {
  const peer = best(times);
  const { median, low, high } = ratio(times[OURS], times[peer]);
  const zod = times.zod ? `, ${ratio(times[OURS], times.zod).median.toFixed(1)} × zod` : "";
  const took = quantile(times[OURS]);
  return `  ${job}, ${size.toLocaleString("en")}: ${took >= 1 ? `${took.toFixed(1)} ms` : `${(took * 1000).toFixed(1)} µs`}, ${median.toFixed(2)} × ${peer} (${low.toFixed(2)} to ${high.toFixed(2)})${zod}`;
}

const cells = [];
const absent = new Set();
const versions = {};
const opened = await runtimes();
for (const [name, open] of Object.entries(opened)) {
  if (!chosen(name, Object.keys(opened))) continue;
  if (!open) {
    console.log(`\n${name}: not on this machine`);
    continue;
  }
  const runtime = await open();
  versions[name] = runtime.version;
  console.log(`\n${name} (${runtime.version})`);
  const jobs = await runtime.list();
  const names = jobs.map(({ job }) => job);
  const pace = name === "workerd" && !quick ? { ...PACE, slice: 30, budget: 900 } : PACE;
  for (const { job, unit, absent: isAbsent, ...rest } of jobs.filter(({ job }) => chosen(job, names))) {
    if (isAbsent) {
      absent.add(job);
      console.log(`  ${job}: not in this build`);
      continue;
    }
    for (const size of sizesOf(rest)) {
      const cell = { runtime: name, job, unit, size, ...(await runtime.run({ job, size, ...pace })) };
      cells.push(cell);
      console.log(told(cell));
    }
  }
  await runtime.close();
}

const whole = words.length === 0 && !quick;
const machine = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} × ${cpus()[0].model.trim()}, ${type()} ${release()}, load ${loadavg()[1].toFixed(1)}`,
  runtimes: Object.entries(versions).map(([name, number]) => (name.startsWith("Node") ? `Node ${number}` : `${name} ${number}`)).join(", "),
  package: `giftcard-partners ${JSON.parse(readFileSync(here("../../node_modules/giftcard-partners/package.json"), "utf8")).version}`,
};
if (words.length === 0 || isFelt) {
  const [rows, rounds] = quick ? [1_000, 1] : [100_000, 5];
  const node = currentNode() ? await felt(SCRATCH, currentNode(), rows, rounds) : [];
  const inPage = chromium() ? await feltInPage(SCRATCH, rows, rounds) : [];
  const bodies = cells.filter(({ job }) => job.startsWith(BODIES));
  const found = feltPage({ rows, node, page: inPage, bodies, machine, shares: shares(SCRATCH, rows) });
  if (!quick) writeFileSync(here("FELT.md"), found);
  console.log(found);
  if (isFelt) process.exit();
}
const starts = [];
const sizes = [];
let memory;
if (words.length === 0) {
  for (const [name, program] of [["Node 20", process.execPath], ["Node 24", currentNode()]]) {
    if (program) starts.push({ runtime: name, times: await start(SCRATCH, program, quick ? 1 : 11) });
  }
  sizes.push(...(await measureSizes(SCRATCH)));
  const rows = quick ? 1_000 : ROWS;
  memory = { rows, peaks: await measureMemory(SCRATCH, rows) };
}

const peers = ["zod", "valibot", "ajv", "@sinclair/typebox", "arktype", "papaparse", "csv-parse", "udsv", "tremendous", "stripe"];
const results = page({
  cells, starts, sizes, memory, absent: [...absent],
  machine,
  versions: Object.fromEntries(peers.map((name) => [name, version(name)])),
});
if (whole) writeFileSync(here("RESULTS.md"), results);
console.log(results.slice(results.indexOf("## To reach"), results.indexOf("\n## ", results.indexOf("## To reach") + 5)));
