// What a bundler made, looked at from outside: which wasm it holds, what it dropped, how large it is.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { PACKAGE } from "./project.js";

const WORKBOOK = "giftcard_partners_workbook";
const ARTIFACTS = ["giftcard_partners", "giftcard_partners_bulk", "giftcard_partners_order", "giftcard_partners_sandbox", WORKBOOK];
/** The texts that scripts of the package have a wasm in, packed. */
const TEXTS = readdirSync(PACKAGE)
  .filter((name) => name.endsWith(".js"))
  .flatMap((name) => readFileSync(join(PACKAGE, name), "utf8").split('"').filter((literal) => literal.length > 10_000 && /^[#-=?-[\]-~]+$/.test(literal)));
/** Each wasm as a file, and as the text of its entry. */
const WASM = ARTIFACTS.map((name) => {
  const bytes = readFileSync(join(PACKAGE, `${name}.wasm`));
  // The file ends with the mark that the text begins with.
  const [text, ...others] = TEXTS.filter((text) => text.startsWith(bytes.subarray(-19).toString("latin1")));
  assert.ok(text && others.length === 0, `${name} is not in the package's scripts once`);
  return { name, bytes, text };
});
/** Words that only the client's JavaScript has, only that of lists, and only the sandbox's. */
const CLIENT = /listProducts|GiftCardPartners\b/;
const BULK = /applyLedger|RecipientImport\b/;
const SANDBOX = /sandbox\.giftcard-partners\.invalid/;

/** Where the bundler ran, which is nobody's business. */
const BUILD_PLACE = /file:\/\/\//;

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
      found.push(...Array(timesIn(bytes, wasm.text)).fill(wasm.name));
    }
  }
  return found.sort();
}

function timesIn(bytes, text) {
  let times = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) times += 1;
  return times;
}

/** The bundle of app/form.js: the order tools' wasm, once, and no word of the client or the sandbox. */
export function assertForm(files) {
  assert.deepEqual(wasmIn(files), ["giftcard_partners_order"]);
  assertWithout(files, CLIENT, SANDBOX, BULK, BUILD_PLACE);
  return sizeOf(files);
}

/** The bundle of app/client.js: the client's wasm, once, and no word of the sandbox or of lists. */
export function assertClient(files) {
  assert.deepEqual(wasmIn(files), ["giftcard_partners"]);
  assertWithout(files, SANDBOX, BULK, BUILD_PLACE);
  return sizeOf(files);
}

/** The bundle of app/list.js: the wasm of lists and that of workbooks, once, and no word of the client or the sandbox. */
export function assertList(files) {
  assert.deepEqual(wasmIn(files), ["giftcard_partners_bulk", WORKBOOK]);
  assertWithout(files, CLIENT, SANDBOX);
}

/** The bundle of app/desk.js: each wasm once, but for that of workbooks, since it reads none. */
export function assertDesk(files) {
  assert.deepEqual(wasmIn(loadedOf(files)), ARTIFACTS.filter((name) => name !== WORKBOOK));
}

/** What a page loads of a program that reads no workbook: webpack leaves a file with the wasm of workbooks behind. */
export function loadedOf(files) {
  return new Map([...files].filter((file) => wasmIn([file]).join() !== WORKBOOK));
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
