// What the three programs of README's table weigh out of each bundler: what the build measures is what people download.
import assert from "node:assert/strict";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build as esbuild, transform } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";

import { filesIn, loadedOf } from "../bundle.js";
import { project } from "../project.js";

const PROGRAMS = ["form", "client", "everything"];
/** How far a bundler may be off what esbuild makes, which the build of the package measures. */
const MARGIN = 0.05;

const out = (cwd, program, name) => join(cwd, "out", name, program);

const BUNDLERS = {
  esbuild: (entry, outdir) => esbuild({ entryPoints: [entry], bundle: true, minify: true, format: "esm", platform: "browser", outdir }),
  Vite: (entry, outDir) =>
    vite({ configFile: false, logLevel: "silent", build: { outDir, emptyOutDir: true, lib: { entry, formats: ["es"], fileName: "program" }, minify: "esbuild" } }),
  webpack: (entry, path) =>
    promisify(webpack)({ mode: "production", entry, output: { path, library: { type: "module" } }, experiments: { outputModule: true }, performance: false }),
  async Rollup(entry, dir) {
    const bundle = await rollup({ input: entry, plugins: [nodeResolve({ browser: true })] });
    const minify = { name: "minify", renderChunk: async (code) => (await transform(code, { minify: true, format: "esm" })).code };
    await bundle.write({ dir, format: "es", plugins: [minify] });
    await bundle.close();
  },
};

const gzipped = (folder) => [...loadedOf(filesIn(folder)).values()].reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0);

export default [
  {
    tool: "Weight",
    what: "form, client and everything are within 5 % of one another out of esbuild, Vite, webpack and Rollup",
    async run() {
      const cwd = project("weight");
      for (const program of PROGRAMS) {
        const weights = {};
        for (const [name, bundle] of Object.entries(BUNDLERS)) {
          const folder = out(cwd, program, name);
          await bundle(join(cwd, "app/programs", `${program}.js`), folder);
          weights[name] = gzipped(folder);
        }
        for (const [name, weight] of Object.entries(weights)) {
          assert.ok(Math.abs(weight / weights.esbuild - 1) < MARGIN, `${program}: ${name} makes ${weight} bytes, esbuild ${weights.esbuild}`);
        }
      }
      return {};
    },
  },
];
