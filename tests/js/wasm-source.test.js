// What an entry makes its wasm of: the file beside it where that is the very one and can be read, and else the text that it holds.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { buildSync } from "esbuild";

const LIMIT = { timeout: 60_000 };
const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners")));
const WORK = realpathSync(mkdtempSync(join(tmpdir(), "wasm-source-")));
const ORDER = "giftcard_partners_order.wasm";
/** A text that holds a wasm. */
const TEXT = /"([#-=?-[\]-~]{20000,})"/;

after(() => rmSync(WORK, { recursive: true }));

/** A copy of the package's scripts and wasm, for a test to spoil. */
function copy(name) {
  const folder = join(WORK, name);
  mkdirSync(folder);
  for (const file of readdirSync(PACKAGE).filter((file) => /\.(js|wasm)$|^package\.json$/.test(file))) copyFileSync(join(PACKAGE, file), join(folder, file));
  return folder;
}

function change(path, edit) {
  writeFileSync(path, edit(readFileSync(path)));
}

/** Of what is made what is asked for: of each wasm that is compiled its size, and what `use` returns or throws. */
function run(script, use, words = []) {
  const program = `
    const sizes = [];
    WebAssembly.Module = new Proxy(WebAssembly.Module, { construct(Module, [bytes]) { sizes.push(bytes.byteLength); return new Module(bytes); } });
    const entry = await import(${JSON.stringify(pathToFileURL(script).href)});
    let told;
    try { told = await (${use})(entry); } catch ({ name, message }) { told = [name, message]; }
    console.log(JSON.stringify({ sizes, told }));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...words, "--input-type=module", "--eval", program], { cwd: WORK, encoding: "utf8", timeout: 50_000 });
  assert.equal(status, 0, stderr);
  return { ...JSON.parse(stdout), stderr };
}

const CHECK = "({ validateOrder }) => validateOrder('{').valid";
const SIZE = readFileSync(join(PACKAGE, ORDER)).length;
/** The file has a section more than what is packed. */
const FROM_FILE = { sizes: [SIZE], told: false };
const SECTION = 24;
/** Characters before what is packed. */
const HEAD = 19;

function isOfText({ sizes, told }) {
  assert.equal(told, false);
  // What unpacks is a wasm too, of 2 KB.
  assert.ok(sizes.length === 2 && sizes[0] < 3000 && sizes[1] === SIZE - SECTION, sizes.join());
}

test("the file beside an entry is read, and the text left alone", LIMIT, () => {
  const folder = copy("file");
  change(join(folder, "order.js"), (bytes) => bytes.toString().replace(TEXT, (_, text) => `"${text.slice(0, HEAD)}${"A".repeat(text.length - HEAD)}"`));

  const { sizes, told } = run(join(folder, "order.js"), CHECK);

  assert.deepEqual({ sizes, told }, FROM_FILE);
});

test("the file is found however a stack trace is written, and without one the text is used", LIMIT, () => {
  const folder = copy("a folder, ünlike (others)");
  const script = join(folder, "order.js");
  const by = (before) => run(script, `(entry) => { ${before}; return (${CHECK})(entry); }`);

  for (const before of ["", "Error.stackTraceLimit = 1", "Error.prepareStackTrace = (error, frames) => `${error}\\n${frames.map((frame) => `    at ${frame}`).join('\\n')}`"]) {
    const { sizes, told } = by(before);
    assert.deepEqual({ sizes, told }, FROM_FILE, before);
  }
  for (const before of ["Error.stackTraceLimit = 0", "Error.prepareStackTrace = (_, frames) => frames.length", "Error.prepareStackTrace = () => { throw new Error('no'); }"]) {
    isOfText(by(before));
  }
});

const SPOILED = {
  missing: () => undefined,
  empty: () => Buffer.alloc(0),
  "of another version": (bytes) => bytes.fill(bytes.at(-1) ^ 1, bytes.length - 1),
  "of another version, and longer": (bytes) => Buffer.concat([bytes.subarray(0, -SECTION), Buffer.alloc(1), bytes.subarray(-SECTION)]),
  truncated: (bytes) => bytes.subarray(0, -1),
  "without its beginning": (bytes) => bytes.subarray(1),
  "damaged in the middle": (bytes) => bytes.fill(0xff, 2000, 9000),
  "another job's": () => readFileSync(join(PACKAGE, "giftcard_partners.wasm")),
};

for (const [name, spoil] of Object.entries(SPOILED)) {
  test(`a file that is ${name} is left alone, and the text is used`, LIMIT, () => {
    const folder = copy(name);
    const spoiled = spoil(readFileSync(join(folder, ORDER)));
    if (spoiled) writeFileSync(join(folder, ORDER), spoiled);
    else rmSync(join(folder, ORDER));

    const found = run(join(folder, "order.js"), CHECK);

    if (name.startsWith("damaged")) assert.equal(found.sizes.shift(), SIZE);
    isOfText(found);
    assert.equal(found.stderr, "");
  });
}

test("where no file may be read the text is used, without a word", LIMIT, () => {
  const folder = copy("permission");
  const scripts = readdirSync(folder).filter((name) => !name.endsWith(".wasm"));
  const [major] = process.versions.node.split(".").map(Number);
  const flags = [major < 22 ? "--experimental-permission" : "--permission", ...scripts.map((name) => `--allow-fs-read=${join(folder, name)}`), "--no-warnings"];

  const found = run(join(folder, "order.js"), CHECK, flags);

  isOfText(found);
  assert.equal(found.stderr, "");
});

test("in a bundle the text is used, also beside a file of another version; and the file, where it is copied there", LIMIT, () => {
  const folder = join(WORK, "bundle");
  const outfile = join(folder, "program.mjs");
  const stdin = { contents: 'export { validateOrder } from "giftcard-partners/order";', resolveDir: dirname(fileURLToPath(import.meta.url)) };
  for (const format of ["esm", "cjs"]) {
    buildSync({ stdin, bundle: true, platform: "node", format, outfile: format === "cjs" ? outfile.replace("mjs", "cjs") : outfile, logLevel: "silent" });
  }
  assert.deepEqual(readdirSync(folder).sort(), ["program.cjs", "program.mjs"]);

  isOfText(run(outfile, CHECK));
  isOfText(run(outfile.replace("mjs", "cjs"), CHECK));
  writeFileSync(join(folder, ORDER), SPOILED["of another version"](readFileSync(join(PACKAGE, ORDER))));
  isOfText(run(outfile, CHECK));
  cpSync(join(PACKAGE, ORDER), join(folder, ORDER));
  for (const bundle of [outfile, outfile.replace("mjs", "cjs")]) {
    const { sizes, told } = run(bundle, CHECK);
    assert.deepEqual({ sizes, told }, FROM_FILE);
  }
});

test("a text that is cut or damaged is a ConfigError, and soon", LIMIT, () => {
  const folder = copy("damaged");
  rmSync(join(folder, ORDER));
  const script = join(folder, "order.js");
  const whole = readFileSync(script, "utf8");
  const other = (text, at) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
  const damages = [
    (text) => text.slice(0, 2000),
    (text) => text.slice(0, -400),
    (text) => text.slice(0, HEAD),
    (text) => other(text, HEAD + 4),
    (text) => other(text, 5000),
    (text) => other(text, text.length >> 1),
    (text) => text.slice(0, 30_000) + text.slice(30_004),
    (text) => text.slice(0, HEAD) + "/".repeat(text.length - HEAD),
  ];
  for (const [number, damage] of damages.entries()) {
    writeFileSync(script, whole.replace(TEXT, (_, text) => `"${damage(text)}"`));

    const { told } = run(script, CHECK);

    assert.deepEqual(told, ["ConfigError", "The wasm cannot be used: the entry's text is damaged."], `damage ${number}`);
  }
});

test("each entry's text holds what its file holds", LIMIT, () => {
  const folder = copy("texts");
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".wasm"))) rmSync(join(folder, name));
  const uses = {
    "index.js": ["giftcard_partners", "giftcard_partners_bulk"],
    "order.js": ["giftcard_partners_order"],
    "bulk.js": ["giftcard_partners_bulk", "giftcard_partners_workbook"],
    "sandbox.js": ["giftcard_partners_sandbox"],
  };
  for (const [script, names] of Object.entries(uses)) {
    const use = `async ({ validateOrder, RecipientImport, inspectRecipients, createSandbox }) => {
      const hash = (bytes) => process.getBuiltinModule("node:crypto").createHash("sha256").update(bytes).digest("hex");
      const told = [];
      WebAssembly.Module = new Proxy(WebAssembly.Module, { construct(Module, [bytes]) { told.push([bytes.byteLength, hash(bytes)]); return new Module(bytes); } });
      validateOrder?.("{");
      if (RecipientImport) new RecipientImport({ type: "Links" });
      if (!validateOrder) await inspectRecipients?.(new Uint8Array([80, 75, 3, 4])).catch(() => {});
      createSandbox?.();
      return told.filter(([size]) => size > 3000);
    }`;

    const { told } = run(join(folder, script), use);

    const { createHash } = process.getBuiltinModule("node:crypto");
    const files = names.map((name) => readFileSync(join(PACKAGE, `${name}.wasm`)).subarray(0, -SECTION));
    assert.deepEqual(told, files.map((bytes) => [bytes.length, createHash("sha256").update(bytes).digest("hex")]), script);
  }
});
