// What a hundred thousand calls leave behind: no listener, no handle, no timer, and no memory of the wasm's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

// First, so that it sees the package instantiate.
import { instances, memoryOf } from "./instances.js";

import { GiftCardPartners, validateOrder } from "giftcard-partners";

import { DIGITAL, LINKS, countingController } from "./support.js";

// It is made at the first use.
validateOrder(LINKS);
const memory = memoryOf(instances[0]);
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const CALLS = 100_000;
const AT_ONCE = 50;
const LIMIT = { timeout: 120_000 };

/** Megabytes of the heap after a collection, of the wasm's memory, and what keeps the process alive. */
async function figures() {
  // What a turn has touched is kept to its end, and finalizers run between turns.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise(setImmediate);
    collect();
  }
  return { heap: process.memoryUsage().heapUsed / 2 ** 20, wasm: memory.buffer.byteLength / 2 ** 20, handles: process.getActiveResourcesInfo().length };
}

async function many(calls, call) {
  for (let done = 0; done < calls; done += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => call(done + at)));
    await new Promise(setImmediate);
  }
}

function assertFlat(t, before, after) {
  const shown = ({ heap, wasm, handles }) => `heap ${heap.toFixed(1)} MB, wasm ${wasm.toFixed(2)} MB, handles ${handles}`;
  t.diagnostic(`before: ${shown(before)}`);
  t.diagnostic(`after:  ${shown(after)}`);
  assert.equal(after.wasm, before.wasm);
  assert.equal(after.handles, before.handles);
  // A hundredth of a kilobyte a call would show.
  assert.ok(after.heap - before.heap < 1, "the heap does not grow");
}

test("each wasm is instantiated once, whatever imports it", async () => {
  const [root, order, bulk, sandbox] = await Promise.all(["", "/order", "/bulk", "/sandbox"].map((entry) => import(`giftcard-partners${entry}`)));
  for (const { validateOrder } of [root, order]) validateOrder(LINKS);
  for (const { RecipientImport } of [root, bulk]) new RecipientImport({ type: "Links" });
  sandbox.createSandbox();

  assert.equal(instances.length, 4);
});

test("100,000 calls with one signal leave nothing behind, and never have two listeners", LIMIT, async (t) => {
  const warnings = [];
  const warn = (warning) => warnings.push(warning);
  process.on("warning", warn);
  t.after(() => process.off("warning", warn));
  const { signal, count } = countingController();
  let asked = 0;
  let most = 0;
  const fetch = async () => {
    asked += 1;
    most = Math.max(most, count.live.size);
    if (asked % 20 === 0) throw new TypeError("fetch failed");
    return Response.json({ Available: 1 }, { status: asked % 20 === 10 ? 400 : 200 });
  };
  const client = new GiftCardPartners({ baseUrl: "https://api.example", fetch, maxRetries: 0 });
  const call = () => client.accountBalance({ signal }).catch(() => {});
  await many(5_000, call);
  const before = await figures();

  await many(CALLS, call);

  assertFlat(t, before, await figures());
  assert.deepEqual([most, count.live.size, count.added], [1, 0, count.removed]);
  assert.deepEqual(warnings, []);
});

test("10,000 orders placed with one signal leave nothing behind", LIMIT, async (t) => {
  const { signal, count } = countingController();
  const fetch = async () => Response.json({ Id: "1", Status: "Complete" }, { status: 201 });
  const client = new GiftCardPartners({ baseUrl: "https://api.example", fetch });
  const call = async (at) => client.createOrder({ ...DIGITAL, PONumber: `PO-${at}` }, { signal });
  await many(2_000, call);
  const before = await figures();

  await many(10_000, call);

  assertFlat(t, before, await figures());
  assert.equal(count.live.size, 0);
});

test("100,000 orders checked leave nothing behind", LIMIT, async (t) => {
  const check = () => assert.equal(validateOrder(LINKS).valid, true);
  const refuse = () => assert.equal(validateOrder({ ...LINKS, Type: "?" }).valid, false);
  const both = (times) => {
    for (let done = 0; done < times; done += 2) [check, refuse].forEach((one) => one());
  };
  both(5_000);
  const before = await figures();

  both(CALLS);

  assertFlat(t, before, await figures());
});

test("1,000 clients that are freed or forgotten leave nothing behind", LIMIT, async (t) => {
  const make = () => new GiftCardPartners({ baseUrl: "https://api.example", fetch: async () => Response.json({}) });
  const cycle = async () => {
    for (let made = 0; made < 500; made += 1) {
      make().free();
      make();
      if (made % 50 === 0) {
        collect();
        await new Promise(setImmediate);
      }
    }
  };
  await cycle();
  const before = await figures();

  await cycle();

  assertFlat(t, before, await figures());
});
