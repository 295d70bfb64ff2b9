// `cargo xtask bench`: see README of the jobs in RESULTS.md, which this writes.
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundle } from "./prepare.js";
import { quantile, ratio } from "./measure.js";
import { openNode } from "./runtimes/node.js";
import { chromium, openChromium } from "./runtimes/chromium.js";
import { openWorkerd } from "./runtimes/workerd.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const SCRATCH = here("../../target/bench/");
const quick = process.argv.includes("--quick");
const only = process.argv.slice(2).filter((word) => !word.startsWith("--"));

mkdirSync(SCRATCH, { recursive: true });
const plain = `${SCRATCH}suite.mjs`;
const worker = `${SCRATCH}suite.workerd.mjs`;
await bundle("suite.js", plain);
const wasm = await bundle("suite.js", worker, { conditions: ["workerd"] });
const version = (name) => JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), "utf8")).version;

const runtimes = [
  () => openNode("Node 20", process.execPath, plain),
  () => openNode("Node 24", here("node_modules/node/bin/node"), plain),
  () => chromium() && openChromium(plain),
  () => openWorkerd(worker, wasm, version("workerd")),
];
for (const open of runtimes) {
  const runtime = await open();
  if (!runtime) continue;
  if (only.length && !only.some((w) => runtime.name.includes(w)) && only.some((w) => /^(Node|Chr|work)/.test(w))) { await runtime.close(); continue; }
  console.log(`\n${runtime.name} ${runtime.version}`);
  for (const { job, sizes } of await runtime.list()) {
    if (only.filter((w) => !/^(Node|Chr|work)/.test(w)).some((w) => !job.includes(w))) continue;
    for (const size of sizes.filter((s) => s <= 10000)) {
      const { times, bytes } = await runtime.run({ job, size, slice: 10, budget: 400, fewest: 5, most: 15 });
      const ours = times["giftcard-partners"];
      const line = Object.entries(times).map(([name, t]) => name === "giftcard-partners" ? `ours ${(quantile(t) * 1e3).toFixed(1)} µs${bytes ? ` ${(bytes / quantile(ours) / 1e3).toFixed(0)} MB/s` : ""}` : `${name} ${ratio(ours, t).median.toFixed(2)}`);
      console.log(job, size, "|", line.join(" · "));
    }
  }
  await runtime.close();
}
