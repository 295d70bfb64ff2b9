// The two Workers in workerd, bundled as wrangler bundles them, against the sandbox on a socket.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { Miniflare } from "miniflare";

import { copyOf, links, startSandbox, workerOf } from "./examples.js";

const LIMIT = { timeout: 120_000 };
const ORIGIN = "https://worker.example";

async function start(t, name, options) {
  const modules = await workerOf(join(copyOf(name), "src/index.ts"));
  const miniflare = new Miniflare({ modules, compatibilityDate: "2026-04-01", ...options });
  t.after(() => miniflare.dispose());
  return async (path, init) => {
    const answer = await miniflare.dispatchFetch(ORIGIN + path, init);
    const text = await answer.text();
    return [answer.status, /json/.test(answer.headers.get("content-type") ?? "") ? JSON.parse(text) : text];
  };
}

test("the Hono Worker places an order for who has the token, and answers a wrong one with its issues", LIMIT, async (t) => {
  const sandbox = await startSandbox(t);
  const ask = await start(t, "hono-worker", { bindings: { ...sandbox.env, CALLER_TOKEN: "token" } });
  const post = (order, token = "token") =>
    ask("/orders", { method: "POST", body: JSON.stringify(order), headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } });

  const [created, order] = await post(links("PO-1"));
  const [again, same] = await post(links("PO-1"));
  const [wrong, { error }] = await post({ ...links("PO-2"), Type: "Cash" });
  const [tooMuch, over] = await post(links("PO-3", 21));
  const [stranger] = await post(links("PO-4"), "another");

  assert.deepEqual([created, order.outcome, again, same.outcome], [201, "created", 201, "reconciled"]);
  assert.deepEqual([wrong, error[0].path], [400, ["Type"]]);
  assert.deepEqual([tooMuch, over.code], [422, "validation_failed"]);
  assert.equal(stranger, 401);
  assert.equal((await sandbox.orders()).length, 1);
});

test("the Durable Object stores an order, sends it until it is known, and takes no other one under its number", LIMIT, async (t) => {
  const sandbox = await startSandbox(t);
  const ask = await start(t, "durable-object", {
    bindings: sandbox.env,
    durableObjects: { OUTBOX: { className: "Outbox", useSQLite: true } },
  });
  const post = (order) => ask("/orders", { method: "POST", body: JSON.stringify(order) });
  const until = async (name, wanted) => {
    for (let look = 0; look < 200; look += 1) {
      const [status, state] = await ask(`/orders/${encodeURIComponent(name)}`);
      if (status === 200 && state.state === wanted) return state;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return assert.fail(`${name} is not ${wanted}`);
  };
  await sandbox.tell("inject", { fault: "drop-response" });

  assert.deepEqual(await post(links("PO 1")), [202, { state: "waiting" }]);
  const placed = await until("PO 1", "placed");
  assert.deepEqual(await post(links("PO 1")), [202, placed]);
  assert.deepEqual(await post(links("PO 1", 2)), [409, { code: "po_number_conflict" }]);
  assert.equal((await post({ ...links("PO-2"), Type: "Cash" }))[0], 422);
  assert.equal((await ask("/orders/PO-2"))[0], 404);

  const orders = await sandbox.orders();
  assert.deepEqual(orders.map(({ Id, PONumber }) => [Id, PONumber]), [[placed.orderId, "PO 1"]]);
});
