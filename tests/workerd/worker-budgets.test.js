// What the starter Worker may spend: budgets that count each order once, whatever races, repeats or restarts, and large sums that one person
// does not approve alone.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, test } from "node:test";

import { RecipientImport } from "giftcard-partners";

import { LIMIT, assertEachOnce, csv, links, piecesOf, sourceOf, startWorker } from "./worker.js";

const workers = [];
async function start(bindings, more = {}) {
  const worker = await startWorker({ sandbox: { available: "1000000.00", asyncThreshold: 1_000 }, bindings, ...more });
  workers.push(worker);
  return worker;
}
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.dispose())));

const CALLERS = JSON.stringify([
  { id: "ann", roles: ["order", "read", "approve"], token: "ann's token of some length" },
  { id: "bob", roles: ["approve", "read"], token: "bob's token of some length" },
  { id: "eve", roles: ["order"], token: "eve's token of some length", limits: { order: "50.00", day: { USD: "75.00" } } },
]);
const by = (name) => ({ authorization: `Bearer ${name}'s token of some length` });
const post = (worker, path, body, headers) => worker.tell(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers });
const order = (worker, poNumber, quantity, headers) => post(worker, "/orders", links(poNumber, quantity), headers);
/** What the budget book says is spent, as decimal texts. */
async function left(worker, limits = { total: "1000.00" }, caller = "caller") {
  const { BUDGETS } = await worker.miniflare.getBindings();
  const { total } = await BUDGETS.get(BUDGETS.idFromName("budgets")).left(caller, "USD", limits);
  return { total };
}

test("of fifty callers at once only as many orders are sent as the budget has room for, and each is counted once", LIMIT, async () => {
  const worker = await start({ BUDGET_TOTAL: "250.00" });

  const answers = await Promise.all(Array.from({ length: 50 }, (_, caller) => order(worker, `RACE-${caller}`)));
  const repeated = await Promise.all(Array.from({ length: 50 }, (_, caller) => order(worker, `RACE-${caller}`)));

  // On a busy machine an answer may come too late, and the order is found.
  const placed = answers.filter(([status]) => status === 201 || status === 200);
  const refused = answers.filter(([status]) => status === 402);
  assert.deepEqual([placed.length, refused.length, worker.sandbox.orders().length], [10, 40, 10]);
  assert.equal(repeated.filter(([status]) => status === 200).length, 10);
  for (const [, { code, outcome, over }] of refused) {
    assert.deepEqual([code, outcome, over.budget, over.currency, over.asked, over.left], ["over_budget", "not-sent", "total", "USD", "25.00", "0.00"]);
  }
  assert.deepEqual(await left(worker), { total: "750.00" });
});

