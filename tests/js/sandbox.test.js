// The sandbox as it is installed: a fetch, a clock and a few levers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createSandbox } from "giftcard-partners/sandbox";

const ORDER = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }], PONumber: "PO-1" };

// A sandbox with a manual clock and somebody who has a token for it.
async function setUp(options) {
  const sandbox = createSandbox({ clock: "manual", ...options });
  const { fetch, baseUrl, credentials } = sandbox;
  const answer = await fetch(`${baseUrl}/v1/Tokens`, {
    method: "POST",
    headers: { Email: credentials.email, AccessToken: credentials.accessToken },
  });
  const token = await answer.json();
  const headers = { Authorization: `Bearer ${token.Value ?? token.value}`, "Content-Type": "application/json" };
  const get = (path, init) => fetch(baseUrl + path, { headers, ...init });
  const post = (order = ORDER, init) => get("/v1/Orders", { method: "POST", body: JSON.stringify(order), ...init });
  return { sandbox, headers, get, post };
}

const isConfigError = (pattern) => (error) => error.name === "ConfigError" && error instanceof Error && pattern.test(error.message);

test("a sandbox made without options takes an order and shows it", async () => {
  const { sandbox, get, post } = await setUp();

  const placed = await post();
  const order = await placed.json();
  const history = await (await get("/v1/Orders")).json();

  assert.equal(placed.status, 201);
  assert.ok(placed instanceof Response);
  assert.equal(placed.headers.get("content-type"), "application/json");
  assert.equal(order.LineItems[0].ClaimData.length, 1);
  assert.deepEqual(history.Data, [order]);
  assert.deepEqual(sandbox.orders(), [order]);
  assert.equal(sandbox.baseUrl, "https://sandbox.giftcard-partners.invalid");
});

test("fetch takes a Request, a URL, a path and a Request of another realm", async () => {
  const { sandbox, headers } = await setUp();
  const url = new URL("/v1/Status?x=1", sandbox.baseUrl);
  const foreign = { method: "GET", url: url.href, headers: Object.entries(headers), arrayBuffer: async () => new ArrayBuffer(0) };

  const answers = await Promise.all([
    sandbox.fetch(new Request(url, { headers })),
    sandbox.fetch(new Request(url), { headers }),
    sandbox.fetch(url, { headers }),
    sandbox.fetch("/v1/Status", { headers }),
    sandbox.fetch(foreign),
    sandbox.fetch("https://another.example/v1/Status", { headers }),
  ]);

  assert.deepEqual(answers.map((answer) => answer.status), [200, 200, 200, 200, 200, 200]);
  assert.equal(sandbox.requests()[1].query, "x=1");
});

test("lost connections reject as fetch does, and only one of the two loses the order", async () => {
  const { sandbox, post } = await setUp();
  sandbox.inject("drop-request");
  sandbox.inject("drop-response");

  await assert.rejects(post(), { name: "TypeError", message: "fetch failed" });
  assert.equal(sandbox.orders().length, 0);
  await assert.rejects(post(), { name: "TypeError", message: "fetch failed" });
  assert.equal(sandbox.orders().length, 1);

  const again = await post();
  assert.equal(again.status, 409);
  assert.deepEqual((await again.json()).PreviousOrderIds, [sandbox.orders()[0].Id]);
});

test("a timeout stays silent until its signal aborts", async () => {
  const { sandbox, post } = await setUp();
  sandbox.inject("timeout-after");
  const abort = new AbortController();
  const reason = new Error("enough");

  const silent = post(ORDER, { signal: abort.signal });
  while (sandbox.orders().length === 0) await new Promise(setImmediate);
  abort.abort(reason);

  await assert.rejects(silent, reason);
});

test("a request whose signal is aborted is not processed", async () => {
  const { sandbox, post } = await setUp();

  await assert.rejects(post(ORDER, { signal: AbortSignal.abort() }), { name: "AbortError" });

  assert.equal(sandbox.orders().length, 0);
});

test("a slow body ends when the clock is advanced", async () => {
  const { sandbox, post } = await setUp();
  sandbox.inject({ fault: "slow-body", delayMs: 1000 });
  const answer = await post();
  const reader = answer.body.getReader();

  const first = await reader.read();
  const second = reader.read();
  sandbox.advance(999);
  const early = await Promise.race([second, new Promise((resolve) => setImmediate(resolve, "waiting"))]);
  sandbox.advance(1);
  const rest = await second;

  assert.equal(answer.status, 201);
  assert.equal(early, "waiting");
  const text = Buffer.concat([first.value, rest.value]).toString();
  assert.equal(JSON.parse(text).PONumber, "PO-1");
  assert.equal((await reader.read()).done, true);
});

test("a slow body fails with the reason of its signal, or when the sandbox is freed", async () => {
  const { sandbox, post } = await setUp();
  const abort = new AbortController();
  const reason = new Error("enough");
  sandbox.inject({ fault: "slow-body", times: 2 });

  const aborted = (await post(ORDER, { signal: abort.signal })).text();
  abort.abort(reason);
  await assert.rejects(aborted, reason);
  const freed = (await post()).text();
  sandbox.free();
  await assert.rejects(freed, TypeError);
});

