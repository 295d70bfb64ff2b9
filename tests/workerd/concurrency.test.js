// Many requests of one Worker share a client, and half of their clients hang up: nobody else hears of it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { get } from "node:http";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, test } from "node:test";

import { createSandbox } from "giftcard-partners/sandbox";
import { Miniflare, Response } from "miniflare";

import { modules } from "./modules.js";

const LIMIT = { timeout: 60_000 };

// The client lives as long as the isolate, as Workers do it.
const WORKER = `
import { GiftCardPartners } from "./package/index.workerd.js";

let client;
let arrived = 0;
let left = 0;

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/arrived") return Response.json(arrived);
    if (pathname === "/left") return Response.json(left);
    if (pathname === "/reset") {
      arrived = left = 0;
      client = new GiftCardPartners({ baseUrl: "https://api.example", credentials: env.CREDENTIALS, fetch: env.API });
      return Response.json(null);
    }
    arrived += 1;
    request.signal.addEventListener("abort", () => (left += 1));
    const deadlineMs = Number(searchParams.get("deadline") ?? 60_000);
    if (pathname === "/catalog") {
      try {
        const catalog = await client.catalog({ deadlineMs, timeoutMs: Math.min(deadlineMs, 3_000) });
        return Response.json({ size: catalog.size });
      } catch (error) {
        return Response.json({ name: error.name, code: error.code });
      }
    }
    const order = { Type: "Links", PONumber: searchParams.get("po"), LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }] };
    try {
      const { outcome, order: { PONumber } } = await client.createOrder(order, { deadlineMs });
      return Response.json({ outcome, PONumber });
    } catch (error) {
      return Response.json({ name: error.name, code: error.code, outcome: error.outcome });
    }
  },
};
`;

/** A promise that others wait for until it is opened. */
function gate() {
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  return { opened, open };
}

/** The API: the sandbox, whose answers wait for gates. */
let upstream;
const sandboxOf = () => createSandbox({ available: "1000000.00" });
const { credentials } = sandboxOf();

async function api(request) {
  const { pathname } = new URL(request.url);
  const { sandbox, seen, ...gates } = upstream;
  const body = await request.arrayBuffer();
  const kind = { "/v1/Tokens": "tokens", "/v1/Products": "products" }[pathname] ?? "orders";
  seen[kind] += 1;
  seen.changed();
  await { tokens: gates.token, products: gates.products, orders: gates.orders }[kind].opened;
  const init = { method: request.method, headers: [...request.headers], body: request.method === "POST" ? body : undefined };
  const answer = await sandbox.fetch(request.url, init);
  return new Response(await answer.arrayBuffer(), { status: answer.status, headers: [...answer.headers] });
}

let miniflare;
let origin;
/** What workerd says of its Workers. */
let said = "";
before(async () => {
  miniflare = new Miniflare({
    modules: modules(WORKER),
    compatibilityDate: "2026-04-01",
    compatibilityFlags: ["enable_request_signal"],
    bindings: { CREDENTIALS: credentials },
    serviceBindings: { API: api },
    handleRuntimeStdio: (...streams) => streams.forEach((stream) => stream.on("data", (chunk) => (said += chunk))),
    outboundService: () => { throw new Error("the network is closed"); },
  });
  origin = await miniflare.ready;
}, LIMIT);
after(() => miniflare?.dispose());

beforeEach(async () => {
  const seen = { tokens: 0, products: 0, orders: 0, changed() {} };
  upstream = { sandbox: sandboxOf(), token: gate(), products: gate(), orders: gate(), seen };
  await ask("reset");
});

async function ask(path, init) {
  const answer = await miniflare.dispatchFetch(`https://worker.example/${path}`, init);
  return answer.json();
}

/** A caller of the Worker on a connection of its own, who may hang up. */
function caller(number, path = `?po=PO-${number}`) {
  const request = get(new URL(path, origin), { agent: false });
  const answer = once(request, "response").then(async ([response]) => JSON.parse(await text(response)));
  answer.catch(() => {});
  // A connection that is only half closed is no sign that its client is gone.
  return { number, answer, hangUp: () => request.socket.resetAndDestroy() };
}

const callers = (from, to) => Array.from({ length: to - from }, (_, index) => caller(from + index));

/** Until the Worker has begun so many calls. */
async function arrived(count) {
  while ((await ask("arrived")) < count);
}

/** Lets some callers hang up, and goes on when the Worker has noticed that so many are gone. */
async function hangUp(callers, gone) {
  for (const caller of callers) caller.hangUp();
  while ((await ask("left")) < gone);
}