test("an order, a caller's day, a month and all have budgets of their own, and a caller may have others", LIMIT, async () => {
  const worker = await start({ CALLERS, BUDGET_ORDER: { USD: "100.00" }, BUDGET_CALLER_DAY: "200.00", BUDGET_MONTH: { USD: "300.00" }, BUDGET_TOTAL: "1000.00" });
  const overOf = async (...asked) => {
    const [status, answer] = await order(worker, ...asked);
    return status === 402 ? `${answer.over.budget} ${answer.over.left}` : status;
  };

  assert.equal(await overOf("A-1", 5), "order 100.00");
  assert.equal(await overOf("A-1", 4), 201);
  assert.equal(await overOf("A-2", 4), 201);
  assert.equal(await overOf("A-3", 1), "day 0.00");
  assert.equal(await overOf("E-1", 3, by("eve")), "order 50.00");
  assert.equal(await overOf("E-1", 2, by("eve")), 201);
  assert.equal(await overOf("E-2", 2, by("eve")), "day 25.00");
  assert.equal(await overOf("E-2", 1, by("eve")), 201);
  assert.equal(await overOf("N-1", 2, by("ann")), "month 25.00");
  assert.match((await order(worker, "N-1", 2, by("ann")))[1].message, /^The order comes to 50\.00 USD, and this month's budget has left 25\.00 USD\.$/);
  assert.equal(await overOf("N-1", 1, by("ann")), 201);
  assertEachOnce(worker.sandbox, ["A-1", "A-2", "E-1", "E-2", "N-1"]);
});

test("a currency that no budget names has none, and one that no catalog tells neither", LIMIT, async () => {
  const worker = await start({ BUDGET_MONTH: { EUR: "300.00" } });

  const [status, { over }] = await order(worker, "USD-1");

  worker.api.before = (request) => (request.startsWith("GET /v1/Products") ? { status: 503 } : undefined);
  const cache = await worker.miniflare.getKVNamespace("CACHE");
  for (const { name } of (await cache.list()).keys) await cache.delete(name);
  await worker.stop();
  worker.options.bindings.BUDGET_MONTH = { USD: "300.00" };
  await worker.start();
  const [unknown, { over: without, message }] = await order(worker, "USD-1");

  assert.deepEqual([status, over.budget, over.left], [402, "month", "0.00"]);
  assert.deepEqual([unknown, without], [402, { budget: "month", asked: "25.00", left: "0.00" }]);
  assert.match(message, /no catalog says/);
  assert.equal(worker.posts().length, 0);
});

test("what is refused is given back, what is in doubt stays counted, and a mended order is counted as it is", LIMIT, async () => {
  const worker = await start({ BUDGET_TOTAL: "1000.00" });
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 400 } : undefined);
  const [refused] = await order(worker, "BACK-1", 2);
  const afterRefusal = await left(worker);
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 422 } : undefined);
  const [short] = await order(worker, "BACK-1", 2);
  const afterShort = await left(worker);
  worker.api.before = (request) => (request.includes("/v1/Orders") ? { status: 503 } : undefined);
  const [doubtful] = await order(worker, "DOUBT-1", 3);
  const afterDoubt = await left(worker);
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 422 } : undefined);
  const [still] = await order(worker, "DOUBT-1", 3);
  const afterRepeat = await left(worker);
  worker.api.before = undefined;
  const mended = await order(worker, "BACK-1", 1);
  const found = await order(worker, "DOUBT-1", 3);

  assert.deepEqual([refused, afterRefusal, short, afterShort], [400, { total: "1000.00" }, 422, { total: "1000.00" }]);
  assert.deepEqual([doubtful, afterDoubt, still, afterRepeat], [504, { total: "925.00" }, 504, { total: "925.00" }]);
  assert.deepEqual([mended[0], found[0], await left(worker)], [201, 201, { total: "900.00" }]);
});

test("an order whose Worker was restarted between counting and sending is counted once, however often it is asked for", LIMIT, async () => {
  const put = "if (!known) await storage.put";
  const failing = `if (!globalThis.failed) { globalThis.failed = true; throw new Error("cut"); } ${put}`;
  const worker = await start({ BUDGET_TOTAL: "1000.00" }, { changes: { "order-gate": [[put, failing]] } });

  const [cut] = await order(worker, "CUT-1", 4);
  const counted = await left(worker);
  await worker.stop();
  await worker.start();
  const [again] = await order(worker, "CUT-1", 4);
  const [same] = await order(worker, "CUT-1", 4);

  // The restarted isolate fails once more: then it sends.
  assert.deepEqual([cut, counted, again, same], [504, { total: "900.00" }, 504, 201]);
  assert.deepEqual(await left(worker), { total: "900.00" });
  assertEachOnce(worker.sandbox, ["CUT-1"]);
});

