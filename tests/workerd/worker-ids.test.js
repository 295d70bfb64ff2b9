// The starter Worker with an API whose ids are numbers, and such as JavaScript rounds to somebody else's: every order is followed to its
// end by the digits that the API wrote.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ORIGIN, LIMIT, csv, links, startWorker } from "./worker.js";

let worker;
before(async () => {
  worker = await startWorker({ numericIds: true, sandbox: { available: "1000000.00", asyncThreshold: 0, fulfillmentMs: 3_600_000 } });
}, LIMIT);
after(() => worker?.dispose());

const DIGITS = /^90071992547\d{5}$/;

test("an order keeps the digits of its id, placed, repeated, reconciled and read", LIMIT, async () => {
  const [created, { order }] = await worker.order(links("IDS-1"));
  const [repeated, { order: again }] = await worker.order(links("IDS-1"));
  worker.sandbox.inject("drop-response");
  const [reconciled, { outcome, order: lost }] = await worker.order(links("IDS-2"));
  const [read, { Id, PONumber }] = await worker.tell(`/orders/${lost.Id}`);

  assert.deepEqual([created, repeated, reconciled, read], [201, 200, 200, 200]);
  assert.match(order.Id, DIGITS);
  assert.match(lost.Id, DIGITS);
  assert.equal(again.Id, order.Id);
  assert.deepEqual([outcome, Id, PONumber], ["reconciled", lost.Id, "IDS-2"]);
});

test("a campaign ends by its callbacks, and its ledger holds the digits", LIMIT, async () => {
  const [, { id }] = await worker.campaign("numbers", csv(20, { value: 10 }));
  await worker.reach(id, "waiting");

  worker.sandbox.advance(3_600_000);
  for (const { url } of worker.sandbox.webhooks().filter(({ url }) => url.startsWith(ORIGIN))) {
    const { pathname, search } = new URL(url);
    const answer = await worker.open(pathname + search, { method: "POST", body: "{}" });
    assert.equal(answer.status, 204, await answer.text());
  }
  const done = await worker.reach(id, "done");
  const results = await (await worker.ask(`/campaigns/${id}/results.csv`)).text();
  const orderIds = results.trimEnd().split("\r\n").slice(1).map((line) => line.split(",")[6]);

  assert.deepEqual([done.states, done.pending], [{ created: 1 }, 0]);
  assert.equal(orderIds.length, 20);
  for (const orderId of orderIds) assert.match(orderId, DIGITS);
});

test("a campaign without callbacks is looked at by the digits until it is done", LIMIT, async () => {
  const looking = await startWorker({ numericIds: true, sandbox: { asyncThreshold: 0, fulfillmentMs: 100 }, bindings: { CALLBACK_SECRET: "" } });
  try {
    const [, { id }] = await looking.campaign("looking", csv(20, { value: 10 }));

    const done = await looking.reach(id, "done");

    assert.deepEqual([done.states, done.pending], [{ created: 1 }, 0]);
  } finally {
    await looking.dispose();
  }
});
