// Node: import and require, in each line that is kept up and in the one that runs the checks.
import assert from "node:assert/strict";

import { DESK } from "../app/expected.js";
import { nodeOf, result, run } from "../processes.js";
import { project } from "../project.js";

/** 20.19 is the first that requires ES modules without a flag. */
const LINES = ["20.19", "22", "24", "26"];

export default ["host", ...LINES].map((line) => ({
  tool: line === "host" ? "Node, the one at hand" : "Node",
  what: "import, require",
  async run() {
    const node = line === "host" ? process.execPath : nodeOf(line);
    if (!node) return { skipped: `npm has no Node ${line} for this platform` };
    const cwd = project(`node-${line}`, { from: "node" });

    assert.deepEqual(await result(node, ["main.mjs"], { cwd }), DESK);
    assert.deepEqual(await result(node, ["main.cjs"], { cwd }), DESK);

    return { version: (await run(node, ["--version"])).stdout.trim().slice(1) };
  },
}));
