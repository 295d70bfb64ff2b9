// A list in a fresh process of Node: from the import of the package to the bodies of all orders.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { csv, kinds } from "../data.js";
import { OURS, bundled, sources } from "./contenders.js";

const BEFORE_IT = 10;
const OBJECTS = 1_000_000;

/** A program that prints how long it took, and the lines it made. `held` keeps reports of earlier imports and a heap of its own. */
const program = (module, held) => `
import { readFileSync } from "node:fs";
const bytes = readFileSync(process.argv[2]);
const count = (orders) => orders.reduce((sum, { lineCount }) => sum + lineCount, 0);
const kept = [];
if (${held}) {
  const { fromBytes } = await import(${JSON.stringify(module)});
  globalThis.heap = Array.from({ length: ${OBJECTS} }, (_, index) => ({ index, text: "n" + index }));
  for (let i = 0; i < ${BEFORE_IT}; i++) fromBytes(bytes, kept);
}
const started = performance.now();
const { fromBytes } = await import(${JSON.stringify(module)});
const orders = fromBytes(bytes, kept);
const took = performance.now() - started;
console.log(took, count(orders), kept.length);
`;

/**
 * `[{ what, times }]`, each `{ name: [milliseconds, one a round] }`: the kinds of lists, and the plain one once more beside what an application
 * holds already, where ours has been asked ten times before.
 */
export async function felt(scratch, node, rows, rounds) {
  const modules = {};
  for (const [index, [name, source]] of Object.entries(sources()).entries()) {
    const file = `${scratch}felt-${index}.mjs`;
    await bundled(name, source, file, "neutral");
    modules[name] = pathToFileURL(file).href;
  }
  const jobs = kinds.map((kind) => ({ what: kind, names: Object.keys(modules), held: false }));
  const own = Object.keys(modules).filter((name) => name === OURS || name.startsWith("("));
  jobs.push({ what: "plain, ten reports and a heap held", kind: "plain", names: own, held: true });
  const list = `${scratch}felt.csv`;
  const script = `${scratch}felt-run.mjs`;
  const results = [];
  for (const { what, kind = what, names, held } of jobs) {
    writeFileSync(list, csv(rows, kind));
    const times = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (let place = 0; place < names.length; place++) {
        const name = names[(place + round) % names.length];
        writeFileSync(script, program(modules[name], held));
        const [took, lines] = execFileSync(node, ["--max-old-space-size=4096", script, list], { encoding: "utf8" }).trim().split(" ").map(Number);
        if (lines !== rows) throw new Error(`${name} made ${lines} lines of ${rows} rows, ${what}`);
        times[name].push(took);
      }
    }
    results.push({ what, times });
  }
  rmSync(list);
  return results;
}
