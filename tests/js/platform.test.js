// Platforms that take no wasm: the cause and the way out, at the first use and not at import. And those that lack a text decoder.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const LIMIT = { timeout: 60_000 };

function run(script) {
  const words = ["--input-type=module", "--eval", script];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: HERE, encoding: "utf8", timeout: 50_000 });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const refusing = (message, more = "") => `
  ${more}
  const refuse = function () { throw new WebAssembly.CompileError(${JSON.stringify(message)}); };
  Object.assign(WebAssembly, { Module: refuse, compile: async () => refuse() });`;

// [name, what is done before the import, what the sentence has]
const PLATFORMS = [
  ["no WebAssembly", "delete globalThis.WebAssembly;", /there is no WebAssembly here.*Lockdown Mode.*on a server/],
  ["Chromium's policy", refusing("WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source"), /script-src needs 'wasm-unsafe-eval'/],
  ["a page that V8 compiles nothing in", refusing("WebAssembly.Module(): Wasm code generation disallowed by embedder", "globalThis.document = {};"), /script-src needs 'wasm-unsafe-eval'/],
  ["Firefox's policy", refusing("call to WebAssembly.Module() blocked by CSP"), /script-src needs 'wasm-unsafe-eval'/],
  ["WebKit's policy", refusing("Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script in the following Content Security Policy directive"), /script-src needs 'wasm-unsafe-eval'/],
  ["workerd", refusing("WebAssembly.Module(): Wasm code generation disallowed by embedder"), /condition `workerd`.*--conditions=workerd/],
];

for (const [name, before, sentence] of PLATFORMS) {
  test(`${name}: each entry is imported, and says at its first use what is in the way`, LIMIT, () => {
    const told = run(`
      // Node compiles a wasm of its own where this is first asked for.
      void globalThis.Response;
      await new Promise((done) => setTimeout(done, 50));
      ${before}
      const entries = await Promise.all(["", "/order", "/bulk", "/sandbox", "/slim"].map((entry) => import("giftcard-partners" + entry)));
      const [root, order, bulk, sandbox, slim] = entries;
      const uses = [
        () => root.validateOrder({}), () => new root.GiftCardPartners({ baseUrl: "https://api.example" }), () => new root.RecipientImport({ type: "Links" }),
        () => order.validateOrder({}), () => bulk.Campaign.fromBytes(new Uint8Array()), () => sandbox.createSandbox(), () => slim.init(new Uint8Array(8)),
        () => slim.initBulkSync(new Uint8Array(8)),
      ];
      const told = [];
      for (const use of uses) {
        try { await use(); told.push("nothing"); } catch (error) { told.push([error instanceof root.ConfigError, error.code, error.message]); }
      }
      console.log(JSON.stringify(told));`);

    assert.equal(told.length, 8);
    for (const [isConfigError, code, message] of told) {
      assert.deepEqual([isConfigError, code], [true, "invalid_config"]);
      assert.match(message, sentence);
    }
  });
}

test("without TextDecoder and TextEncoder, as in Jest's jsdom, an entry is imported and finds Node's", LIMIT, () => {
  const valid = run(`
    delete globalThis.TextDecoder;
    delete globalThis.TextEncoder;
    const { OrderBuilder, validateOrder } = await import("giftcard-partners/order");
    const order = OrderBuilder.links("PO-1").addLine({ ProductId: "CVS", Value: 25, Quantity: 1 }).build();
    console.log(JSON.stringify(validateOrder(order).valid));`);

  assert.equal(valid, true);
});

test("slim's init takes a path, a file: URL and what import.meta.resolve gives", LIMIT, () => {
  const url = import.meta.resolve("giftcard-partners/giftcard_partners.wasm");
  for (const source of [JSON.stringify(url), `new URL(${JSON.stringify(url)})`, JSON.stringify(fileURLToPath(url)), `Promise.resolve(${JSON.stringify(url)})`]) {
    const valid = run(`
      const slim = await import("giftcard-partners/slim");
      await slim.init(${source});
      console.log(slim.validateOrder("{").valid);`);

    assert.equal(valid, false, source);
  }
});

test("a file that cannot be read is a ConfigError that shows no path", LIMIT, () => {
  const told = run(`
    const { init } = await import("giftcard-partners/slim");
    const told = [];
    for (const source of ["/no/such/secret.wasm", ${JSON.stringify(pathToFileURL("/no/such/secret.wasm").href)}]) {
      told.push(await init(source).then(() => "started", ({ name, message }) => [name, message]));
    }
    process.getBuiltinModule = undefined;
    told.push(await init("/no/such/secret.wasm").then(() => "started", ({ name, message }) => [name, message]));
    console.log(JSON.stringify(told));`);

  for (const [name, message] of told) {
    assert.equal(name, "ConfigError");
    assert.doesNotMatch(message, /secret/);
  }
  assert.match(told[2][1], /hand in its bytes/);
});
