// How fast the package starts. A figure is the median of several new processes, pages or isolates.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { browser, resultOf, serveFiles, versionOfBrowser } from "../browsers.js";
import { bun } from "../bun/check.js";
import { deno } from "../deno/check.js";
import { nodeOf, result, run } from "../processes.js";
import { MODULES, PACKAGE, project, versionOf } from "../project.js";
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

/** Milliseconds of CPU that a Worker may take to start; Cloudflare lets it have a second since 2025, and 400 before. */
const START_UP_LIMIT = 400;

/**
 * The CPU time of a Worker's start-up, as wrangler finds it. Its calls are measured from outside, for its clock stands still: what they
 * take beyond those of a Worker without the package.
 */
async function isolates() {
  const calls = async (folder, script) => {
    const miniflare = start(folder, script);
    await miniflare.ready;
    const ask = async () => assert.equal((await (await miniflare.dispatchFetch("https://worker.example/")).json()).valid, true);
    const begun = performance.now();
    await ask();
    const first = performance.now();
    for (let again = 0; again < 20; again += 1) await ask();
    const figures = { first: first - begun, later: (performance.now() - first) / 20 };
    await miniflare.dispose();
    return figures;
  };
  const measure = async (script) => {
    const name = `start-${script}`;
    const folder = await bundled(name, `${script}.js`, "start");
    return { ...(await medians(() => calls(folder, `${script}.js`))), imported: await startUp(join(folder, "..")) };
  };
  const without = await measure("empty");
  const figures = { root: await measure("worker"), order: await measure("worker-order") };
  return Object.entries(figures).map(([entry, { imported, first, later }]) => {
    assert.ok(imported < START_UP_LIMIT, `a Worker with ${entry} takes ${imported} ms of CPU to start`);
    const runtime = `workerd (wrangler ${versionOf("wrangler")})`;
    return { runtime, entry, imported, first: Math.max(0, first - without.first), later: Math.max(0, later - without.later) };
  });
}

async function startUp(cwd) {
  const words = [join(MODULES, "wrangler/bin/wrangler.js"), "check", "startup", "--outfile=startup.cpuprofile"];
  await run(process.execPath, words, { cwd, env: { XDG_CONFIG_HOME: join(cwd, ".config") } });
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(cwd, "startup.cpuprofile"), "utf8"));
  const idle = nodes.filter(({ callFrame }) => callFrame.functionName === "(idle)").map(({ id }) => id);
  return timeDeltas.reduce((sum, delta, at) => (idle.includes(samples[at]) ? sum : sum + delta), 0) / 1000;
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
