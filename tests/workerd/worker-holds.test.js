// A campaign that is paused or cancelled begins nothing more; and a Worker that ends at any step of review, approval, pause or cancel pays nobody
// twice, nobody without approval, and nobody after the word.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { RecipientImport } from "giftcard-partners";

import { LIMIT, assertEachOnce, csv, piecesOf, startWorker } from "./worker.js";

const OCTETS = { "content-type": "application/octet-stream" };
const BUDGET = 100_000;
const workers = [];
async function start(changes) {
  const sandbox = { available: "1000000.00", asyncThreshold: 1_000 };
  const worker = await startWorker({ sandbox, bindings: { BUDGET_TOTAL: `${BUDGET}.00` }, ...(changes ? { changes } : {}) });
  workers.push(worker);
  return worker;
}
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.dispose())));

function planned(campaign, rows, lines) {
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  recipients.push(Buffer.from(csv(rows)));
  return recipients.finish().plan({ campaign, maxLinesPerOrder: lines });
}
const poNumbersOf = (plan) => [...plan.orders()].map(({ poNumber }) => poNumber);
const emailsOf = (worker) => worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map(({ DigitalDeliveryAddress: { Email } }) => Email));
const say = (worker, id, word) => worker.tell(`/campaigns/${id}/${word}`, { method: "POST" });
async function spent(worker) {
  const { BUDGETS } = await worker.miniflare.getBindings();
  const { total } = await BUDGETS.get(BUDGETS.idFromName("budgets")).left("", "USD", { total: `${BUDGET}.00` });
  return BUDGET - Number(total);
}

/** Holds orders at the API's door until it is opened. */
function door(worker, until = 4) {
  let open;
  let arrive;
  const opened = new Promise((resolve) => (open = resolve));
  const arrived = new Promise((resolve) => (arrive = resolve));
  let waiting = 0;
  worker.api.before = async (request) => {
    if (request !== "POST /v1/Orders") return undefined;
    waiting += 1;
    if (waiting === until) arrive();
    await opened;
  };
  return { open, arrived };
}

