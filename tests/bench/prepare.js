// The bundles that the runtimes load, with the validators that can be compiled ahead.
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { builtinModules } from "node:module";
import Ajv from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { SCHEMA } from "./peers/rules.js";
import { typeboxOrder } from "./peers/typebox-schema.js";

function compiledAjv() {
  const ajv = new Ajv({ allErrors: true, multipleOfPrecision: 6, strict: false, code: { source: true, esm: true, optimize: true } });
  return standalone(ajv, ajv.compile(SCHEMA));
}

const compiledTypebox = () => `export default (function () { ${TypeCompiler.Code(typeboxOrder)} })();`;

const compiled = {
  name: "compiled",
  setup(bundler) {
    const make = { "compiled:ajv": compiledAjv, "compiled:typebox": compiledTypebox };
    bundler.onResolve({ filter: /^compiled:/ }, ({ path }) => ({ path, namespace: "compiled" }));
    bundler.onLoad({ filter: /.*/, namespace: "compiled" }, ({ path }) => ({ contents: make[path](), loader: "js", resolveDir: import.meta.dirname }));
  },
};

/** papaparse asks for Node's streams where it is not in a page, and would only use them when asked to. */
const withoutStreams = {
  name: "without-streams",
  setup(bundler) {
    bundler.onResolve({ filter: /^stream$/ }, ({ path, importer }) => (importer.includes("papaparse") ? { path, namespace: "nothing" } : undefined));
    bundler.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({ contents: "export {};" }));
  },
};

/** Workers import wasm as a module; the name that it gets is kept with the file that it is. */
function importedWasm(found) {
  return {
    name: "imported-wasm",
    setup(bundler) {
      bundler.onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => {
        found.set(path, new URL(path.replace("?module", ""), `file://${resolveDir}/`).pathname);
        return { path, external: true };
      });
    },
  };
}

/** Bundles a file, or a text that stands for one; answers with the wasm that it still imports. */
export async function bundle(entry, outfile, { conditions = [], minify = false, platform = "neutral" } = {}) {
  const wasm = new Map();
  await build({
    ...(typeof entry === "string" ? { entryPoints: [entry] } : { stdin: entry }), outfile, bundle: true, format: "esm", platform, target: "es2022", minify,
    mainFields: [...(platform === "browser" ? ["browser"] : []), "module", "main"], conditions: ["import", ...conditions], plugins: [compiled, withoutStreams, importedWasm(wasm)], logLevel: "error",
    absWorkingDir: import.meta.dirname, external: ["node:*", ...builtinModules],
  });
  return wasm;
}
