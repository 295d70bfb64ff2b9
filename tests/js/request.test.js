// request(): what the API adds tomorrow, and what must not get past createOrder.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import { ConfigError, DecodeError, InsufficientFundsError, NetworkError, PoNumberConflictError, TimeoutError } from "giftcard-partners";

import { BASE_URL, LIMIT, LINKS, assertSilent, bare, fastClock, json, rejection, setUp } from "./support.js";

const CODES = { Type: "Codes", LineItems: [{ ProductId: "CVS", Value: 10, Quantity: 1 }], PONumber: "CODES-1" };

test("a request is authenticated like the others, and its JSON comes in the documented spelling", LIMIT, async () => {
  const { client, sandbox, sent } = setUp({ sandbox: { casing: "camel" } });

  const answer = await client.request("GET", "/v1/AccountBalance");

  const { headers, requestId, ...rest } = answer;
  assert.deepEqual(rest, { status: 200, body: { Pending: 0, Available: 10_000 } });
  assert.equal(headers["x-request-id"], requestId);
  assert.equal(headers["content-type"], "application/json");
  assert.deepEqual(sandbox.requests().map(({ path }) => path), ["/v1/Tokens", "/v1/AccountBalance"]);
  assert.ok("authorization" in sent("GET", "/v1/AccountBalance")[0].headers);
});

test("a body that is not JSON is text, and none is absent", LIMIT, async () => {
  const bodies = ["<p>Grüße</p>", '{"cut":', null, "7", '"x"', "[{\"poNumber\":1}]"];
  const { client } = bare((_, count) => new Response(bodies[count - 1], { status: 202 }));

  const answers = [];
  for (let n = 0; n < bodies.length; n += 1) {
    const { headers, ...answer } = await client.request("GET", "/v1/Tomorrow");
    answers.push(answer);
  }

  assert.deepEqual(answers, [
    { status: 202, body: "<p>Grüße</p>" },
    { status: 202, body: '{"cut":' },
    { status: 202 },
    { status: 202, body: 7 },
    { status: 202, body: "x" },
    { status: 202, body: [{ PONumber: "1" }] },
  ]);
});

for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
  test(`a ${method} sends an object, text and bytes as JSON, and is answered 204 too`, LIMIT, async () => {
    const seen = [];
    const { client } = bare(async (request) => {
      seen.push([request.method, request.headers.get("content-type"), await request.text()]);
      return new Response(null, { status: 204 });
    });

    const answer = await client.request(method.toLowerCase(), "/v1/Tomorrow", { body: { a: 1 } });
    await client.request(method, "/v1/Tomorrow", { body: '{ "a": 1 }' });
    await client.request(method, "/v1/Tomorrow", { body: new TextEncoder().encode("[1]") });
    await client.request(method, "/v1/Tomorrow");

    assert.deepEqual(answer, { status: 204, headers: {} });
    const type = "application/json";
    assert.deepEqual(seen.map(([, , body]) => body), ['{"a":1}', '{ "a": 1 }', "[1]", ""]);
    assert.deepEqual(seen.map(([, contentType]) => contentType), [type, type, type, null]);
    assert.ok(seen.every(([sent]) => sent === method));
  });
}

test("a HEAD has an answer without a body", LIMIT, async () => {
  const { client, requests } = bare(() => new Response(null, { headers: { "X-Request-Id": "r-1" } }));

  assert.deepEqual(await client.request("HEAD", "/v1/Tomorrow"), { status: 200, requestId: "r-1", headers: { "x-request-id": "r-1" } });
  assert.equal(requests[0].method, "HEAD");
});

test("what the caller does to the bytes after the call is not sent", LIMIT, async () => {
  let sent;
  const { client } = bare(async (request) => json({ length: (sent = await request.text()).length }));
  const body = new TextEncoder().encode('{"a":1}');

  const answer = client.request("POST", "/v1/Tomorrow", { body });
  body.fill(32);
  await answer;

  assert.equal(sent, '{"a":1}');
});

test("a query is the path's own and the one of init, each value one value", LIMIT, async () => {
  const { client, requests } = bare(() => json({}));
  const odd = "a&b=c#d %2E+ü/../?";

  await client.request("GET", "/v1/Tomorrow?x=1", { query: { odd, n: 5, yes: true, big: 2n, none: undefined, nil: null, many: ["a", "b"] } });
  await client.request("GET", "v1/Tomorrow", { query: {} });

  const [first, second] = requests.map(({ request }) => new URL(request.url));
  assert.equal(first.pathname, "/base/v1/Tomorrow");
  assert.deepEqual([...first.searchParams], [["x", "1"], ["odd", odd], ["n", "5"], ["yes", "true"], ["big", "2"], ["many", "a"], ["many", "b"]]);
  assert.equal(second.href, `${BASE_URL}/v1/Tomorrow`);
});

