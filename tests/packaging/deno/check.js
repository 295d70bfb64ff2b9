// Deno, with no permission at all.
import assert from "node:assert/strict";

import { DESK } from "../app/expected.js";
import { executable, result } from "../processes.js";
import { project, versionOf } from "../project.js";

export const deno = () => executable(`@deno/${process.platform}-${process.arch}-glibc/deno`, `@deno/${process.platform}-${process.arch}/deno`);

export default [
  {
    tool: "Deno",
    what: "import, no permission",
    async run() {
      const program = deno();
      if (!program) return { skipped: "npm has no Deno for this platform" };
      const cwd = project("deno");

      assert.deepEqual(await result(program, ["run", "--no-prompt", "--quiet", "main.js"], { cwd }), DESK);

      return { version: versionOf("deno") };
    },
  },
];
