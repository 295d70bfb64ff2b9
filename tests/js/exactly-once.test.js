// Never twice, never lost: thousands of orders through the package while a third of all requests fails.
import assert from "node:assert/strict";
import { test } from "node:test";

import { GiftCardPartners, PoNumberConflictError, isGiftCardError } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { fastClock } from "./support.js";

const LINE = { ProductId: "INKWHISTLE", Value: 25, Quantity: 1 };
/** Rounds of calling again until an order must be settled: each fails with a chance below one in ten. */
const ROUNDS = 20;

const orderOf = (number) => ({
  Type: number % 2 ? "Links" : "DigitalDelivery",
  PONumber: `PO-${number}`,
  Note: `order ${number}`,
  LineItems: [{ ...LINE, Quantity: 1 + (number % 3), DigitalDeliveryAddress: { Email: `person${number}@example.org` } }],
});

/** A sandbox that fails by chance, its answers to nobody included, and what was posted to it under each PO number. */
function failing(seed, rate = 0.3, available = "100000000.00") {
  const sandbox = createSandbox({ seed, clock: "manual", available, faults: { rate } });
  const bodies = new Map();
  const counts = {};
  const fetch = async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/v1/Orders") {
      const body = await request.clone().text();
      const { PONumber } = JSON.parse(body);
      bodies.set(PONumber, (bodies.get(PONumber) ?? new Set()).add(body));
    }
    const name = `${request.method} /${pathname.split("/")[2]}`;
    counts[name] = (counts[name] ?? 0) + 1;
    return sandbox.fetch(request);
  };
  const client = (options) => new GiftCardPartners({ baseUrl: sandbox.baseUrl, credentials: sandbox.credentials, fetch, ...options });
  return { sandbox, client, fetch, bodies, counts };
}

/** Calls for each item, so many at a time. */
async function pooled(items, concurrency, call) {
  const queue = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of queue) await call(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

async function outcomeOf(promise) {
  try {
    const { outcome, order, attempts } = await promise;
    return { outcome, id: order.Id, attempts };
  } catch (error) {
    assert.ok(isGiftCardError(error), error);
    return { outcome: error.outcome, code: error.code, attempts: error.attempts, poNumber: error.poNumber };
  }
}

/** What the sandbox holds, by PO number, each of which must be there once. */
function held(sandbox) {
  const orders = sandbox.orders();
  const byPoNumber = new Map(orders.map((order) => [order.PONumber, order]));
  assert.equal(byPoNumber.size, orders.length, "one PO number has two orders");
  return byPoNumber;
}

/** `doubted`: an earlier call left the order unknown, and what a later one denies is its own order alone. */
function assertTrue(told, order, orders, doubted = false) {
  const there = orders.get(order.PONumber);
  switch (told.outcome) {
    case "created":
    case "reconciled":
      assert.equal(there?.Id, told.id, `${order.PONumber} was told to be placed`);
      assert.equal(there.Note, order.Note);
      assert.equal(there.LineItems[0].Quantity, order.LineItems[0].Quantity);
      break;
    case "rejected":
    case "not-sent":
      assert.ok(doubted || !there, `${order.PONumber} was denied: ${told.code}`);
      break;
    default:
      assert.equal(told.outcome, "unknown");
  }
}

test("10,000 orders, 50 at a time, with 30 % faults: one order for each PO number, none lost, every result true", { timeout: 300_000 }, async (t) => {
  const clock = fastClock(t);
  const { sandbox, client: make, bodies, counts } = failing(2026);
  const client = make();
  const orders = Array.from({ length: 10_000 }, (_, number) => orderOf(number));
  const outcomes = {};
  const doubted = new Set();
  let left = orders;

  for (let round = 0; left.length > 0; round += 1) {
    assert.ok(round < ROUNDS, `${left.length} orders are not settled`);
    const told = new Map();
    const call = async (order) => told.set(order, await outcomeOf(client.createOrder(order)));
    await clock.run(pooled(left, 50, call));

    const there = held(sandbox);
    for (const [order, result] of told) {
      assertTrue(result, order, there, doubted.has(order));
      if (result.outcome === "unknown") doubted.add(order);
      outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
    }
    left = left.filter((order) => !["created", "reconciled"].includes(told.get(order).outcome));
  }

  t.diagnostic(`calls by outcome: ${JSON.stringify(outcomes)}`);
  t.diagnostic(`requests: ${JSON.stringify(counts)}`);
  assert.equal(held(sandbox).size, orders.length);
  assert.equal(bodies.size, orders.length);
  assert.ok([...bodies.values()].every((sent) => sent.size === 1), "every attempt of an order sends the same bytes");
  // All that can happen did happen, or the test shows less than it says.
  for (const outcome of ["created", "reconciled", "unknown"]) assert.ok(outcomes[outcome] > 0, outcome);
  // A request for a token that hangs is waited for by nobody after ten seconds, and ends by its own timeout of thirty.
  assert.ok(clock.pending() <= 3, `${clock.pending()} timers`);
  await clock.run(new Promise((resolve) => setTimeout(resolve, 30_000)));
  assert.equal(clock.pending(), 0);
});

for (const seed of [1, 2, 3, 4, 5]) {
  test(`processes that end anywhere and are started again with the same order place it once: seed ${seed}`, { timeout: 120_000 }, async (t) => {
    const clock = fastClock(t);
    const { sandbox, client, fetch, bodies } = failing(seed);
    let state = seed;
    const below = (ceiling) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >> 12) % ceiling;
    };
    // A process that hears nothing more after some requests. The last one may have arrived.
    const mortal = () => {
      let life = below(4);
      return async (request) => {
        life -= 1;
        if (life < -1) return new Promise(() => {});
        const answer = fetch(request);
        return life < 0 ? answer.then(() => new Promise(() => {})) : answer;
      };
    };
    const orders = Array.from({ length: 200 }, (_, number) => orderOf(number));
    const settled = new Map();

    const place = async (order) => {
      for (let round = 0; round < ROUNDS && !settled.has(order); round += 1) {
        const dies = below(2) === 0;
        const told = await outcomeOf(client(dies ? { fetch: mortal(), deadlineMs: 5_000 } : {}).createOrder(order));
        if (["created", "reconciled"].includes(told.outcome)) settled.set(order, told);
      }
    };
    await clock.run(pooled(orders, 10, place));

    const there = held(sandbox);
    assert.equal(there.size, orders.length);
    for (const order of orders) assertTrue(settled.get(order), order, there);
    assert.ok([...bodies.values()].every((sent) => sent.size === 1));
  });
}

