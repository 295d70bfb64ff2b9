// Rollup, with its own plugin for packages; it does not minify.
import { join } from "node:path";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";

import { bundlePrograms } from "../programs.js";
import { project, versionOf } from "../project.js";

export default [
  {
    tool: "Rollup",
    what: "bundle",
    async run() {
      const cwd = project("rollup");
      const { form, client } = await bundlePrograms(async (app) => {
        const folder = join(cwd, "out", app);
        const onwarn = ({ message }) => {
          throw new Error(message);
        };
        const bundle = await rollup({ input: join(cwd, `app/print/${app}.js`), plugins: [nodeResolve({ browser: true })], onwarn });
        await bundle.write({ dir: folder, format: "es" });
        await bundle.close();
        return { folder, script: join(folder, `${app}.js`) };
      });
      return { version: versionOf("rollup"), form, client };
    },
  },
];