for (const [name, query, expected] of [
  ["URLSearchParams", new URLSearchParams("a=b&a=c%20d"), [["a", "b"], ["a", "c d"]]],
  ["a Map", new Map([["a", "b"], ["n", 5], ["none", null]]), [["a", "b"], ["n", "5"]]],
  ["Headers", new Headers({ a: "b" }), [["a", "b"]]],
  ["pairs", [["a", "b"], ["a", ["c", "d"]]], [["a", "b"], ["a", "c"], ["a", "d"]]],
]) {
  test(`a query given as ${name} is sent`, LIMIT, async () => {
    const { client, requests } = bare(() => json({}));

    await client.request("GET", "/v1/Tomorrow", { query });

    assert.deepEqual([...new URL(requests[0].request.url).searchParams], expected);
  });
}

test("events show the path of a request without its query", LIMIT, async () => {
  const { client, events } = setUp();

  await client.request("GET", "/v1/Products?productName=in-the-path", { query: { productType: "in-the-query" } });

  assert.ok(events.some(({ method, path }) => method === "GET" && path === "/v1/Products"));
  assertSilent(events, ["in-the-path", "in-the-query"]);
});

test("headers that cannot be listed are left out", LIMIT, async () => {
  const { client } = bare(() => ({ status: 200, headers: { get: () => null }, arrayBuffer: async () => new ArrayBuffer(0) }));

  assert.deepEqual(await client.request("GET", "/v1/Tomorrow"), { status: 200 });
});

for (const [name, fetch, type] of [
  ["a 503", () => json({}, 503), undefined],
  ["a 429", () => json({}, 429, { "Retry-After": "1" }), undefined],
  ["a lost connection", () => Promise.reject(new TypeError("fetch failed")), NetworkError],
  ["a timeout", () => new Promise(() => {}), TimeoutError],
  ["a body that breaks off", () => new Response(new ReadableStream({ start: (body) => body.error(new Error("cut")) })), DecodeError],
]) {
  test(`${name} is tried again for a GET and a HEAD, and told at once for the other methods`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const count = {};

    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
      const { client, requests } = bare(fetch, { maxRetries: 2 });
      const error = await clock.run(rejection(client.request(method, "/v1/Tomorrow")));
      if (type) assert.ok(error instanceof type, inspect(error));
      count[method] = requests.length;
    }

    assert.deepEqual(count, { GET: 3, HEAD: 3, POST: 1, PUT: 1, PATCH: 1, DELETE: 1 });
  });
}

test("a token that is refused is replaced once, for a POST too: a 401 did nothing", LIMIT, async () => {
  const { client, sandbox, sent } = setUp();
  await client.accountBalance();
  sandbox.inject("expire-token");

  const error = await rejection(client.request("POST", "/v1/Tomorrow", { body: {} }));
  const orders = await rejection(client.request("POST", "/v1/Orders", { body: CODES }));

  assert.deepEqual([error.status, orders.status], [404, 400]);
  assert.equal(sent("POST", "/v1/Tokens").length, 2);
});

for (const path of [
  "", "/", "https://evil.example/x", "//evil.example/x", "/v1//x", "/v1/../x", "/v1/%2e%2e/x", "/v1/%252E%252e/x", "/v1/..%2Fx", "\\\\evil",
  "/v1\\x", "/v1/x\n", " /v1/x", "/v1/x ", "/v1/x%00", "/v1/x#y", "/v1/ü", "mailto:x", 7, undefined, null, {}, new URL("https://evil.example"),
]) {
  test(`a request to ${inspect(path)} is a ConfigError, and nothing is sent`, LIMIT, async () => {
    const { client, requests } = bare(() => json({}));

    const error = await rejection(client.request("GET", path));

    assert.ok(error instanceof ConfigError);
    assertSilent(error, ["evil"]);
    assert.deepEqual(requests, []);
  });
}

