// What the platform does otherwise than one would think, where that touches the starter Worker.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { RecipientImport, resultsCsv } from "giftcard-partners";

import { LIMIT, csv, sourceOf, startWorker } from "./worker.js";

let worker;
before(async () => {
  worker = await startWorker({ sandbox: { available: "10000000.00", asyncThreshold: 100_000 } });
}, LIMIT);
after(() => worker?.dispose());

const people = (start, rows) => csv(rows).replaceAll(/person(?=\d)/g, start);
const paid = (start) => worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map((line) => line.DigitalDeliveryAddress.Email)).filter((email) => email.startsWith(start));

test("an instance whose id is taken is the run: whoever was first has started it", LIMIT, async () => {
  const [, { id, quote }] = await worker.review("taken", people("taken", 20));
  const { RUNS } = await worker.miniflare.getBindings();
  const approved = worker.approve(id, quote[0].total);
  await RUNS.create({ id: `${id}-1`, params: { campaign: id, children: 1, run: 1 } }).catch(({ message }) => assert.match(message, /already_exists/));

  const [status] = await approved;
  const [again] = await worker.approve(id, quote[0].total);
  await worker.reach(id, "done");

  assert.deepEqual([status, again], [202, 202]);
  assert.equal(paid("taken").length, 20);
});

test("ten who approve at once start one run", LIMIT, async () => {
  const [, { id, quote }] = await worker.review("at once", people("once", 20));

  const answers = await Promise.all(Array.from({ length: 10 }, () => worker.approve(id, quote[0].total)));
  await worker.reach(id, "done");
  const { CAMPAIGNS, RUNS } = await worker.miniflare.getBindings();
  const { runs } = await CAMPAIGNS.get(CAMPAIGNS.idFromName(id)).summary();
  const second = await RUNS.get(`${id}-2`).then((instance) => instance.status()).then(() => "there", () => "not there");

  assert.deepEqual([...new Set(answers.map(([status]) => status))], [202]);
  assert.deepEqual([runs, second, paid("once").length], [1, "not there", 20]);
});

/** A run whose steps fail with these, one after the other. */
async function failingWith(t, ...errors) {
  const failing = `async #chunk(campaign: string, read: ReadPlan): Promise<Chunk> { globalThis.errors ??= [${errors.join(", ")}]; if (globalThis.errors.length > 0) throw globalThis.errors.shift();`;
  const changes = {
    "campaign-run": [
      ["async #chunk(campaign: string, read: ReadPlan): Promise<Chunk> {", failing],
      ["import { WorkflowEntrypoint,", 'import { NonRetryableError } from "cloudflare:workflows";\nimport { WorkflowEntrypoint,'],
      ['delay: "5 seconds"', 'delay: "20 milliseconds"'],
    ],
  };
  const failed = await startWorker({ sandbox: { available: "10000000.00", asyncThreshold: 100_000 }, changes });
  t.after(() => failed.dispose());
  const [, { id }] = await failed.campaign("fails", csv(20));
  return { failed, id };
}

test("a step that fails is run again whatever its error is called, that of the platform under a name of its own too", LIMIT, async (t) => {
  const named = ['new RangeError("x")', 'Object.assign(new Error("x"), { name: "OfTheStore" })', 'new NonRetryableError("x", "OwnName")'];
  const { failed, id } = await failingWith(t, ...named);

  await failed.reach(id, "done");

  assert.equal(failed.sandbox.orders().flatMap(({ LineItems }) => LineItems).length, 20);
});

test("a run that the platform ends, since an error says that it is for ever, is followed by another one, and pays each row once", LIMIT, async (t) => {
  const { failed, id } = await failingWith(t, 'new NonRetryableError("x")');
  const { RUNS } = await failed.miniflare.getBindings();
  const status = async () => (await (await RUNS.get(`${id}_0-1`)).status()).status;
  for (const end = Date.now() + 20_000; (await status()) !== "errored"; ) assert.ok(Date.now() < end, await status());
  const early = failed.sandbox.orders().length;

  await (await failed.miniflare.getWorker()).scheduled({ cron: "*/15 * * * *", scheduledTime: new Date(Date.now() + 3 * 60 * 60_000) });
  await failed.reach(id, "done");

  assert.equal(early, 0);
  assert.equal(failed.sandbox.orders().flatMap(({ LineItems }) => LineItems).length, 20);
});

test("what crosses to a Durable Object, or is kept in it, is no view that takes a whole memory along", async () => {
  const { partsOf } = await sourceOf("kept-files");
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  recipients.push(Buffer.from(`${csv(30_000)}bad,,,\n`));
  const report = recipients.finish();
  const plan = report.plan({ campaign: "views", maxLinesPerOrder: 500 });
  const whole = plan.toBytes();

  const crossing = [...plan.orders()].map(({ body }) => body).concat(whole, plan.payments(new Uint8Array(16)), report.rejectedCsv(), resultsCsv(plan), partsOf(whole));

  assert.ok(partsOf(whole).length > 1);
  const { ordersOf } = await sourceOf("plan-orders");
  const { rows } = ordersOf(plan, { secret: new Uint8Array(16) }, ({ faceValue }) => ({ faceValue, total: faceValue }));
  for (const { rows: words, phones } of [rows, rows.slice(0, 7), rows.without(new Set([1]))]) crossing.push(words, phones);

  for (const bytes of crossing) assert.equal(bytes.buffer.byteLength, bytes.byteLength);
  assert.deepEqual(Buffer.concat(partsOf(whole)), Buffer.from(whole));
});

test("numbers that a Durable Object binds as REAL come back as they went in: lines, places, times, and ids that are texts of digits", LIMIT, async () => {
  const [, { id, quote }] = await worker.review("numbers", people("numbers", 3));
  await worker.approve(id, quote[0].total);
  await worker.reach(id, "done");
  const { CAMPAIGNS, PAYMENTS, LIST } = await worker.miniflare.getBindings();
  const named = (space, name) => space.get(space.idFromName(name));

  const [[status, { order }], summary, members, { offset }, page] = await Promise.all([
    worker.order({ Type: "Links", PONumber: "700002", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }] }),
    named(CAMPAIGNS, id).summary(),
    named(PAYMENTS, id).members(),
    named(CAMPAIGNS, `${id}.0`).file("plan", 0),
    named(LIST, "campaigns").page(undefined),
  ]);
  const audit = await (await worker.ask("/audit")).text();

  assert.deepEqual([status, order.PONumber], [201, "700002"]);
  assert.match(audit, /"poNumber":"700002"/);
  for (const number of [summary.import, summary.heard, summary.runs, members[0].number, members[0].import, offset]) assert.ok(Number.isSafeInteger(number), `${number}`);
  assert.ok(page.campaigns.every(({ posted }) => !Number.isNaN(Date.parse(posted.at))));
});
