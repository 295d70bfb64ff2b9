// Pages without any tool: the package's own files from a plain server, in real browsers.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";

import { DESK, FORM } from "../app/expected.js";
import { NAMES, WEBKIT, browser, resultOf, serveFiles, versionOfBrowser } from "../browsers.js";
import { PACKAGE, project } from "../project.js";

/** Nothing inline, nothing from elsewhere, and of eval only what wasm needs. */
const STRICT = { "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:" };

const FORBIDDING = { "Content-Security-Policy": STRICT["Content-Security-Policy"].replace(" 'wasm-unsafe-eval'", "") };

const page = (name, what, file, expected, headers, meant) => ({
  tool: name,
  what,
  async run() {
    if (!browser(name)) return { skipped: "it is not installed" };
    const cwd = project(`page-${name}-${file}`, { from: "page" });
    cpSync(PACKAGE, join(cwd, "giftcard-partners"), { recursive: true });
    const server = await serveFiles([cwd], headers);
    try {
      assert.deepEqual(await resultOf(name, `${server.url}/${file}.html`, meant), expected);
    } finally {
      server.close();
    }
    return { version: await versionOfBrowser(name) };
  },
});

export default [...NAMES, WEBKIT].flatMap((name) => [
  page(name, "script type=module, import map", "desk", DESK),
  page(name, "strict CSP", "strict", { valid: true, outcome: "created" }, STRICT),
  page(name, "CSP without wasm", "refused", [true, true], FORBIDDING, /Content-Security-Policy/),
  page(name, "slim, a wasm after the other, strict CSP", "slim", { ...FORM, accepted: 1, rejected: ["invalid_email"] }, STRICT),
]);
