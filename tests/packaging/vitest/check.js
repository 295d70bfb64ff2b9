// Vitest, in jsdom.
import assert from "node:assert/strict";
import { join } from "node:path";

import { run } from "../processes.js";
import { MODULES, project, versionOf } from "../project.js";

export default [
  {
    tool: "Vitest",
    what: `jsdom ${versionOf("jsdom")}`,
    async run() {
      const cwd = project("vitest");

      const { stdout, stderr } = await run(process.execPath, [join(MODULES, "vitest/vitest.mjs"), "run", "--environment=jsdom"], { cwd });

      assert.match(stdout, /2 passed/);
      assert.equal(stderr, "");
      return { version: versionOf("vitest") };
    },
  },
];
