// How the package is loaded: by import and require, twice, in a worker thread, and where a browser seems to be.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners")));
const LIMIT = { timeout: 60_000 };
const ORDER = JSON.stringify({ Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }], PONumber: "PO-1" });

/** What a script of its own process prints, as JSON. */
function run(script, { type = "module", flags = [] } = {}) {
  const words = [...flags, `--input-type=${type}`, "--eval", script];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: HERE, encoding: "utf8", timeout: 50_000 });
  assert.equal(status, 0, stderr);
  assert.equal(stderr.replace(/^\(.*(ExperimentalWarning|Use `node --trace-warnings).*\n/gm, ""), "");
  return JSON.parse(stdout);
}

const PLACE = `
  const { fetch, baseUrl, credentials } = sandbox.createSandbox();
  const client = new root.GiftCardPartners({ baseUrl, credentials, fetch });
  const report = order.validateOrder(${JSON.stringify(ORDER)});
  client.createOrder(${JSON.stringify(ORDER)}).then(({ outcome }) => console.log(JSON.stringify([report.valid, outcome])));
`;

test("the entries are imported, and work together", LIMIT, () => {
  const printed = run(`
    import * as root from "giftcard-partners";
    import * as order from "giftcard-partners/order";
    import * as sandbox from "giftcard-partners/sandbox";
    ${PLACE}`);

  assert.deepEqual(printed, [true, "created"]);
});

test("the entries are required, and work together", LIMIT, () => {
  const script = `
    const root = require("giftcard-partners");
    const order = require("giftcard-partners/order");
    const sandbox = require("giftcard-partners/sandbox");
    ${PLACE}`;

  assert.deepEqual(run(script, { type: "commonjs" }), [true, "created"]);
});

const SLIM = `
  const fs = require("node:fs");
  const slim = require("giftcard-partners/slim");
  const bytes = fs.readFileSync(require.resolve("giftcard-partners/giftcard_partners.wasm"));
  const early = [];
  for (const act of [
    () => slim.validateOrder("{}"),
    () => slim.pollDelayMs(0, 0),
    () => slim.parseAmount("25"),
    () => new slim.GiftCardPartners({ baseUrl: "https://api.example" }),
  ]) {
    try { act(); early.push("no error"); } catch (error) {
      early.push([error instanceof slim.ConfigError, slim.isGiftCardError(error), error.code, error.message]);
    }
  }
  const verdict = () => slim.validateOrder(${JSON.stringify(ORDER)}).valid && slim.parseAmount("25,50") === 25.5;
  const print = () => console.log(JSON.stringify({ early, valid: verdict() }));
`;

for (const [name, start] of [
  ["init of bytes", "slim.init(bytes).then(print)"],
  ["init of a promise of bytes", "slim.init(Promise.resolve(bytes)).then(print)"],
  ["init of a module", "slim.init(new WebAssembly.Module(bytes)).then(print)"],
  ["init of a Response that is not called wasm", `slim.init(new Response(bytes)).then(print)`],
  ["init of a Response", `slim.init(new Response(bytes, { headers: { "Content-Type": "application/wasm" } })).then(print)`],
  ["init twice", "slim.init(bytes).then(() => slim.init(bytes)).then(print)"],
  ["initSync of bytes", "slim.initSync(bytes); print()"],
  ["initSync of a module", "slim.initSync(new WebAssembly.Module(bytes)); slim.initSync(bytes); print()"],
]) {
  test(`slim works after ${name}, and says what is missing before`, LIMIT, () => {
    const { early, valid } = run(SLIM + start, { type: "commonjs" });

    assert.equal(valid, true);
    assert.equal(early.length, 4);
    for (const [isConfigError, isOurs, code, message] of early) {
      assert.deepEqual([isConfigError, isOurs, code], [true, true, "invalid_config"]);
      assert.match(message, /init/);
    }
  });
}

const BULK = `
  const fs = require("node:fs");
  const slim = require("giftcard-partners/slim");
  const [client, bulk, order] = ["", "_bulk", "_order"].map((job) => fs.readFileSync(require.resolve("giftcard-partners/giftcard_partners" + job + ".wasm")));
  const act = (call) => { try { return call(); } catch (error) { return [error instanceof slim.ConfigError, error.code, error.message]; } };
  const USES = [() => new slim.RecipientImport({ type: "Links" }), () => slim.Campaign.fromBytes(new Uint8Array())];
  const read = () => {
    const file = new slim.RecipientImport({ type: "DigitalDelivery" });
    file.push(Buffer.from("Email,Product,Value\\nana@example.com,A,25\\nbob,A,25\\n"));
    const report = file.finish();
    const campaign = report.plan({ campaign: "a" });
    return [report.accepted, report.rejected.length, campaign.next().length, [...slim.Campaign.fromBytes(campaign.toBytes()).orders()].length];
  };
  const print = (...early) => console.log(JSON.stringify({ early, read: read() }));
`;
const READ = [1, 1, 1, 1];

for (const [name, start] of [
  ["of bytes, and needs no client", "slim.initBulk(bulk).then(() => print())"],
  ["beside the client", "slim.init(client).then(() => slim.initBulk(bulk)).then(() => print())"],
  ["of a module", "slim.initBulk(new WebAssembly.Module(bulk)).then(() => print())"],
  ["of a promise of a Response", "slim.initBulk(Promise.resolve(new Response(bulk))).then(() => print())"],
  ["of a URL", "slim.initBulk(new URL('data:application/wasm;base64,' + bulk.toString('base64'))).then(() => print())"],
  ["at once", "slim.initBulkSync(bulk); print()"],
  ["at once, of a module", "slim.initBulkSync(new WebAssembly.Module(bulk)); print()"],
  ["twice", "slim.initBulkSync(bulk); read(); slim.initBulk(bulk).then(() => print())"],
]) {
  test(`slim reads lists after initBulk ${name}`, LIMIT, () => {
    assert.deepEqual(run(BULK + start, { type: "commonjs" }).read, READ);
  });
}

test("the client's wasm alone says that lists want initBulk, and takes it later", LIMIT, () => {
  const { early, read } = run(`${BULK}slim.initSync(client); const early = USES.map(act); slim.initBulkSync(bulk); print(...early)`, { type: "commonjs" });

  assert.deepEqual(read, READ);
  assert.equal(early.length, 2);
  for (const [isConfigError, code, message] of early) {
    assert.deepEqual([isConfigError, code], [true, "invalid_config"]);
    assert.match(message, /initBulk/);
  }
});

test("initBulk says what it was answered, and can be called again", LIMIT, () => {
  const script = `${BULK}
    slim.initBulk(new Response("", { status: 404 })).catch((error) => [error instanceof slim.ConfigError, error.message])
      .then((early) => slim.initBulk(bulk).then(() => print(early)));`;

  const { early, read } = run(script, { type: "commonjs" });

  assert.equal(early[0][0], true);
  assert.match(early[0][1], /^initBulk: .*404/);
  assert.deepEqual(read, READ);
});

test("what is not the wasm that belongs there is a ConfigError, and a later call with the right one works", LIMIT, () => {
  const script = `${BULK}
    const text = (body, init) => new Response(body, init);
    const wasm = { headers: { "Content-Type": "application/wasm" } };
    const bad = [undefined, null, 7, {}, order, new WebAssembly.Module(order), Buffer.from("<html>")];
    const later = [text("", { status: 404 }), text("<html>"), text("<html>", wasm), text(order, wasm), "no url", new URL("data:,x"),
      { then: (_, reject) => reject(new TypeError("https://secret.example")) }, "http://127.0.0.1:1/secret.example"];
    const told = async (call) => { try { await call(); return "no error"; } catch (error) { return [error instanceof slim.ConfigError, error.code, error.message]; } };
    (async () => {
      const early = [];
      for (const source of [...bad, bulk]) early.push(await told(() => slim.initSync(source)), await told(() => slim.init(source)));
      for (const source of [...bad, client]) early.push(await told(() => slim.initBulkSync(source)), await told(() => slim.initBulk(source)));
      for (const source of later) early.push(await told(() => slim.init(source instanceof Response ? source.clone() : source)), await told(() => slim.initBulk(source)));
      slim.initSync(client);
      await slim.initBulk(bulk);
      slim.initSync("anything");
      if (!slim.validateOrder(${JSON.stringify(ORDER)}).valid) throw new Error("not started");
      print(...early);
    })();`;

  const { early, read } = run(script, { type: "commonjs" });

  assert.deepEqual(read, READ);
  assert.equal(early.length, 2 * (8 + 8 + 8));
  for (const [index, [isConfigError, code, message]] of early.entries()) {
    assert.deepEqual([isConfigError, code], [true, "invalid_config"], String(index));
    assert.match(message, /^init(Bulk)?(Sync)?: the wasm cannot be used: /);
    assert.doesNotMatch(message, /secret/);
  }
});

test("slim has a wasm of its own, beside that of the root: its errors and catalogs are one with the root's", LIMIT, () => {
  const printed = run(`
    const [root, slim] = [await import("giftcard-partners"), await import("giftcard-partners/slim")];
    const printed = [root.validateOrder(${JSON.stringify(ORDER)}).valid];
    try { slim.validateOrder("{}"); } catch (error) { printed.push(error instanceof root.ConfigError); }
    await slim.init(import.meta.resolve("giftcard-partners/giftcard_partners.wasm"));
    const catalog = root.Catalog.from([{ Id: "OTHER", Name: "Other", Type: "Links" }]);
    for (const { validateOrder } of [root, slim]) printed.push(validateOrder(${JSON.stringify(ORDER)}, { catalog }).issues[0].code);
    console.log(JSON.stringify(printed));`);

  assert.deepEqual(printed, [true, true, "unknown_product", "unknown_product"]);
});

const JOBS = ["", "_order", "_bulk", "_sandbox"];

test("no wasm is started by the JavaScript of another", LIMIT, () => {
  const modules = JOBS.map((job) => {
    const module = new WebAssembly.Module(readFileSync(join(PACKAGE, `giftcard_partners${job}.wasm`)));
    return new Set(WebAssembly.Module.imports(module).map(({ module }) => module));
  });

  assert.deepEqual(modules.map((names) => [...names]), JOBS.map((job) => [`giftcard_partners${job}`]));
});

test("the raw wasm can be resolved and compiled", LIMIT, () => {
  for (const job of JOBS) {
    const path = fileURLToPath(import.meta.resolve(`giftcard-partners/giftcard_partners${job}.wasm`));

    assert.ok(new WebAssembly.Module(readFileSync(path)) instanceof WebAssembly.Module);
  }
});

test("instanceof holds across the entries", LIMIT, async () => {
  const entries = await Promise.all(["", "/order", "/bulk", "/slim"].map((entry) => import(`giftcard-partners${entry}`)));
  const { createSandbox } = await import("giftcard-partners/sandbox");
  const acts = [
    () => new entries[0].GiftCardPartners({}),
    () => entries[1].validateOrder({}, { maxIssues: -1 }),
    () => createSandbox({ seed: "x" }),
  ];

  for (const act of acts) {
    for (const { ConfigError, GiftCardError, isGiftCardError } of entries) {
      assert.throws(act, (error) => error instanceof ConfigError && error instanceof GiftCardError && error instanceof Error && isGiftCardError(error));
    }
  }
});

test("isGiftCardError knows the errors of another copy, and nothing else", LIMIT, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "giftcard-partners-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(PACKAGE, folder, { recursive: true });
  const here = await import("giftcard-partners");
  const copy = await import(pathToFileURL(join(folder, "index.js")).href);

  let error;
  try {
    new copy.GiftCardPartners({});
  } catch (thrown) {
    error = thrown;
  }

  assert.notEqual(copy.ConfigError, here.ConfigError);
  assert.equal(error instanceof here.ConfigError, false);
  assert.equal(here.isGiftCardError(error), true);
  assert.equal(here.responseBody(error), undefined);
  for (const other of [undefined, null, 7, "x", {}, new Error("x"), () => {}, Object.assign(new Error("x"), { code: "timeout" })]) {
    assert.equal(here.isGiftCardError(other), false);
  }
});

test("errors can be made by hand, for tests of one's own", LIMIT, async () => {
  const { InsufficientFundsError, GiftCardError, isGiftCardError } = await import("giftcard-partners");

  const error = new InsufficientFundsError("message", { status: 422, outcome: "rejected" });

  assert.ok(error instanceof GiftCardError && isGiftCardError(error));
  assert.deepEqual([error.name, error.code, error.status, error.outcome], ["InsufficientFundsError", "insufficient_funds", 422, "rejected"]);
});

test("an error that nobody catches is a page to read, and its sentence is on it", LIMIT, () => {
  const script = 'import { GiftCardPartners } from "giftcard-partners"; new GiftCardPartners({})';

  const { stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: HERE, encoding: "utf8", timeout: 50_000 });

  assert.match(stderr, /^ConfigError: baseUrl is required/m);
  assert.ok(stderr.length < 4_000, `${stderr.length} characters`);
});

test("slim starts without an instance made at once, and a source that is not needed any more is nobody's rejection", LIMIT, () => {
  const printed = run(`
    import { readFileSync } from "node:fs";
    const unhandled = [];
    process.on("unhandledRejection", (error) => unhandled.push(String(error)));
    const slim = await import("giftcard-partners/slim");
    const bytes = readFileSync(new URL(import.meta.resolve("giftcard-partners/giftcard_partners.wasm")));
    // As browsers did on the main thread until 2023.
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function () { throw new RangeError("WebAssembly.Instance is disallowed on the main thread"); };
    WebAssembly.Instance.prototype = Instance.prototype;
    const refused = await slim.init(new Uint8Array(8)).then(() => "started", ({ name }) => name);
    await Promise.all([slim.init(bytes), slim.init(bytes)]);
    WebAssembly.Instance = Instance;
    await slim.init(Promise.reject(new Error("late")));
    await new Promise((done) => setTimeout(done, 20));
    console.log(JSON.stringify([refused, slim.validateOrder("{").valid, unhandled]));`);

  assert.deepEqual(printed, ["ConfigError", false, []]);
});

test("a worker thread imports the package and places an order", LIMIT, async (t) => {
  const source = `
    const { parentPort } = require("node:worker_threads");
    const run = async () => {
      const [root, order, sandbox] = await Promise.all(["", "/order", "/sandbox"].map((entry) => import("giftcard-partners" + entry)));
      const { fetch, baseUrl, credentials } = sandbox.createSandbox();
      const { outcome } = await new root.GiftCardPartners({ baseUrl, credentials, fetch }).createOrder(${JSON.stringify(ORDER)});
      return [order.validateOrder("{").valid, outcome];
    };
    run().then((result) => parentPort.postMessage(result), (error) => parentPort.postMessage(String(error)));`;
  const file = new URL("./worker-source.cjs", import.meta.url);
  const worker = new Worker(`require("node:module").createRequire(${JSON.stringify(file.href)});${source}`, { eval: true });
  t.after(() => worker.terminate());

  const [message] = await Promise.race([
    new Promise((resolve) => worker.once("message", (value) => resolve([value]))),
    new Promise((_, reject) => worker.once("error", reject)),
  ]);

  assert.deepEqual(message, [false, "created"]);
});

test("importing runs nothing: no timer, no request, no random value, no clock, no listener", LIMIT, () => {
  const printed = run(`
    const called = [];
    const trap = (owner, name) => {
      const original = owner[name];
      owner[name] = function (...args) {
        if (/giftcard-partners/.test(new Error().stack)) called.push(name);
        return Reflect.apply(original, this, args);
      };
    };
    for (const name of ["fetch", "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "addEventListener"]) {
      if (globalThis[name]) trap(globalThis, name);
    }
    trap(Math, "random");
    trap(Date, "now");
    trap(Object.getPrototypeOf(crypto), "getRandomValues");
    for (const name of ["Module", "Instance", "compile", "instantiate"]) trap(WebAssembly, name);
    const keys = Reflect.ownKeys(globalThis).length;
    for (const entry of ["", "/order", "/bulk", "/sandbox", "/slim"]) await import("giftcard-partners" + entry);
    console.log(JSON.stringify({ called, added: Reflect.ownKeys(globalThis).length - keys }));`);

  assert.deepEqual(printed, { called: [], added: 0 });
});

const GUARD = (globals) => `
  ${globals}
  const { GiftCardPartners, ConfigError } = await import("giftcard-partners");
  const tried = (options) => {
    try { new GiftCardPartners({ baseUrl: "https://api.example", ...options }); return "made"; }
    catch (error) { return error instanceof ConfigError ? error.message : String(error); }
  };
  const credentials = { email: "person@example.org", accessToken: "secret" };
  console.log(JSON.stringify([tried({ credentials }), tried({ credentials: () => credentials }),
    tried({ credentials, dangerouslyAllowBrowser: true }), tried({}), tried({ credentials, dangerouslyAllowBrowser: false })]));`;
const SCOPE = `globalThis.WorkerGlobalScope = class {}; globalThis.self = Object.setPrototypeOf({}, WorkerGlobalScope.prototype);`;
const NO_NODE = `Object.defineProperty(globalThis, "process", { value: undefined });`;

for (const [name, globals, isBrowser] of [
  ["a page", "globalThis.window = { document: {} };", true],
  ["a worker of a page", `${SCOPE}${NO_NODE}`, true],
  ["a window without a document", "globalThis.window = {};", false],
  ["a worker scope in Node", SCOPE, false],
  ["a worker scope in Deno", `${SCOPE}${NO_NODE} globalThis.Deno = {};`, false],
  ["a worker scope in workerd", `${SCOPE}${NO_NODE} Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Cloudflare-Workers" } });`, false],
  ["Node", "", false],
]) {
  test(`credentials are ${isBrowser ? "refused" : "taken"} in ${name}`, LIMIT, () => {
    const [fixed, asked, allowed, without, refused] = run(GUARD(globals));

    assert.deepEqual([allowed, without], ["made", "made"]);
    for (const message of [fixed, asked, refused]) {
      if (isBrowser) assert.match(message, /dangerouslyAllowBrowser/);
      else assert.equal(message, "made");
      assert.ok(!message.includes("secret") && !message.includes("person@"));
    }
  });
}

test("a shim for window or self hides neither the platform's fetch nor its location", LIMIT, () => {
  const printed = run(`
    Object.assign(globalThis, { window: {}, self: {}, fetch: async ({ url }) => Response.json({ Available: url }) });
    globalThis.location = { href: "https://shop.example/cart" };
    const { GiftCardPartners } = await import("giftcard-partners");
    console.log(JSON.stringify(await new GiftCardPartners({ baseUrl: "/api" }).accountBalance()));`);

  assert.deepEqual(printed, { Available: "https://shop.example/api/v1/AccountBalance" });
});

test("a console shows every class by its own name", async () => {
  for (const name of ["giftcard-partners", "giftcard-partners/order", "giftcard-partners/bulk", "giftcard-partners/slim"]) {
    const exported = Object.entries(await import(name)).filter(([, value]) => typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value)));

    assert.ok(exported.length >= 10);
    assert.deepEqual(exported.map(([, value]) => value.name), exported.map(([key]) => key));
  }
});
