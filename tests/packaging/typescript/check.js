// TypeScript: today's, the last of the generation before, and the first of that one; as strict as it goes. Without
// skipLibCheck; only the libraries that TypeScript brings itself are taken as they are.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { run } from "../processes.js";
import { project } from "../project.js";

const COMPILERS = ["typescript", "typescript-5", "typescript-5.0"];
const RESOLUTIONS = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];
const LIBRARIES = [
  { name: "DOM", lib: ["es2022", "dom", "dom.iterable"], types: [] },
  { name: "Workers", lib: ["es2022"], types: ["@cloudflare/workers-types"] },
];

const check = (compiler, { module, moduleResolution }) => ({
  tool: "TypeScript",
  what: `${moduleResolution}: ${LIBRARIES.map(({ name }) => name).join(", ")}`,
  async run() {
    const cwd = project(`${compiler}-${moduleResolution}`, { from: "typescript" });
    // By path: two TypeScripts both call themselves `tsc` in .bin.
    const folder = dirname(fileURLToPath(import.meta.resolve(`${compiler}/package.json`)));
    for (const { name, lib, types } of LIBRARIES) {
      const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false, skipDefaultLibCheck: true };
      const compilerOptions = { target: "es2022", module, moduleResolution, lib, types, ...strict, noEmit: true };
      const config = join(cwd, `tsconfig.${name}.json`);
      writeFileSync(config, JSON.stringify({ compilerOptions, files: ["order.ts"] }));
      await run(process.execPath, [join(folder, "bin/tsc"), "-p", config], { cwd });
    }
    return { version: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version };
  },
});

export default COMPILERS.flatMap((compiler) => RESOLUTIONS.map((resolution) => check(compiler, resolution)));
