// webpack in production, for a page.
import assert from "node:assert/strict";
import { join } from "node:path";
import { promisify } from "node:util";

import webpack from "webpack";

import { bundlePrograms } from "../programs.js";
import { project, versionOf } from "../project.js";

export default [
  {
    tool: "webpack",
    what: "bundle",
    async run() {
      const cwd = project("webpack");
      const sizes = await bundlePrograms(async (app) => {
        const folder = join(cwd, "out", app);
        // As a module, which Node runs too where there are several chunks.
        const output = { path: folder, filename: "main.mjs", library: { type: "module" } };
        const stats = await promisify(webpack)({ mode: "production", context: cwd, entry: { main: `./app/print/${app}.js` }, output, experiments: { outputModule: true } });
        const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
        // That a bundle is past 244 KB is what webpack says of any with wasm in it; and it has advice for any of several chunks.
        const others = warnings.filter(({ message }) => !/size limit|code-splitting|performance recommendations/.test(message));
        assert.deepEqual([errors, others], [[], []]);
        return { folder, script: join(folder, "main.mjs") };
      });
      return { version: versionOf("webpack"), ...sizes };
    },
  },
];
