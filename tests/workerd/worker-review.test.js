// The starter Worker spends nothing that nobody has approved: what a campaign would cost, who agrees to it, and what is never approved.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LIMIT, csv, piecesOf, startWorker } from "./worker.js";

let worker;
before(async () => {
  const sandbox = { available: "1000.00", asyncThreshold: 1_000 };
  worker = await startWorker({ sandbox, changes: { limits: piecesOf(2_000) } });
}, LIMIT);
after(() => worker?.dispose());

const remove = (id) => worker.tell(`/campaigns/${id}`, { method: "DELETE" });
const stateOf = async (id) => (await worker.tell(`/campaigns/${id}`))[1]?.status;

test("a file waits to be approved for exactly what it was quoted, in however many pieces it was read", LIMIT, async () => {
  const [status, review] = await worker.review("reviewed", csv(60));
  const [{ total, faceValue, lines, available, short, currency }] = review.quote;

  assert.deepEqual([status, review.status, review.accepted], [202, "review", 60]);
  assert.deepEqual([review.quote.length, faceValue, lines, available, currency], [1, "1500.00", 60, "1000.00", "USD"]);
  assert.equal(Number(short), Math.round((Number(total) - 1000) * 100) / 100);
  const [again, same] = await worker.review("reviewed", csv(60));
  assert.deepEqual([again, same.status, same.quote], [200, "review", review.quote]);
  for (const action of ["pause", "resume"]) assert.equal((await worker.tell(`/campaigns/${review.id}/${action}`, { method: "POST" }))[0], 404);
  for (const other of [String(Number(total) - 0.01), `${total}1`, "0", "", "-1", "1e3"]) {
    const [refused, { code, quote }] = await worker.approve(review.id, other);
    assert.deepEqual([refused, code, quote], [409, "conflict", review.quote], other);
  }
  for (const other of [undefined, 1, null, ["1"]]) assert.equal((await worker.approve(review.id, other))[0], 400);
  assert.deepEqual([await stateOf(review.id), worker.posts().length], ["review", 0]);

  worker.sandbox.fund("1000.00");
  worker.sandbox.settle("1000.00");
  const approvals = await Promise.all([total, total.replace(/0$/, ""), { USD: total }].map((one) => worker.approve(review.id, one)));
  await worker.reach(review.id, "done");
  const late = await worker.approve(review.id, total);

  assert.deepEqual([...approvals, late].map(([answered]) => answered), [202, 202, 202, 202]);
  const emails = worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map((line) => line.DigitalDeliveryAddress.Email));
  assert.deepEqual([emails.length, new Set(emails).size], [60, 60]);
});

test("nothing is approved that is not there, and nothing is kept of a dry run", LIMIT, async () => {
  const [status, dry] = await worker.review("dry", csv(3), "&dryRun=true");
  const [, { id }] = await worker.review("dry", csv(4));

  assert.deepEqual([status, dry.accepted, dry.quote[0].faceValue, dry.id], [200, 3, "75.00", undefined]);
  for (const other of ["0".repeat(24), "x", `${id}.0`]) assert.equal((await worker.approve(other, "75.00"))[0], 404);
  assert.equal(await stateOf(id), "review");
});

test("a file that waits can be deleted, and another one takes its name; what was approved cannot", LIMIT, async () => {
  const [, first] = await worker.review("mistaken", csv(5));
  const [conflict] = await worker.review("mistaken", csv(2, { from: 100 }));
  const [gone] = await remove(first.id);
  const [missing] = await worker.approve(first.id, first.quote[0].total);
  const [status, { id }] = await worker.campaign("mistaken", csv(2, { from: 100 }));
  const [refused] = await remove(id);
  await worker.reach(id, "done");

  assert.deepEqual([conflict, gone, missing, status, refused], [409, 204, 404, 202, 409]);
  assert.equal(first.id, id);
  const emails = worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map((line) => line.DigitalDeliveryAddress.Email));
  assert.ok(emails.includes("person101@example.org"));
  assert.equal((await remove("0".repeat(24)))[0], 409);
});

test("a row that repeats another one is refused with its line, and is paid where that is said to be meant", LIMIT, async () => {
  const file = `${csv(2)}person1@example.org,Person 1,INKWHISTLE,25\nPERSON0@example.org,Person 0,INKWHISTLE,25.00\n`;

  const [status, answer] = await worker.review("repeated", file);
  const [, left] = await worker.review("left out", file, "&skipRejected=true&dryRun=true");
  const [taken, meant] = await worker.review("meant", file, "&duplicates=accept&dryRun=true");

  assert.equal(status, 400);
  assert.match(answer.message, /duplicates=accept/);
  assert.deepEqual(answer.rejectedRows.map(({ line, issues }) => [line, issues.map(({ code }) => code)]), [[4, ["duplicate_row"]], [5, ["duplicate_row"]]]);
  assert.deepEqual(answer.duplicates, [{ line: 4, firstLine: 3 }, { line: 5, firstLine: 2 }]);
  assert.deepEqual([left.accepted, left.rejected], [2, 2]);
  assert.deepEqual([taken, meant.accepted, meant.quote[0].faceValue], [200, 4, "100.00"]);
});