for (const available of ["100000000.00", "9000.00"]) {
  test(`aborted anywhere, called twice at once, and with ${available} to spend: no order twice, none denied`, { timeout: 120_000 }, async (t) => {
    const clock = fastClock(t);
    const { sandbox, client, bodies } = failing(11, 0.3, available);
    const clients = [client(), client()];
    let state = 11;
    const chance = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >>> 8) / 0x80_0000;
    };
    const orders = Array.from({ length: 400 }, (_, number) => orderOf(number));
    const calls = orders.flatMap((order) => (chance() < 0.3 ? [[order, 0], [order, 1]] : [[order, 0]]));
    const told = new Map(orders.map((order) => [order, []]));

    const place = async ([order, who]) => {
      const controller = new AbortController();
      const timer = chance() < 0.6 ? setTimeout(() => controller.abort(), chance() * 20_000) : undefined;
      told.get(order).push(await outcomeOf(clients[who].createOrder(order, { signal: controller.signal })));
      clearTimeout(timer);
    };
    await clock.run(pooled(calls, 40, place));

    const there = held(sandbox);
    // What one of two calls at once denies is its own order alone.
    for (const [order, results] of told) for (const result of results) assertTrue(result, order, there, results.length > 1);
    const codes = new Set([...told.values()].flat().map(({ code, outcome }) => code ?? outcome));
    for (const code of ["created", "reconciled", "aborted"]) assert.ok(codes.has(code), code);
    assert.equal(codes.has("insufficient_funds"), available === "9000.00");
    assert.ok(!codes.has("po_number_conflict"));
    assert.ok([...bodies.values()].every((sent) => sent.size === 1));
  });
}

test("a process that is started again with another order under the same PO number is told of the conflict", { timeout: 60_000 }, async (t) => {
  const clock = fastClock(t);
  const { sandbox, client: make } = failing(7);
  const client = make();
  const first = Array.from({ length: 100 }, (_, number) => orderOf(number));
  const changed = first.map((order) => ({ ...order, Note: "changed" }));
  const errors = [];

  const settle = async (order) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      try {
        return await client.createOrder(order);
      } catch (error) {
        if (error instanceof PoNumberConflictError) return errors.push(error);
        assert.equal(typeof error.outcome, "string");
      }
    }
    return assert.fail(`${order.PONumber} is not settled`);
  };
  await clock.run(pooled(first, 10, settle));
  await clock.run(pooled(changed, 10, settle));

  const there = held(sandbox);
  assert.equal(there.size, 100);
  assert.equal(errors.length, 100);
  for (const error of errors) assert.equal(error.orderId, there.get(error.poNumber).Id);
  // Where an attempt of the call was lost, the other order could be its own, shown otherwise than it was sent.
  assert.deepEqual(new Set(errors.map(({ outcome }) => outcome)), new Set(["rejected", "unknown"]));
  assert.ok([...there.values()].every(({ Note }) => Note !== "changed"));
});
