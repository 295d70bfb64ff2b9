// A wasm that traps by a fault of its own: what is said of it is what is known, and that is not that there was no memory.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const LIMIT = { timeout: 60_000 };

/** Instances that trap in the first call of `validateOrder`; `notes` is what the wasm then says of its end. */
const trapping = (notes) => `
  const { Instance } = WebAssembly;
  let isTrapping = false;
  WebAssembly.Instance = function (...args) {
    const { exports } = new Instance(...args);
    const trap = (call) => (...args) => {
      if (!isTrapping) return call(...args);
      throw new WebAssembly.RuntimeError("unreachable");
    };
    const all = Object.entries(exports).map(([name, value]) => [name, typeof value === "function" ? trap(value) : value]);
    return { exports: { ...Object.fromEntries(all), refusedBytes: exports.refusedBytes, ${notes} } };
  };
  const { GiftCardPartners, validateOrder } = await import("giftcard-partners");
  const client = new GiftCardPartners({ baseUrl: "https://api.example", fetch: () => new Promise(() => {}) });
  const waiting = client.accountBalance().catch(({ name, message }) => [name, message]);
  const told = [];
  for (const act of [() => validateOrder("{}"), () => validateOrder("{}"), () => client.prepareOrder({}), () => new GiftCardPartners({ baseUrl: "https://api.example" })]) {
    isTrapping = told.length === 0;
    try { act(); told.push("nothing"); } catch ({ name, message }) { told.push([name, message]); }
  }
  told.push(await waiting);
  client.free();
  console.log(JSON.stringify(told));`;

function run(script) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: HERE, encoding: "utf8", timeout: 50_000 });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

test("a trap is told as a fault of the package, to the call, to those after it and to those that wait", LIMIT, () => {
  const told = run(trapping(""));

  assert.equal(told.length, 5);
  for (const [name, message] of told) {
    assert.equal(name, "Error");
    assert.match(message, /^giftcard-partners has stopped: by a fault of its own, at /);
    assert.match(message, /in a new process, page or isolate.*same PO number/);
    assert.doesNotMatch(message, /memory/);
  }
});

test("the place in the wasm is told where the engine tells it", LIMIT, () => {
  const script = trapping("").replace(
    'throw new WebAssembly.RuntimeError("unreachable");',
    'throw Object.assign(new WebAssembly.RuntimeError("unreachable"), { stack: "RuntimeError: unreachable\\n    at wasm://wasm/0034a2:wasm-function[12]:0x4f2a" });',
  );

  const [[, message]] = run(script);

  assert.match(message, /at wasm-function\[12\]:0x4f2a\. Please report/);
});

test("no memory is told where the wasm asked for memory and had none", LIMIT, () => {
  for (const [name, message] of run(trapping("refusedBytes: () => 1024"))) {
    assert.equal(name, "RangeError");
    assert.match(message, /there was no memory for a call/);
  }
});
