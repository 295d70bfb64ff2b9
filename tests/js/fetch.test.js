// Who sends: the platform's fetch, another library's, a function of the caller's own; and what is known of a request that failed.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";

import { GiftCardPartners, NetworkError } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";
import nodeFetch from "node-fetch";
import * as undici from "undici";

import { LIMIT, LINKS, bare, fastClock, rejection } from "./support.js";

const sandbox = createSandbox({ available: "1000000.00" });
const { credentials } = sandbox;
let server;
let baseUrl;
before(async () => {
  server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const { method, url, headers } = incoming;
    const answer = await sandbox.fetch(url, { method, headers, body: method === "POST" ? body : undefined });
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  baseUrl = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

const quoting = { "X-Caller": "a caller" };
let orders = 0;
const order = () => ({ ...LINKS, PONumber: `PO-${(orders += 1)}` });
const send = (request) => sandbox.fetch(request);

const FETCHES = {
  "the platform's": undefined,
  "the platform's, bound": globalThis.fetch.bind(globalThis),
  "undici's": undici.fetch,
  "undici, as an object": undici,
  "undici's, wrapped": (...args) => undici.fetch(...args),
  "undici's, wrapped as (url, init)": (url, init) => undici.fetch(url, init),
  "node-fetch": nodeFetch,
  "node-fetch, wrapped": (...args) => nodeFetch(...args),
  "node-fetch, with an agent": (url, init) => nodeFetch(url, { ...init, agent: undefined }),
  "a function of a Request": (request) => globalThis.fetch(request),
  "a function of a Request, read part by part": async (request) => {
    const { url, method, headers } = request;
    return globalThis.fetch(url, { method, headers, body: method === "POST" ? await request.text() : undefined });
  },
  "a function of a URL as a text": async (url, init) => {
    assert.equal(typeof url, "string");
    assert.ok(["GET", "POST"].includes(init.method) && init.redirect === "manual" && init.signal instanceof AbortSignal);
    return globalThis.fetch(url, init);
  },
  "an object whose method wants its object": { own: (request) => globalThis.fetch(request), fetch(request) { return this.own(request); } },
};
for (const [name, fetch] of Object.entries(FETCHES)) {
  test(`${name} places an order, reads it and hands on what the API says`, LIMIT, async () => {
    const client = new GiftCardPartners({ baseUrl, credentials, fetch, headers: quoting });
    const asked = order();

    const placed = await client.createOrder(asked);
    const again = await client.createOrder(asked);
    const found = await client.getOrder(placed.order.Id);
    const refused = await rejection(client.getOrder("no-such-order"));

    assert.deepEqual([placed.outcome, again.outcome, found.PONumber], ["created", "reconciled", asked.PONumber]);
    assert.deepEqual([refused.code, refused.status], ["not_found", 404]);
  });
}

test("an order that a foreign fetch leaves unanswered ends with its time, and the request is given up", LIMIT, async () => {
  let gone;
  const silent = createServer((incoming) => (gone = once(incoming.socket, "close"))).listen(0, "127.0.0.1");
  await once(silent, "listening");
  for (const fetch of [undici.fetch, nodeFetch, undefined]) {
    const client = new GiftCardPartners({ baseUrl: `http://127.0.0.1:${silent.address().port}`, fetch, timeoutMs: 100, maxRetries: 0 });

    const error = await rejection(client.createOrder(order()));

    assert.deepEqual([error.code, error.outcome], ["timeout", "unknown"]);
    await gone;
  }
  silent.close();
});

test("a connection that was refused, or a host that does not exist, has sent nothing", LIMIT, async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const refusing = `http://127.0.0.1:${closed.address().port}`;
  closed.close();
  await once(closed, "close");
  for (const fetch of [undefined, undici.fetch, nodeFetch]) {
    const client = new GiftCardPartners({ baseUrl: refusing, fetch, maxRetries: 0 });

    const error = await rejection(client.createOrder(order()));

    assert.ok(error instanceof NetworkError);
    assert.deepEqual([error.outcome, error.attempts, error.cause.code], ["not-sent", 0, "ECONNREFUSED"]);
  }
});

const failed = (cause, more) => Object.assign(new TypeError("fetch failed", { cause: cause && Object.assign(new Error("x"), cause) }), more);
// [what fetch does, what is known]
const FAILURES = [
  [() => { throw new TypeError("Failed to parse URL"); }, "not-sent"],
  [() => { throw undefined; }, "not-sent"],
  [() => Promise.reject(failed({ code: "ECONNREFUSED" })), "not-sent"],
  [() => Promise.reject(failed({ code: "ENOTFOUND", hostname: "api.example" })), "not-sent"],
  [() => Promise.reject(failed({ code: "EAI_AGAIN" })), "not-sent"],
  [() => Promise.reject(failed({ code: "ECONNREFUSED", port: 443 })), "not-sent"],
  [() => Promise.reject(failed(undefined, { code: "ConnectionRefused" })), "not-sent"],
  [() => Promise.reject(failed({ cause: Object.assign(new Error("y"), { code: "ECONNREFUSED" }) })), "not-sent"],
  ...["CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID", "DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "ERR_INVALID_URL", "EAI_FAIL", "UND_ERR_CONNECT_TIMEOUT"].map((code) => [
    Object.assign(() => Promise.reject(failed({ code })), { toString: () => code }),
    "not-sent",
  ]),
  [() => Promise.reject(failed({ code: "ERR_TLS_CERT_ALTNAME_INVALID", host: "api.example" })), "not-sent"],
  // A fetch of the caller's own may ask another server too, once the order has left.
  [() => Promise.reject(failed({ code: "ECONNREFUSED", port: 6379 })), "unknown"],
  [() => Promise.reject(failed({ code: "ECONNREFUSED", errors: [{ port: 6379 }] })), "unknown"],
  [() => Promise.reject(failed({ code: "ENOTFOUND", hostname: "log.example" })), "unknown"],
  [() => Promise.reject(failed({ code: "ERR_TLS_CERT_ALTNAME_INVALID", host: "log.example" })), "unknown"],
  // Nobody knows how far these got.
  [() => Promise.reject(failed()), "unknown"],
  [() => Promise.reject(failed({ code: "ECONNRESET" })), "unknown"],
  [() => Promise.reject(failed({ code: "ETIMEDOUT" })), "unknown"],
  [() => Promise.reject(failed({ code: "EHOSTUNREACH" })), "unknown"],
  [() => Promise.reject(failed({ code: "EPROTO" })), "unknown"],
  [() => Promise.reject(failed({ code: "UND_ERR_SOCKET" })), "unknown"],
  [() => Promise.reject(new DOMException("x", "AbortError")), "unknown"],
  [() => Promise.reject("ECONNREFUSED"), "unknown"],
];
test("an order is called not sent where nothing of it can have left, and unknown everywhere else", LIMIT, async (t) => {
  const clock = fastClock(t);
  for (const [fail, outcome] of FAILURES) {
    const { client, posts } = bare((request) => (request.method === "GET" ? Promise.reject(failed()) : fail()), { maxRetries: 1 });

    const error = await clock.run(rejection(client.createOrder(order())));

    const about = `${fail}`;
    assert.deepEqual([error.code, error.outcome, error.attempts], ["network", outcome, outcome === "unknown" ? 2 : 0], about);
    assert.equal(posts().length, 2, about);
  }
});

test("what never left is sent again, and a request that was lost before stays in doubt", LIMIT, async (t) => {
  const clock = fastClock(t);
  const refused = () => Promise.reject(failed({ code: "ECONNREFUSED" }));
  const lost = bare((request, count) => (count === 1 ? Promise.reject(failed()) : refused()), { maxRetries: 1 });
  const { Value: token } = await (await sandbox.fetch("/v1/Tokens", { method: "POST", headers: { Email: credentials.email, AccessToken: credentials.accessToken } })).json();
  const authorized = new GiftCardPartners({
    baseUrl: "https://api.example",
    headers: { Authorization: `Bearer ${token}` },
    fetch: ((count) => (request) => ((count += 1) === 1 ? refused() : send(request)))(0),
  });

  const placed = await clock.run(authorized.createOrder(order()));
  const doubtful = await clock.run(rejection(lost.client.createOrder(order())));

  assert.deepEqual([placed.outcome, placed.attempts], ["created", 1]);
  assert.deepEqual([doubtful.outcome, doubtful.attempts], ["unknown", 1]);
});