/** Until the API was sent so many requests of a kind. */
async function seen(kind, count) {
  while (upstream.seen[kind] < count) await new Promise((resolve) => (upstream.seen.changed = resolve));
}

const placed = (callers) => callers.map(({ number }) => ({ outcome: "created", PONumber: `PO-${number}` }));

test("200 calls at once, and half of their clients hang up: none hangs, one token serves all, and the Worker goes on", LIMIT, async () => {
  const { sandbox, token, orders } = upstream;
  const [first] = callers(0, 1);
  await seen("tokens", 1);
  const others = callers(1, 200);
  await arrived(200);
  const earlyLeavers = others.filter(({ number }) => number % 4 === 1);
  const lateLeavers = others.filter(({ number }) => number % 4 === 3);
  const staying = [first, ...others.filter(({ number }) => number % 2 === 0)];

  // While all of them wait for the one token.
  await hangUp(earlyLeavers, 50);
  token.open();
  // While their orders are out.
  await seen("orders", staying.length + lateLeavers.length);
  await hangUp(lateLeavers, 100);
  orders.open();
  const answers = await Promise.all(staying.map(({ answer }) => answer));
  const after = await ask("?po=PO-AFTER");

  assert.equal(staying.length, 100);
  assert.doesNotMatch(said, /hung|Error/);
  assert.deepEqual(answers, placed(staying));
  assert.deepEqual(after, { outcome: "created", PONumber: "PO-AFTER" });
  assert.equal(upstream.seen.tokens, 1);
  // Those who left early sent no order: workerd did end their calls.
  assert.equal(upstream.seen.orders, staying.length + lateLeavers.length + 1);
  const poNumbers = sandbox.orders().map(({ PONumber }) => PONumber);
  assert.equal(new Set(poNumbers).size, poNumbers.length);
});

test("the caller who asked for the shared token hangs up: the others ask once more, and none hangs", LIMIT, async () => {
  const { token, orders, seen: counts } = upstream;
  orders.open();
  const [first] = callers(0, 1);
  await seen("tokens", 1);
  const others = callers(1, 20);
  await arrived(20);

  await hangUp([first], 1);
  // The request of the one who is gone may never be answered to anybody.
  await seen("tokens", 2);
  token.open();
  const answers = await Promise.all(others.map(({ answer }) => answer));

  assert.doesNotMatch(said, /hung|Error/);
  assert.deepEqual(answers, placed(others));
  assert.equal(counts.tokens, 2);
});

test("the caller who asked for the shared token gives up at its own deadline: the others ask once more, and nobody is told of a 401", LIMIT, async () => {
  const { token, orders, seen: counts } = upstream;
  orders.open();
  const first = caller(0, "?po=PO-0&deadline=300");
  await seen("tokens", 1);
  const others = callers(1, 20);
  await arrived(20);

  const gaveUp = await first.answer;
  // Its request is over, and with it the one for the token.
  await seen("tokens", 2);
  token.open();
  const answers = await Promise.all(others.map(({ answer }) => answer));
  const later = await ask("?po=PO-LATER");

  assert.deepEqual(gaveUp, { name: "TimeoutError", code: "timeout", outcome: "not-sent" });
  assert.deepEqual(answers, placed(others));
  assert.deepEqual(later, { outcome: "created", PONumber: "PO-LATER" });
  assert.equal(counts.tokens, 2);
  assert.doesNotMatch(said, /hung|Error/);
});

for (const [name, path, leave] of [
  ["hangs up", "catalog", (first) => hangUp([first], 1)],
  ["gives up at its own deadline", "catalog?deadline=300", (first) => first.answer],
]) {
  test(`the caller who began the shared load of the catalog ${name}: the others load it once more`, LIMIT, async () => {
    const { token, products } = upstream;
    token.open();
    const first = caller(0, path);
    await seen("products", 1);
    const others = Array.from({ length: 20 }, (_, index) => caller(index + 1, "catalog"));
    await arrived(21);

    await leave(first);
    await seen("products", 2);
    products.open();
    const answers = await Promise.all(others.map(({ answer }) => answer));
    const later = await ask("catalog");

    const [{ size }] = answers;
    assert.ok(size > 0, JSON.stringify(answers[0]));
    assert.deepEqual(answers, others.map(() => ({ size })));
    assert.deepEqual(later, { size });
    assert.doesNotMatch(said, /hung|Error/);
  });
}
