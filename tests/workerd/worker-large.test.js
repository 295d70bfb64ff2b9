// The whole promise at once, in real workerd: ten thousand rows, a fifth of all requests struck by a fault, and funds that run out half way.
import assert from "node:assert/strict";
import { test } from "node:test";

import { RecipientImport } from "giftcard-partners";

import { TOKEN, csv, sourceOf, startWorker, usedByRuntime } from "./worker.js";

/** Half a minute alone, more beside other tests. */
const LIMIT = { timeout: 400_000 };
const ROWS = 10_000;
const LINES = 50;

test("10,000 rows with 20 % faults and a pause for funds: in the end the sandbox's orders are the plan, each once", LIMIT, async (t) => {
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  recipients.push(new TextEncoder().encode(csv(ROWS)));
  const plan = recipients.finish().plan({ campaign: "large", maxLinesPerOrder: LINES });
  const worker = await startWorker({
    sandbox: { available: "120000.00", asyncThreshold: 20, fulfillmentMs: 1, faults: { rate: 0.2, seed: 7 } },
    bindings: { GIFTCARD_TIMEOUT_MS: "250" },
  });
  t.after(() => worker.dispose());
  const started = Date.now();

  const [status, { id, orders }] = await worker.campaign("large", plan.toBytes(), "", { "content-type": "application/octet-stream" });
  const unfunded = await worker.reach(id, "unfunded", 180);
  worker.sandbox.fund("200000.00");
  worker.sandbox.settle("200000.00");
  await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  const done = await worker.reach(id, "done", 180);

  const seconds = (Date.now() - started) / 1_000;
  const struck = worker.sandbox.requests().filter(({ fault }) => fault).length;
  t.diagnostic(`${seconds.toFixed(1)} s, ${orders} orders, ${worker.posts().length} sends, ${struck} faults, ${JSON.stringify(done.states)}`);
  assert.deepEqual([status, orders], [202, ROWS / LINES]);
  assert.ok(unfunded.states.created > 0 && struck > 50);
  assert.equal((done.states.created ?? 0) + (done.states.reconciled ?? 0), orders);
  assert.equal(done.pending, 0);
  // Each order of the plan, once, with the lines that it was planned with; and every send of it had the same bytes.
  const linesOf = ({ PONumber, LineItems }) => [PONumber, LineItems.map(({ DigitalDeliveryAddress: { Email }, Value, Quantity }) => [Email, Value, Quantity])];
  const wanted = [...plan.orders()].map(({ body }) => linesOf(JSON.parse(Buffer.from(body))));
  assert.deepEqual(worker.sandbox.orders().map(linesOf).sort(), wanted.sort());
  const sent = new Map();
  for (const { body } of worker.posts()) {
    const { PONumber } = JSON.parse(body);
    assert.equal(sent.get(PONumber) ?? body, body);
    sent.set(PONumber, body);
  }
  for (const secret of ["person", "example.org", TOKEN]) assert.ok(!worker.said.includes(secret), `${secret} is in the log`);
});

test("60,000 rows in one file are a parent over children, placed one after the other under faults and restarts, each row once", LIMIT, async (t) => {
  const rows = 60_000;
  const limits = await sourceOf("limits");
  const worker = await startWorker({ sandbox: { available: "10000000.00", faults: { rate: 0.05, seed: 3 } }, bindings: { GIFTCARD_TIMEOUT_MS: "2000" } });
  t.after(() => worker.dispose());

  const [status, { id, orders, lines }] = await worker.campaign("file", csv(rows));
  const [{ cpuSeconds }, imported] = [usedByRuntime(), Date.now()];
  const placed = ({ states: { created = 0, reconciled = 0 } }) => created + reconciled;
  for (const share of [0.25, 0.5, 0.75]) {
    await worker.until(id, (progress) => placed(progress) >= orders * share, 180);
    await worker.stop();
    await worker.start();
    await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  }
  const done = await worker.reach(id, "done", 180);

  const rowUs = (cpuSeconds * 1e6) / rows;
  t.diagnostic(`imported at ${rowUs.toFixed(0)} µs of CPU a row, the runtime's start included, ${orders} orders placed in ${((Date.now() - imported) / 1_000).toFixed(1)} s`);
  assert.ok(rowUs < limits.ROW_CPU_US, `${rowUs} µs a row: the longest file would run out of CPU time`);
  assert.deepEqual([status, lines, done.lines], [202, rows, rows]);
  // The pieces have orders of their own: one more than in a file that was planned as a whole.
  assert.ok(orders > rows / 500, `${orders}`);
  assert.equal(placed(done), orders);
  const addressed = worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map(({ DigitalDeliveryAddress: { Email } }) => Email));
  assert.deepEqual([addressed.length, new Set(addressed).size], [rows, rows]);
});
