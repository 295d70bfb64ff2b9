// Bun: run as it is, and bundled by its own bundler for a page.
import assert from "node:assert/strict";
import { join } from "node:path";

import { DESK } from "../app/expected.js";
import { assertClient, assertForm, filesIn } from "../bundle.js";
import { executable, result, run } from "../processes.js";
import { project, versionOf } from "../project.js";

const ARCH = { arm64: "aarch64", x64: "x64" }[process.arch];
export const bun = () => executable(`@oven/bun-${process.platform}-${ARCH}/bin/bun`);

export default [
  {
    tool: "Bun",
    what: "import, bundle",
    async run() {
      const program = bun();
      if (!program) return { skipped: "npm has no Bun for this platform" };
      const cwd = project("bun");

      assert.deepEqual(await result(program, ["main.js"], { cwd }), DESK);
      for (const app of ["form", "client"]) {
        await run(program, ["build", `app/${app}.js`, "--minify", "--target=browser", `--outdir=out/${app}`], { cwd });
      }

      const form = assertForm(filesIn(join(cwd, "out/form")));
      const client = assertClient(filesIn(join(cwd, "out/client")));
      return { version: versionOf("bun"), form, client };
    },
  },
];