test("the book counts an order once by its PO number, whoever sends it, and gives back only what nobody else has sent", LIMIT, async () => {
  const worker = await start({});
  const { BUDGETS } = await worker.miniflare.getBindings();
  const book = BUDGETS.get(BUDGETS.idFromName("budgets"));
  const limits = { total: "10.00" };
  const claim = (more) => ({ poNumber: "P", owner: "a", caller: "caller", currency: "USD", amount: "60000", mayExist: false, ...more });

  assert.equal(await book.reserve(claim(), limits), undefined);
  assert.equal(await book.reserve(claim(), limits), undefined);
  assert.equal(await book.reserve(claim({ owner: "b" }), limits), undefined);
  assert.deepEqual(await left(worker, limits), { total: "4.00" });
  await book.giveBack("b", ["P"]);
  await book.giveBack("a", ["P"]);
  assert.deepEqual(await left(worker, limits), { total: "4.00" });
  assert.equal((await book.reserve(claim({ owner: "b", amount: "100001" }), limits)).left, "4.00");
  assert.equal(await book.reserve(claim({ owner: "b", amount: "100000" }), limits), undefined);
  assert.deepEqual(await left(worker, limits), { total: "0.00" });
  // What may exist is counted whatever is left, and once.
  assert.equal(await book.reserve(claim({ poNumber: "Q", mayExist: true }), limits), undefined);
  assert.equal(await book.reserve(claim({ poNumber: "Q", mayExist: true }), limits), undefined);
  assert.deepEqual(await left(worker, { total: "20.00" }), { total: "4.00" });
  await book.giveBack("another", ["Q"]);
  assert.deepEqual(await left(worker, { total: "20.00" }), { total: "4.00" });
  await book.giveBack("a", ["Q", "unknown"]);
  assert.deepEqual(await left(worker, { total: "20.00" }), { total: "10.00" });
  // Sums that no float holds.
  const large = "90071992547409931234";
  assert.equal(await book.reserve(claim({ poNumber: "L", amount: large }), { total: "9007199254741003.1235" }), undefined);
  assert.deepEqual(await left(worker, { total: "9007199254741003.1235" }), { total: "0.0001" });
  assert.deepEqual([...(await book.uncounted(["L", "M", "P"]))], ["M"]);
});

test("people hear once that four fifths of a budget are spent, and of whom not", LIMIT, async (t) => {
  const heard = [];
  const hook = createServer(async (asked, answer) => {
    heard.push(JSON.parse(await text(asked)));
    answer.end();
  });
  await new Promise((listening) => hook.listen(0, "127.0.0.1", listening));
  t.after(() => hook.close());
  const worker = await start({ CALLERS, BUDGET_CALLER_DAY: "100.00", BUDGET_MONTH: "1000.00", ALERT_WEBHOOK: `http://127.0.0.1:${hook.address().port}` });

  await order(worker, "NEAR-1", 3, by("ann"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const early = heard.length;
  await order(worker, "NEAR-2", 1, by("ann"));
  await order(worker, "NEAR-2", 1, by("ann"));
  for (const end = Date.now() + 10_000; heard.length === 0 && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 300));

  assert.equal(early, 0);
  assert.deepEqual(heard.map(({ kind, text, campaign }) => [kind, text, campaign]), [["budget", "80 % of what a caller may spend in a day is spent, in USD.", undefined]]);
});

test("the budgets are told with what is spent, in doubt and left, for whoever may read, and each caller's day by his own limits", LIMIT, async () => {
  const worker = await start({ CALLERS, BUDGET_ORDER: { USD: "100.00" }, BUDGET_CALLER_DAY: { USD: "200.00" }, BUDGET_MONTH: { USD: "300.00", CAD: "50.00" }, BUDGET_TOTAL: "1000.00" });
  const told = async () => {
    const [status, { budgets }] = await worker.tell("/budgets", { headers: by("ann") });
    assert.equal(status, 200);
    return budgets.map(({ budget, caller, day, month, currency, limit, spent, inDoubt, left }) => {
      if (budget === "day") assert.match(day, /^\d{4}-\d\d-\d\d$/);
      if (budget === "month") assert.match(month, /^\d{4}-\d\d$/);
      return [budget, caller, currency, limit, spent, inDoubt, left].filter((part) => part !== undefined).join(" ");
    });
  };
  const before = await told();

  await order(worker, "TOLD-1", 3, by("ann"));
  await order(worker, "TOLD-2", 1, by("eve"));
  // What it would cost is refused, and was never counted.
  await order(worker, "TOLD-3", 4, by("eve"));
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 504 } : undefined);
  const [doubtful] = await order(worker, "TOLD-4", 2, by("ann"));
  worker.api.before = undefined;
  const inDoubt = await told();
  const [found] = await order(worker, "TOLD-4", 2, by("ann"));

  assert.deepEqual(before, ["order USD 100.00", "day ann USD 200.00 0.00 0.00 200.00", "month CAD 50.00 0.00 0.00 50.00", "month USD 300.00 0.00 0.00 300.00", "total 1000.00 0.00 0.00 1000.00"]);
  assert.deepEqual([doubtful, found], [504, 201]);
  const now = (doubt) => [
    "order USD 100.00",
    `day ann USD 200.00 125.00 ${doubt} 75.00`,
    "day eve USD 75.00 25.00 0.00 50.00",
    "month CAD 50.00 0.00 0.00 50.00",
    `month USD 300.00 150.00 ${doubt} 150.00`,
    `total USD 1000.00 150.00 ${doubt} 850.00`,
  ];
  assert.deepEqual(inDoubt, now("50.00"));
  assert.deepEqual(await told(), now("0.00"));
});