test("with the real clock a slow body ends by itself", async () => {
  const { sandbox, post } = await setUp({ clock: "real" });
  sandbox.inject({ fault: "slow-body", delayMs: 20 });

  const order = await (await post()).json();

  assert.equal(order.PONumber, "PO-1");
});

test("a large order is completed when the clock says so, and tells its webhook once", async () => {
  const { sandbox, post } = await setUp({ asyncThreshold: 1, fulfillmentMs: 500 });
  const large = { ...ORDER, LineItems: [{ ...ORDER.LineItems[0], Quantity: 2 }], WebhookSettings: { FulfillmentComplete: "https://example.com/hook" } };

  const placed = await (await post(large)).json();
  const before = sandbox.webhooks();
  sandbox.advance(500);

  assert.equal(placed.Status, "Pending");
  assert.equal(sandbox.orders()[0].Status, "Completed");
  assert.deepEqual(before, []);
  assert.deepEqual(sandbox.webhooks(), [
    { url: "https://example.com/hook", body: { Id: placed.Id, PONumber: "PO-1", Status: "Completed" } },
  ]);
  assert.deepEqual(sandbox.webhooks(), []);
});

test("funds are raised, settled and spent", async () => {
  const { sandbox, get, post } = await setUp({ available: "0.00" });
  const balance = async () => (await get("/v1/AccountBalance")).json();

  assert.equal((await post()).status, 422);
  sandbox.fund("40.00");
  assert.deepEqual(await balance(), { Pending: 40, Available: 0 });
  assert.throws(() => sandbox.settle("40.01"), isConfigError(/only 40\.00 is pending/));
  sandbox.settle("30.00");
  assert.equal((await post()).status, 201);

  assert.deepEqual(await balance(), { Pending: 10, Available: 5 });
});

test("requests are recorded without their secrets", async () => {
  const { sandbox, headers, post } = await setUp();
  await post();

  const requests = sandbox.requests();

  assert.deepEqual(requests.map(({ method, path, status }) => [method, path, status]), [
    ["POST", "/v1/Tokens", 200],
    ["POST", "/v1/Orders", 201],
  ]);
  assert.equal(requests[1].body, JSON.stringify(ORDER));
  assert.equal(requests[1].headers.authorization, "[redacted]");
  const text = JSON.stringify(requests);
  assert.ok(!text.includes(sandbox.credentials.accessToken));
  assert.ok(!text.includes(headers.Authorization.slice(7)));
});

test("camel casing and bare lists are answered where they are asked for", async () => {
  const { get, post } = await setUp({ casing: "camel", lists: "bare" });

  const order = await (await post()).json();

  assert.equal(order.poNumber, "PO-1");
  assert.deepEqual(await (await get("/v1/Orders")).json(), [order]);
});

test("the same seed and the same requests give the same bytes", async () => {
  const run = async (seed) => {
    const { sandbox, post } = await setUp({ seed });
    return [await (await post()).text(), await (await post()).text(), JSON.stringify(sandbox.credentials)].join();
  };

  assert.equal(await run(5), await run(5));
  assert.notEqual(await run(5), await run(6));
});

test("what is not an option, a fault, an amount or a time is a ConfigError", () => {
  const cyclic = {};
  cyclic.products = cyclic;

  assert.throws(() => createSandbox({ seed: -1 }), isConfigError(/seed must be a whole number/));
  assert.throws(() => createSandbox({ seed: 1n }), isConfigError(/plain data/));
  assert.throws(() => createSandbox(cyclic), isConfigError(/plain data/));
  assert.throws(() => createSandbox(null), isConfigError(/options must be an object/));
  assert.throws(() => createSandbox({ sead: 1 }), isConfigError(/sead/));
  assert.throws(() => createSandbox({ products: [{ Id: "A" }] }), isConfigError(/products\[0\]/));
  for (const products of [() => {}, Symbol("p"), [() => {}]]) assert.throws(() => createSandbox({ products }), isConfigError(/plain data/));
  assert.throws(() => createSandbox(new Map([["seed", 1]])), isConfigError(/options must be an object/));
  const sandbox = createSandbox();
  assert.throws(() => sandbox.inject("504"), isConfigError(/"504-html"/));
  assert.throws(() => sandbox.inject(), isConfigError(/the fault must be an object/));
  for (const ms of [-1, 0.5, NaN, Infinity, undefined, "x", "", null, true, "5", 5n, Symbol("ms"), Object.create(null)]) assert.throws(() => sandbox.advance(ms), isConfigError(/ms/));
  for (const amount of [100, "1.001", "-1", "x", undefined]) assert.throws(() => sandbox.fund(amount), isConfigError(/decimal string/));
});

test("a sandbox that was freed says so", async () => {
  const sandbox = createSandbox();

  sandbox.free();
  sandbox.free();

  assert.throws(() => sandbox.orders(), isConfigError(/freed/));
  await assert.rejects(sandbox.fetch("/v1/Status"), isConfigError(/freed/));
});

test("a body over 32 MB is refused", async () => {
  const { get } = await setUp();

  const answer = await get("/v1/Orders", { method: "POST", body: new Uint8Array(32 * 1024 * 1024 + 2) });

  assert.equal(answer.status, 413);
});
