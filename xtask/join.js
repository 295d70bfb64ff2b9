// Joins the package's scripts: node xtask/join.js FROM TO. What it makes and why: xtask/src/join.rs.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

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

/** The lines without their indentation, an eighth of a script: the same program, or a template holds a line break. */
for (const { path, text } of outputFiles) {
  const flat = text.replace(/^ +/gm, "");
  const [minified, same] = await Promise.all([text, flat].map(async (code) => (await transform(code, { minify: true })).code));
  if (minified !== same) throw new Error(`${path}: a text over several lines begins one with spaces`);
  writeFileSync(path, flat);
}