for (const [name, method, init] of [
  ["a method that is none", "TRACE", {}],
  ["a method that is no text", 7, {}],
  ["a GET with a body", "GET", { body: {} }],
  ["an init that is no object", "GET", 7],
  ["a query that is no object", "GET", { query: "a=b" }],
  ["a query with an object in it", "GET", { query: { a: {} } }],
  ["a query with half a surrogate pair", "GET", { query: { a: "\ud800" } }],
  ["a body that holds itself", "POST", { body: (() => { const loop = {}; loop.loop = loop; return loop; })() }],
  ["a body with a BigInt", "POST", { body: { a: 1n } }],
  ["a form", "POST", { body: new URLSearchParams("a=b") }],
  ["a stream", "POST", { body: new ReadableStream() }],
  ["a Map", "POST", { body: new Map() }],
  ["a function", "POST", { body: () => {} }],
  ["a body that throws", "POST", { body: new Proxy({}, { get: () => { throw new Error("secret"); } }) }],
  ["a getter of its init that throws", "POST", { get query() { throw new Error("secret"); } }],
  ["text for its query", "GET", { query: "a=b" }],
  ["a list of texts for its query", "GET", { query: ["a=b"] }],
  ["a promise for its query", "GET", { query: Promise.resolve({ a: "b" }) }],
  ["a query that throws", "GET", { query: { get a() { throw new Error("secret"); } } }],
  ["a signal that is none", "GET", { signal: {} }],
  ["a timeout that is none", "GET", { timeoutMs: -1 }],
]) {
  test(`a request with ${name} is a ConfigError, and nothing is sent`, LIMIT, async () => {
    const { client, requests } = bare(() => json({}));

    const error = await rejection(client.request(method, "/v1/Tomorrow", init));

    assert.ok(error instanceof ConfigError, inspect(error));
    assertSilent(error, ["secret"]);
    assert.deepEqual(requests, []);
  });
}

for (const path of ["/v1/Orders", "v1/orders/", "/V1/ORDERS?x=y", "/v1/%4Frders", "/v1/%254frders", "/v1%2FOrders", "/v1/Orders;x", "/v1/Orders%20", "/v1/Orders%3Fx=1", "/v1/Orders%23"]) {
  test(`an order does not get past createOrder by the path ${path}`, LIMIT, async () => {
    const { client, requests } = bare(() => json({ id: "1" }, 201));

    for (const body of [LINKS, JSON.stringify(LINKS), { type: "links" }, {}, undefined, "not JSON", '{"Type":"Codes","type":"Links"}']) {
      const error = await rejection(client.request("post", path, { body }));
      assert.ok(error instanceof ConfigError && /createOrder/.test(error.message), inspect(error));
    }

    assert.deepEqual(requests, []);
    assert.equal((await client.request("POST", path, { body: CODES })).status, 201);
  });
}

test("an order of a type that createOrder does not know is sent once, as it is", LIMIT, async (t) => {
  const clock = fastClock(t);
  const bodies = [];
  const { client } = bare(async (request) => {
    bodies.push(await request.text());
    return json({}, 504);
  });

  const error = await clock.run(rejection(client.request("POST", "/v1/Orders", { body: CODES })));

  assert.ok(error instanceof TimeoutError);
  assert.deepEqual(bodies, [JSON.stringify(CODES)]);
});

test("a 409 to such an order names the one that the API names, and compares nothing", LIMIT, async () => {
  const { client, requests } = bare(() => json({ previousOrderIds: ["A"] }, 409));

  const error = await rejection(client.request("POST", "/v1/Orders", { body: CODES }));

  assert.ok(error instanceof PoNumberConflictError);
  assert.equal(error.orderId, "A");
  assert.match(error.message, /taken \(409\)/);
  assert.equal(requests.length, 1);
});

test("a 409 and a 422 to anything else say nothing of orders", LIMIT, async () => {
  for (const [status, type] of [[409, PoNumberConflictError], [422, InsufficientFundsError]]) {
    const { client } = bare(() => json({ id: "A" }, status));

    const error = await rejection(client.request("PUT", "/v1/Tomorrow", { body: {} }));

    assert.ok(error instanceof type);
    assert.doesNotMatch(error.message, /PO number|deposit/);
    assert.equal(error.orderId, undefined);
  }
});

test("a signal and a deadline end a request", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client } = bare(() => new Promise(() => {}));
  const controller = new AbortController();

  const aborted = rejection(client.request("POST", "/v1/Tomorrow", { signal: controller.signal }));
  controller.abort();
  const late = await clock.run(rejection(client.request("POST", "/v1/Tomorrow", { deadlineMs: 500 })));

  assert.equal((await aborted).code, "aborted");
  assert.equal(late.code, "timeout");
  assert.equal(clock.pending(), 0);
});
