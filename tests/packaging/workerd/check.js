// Cloudflare Workers: what wrangler would upload, run in workerd. Nothing is configured but a name and a date.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

import { DESK, FORM } from "../app/expected.js";
import { assertDesk, assertForm, filesIn, wasmIn } from "../bundle.js";
import { run } from "../processes.js";
import { MODULES, project, versionOf } from "../project.js";

// wrangler's own, so that workerd is the one that it would start.
const { Miniflare } = createRequire(join(MODULES, "wrangler/package.json"))("miniflare");
export const DATE = "2026-04-01";

/** Has wrangler bundle a Worker; the folder with its modules. */
export async function bundled(name, script, from = "workerd") {
  const cwd = project(name, { from });
  writeFileSync(join(cwd, "wrangler.json"), JSON.stringify({ name, main: script, compatibility_date: DATE }));
  const words = [join(MODULES, "wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--outdir=out", "--minify"];
  const { stdout, stderr } = await run(process.execPath, words, { cwd, env: { XDG_CONFIG_HOME: join(cwd, ".config") } });
  assert.doesNotMatch(stdout + stderr, /WARNING|is not exported|no matching export/i);
  return join(cwd, "out");
}

/** workerd with the modules of such a folder, the named script first. */
export function start(folder, script) {
  const modules = [];
  for (const [path, bytes] of filesIn(folder)) {
    const name = basename(path);
    if (name.endsWith(".js")) modules.push({ type: "ESModule", path: name, contents: bytes.toString() });
    if (/\.wasm/.test(name)) modules.push({ type: "CompiledWasm", path: name, contents: bytes });
  }
  modules.sort((a, b) => (b.path === script) - (a.path === script));
  return new Miniflare({ modules, compatibilityDate: DATE });
}

async function answer(folder, script) {
  const miniflare = start(folder, script);
  try {
    const response = await miniflare.dispatchFetch("https://worker.example/");
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return JSON.parse(text);
  } finally {
    await miniflare.dispose();
  }
}

const worker = (what, script, look) => ({
  tool: "Workers (wrangler, workerd)",
  what,
  async run() {
    const folder = await bundled(`workerd-${script}`, `${script}.js`);
    const sizes = look(filesIn(folder), await answer(folder, `${script}.js`));
    return { version: versionOf("wrangler"), ...sizes };
  },
});

export default [
  worker("root, order, sandbox", "worker", (files, answered) => {
    assert.deepEqual(answered, DESK);
    assertDesk(files);
  }),
  worker("order", "form", (files, answered) => {
    assert.deepEqual(answered, FORM);
    return { form: assertForm(files) };
  }),
  worker("slim", "slim", (files, answered) => {
    assert.deepEqual(answered, FORM);
    assert.deepEqual(wasmIn(files), ["giftcard_partners"]);
  }),
];
