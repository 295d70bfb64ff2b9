// The starter Worker as the proxy of a client without credentials, as a browser app has it: /api forwards what it should and nothing else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { GiftCardPartners } from "giftcard-partners";

import { LIMIT, ORIGIN, TOKEN, links, startWorker } from "./worker.js";

let worker;
let client;
before(async () => {
  worker = await startWorker();
  client = clientOf();
}, LIMIT);
after(() => worker?.dispose());

/** A client on the other side of the Worker. */
const clientOf = (options) =>
  new GiftCardPartners({
    baseUrl: `${ORIGIN}/api`,
    headers: { authorization: `Bearer ${TOKEN}` },
    fetch: async (request) => {
      const body = request.body ? await request.arrayBuffer() : undefined;
      return worker.miniflare.dispatchFetch(request.url, { method: request.method, headers: [...request.headers], body });
    },
    ...options,
  });

test("a client without credentials reads and orders through the proxy", LIMIT, async () => {
  const catalog = await client.catalog();
  const { Available } = await client.accountBalance();
  const { outcome, order } = await client.createOrder(links("PROXY-1"));
  const found = await client.findOrder("PROXY-1");
  const names = [];
  for await (const { Id } of client.listProducts({ pageSize: 5 })) names.push(Id);
  const lists = await Promise.all([client.listShippingMethods(), client.listCarriers(), client.listBrandings(), client.listDepartments()]);

  assert.equal(catalog.product("INKWHISTLE").Id, "INKWHISTLE");
  assert.equal(outcome, "created");
  assert.deepEqual([(await client.getOrder(order.Id)).PONumber, found.Id], ["PROXY-1", order.Id]);
  assert.equal((await client.accountBalance()).Available, Available - 25);
  assert.equal(names.length, 12);
  assert.ok(lists.every(({ Items }) => Array.isArray(Items)));
  assert.equal((await client.status()).Status, "Operational");
});

test("the same order again is reconciled, and another one under its PO number is a conflict", LIMIT, async () => {
  const { order } = await client.createOrder(links("PROXY-2"));

  const repeated = await client.createOrder(links("PROXY-2"));
  const error = await client.createOrder(links("PROXY-2", 2)).catch((error) => error);

  assert.deepEqual([repeated.outcome, repeated.order.Id], ["reconciled", order.Id]);
  assert.deepEqual([error.name, error.orderId], ["PoNumberConflictError", order.Id]);
  assert.equal(worker.posts().filter(({ body }) => JSON.parse(body).PONumber === "PROXY-2").length, 1);
});

test("answers that are lost on the API's side stay one order on this one", LIMIT, async () => {
  worker.sandbox.inject("drop-response");

  const { order } = await client.createOrder(links("PROXY-3"));

  assert.equal(order.PONumber, "PROXY-3");
  assert.equal(worker.sandbox.orders().filter(({ PONumber }) => PONumber === "PROXY-3").length, 1);
});

test("refusals arrive as the client's own errors", LIMIT, async (t) => {
  t.after(() => (worker.api.before = undefined));
  const missing = await client.getOrder("nobody").catch((error) => error);
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 422 } : undefined);
  const short = await client.createOrder(links("PROXY-4")).catch((error) => error);
  const stranger = await clientOf({ headers: {} }).accountBalance().catch((error) => error);

  assert.deepEqual([missing.code, short.name, short.outcome], ["not_found", "InsufficientFundsError", "rejected"]);
  assert.deepEqual([stranger.name, stranger.status], ["AuthenticationError", 401]);
});

test("credentials that the API refuses are a certain refusal to the client behind, and no order in doubt", LIMIT, async () => {
  for (const bindings of [{ GIFTCARD_ACCESS_TOKEN: "wrong" }, {}]) {
    const other = await startWorker({ bindings });
    try {
      if (!bindings.GIFTCARD_ACCESS_TOKEN) other.api.before = (request) => (request.startsWith("POST /v1/Tokens") ? undefined : { status: 403 });
      const behind = clientOf({
        fetch: async (request) => {
          const body = request.body ? await request.arrayBuffer() : undefined;
          return other.miniflare.dispatchFetch(request.url, { method: request.method, headers: [...request.headers], body });
        },
      });

      const order = await behind.createOrder(links("PROXY-5")).catch((error) => error);
      const balance = await behind.accountBalance().catch((error) => error);

      assert.deepEqual([order.code, order.outcome, balance.code], ["forbidden", "rejected", "forbidden"]);
      assert.equal(other.sandbox.orders().length, 0);
    } finally {
      await other.dispose();
    }
  }
});

test("nothing else is forwarded: no token, no other method, no other path, however it is spelled", LIMIT, async () => {
  const before = worker.sandbox.requests().length;
  const routes = [
    "POST /api/v1/Tokens", "GET /api/v1/Tokens", "GET /api/v1/Invoices", "GET /api/v1/Orders/a/b", "GET /api/v1/Products/a/b", "GET /api/v1/",
    "GET /api/v1", "GET /api/v2/Orders", "GET /api/", "PUT /api/v1/Orders", "DELETE /api/v1/Orders/x", "PATCH /api/v1/Orders/x",
    "POST /api/v1/Orders/x", "POST /api/v1/Products", "GET /api/v1/orders", "GET /api/v1/Orders/%2e%2e/Tokens", "GET /api/v1//Orders",
    "GET /api//v1/Orders", "GET /api/v1/Orders/", "GET /api/http://elsewhere.example/v1/Orders", "GET /v1/Orders", "GET /api/x/v1/Orders",
  ];

  const seen = [];
  for (const [method, path] of routes.map((route) => route.split(" "))) {
    const answer = await worker.ask(path, { method, ...(method === "GET" ? {} : { body: "{}" }) });
    await answer.text();
    if (answer.status !== 404) seen.push(`${method} ${path}: ${answer.status}`);
  }

  assert.deepEqual(seen, []);
  assert.equal(worker.sandbox.requests().length, before);
});

test("a path that leads elsewhere once it is decoded, or once more, is refused before it is sent", LIMIT, async () => {
  const before = worker.sandbox.requests().length;

  const ids = ["..%2fTokens", "%2e%2e%2fTokens", "a%5c..%5cTokens", "a%2fb", "%252e%252e%252fTokens", "a%00b", "a%0d%0aX:y", "%", "%ff", "%2e%2e"];
  for (const path of ids.flatMap((id) => [`/api/v1/Orders/${id}`, `/api/v1/Products/${id}`])) {
    const answer = await worker.ask(path);
    await answer.text();
    assert.equal(answer.status, 404, path);
  }

  assert.equal(worker.sandbox.requests().length, before);
});
