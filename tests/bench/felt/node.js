// A list in a fresh process of Node: from the import of the package to the bodies of all orders.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import papaparse from "papaparse";
import { utils, write } from "xlsx";
import { csv, kinds } from "../data.js";
import { OURS, bundled, sources, workbookSources } from "./contenders.js";

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
const orders = await fromBytes(bytes, kept);
const took = performance.now() - started;
console.log(took, count(orders), kept.length);
`;

/** A list as a workbook, one text or number to a cell. */
function workbook(rows) {
  const [header, ...lines] = csv(rows, "plain").trimEnd().split("\r\n");
  const cells = lines.map((line) => papaparse.parse(line).data[0].map((cell) => (/^[0-9.]+$/.test(cell) ? Number(cell) : cell)));
  const sheet = utils.aoa_to_sheet([header.split(","), ...cells], { dense: true });
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, "People");
  return write(book, { type: "buffer", compression: true, bookSST: true });
}

/** `{ kind: "99.95 %" }`: the rows of each kind of list that the fast path takes. */
export function shares(scratch, rows) {
  const lists = `${scratch}lists/`;
  rmSync(lists, { recursive: true, force: true });
  mkdirSync(lists, { recursive: true });
  for (const kind of kinds) writeFileSync(`${lists}${kind}.csv`, csv(rows, kind));
  const test = ["test", "--quiet", "--test", "import", "share", "--", "--nocapture"];
  const said = execFileSync("cargo", test, { cwd: new URL("../../..", import.meta.url), encoding: "utf8", env: { ...process.env, LISTS: lists } });
  rmSync(lists, { recursive: true });
  return Object.fromEntries([...said.matchAll(/^(.+): ([0-9.]+ %)$/gm)].map(([, kind, share]) => [kind, share]));
}

/** Where each of the sources is, written down for a process. */
async function modulesOf(scratch, prefix, sources, prepare) {
  const modules = {};
  for (const [index, [name, source]] of Object.entries(sources).entries()) {
    const file = `${scratch}${prefix}-${index}.mjs`;
    await prepare(name, source, file);
    modules[name] = pathToFileURL(file).href;
  }
  return modules;
}

/**
 * `[{ what, times }]`, each `{ name: [milliseconds, one a round] }`: the kinds of lists, the plain one once more beside what an application
 * holds already, where ours has been asked ten times before, and a workbook.
 */
export async function felt(scratch, node, rows, rounds) {
  const modules = await modulesOf(scratch, "felt", sources(), (name, source, file) => bundled(name, source, file, "neutral"));
  const books = await modulesOf(scratch, "felt-book", workbookSources(), async (_, source, file) => writeFileSync(file, source.replace(/from "(\/.*?)"/, (_, path) => `from ${JSON.stringify(pathToFileURL(path).href)}`)));
  const own = Object.fromEntries(Object.entries(modules).filter(([name]) => name === OURS || name.startsWith("(")));
  const jobs = [
    ...kinds.map((kind) => ({ what: kind, list: () => csv(rows, kind), modules })),
    { what: "plain, ten reports and a heap held", list: () => csv(rows, "plain"), modules: own, held: true },
    { what: ".xlsx", list: () => workbook(rows), modules: books },
  ];
  const list = `${scratch}felt.list`;
  const script = `${scratch}felt-run.mjs`;
  const results = [];
  for (const { what, list: content, modules, held = false } of jobs) {
    writeFileSync(list, content());
    const names = Object.keys(modules);
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
