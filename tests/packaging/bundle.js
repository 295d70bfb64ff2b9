// What a bundler made, looked at from outside: which wasm it holds, what it dropped, how large it is.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { PACKAGE } from "./project.js";

const ARTIFACTS = ["giftcard_partners", "giftcard_partners_order", "giftcard_partners_sandbox"];
/** How each wasm begins, as base64 and long enough to tell one from another; and itself. */
const WASM = ARTIFACTS.map((name) => {
  const bytes = readFileSync(join(PACKAGE, `${name}.wasm`));
  return { name, bytes, text: bytes.toString("base64") };
});
/** Words that only the client's JavaScript has, and only the sandbox's. */
const CLIENT = /listProducts|GiftCardPartners\b/;
const SANDBOX = /sandbox\.giftcard-partners\.invalid/;

/** The files of a folder and of those in it: path → bytes. */
export function filesIn(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(paths.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).map((path) => [path, readFileSync(path)]));
}

/** The names of the wasm in these files, each as often as it is there. */
export function wasmIn(files) {
  const found = [];
  for (const [path, bytes] of files) {
    if (path.endsWith(".map")) continue;
    for (const wasm of WASM) {
      if (bytes.equals(wasm.bytes)) found.push(wasm.name);
      for (let at = bytes.indexOf(wasm.text); at >= 0; at = bytes.indexOf(wasm.text, at + 1)) found.push(wasm.name);
    }
  }
  return found.sort();
}

/** The bundle of app/form.js: the order tools' wasm, once, and no word of the client or the sandbox. */
export function assertForm(files) {
  assert.deepEqual(wasmIn(files), ["giftcard_partners_order"]);
  assertWithout(files, CLIENT, SANDBOX);
  return sizeOf(files);
}

/** The bundle of app/client.js: the client's wasm, once, and no word of the sandbox. */
export function assertClient(files) {
  assert.deepEqual(wasmIn(files), ["giftcard_partners"]);
  assertWithout(files, SANDBOX);
  return sizeOf(files);
}

/** The bundle of app/desk.js: each wasm once. */
export function assertDesk(files) {
  assert.deepEqual(wasmIn(files), ARTIFACTS);
}

/** After gzip, for the table. */
export function sizeOf(files) {
  const bytes = [...files].filter(([path]) => /\.(m?js|wasm)$/.test(path)).map(([, content]) => gzipSync(content, { level: 9 }).length);
  return `${(bytes.reduce((sum, size) => sum + size, 0) / 1000).toFixed(1)} KB`;
}

function assertWithout(files, ...patterns) {
  for (const [path, bytes] of files) {
    if (path.endsWith(".map")) continue;
    for (const pattern of patterns) assert.equal(pattern.exec(bytes.toString())?.[0], undefined, `${path} holds what nothing uses`);
  }
}