test("of a campaign's orders those that are on their way or lost are in doubt until they are found, and no budget is told where none is set", LIMIT, async () => {
  const worker = await start({ BUDGET_TOTAL: "10000.00", GIFTCARD_TIMEOUT_MS: "300" });
  const totals = async () => {
    const [, { budgets: [{ spent, inDoubt }] }] = await worker.tell("/budgets");
    return [spent, inDoubt];
  };
  let lost = 0;
  worker.api.before = (request) => (request === "POST /v1/Orders" && lost++ < 4 ? { status: 504 } : undefined);
  const [, { id }] = await worker.campaign("doubt", csv(20));
  const end = Date.now() + 30_000;
  let during = await totals();
  while (during[1] === "0.00" && Date.now() < end) during = await totals();
  await worker.reach(id, "done");
  const other = await start({});
  await order(other, "NONE-1");

  assert.deepEqual(during, ["500.00", "500.00"]);
  assert.deepEqual(await totals(), ["500.00", "0.00"]);
  assert.deepEqual(await other.tell("/budgets"), [200, { budgets: [] }]);
});

test("a campaign that a budget has no room for is refused in its review, with what is left, and keeps nothing", LIMIT, async () => {
  const worker = await start({ BUDGET_MONTH: "100.00" }, { changes: { limits: piecesOf(200) } });

  const [status, answer] = await worker.review("large", csv(20));
  const [dry] = await worker.review("large", csv(20), "&dryRun=true");
  const [fits, review] = await worker.review("large", csv(4));

  assert.deepEqual([status, answer.code, answer.over], [402, "over_budget", { budget: "month", currency: "USD", asked: "500.00", left: "100.00" }]);
  assert.deepEqual([answer.quote[0].total, answer.quote[0].left], ["500.00", { month: "100.00" }]);
  assert.match(answer.message, /The campaign comes to 500\.00 USD, and this month's budget has left 100\.00 USD\. Nothing was kept\./);
  assert.deepEqual([dry, fits, review.quote[0].left], [402, 202, { month: "100.00" }]);
});

test("what is spent between review and approval is seen at the approval, and between approval and order at the order", LIMIT, async () => {
  const worker = await start({ BUDGET_TOTAL: "100.00" });
  const [, first] = await worker.review("first", csv(3));
  const [, second] = await worker.review("second", csv(3, { from: 10 }));
  const [placed] = await order(worker, "BETWEEN-1", 2);

  const [late, refusal] = await worker.approve(first.id, "75.00");
  const { status: waits } = (await worker.tell(`/campaigns/${first.id}`))[1];
  await worker.tell(`/campaigns/${first.id}`, { method: "DELETE" });

  assert.deepEqual([placed, late, refusal.code, refusal.over.left, waits], [201, 402, "over_budget", "50.00", "review"]);
  assert.equal((await worker.approve(second.id, "75.00"))[0], 402);
  assert.equal(worker.posts().length, 1);
});

function planned(campaign, rows, lines) {
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  recipients.push(Buffer.from(csv(rows)));
  return recipients.finish().plan({ campaign, maxLinesPerOrder: lines });
}
const OCTETS = { "content-type": "application/octet-stream" };

test("a running campaign stops at a budget before the order that would exceed it, and goes on where there is room again", LIMIT, async () => {
  // Its first orders are held for as long as a busy machine takes.
  const worker = await start({ BUDGET_TOTAL: "1000.00", GIFTCARD_TIMEOUT_MS: "30000" });
  const plan = planned("stops", 40, 4);
  const hold = Promise.withResolvers?.() ?? {};
  hold.promise ??= new Promise((resolve) => (hold.resolve = resolve));
  worker.api.before = (request) => (request === "POST /v1/Orders" ? hold.promise : undefined);

  const [, { id }] = await worker.campaign("stops", plan.toBytes(), "", OCTETS);
  // While its first orders are on their way another one takes what the last ones would need.
  const { BUDGETS } = await worker.miniflare.getBindings();
  const book = BUDGETS.get(BUDGETS.idFromName("budgets"));
  await worker.until(id, ({ underWay }) => underWay === 4);
  await book.reserve({ poNumber: "OTHER", owner: "another", caller: "another", currency: "USD", amount: "1500000", mayExist: false }, {});
  hold.resolve();
  const stopped = await worker.reach(id, "over_budget");
  await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  const again = await worker.until(id, ({ status, underWay }) => status === "over_budget" && underWay === 0);
  const early = worker.sandbox.orders().length;
  await book.giveBack("another", ["OTHER"]);
  await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  const done = await worker.reach(id, "done");

  assert.deepEqual([stopped.states, stopped.over], [{ created: 8, planned: 2 }, { budget: "total", currency: "USD", asked: "100.00", left: "50.00" }]);
  assert.deepEqual([again.states, early], [{ created: 8, planned: 2 }, 8]);
  assert.deepEqual([done.states, done.over], [{ created: 10 }, undefined]);
  assert.deepEqual(await left(worker), { total: "0.00" });
  assertEachOnce(worker.sandbox, [...plan.orders()].map(({ poNumber }) => poNumber));
});

test("a campaign under faults and restarts counts each order once, and what the API refuses not at all", LIMIT, async () => {
  const worker = await start({ BUDGET_TOTAL: "10000.00" }, { sandbox: { available: "1000000.00", asyncThreshold: 1_000, faults: { rate: 0.2, seed: 3 } } });
  const plan = planned("faulty", 120, 2);
  let refuse = 2;
  worker.api.before = (request) => (request === "POST /v1/Orders" && refuse-- > 0 ? { status: 400, body: {} } : undefined);

  const [, { id }] = await worker.campaign("faulty", plan.toBytes(), "", OCTETS);
  for (const enough of [10, 30]) {
    await worker.until(id, ({ states }) => (states.created ?? 0) + (states.reconciled ?? 0) >= enough);
    await worker.stop();
    await worker.start();
    await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  }
  const { states } = await worker.reach(id, "done", 100);

  const placed = (states.created ?? 0) + (states.reconciled ?? 0);
  assert.deepEqual([states.rejected, placed, worker.sandbox.orders().length], [2, 58, 58]);
  assert.deepEqual(await left(worker, { total: "10000.00" }), { total: `${10_000 - placed * 50}.00` });
});

test("the same plan under another name is counted once", LIMIT, async () => {
  const worker = await start({ BUDGET_TOTAL: "100.00" });
  const plan = planned("twice", 4, 2).toBytes();
  const [, first] = await worker.campaign("once", plan, "", OCTETS);
  await worker.reach(first.id, "done");

  const [status, second] = await worker.campaign("again", plan, "", OCTETS);
  if (status === 202) await worker.reach(second.id, "done");

  assert.ok([202, 400].includes(status), `${status} ${JSON.stringify(second)}`);
  assert.deepEqual([worker.sandbox.orders().length, await left(worker, { total: "100.00" })], [2, { total: "0.00" }]);
});

test("above APPROVAL_ABOVE somebody else approves than who posted, in every currency that it does not name too", LIMIT, async () => {
  const worker = await start({ CALLERS, APPROVAL_ABOVE: { USD: "50.00" } });
  const review = (name, rows) => post(worker, `/campaigns?name=${name}`, csv(rows), by("ann"));
  const approve = (id, total, name, more) => post(worker, `/campaigns/${id}/approve`, { total, ...more }, by(name));
  const [, small] = await review("small", 2);
  const [, large] = await review("large", 3);

  const [own] = await approve(small.id, "50.00", "ann");
  const [alone, refusal] = await approve(large.id, "75.00", "ann");
  const [wrong] = await approve(large.id, "75.01", "bob");
  const [changed] = await approve(large.id, "75.00", "bob", { digest: "0".repeat(64) });
  const { status } = (await worker.tell(`/campaigns/${large.id}`))[1];
  const approvals = await Promise.all(["bob", "bob", "bob"].map((name) => approve(large.id, "75.00", name, { digest: large.digest })));
  const [late] = await approve(large.id, "75.00", "ann");
  await Promise.all([worker.reach(small.id, "done"), worker.reach(large.id, "done")]);

  assert.deepEqual([own, alone, refusal.code, wrong, changed, status], [202, 403, "needs_approval", 409, 409, "review"]);
  assert.match(refusal.message, /somebody else/);
  assert.deepEqual([...approvals.map(([answered]) => answered), late], [202, 202, 202, 202]);
  assert.equal(worker.sandbox.orders().flatMap(({ LineItems }) => LineItems).length, 5);
});

test("a file that takes the place of one that was looked at is not approved by its digest, though it costs the same", LIMIT, async () => {
  const worker = await start({ CALLERS, APPROVAL_ABOVE: "0" });
  const [, seen] = await post(worker, "/campaigns?name=swap", csv(3), by("ann"));
  await worker.tell(`/campaigns/${seen.id}`, { method: "DELETE", headers: by("ann") });
  const [, swapped] = await post(worker, "/campaigns?name=swap", csv(3, { from: 50 }), by("ann"));

  const [status] = await post(worker, `/campaigns/${seen.id}/approve`, { total: "75.00", digest: seen.digest }, by("bob"));

  assert.deepEqual([status, swapped.id, worker.posts().length], [409, seen.id, 0]);
});

test("a single order above APPROVAL_ABOVE is not sent by one person alone, and one that was sent before is found", LIMIT, async () => {
  const strict = await start({});
  await order(strict, "ALONE-1", 4);
  await strict.stop();
  strict.options.bindings.APPROVAL_ABOVE = "50.00";
  await strict.start();

  const [known, { outcome: found }] = await order(strict, "ALONE-1", 4);
  const [status, { code, outcome }] = await order(strict, "ALONE-2", 3);
  const [proxied] = await post(strict, "/api/v1/Orders", links("ALONE-2", 3));
  const [small] = await order(strict, "ALONE-3", 2);

  assert.deepEqual([status, code, outcome, proxied, small], [403, "needs_approval", "not-sent", 403, 201]);
  assert.deepEqual([known, found], [200, "reconciled"]);
  assertEachOnce(strict.sandbox, ["ALONE-1", "ALONE-3"]);
});

test("amounts are decimal texts of any length, and nothing else", async () => {
  const { decimal, isSpendable, spendable, units } = await sourceOf("amounts");

  for (const [text, value] of [["0", 0n], ["1", 10_000n], ["25.5", 255_000n], ["0.0001", 1n], ["123456789012345678901.23", 1_234_567_890_123_456_789_012_300n]]) {
    assert.equal(units(text), value);
    assert.equal(units(decimal(value)), value);
  }
  for (const text of ["", "-1", "1e3", "1,000", " 1", "1.", ".5", "1.00001", "NaN", "0x1"]) assert.equal(units(text), undefined, text);
  assert.deepEqual([decimal(-255_000n), decimal(10n)], ["-25.50", "0.001"]);
  for (const wrong of [5, null, [], ["5"], { usd: "5" }, { USD: 5 }, { USD: "x" }, true, "five"]) assert.equal(isSpendable(wrong), false, JSON.stringify(wrong));
  assert.deepEqual([spendable("5", undefined), spendable({ USD: "5" }, "USD"), spendable({ USD: "5" }, "EUR"), spendable({ USD: "5" }, undefined), spendable({}, "constructor")], [50_000n, 50_000n, 0n, 0n, 0n]);
});
