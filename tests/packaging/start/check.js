// How fast the package starts. A figure is the median of several new processes, pages or isolates.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";

import { browser, resultOf, serveFiles, versionOfBrowser } from "../browsers.js";
import { bun } from "../bun/check.js";
import { deno } from "../deno/check.js";
import { nodeOf, result } from "../processes.js";
import { PACKAGE, project, versionOf } from "../project.js";
import { bundled, start } from "../workerd/check.js";

const TIMES = 5;

/** What `measure` gives, as medians of several goes. */
async function medians(measure) {
  const found = [];
  for (let time = 0; time < TIMES; time += 1) found.push(await measure());
  return Object.fromEntries(["imported", "first", "later"].map((key) => [key, median(found.map((figures) => figures[key]))]));
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function processes(runtime, program, words = []) {
  const measure = async (entry) => {
    const cwd = project("start");
    return { runtime, entry, ...(await medians(() => result(program, [...words, `${entry}.js`], { cwd }))) };
  };
  return [() => measure("root"), () => measure("order")];
}

async function pages(entry, file) {
  const cwd = project("start-page", { from: "start" });
  cpSync(PACKAGE, join(cwd, "giftcard-partners"), { recursive: true });
  // A server of its own for each page: what an address has loaded once may be kept.
  const measure = async () => {
    const server = await serveFiles([cwd]);
    const figures = await resultOf("Chromium", `${server.url}/page.html#${file}`);
    server.close();
    return figures;
  };
  return { runtime: `Chromium ${await versionOfBrowser("Chromium")}`, entry, ...(await medians(measure)) };
}

/** From the start of workerd to the first answer, and the time of a later one; less what a Worker without the package takes. */
async function isolates() {
  const measure = async (folder, script) => {
    const begun = performance.now();
    const miniflare = start(folder, script);
    const ask = async () => assert.equal((await (await miniflare.dispatchFetch("https://worker.example/")).json()).valid, true);
    await ask();
    const first = performance.now();
    for (let again = 0; again < 20; again += 1) await ask();
    const figures = { imported: 0, first: first - begun, later: (performance.now() - first) / 20 };
    await miniflare.dispose();
    return figures;
  };
  const scripts = { nothing: "empty", root: "worker", order: "worker-order" };
  const figures = {};
  for (const [entry, script] of Object.entries(scripts)) {
    const folder = await bundled(`start-${script}`, `${script}.js`, "start");
    figures[entry] = await medians(() => measure(folder, `${script}.js`));
  }
  const past = (entry, key) => Math.max(0, figures[entry][key] - figures.nothing[key]);
  const runtime = `workerd of ${versionOf("wrangler")}`;
  return ["root", "order"].map((entry) => ({ runtime, entry, imported: undefined, first: past(entry, "first"), later: past(entry, "later") }));
}

export default [
  {
    tool: "Start",
    what: "Node, Deno, Bun, Workers, Chromium",
    alone: true,
    async run() {
      const [newest, denoProgram, bunProgram] = [nodeOf("26"), deno(), bun()];
      const measures = [
        ...processes(`Node ${process.versions.node}`, process.execPath),
        ...(newest ? processes("Node 26", newest) : []),
        ...(denoProgram ? processes(`Deno ${versionOf("deno")}`, denoProgram, ["run", "--no-prompt", "--quiet"]) : []),
        ...(bunProgram ? processes(`Bun ${versionOf("bun")}`, bunProgram) : []),
        isolates,
        ...(browser("Chromium") ? [() => pages("root", "index"), () => pages("order", "order")] : []),
      ];
      const starts = [];
      for (const measure of measures) starts.push(await measure());
      return { starts: starts.flat() };
    },
  },
];
