// Joins the package's scripts: node xtask/join.js FROM TO. What it makes and why: xtask/src/join.rs.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build, transform } from "esbuild";

const [from, to] = process.argv.slice(2).map((folder) => resolve(folder));

/** The entries that one program has together, and those of another world: Workers, and who loads the wasm by hand. */
const DEFAULT = ["index.js", "order.js", "bulk.js", "sandbox.js", "locales.js"];
const OTHER = ["index.workerd.js", "order.workerd.js", "bulk.workerd.js", "sandbox.workerd.js", "slim.js"];

/**
 * What is loaded when a workbook comes: a wasm and nothing else, so it stays as it is. Joined with the rest, what it has in common with that,
 * if only a line, would be one more file for each entry.
 */
const LATER = ["./giftcard_partners_workbook.inline.js", "./workbook.workerd.js"];

const entry = (name) => resolve(from, "entries", name);

const OPTIONS = {
  absWorkingDir: from,
  bundle: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
  minifySyntax: true,
  // Read once it is asked for.
  loader: { ".json": "text" },
  // In the glue too (shared/text.js).
  inject: ["shared/text.js"],
  // The bundler of a Worker compiles it. It stands beside all scripts: esbuild leaves the name as it is.
  external: ["*.wasm?module", ...LATER],
};

const { metafile } = await build({ ...OPTIONS, entryPoints: [entry("shared.js")], write: false, outdir: to, metafile: true });
const shared = new Set(Object.keys(metafile.inputs).map((path) => resolve(from, path)));

/** Gives the other entries a copy of their own of all that is not shared by each, so that the default ones need no chunks to share it by. */
const apart = {
  name: "apart",
  setup({ onResolve, onLoad }) {
    const others = new Set(OTHER.map(entry));
    onResolve({ filter: /^\./ }, ({ path, importer, namespace, resolveDir }) => {
      const file = resolve(resolveDir, path);
      if (LATER.includes(path) || !existsSync(file)) return undefined;
      const isApart = (others.has(importer) || namespace === "apart") && !shared.has(file);
      return { path: file, namespace: isApart ? "apart" : "file" };
    });
    onLoad({ filter: /\.js$/, namespace: "apart" }, ({ path }) => ({ contents: readFileSync(path, "utf8"), resolveDir: dirname(path) }));
  },
};

const { outputFiles } = await build({
  ...OPTIONS,
  write: false,
  entryPoints: [...DEFAULT, ...OTHER].map(entry),
  outdir: to,
  outbase: resolve(from, "entries"),
  splitting: true,
  chunkNames: "chunk-[hash]",
  plugins: [apart],
});

/** The lines without their indentation and descriptions, a fifth of a script: the same program, or a template holds a line break. */
for (const { path, text } of outputFiles) {
  const flat = text.replace(/^ +/gm, "").replace(/^\/\*\*[^]*?\*\/\n/gm, "");
  const [minified, same] = await Promise.all([text, flat].map(async (code) => (await transform(code, { minify: true })).code));
  if (minified !== same) throw new Error(`${path}: a text over several lines begins one with spaces`);
  writeFileSync(path, flat);
}

/** A first check of an order, of a text, an object and bytes. */
const FIRST_CALLS = `
  const json = '{"PONumber":"PO-1","Type":"Links","LineItems":[{"ProductId":1,"Value":"25.00","Quantity":1}]}';
  for (const entry of process.argv.slice(1)) {
    const { validateOrder } = await import(entry);
    for (const order of [json, JSON.parse(json), new TextEncoder().encode(json)]) validateOrder(order).issues;
  }`;

function callFirst(env = {}) {
  const entries = ["order.js", "index.js"].map((name) => pathToFileURL(join(to, name)).href);
  execFileSync(process.execPath, ["--input-type=module", "--eval", FIRST_CALLS, ...entries], { env: { ...process.env, ...env } });
}

/**
 * Functions that an import and a first check run, in parentheses: these V8 compiles with the script, where it reads others once to pass over them
 * and again when they are called. That is 8 % of a start. What runs is known by V8's coverage.
 */
function compileAtOnce() {
  const coverage = mkdtempSync(join(tmpdir(), "first-calls-"));
  callFirst({ NODE_V8_COVERAGE: coverage });
  const reports = readdirSync(coverage).map((name) => JSON.parse(readFileSync(join(coverage, name), "utf8")));
  rmSync(coverage, { recursive: true });
  const run = new Map();
  for (const { url, functions } of reports.flatMap(({ result }) => result)) {
    if (!url.startsWith("file:") || dirname(fileURLToPath(url)) !== to) continue;
    const ranges = functions.map(({ ranges }) => ranges[0]).filter(({ count }) => count > 0);
    run.set(fileURLToPath(url), ranges);
  }
  for (const [path, ranges] of run) writeFileSync(path, inParentheses(readFileSync(path, "utf8"), ranges));
  // One that is called while its script is still loaded would not be there yet.
  callFirst();
}

function inParentheses(code, ranges) {
  const edits = ranges.flatMap(({ startOffset: start, endOffset: end }) => {
    const text = code.slice(start, end);
    const [declaration, name] = /^function (\w+)(?=\()/.exec(text) ?? [];
    const isTop = ranges.every((range) => range.startOffset === 0 || range.startOffset >= start || range.endOffset < end);
    if (declaration && isTop) return [{ at: start, cut: declaration.length, put: `var ${name} = (function` }, { at: end, cut: 0, put: ");" }];
    const isArrow = /^(\w+|\([^()]*\)) =>/.test(text);
    return isArrow ? [{ at: start, cut: 0, put: "(" }, { at: end, cut: 0, put: ")" }] : [];
  });
  edits.sort((a, b) => b.at - a.at);
  return edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), code);
}

compileAtOnce();
