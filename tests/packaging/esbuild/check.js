// esbuild, for a page.
import assert from "node:assert/strict";
import { join } from "node:path";

import { build } from "esbuild";

import { bundlePrograms } from "../programs.js";
import { project, versionOf } from "../project.js";

export default [
  {
    tool: "esbuild",
    what: "bundle",
    async run() {
      const cwd = project("esbuild");
      const sizes = await bundlePrograms(async (app) => {
        const folder = join(cwd, "out", app);
        const entryPoints = [join(cwd, `app/print/${app}.js`)];
        const { warnings } = await build({ entryPoints, bundle: true, minify: true, format: "esm", outdir: folder, logLevel: "silent" });
        assert.deepEqual(warnings, []);
        return { folder, script: join(folder, `${app}.js`) };
      });
      return { version: versionOf("esbuild"), ...sizes };
    },
  },
];