test("a pause is heard before the next order; its answer says how many are being finished, and they are", LIMIT, async () => {
  const worker = await start();
  const plan = planned("pause", 60, 2);
  const gate = door(worker);
  const [, { id }] = await worker.campaign("pause", plan.toBytes(), "", OCTETS);
  await gate.arrived;

  const [status, said] = await say(worker, id, "pause");
  gate.open();
  const paused = await worker.until(id, ({ underWay }) => underWay === 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const sent = worker.posts().length;
  const [resumed] = await say(worker, id, "resume");
  await worker.reach(id, "done");

  assert.deepEqual([status, said], [202, { id, status: "paused", underWay: 4 }]);
  assert.deepEqual([paused.status, paused.states, sent, resumed], ["paused", { created: 4, planned: 26 }, 4, 202]);
  assertEachOnce(worker.sandbox, poNumbersOf(plan));
  assert.equal(await spent(worker), 60 * 25);
});

test("words that race leave a campaign as the last one says, and a run never waits for one that is over", LIMIT, async () => {
  const worker = await start({ limits: piecesOf(300) });
  const [, { id }] = await worker.campaign("words", csv(120));

  for (let round = 0; round < 5; round += 1) await Promise.all(["pause", "resume", "pause", "resume"].map((word) => say(worker, id, word)));
  const [, { status }] = await say(worker, id, "resume");
  await worker.reach(id, "done");

  assert.equal(status, "running");
  const emails = emailsOf(worker);
  assert.deepEqual([emails.length, new Set(emails).size], [120, 120]);
});

test("a cancelled campaign ends what is under way, sends nothing else, and gives its budget back", LIMIT, async () => {
  const worker = await start();
  const plan = planned("cancel", 60, 2);
  const gate = door(worker);
  const [, { id }] = await worker.campaign("cancel", plan.toBytes(), "", OCTETS);
  await gate.arrived;

  const [status, said] = await say(worker, id, "cancel");
  gate.open();
  const ended = await worker.until(id, ({ underWay }) => underWay === 0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const others = [await say(worker, id, "resume"), await say(worker, id, "pause"), await worker.approve(id, "1500.00")];
  const [again] = await say(worker, id, "cancel");
  const [posted, same] = await worker.review("cancel", plan.toBytes(), "", OCTETS);

  assert.deepEqual([status, said], [202, { id, status: "cancelled", underWay: 4 }]);
  assert.deepEqual([ended.status, ended.states, worker.posts().length], ["cancelled", { created: 4, planned: 26 }, 4]);
  assert.deepEqual(others.map(([answered, { code }]) => [answered, code]), Array(3).fill([409, "conflict"]));
  assert.deepEqual([again, posted, same.status], [202, 200, "cancelled"]);
  assert.equal(await spent(worker), 4 * 50);
});

test("what is in doubt when a campaign is cancelled is followed until it is known", LIMIT, async () => {
  const worker = await start();
  const plan = planned("doubt", 40, 2);
  worker.sandbox.inject({ fault: "drop-response", times: 4 });
  let isDown = false;
  worker.api.before = (request) => (isDown && request.includes("/v1/Orders") ? { status: 503 } : undefined);
  const gate = door(worker);
  const [, { id }] = await worker.campaign("doubt", plan.toBytes(), "", OCTETS);
  await gate.arrived;
  await say(worker, id, "pause");
  // Their answers are lost, and the Worker with them.
  gate.open();
  await worker.stop();
  worker.api.before = undefined;
  await worker.start();

  const [status] = await say(worker, id, "cancel");
  const ended = await worker.until(id, ({ states }) => !states.sent && !states.unknown);

  const placed = (ended.states.created ?? 0) + (ended.states.reconciled ?? 0);
  assert.deepEqual([status, ended.status, placed, ended.states.planned], [202, "cancelled", 4, 16]);
  assert.deepEqual([worker.sandbox.orders().length, await spent(worker)], [4, 200]);
});

/** Throws once, there. */
const cut = (text) => [text, `if (!globalThis.wasCut) { globalThis.wasCut = true; throw new Error("cut"); }\n${text}`];

test("an order that was counted and never begun is given back when its campaign is cancelled", LIMIT, async () => {
  const worker = await start({ "campaign-run": [cut("const begun = await store.begin(poNumber);")] });
  const plan = planned("counted", 60, 2);
  const [, { id }] = await worker.campaign("counted", plan.toBytes(), "", OCTETS);
  // The step that was cut is tried again in five seconds.
  await worker.until(id, ({ states, underWay }) => states.created > 0 && underWay === 0);

  const [status] = await say(worker, id, "cancel");
  const { states } = await worker.until(id, ({ underWay }) => underWay === 0);

  assert.equal(status, 202);
  assert.ok(states.planned > 0, JSON.stringify(states));
  assert.equal(await spent(worker), (states.created ?? 0) * 50);
  assert.equal(worker.sandbox.orders().length, states.created);
});

/** A piece that is stored in several calls, as a long one is. */
const LONG = [["PARTS_PER_CALL = 3", "PARTS_PER_CALL = 0"]];
const REVIEW = {
  "before its payments are noted": { "piece-plan": [cut("const judged = await series.take(child, rows, rejects);")] },
  "between payments and budgets": { "campaign-draft": [cut("await this.spending.add(batch);")] },
  "before a piece is stored": { "campaign-draft": [cut("await store.openChild(this.id, number, this.number,")] },
  "between the parts of a piece": { limits: LONG, "campaign-draft": [cut("for (const [part, bytes] of parts.entries()) if")] },
  "between an order and its piece's end": { limits: LONG, "campaign-draft": [cut("await store.closeChild(this.number);")] },
  "before it is whole": { "campaign-import": [cut("await parent.close(")] },
  "behind its end": { "campaign-import": [cut("await tellEvents(env, id).catch(noted);")] },
  "before it is approved": { campaigns: [cut("const verdict = await store.approve(")] },
  "between approval and run": { campaigns: [cut('if (verdict === "approved" && summary')] },
  "in the start of a run": { "campaign-run": [cut("await env.RUNS.create(")] },
};
for (const [step, changes] of Object.entries(REVIEW)) {
  test(`a Worker that ends in review or approval, ${step}, pays each row once, after the approval`, LIMIT, async () => {
    const worker = await start({ ...changes, limits: [...piecesOf(300), ...(changes.limits ?? [])] });
    const ask = async (what) => {
      const first = await what();
      if (first[0] !== 500) return first;
      assert.match(first[1].id, /^[0-9a-f-]{36}$/);
      await worker.stop();
      await worker.start();
      // The new isolate has its own cut.
      const second = await what();
      return second[0] === 500 ? what() : second;
    };

    const [status, review] = await ask(() => worker.review("steps", csv(30)));
    const early = worker.posts().length;
    const [approved] = await ask(() => worker.approve(review.id, review.quote[0].total));
    await say(worker, review.id, "resume");
    await worker.reach(review.id, "done");

    assert.ok([200, 202].includes(status), `${status}`);
    assert.deepEqual([early, approved], [0, 202]);
    const emails = emailsOf(worker);
    assert.deepEqual([emails.length, new Set(emails).size], [30, 30]);
    assert.equal(await spent(worker), 30 * 25);
  });
}

const WORDS = {
  "before it is said": [cut("const said = await store.say(word, by);")],
  "between the campaign and its pieces": [cut("const counts = await Promise.all(children.map")],
  "before the budget is given back": [cut("for (const child of heard.children) await giveBack")],
  "before its runs are woken": [cut("await wakeAll(env, id, heard.children);")],
};
for (const word of ["pause", "cancel"]) {
  // A pause has no more than the first two.
  for (const [step, changes] of Object.entries(WORDS).slice(0, word === "pause" ? 2 : undefined)) {
    test(`a Worker that ends in a ${word}, ${step}, begins nothing more once it was said again`, LIMIT, async () => {
      const worker = await start({ campaigns: changes });
      const plan = planned("word", 60, 2);
      const gate = door(worker);
      const [, { id }] = await worker.campaign("word", plan.toBytes(), "", OCTETS);
      await gate.arrived;

      const [first] = await say(worker, id, word);
      await worker.stop();
      gate.open();
      await worker.start();
      let status = first;
      for (let time = 0; time < 3 && status !== 202; time += 1) [status] = await say(worker, id, word);
      const begun = new Set(worker.posts().map(({ body }) => JSON.parse(body).PONumber));
      if (word === "pause") {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const later = new Set(worker.posts().map(({ body }) => JSON.parse(body).PONumber));
        for (let time = 0, answered = 0; time < 3 && answered !== 202; time += 1) [answered] = await say(worker, id, "resume");
        await worker.reach(id, "done");
        assert.deepEqual([status, later.size], [202, begun.size]);
        assertEachOnce(worker.sandbox, poNumbersOf(plan));
        assert.equal(await spent(worker), 60 * 25);
      } else {
        const ended = await worker.until(id, ({ states }) => !states.sent && !states.unknown);
        const placed = worker.sandbox.orders().length;
        assert.deepEqual([status, ended.status], [202, "cancelled"]);
        assert.ok(placed >= 4 && placed < 30, `${placed}`);
        assert.equal((ended.states.created ?? 0) + (ended.states.reconciled ?? 0), placed);
        assert.equal(await spent(worker), placed * 50);
        const sent = worker.sandbox.orders().map(({ PONumber }) => PONumber);
        assert.equal(new Set(sent).size, placed);
      }
    });
  }
}
