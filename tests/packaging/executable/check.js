// The executable: a list is checked, sent and looked at, offline, in an empty folder, in every runtime that runs it.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bun } from "../bun/check.js";
import { deno } from "../deno/check.js";
import { nodeOf, run } from "../processes.js";
import { PACKAGE, versionOf } from "../project.js";

const EXECUTABLE = join(PACKAGE, "bin/giftcard-partners.js");
const LIST = "email,name,product,value\nada@example.org,Ada,INKWHISTLE,25\ngrace@example.org,Grace,INKWHISTLE,50\n";
const LINES = ["20.19", "22", "24", "26"];

/** Runs a command of it; the last object that it prints. */
async function last(program, words, cwd) {
  const { stdout } = await run(program[0], [...program.slice(1), EXECUTABLE, ...words, "--json"], { cwd });
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

async function sends(program) {
  const cwd = mkdtempSync(join(tmpdir(), "giftcards-"));
  try {
    writeFileSync(join(cwd, "people.csv"), LIST);
    const send = ["send", "people.csv", "--sandbox", "--yes-spend", "75.00"];

    const first = await last(program, send, cwd);
    const again = await last(program, send, cwd);
    const status = await last(program, ["status", "people"], cwd);
    const doctor = await last(program, ["doctor", "--sandbox"], cwd);

    assert.deepEqual([first.placed.lines, first.done, first.rejected], [2, true, 0]);
    assert.deepEqual([again.placed.orders, status.placed.orders], [1, 1]);
    assert.equal(doctor.copes, true);
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

const nodes = LINES.map((line) => ({
  tool: "Node",
  what: "the executable sends a list",
  async run() {
    const node = nodeOf(line);
    if (!node) return { skipped: `npm has no Node ${line} for this platform` };
    await sends([node]);
    return { version: (await run(node, ["--version"])).stdout.trim().slice(1) };
  },
}));

const others = [
  { tool: "Bun", program: bun, words: [], version: "bun" },
  { tool: "Deno", program: deno, words: ["run", "--allow-all", "--quiet"], version: "deno" },
].map(({ tool, program, words, version }) => ({
  tool,
  what: "the executable sends a list",
  async run() {
    const found = program();
    if (!found) return { skipped: `npm has no ${tool} for this platform` };
    await sends([found, ...words]);
    return { version: versionOf(version) };
  },
}));

export default [...nodes, ...others];
