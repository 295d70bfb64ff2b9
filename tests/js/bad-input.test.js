// What nobody should hand in and everybody does: each ends at once with an error of the right class, and nothing hangs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import {
  AuthenticationError,
  ConfigError,
  DecodeError,
  GiftCardError,
  GiftCardPartners,
  NetworkError,
  TimeoutError,
  ValidationError,
  derivePoNumber,
  parseOrder,
  isGiftCardError,
  responseBody,
  validateOrder,
} from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { BASE_URL, DIGITAL, LIMIT, LINKS, assertSilent, bare, fastClock, json, rejection, thrown } from "./support.js";

const EMAIL = "secret.person@example.org";
const ACCESS_TOKEN = "access-token-SECRET";
const CREDENTIALS = { email: EMAIL, accessToken: ACCESS_TOKEN };
const SECRETS = [EMAIL, ACCESS_TOKEN, "Bearer", "eyJ"];

const cyclic = { ...LINKS };
cyclic.Self = cyclic;
const throwing = Object.defineProperty({ ...LINKS }, "Note", {
  enumerable: true,
  get() {
    throw new Error(`a getter that tells ${EMAIL}`);
  },
});

function detached(view) {
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

const NO_ORDERS = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 7],
  ["NaN", NaN],
  ["a boolean", true],
  ["a function", () => LINKS],
  ["a symbol", Symbol("order")],
  ["a BigInt", 7n],
  ["an object with a BigInt in it", { ...LINKS, LineItems: [{ ...LINKS.LineItems[0], Quantity: 1n }] }],
  ["an object that holds itself", cyclic],
  ["an object with a getter that throws", throwing],
  ["a proxy that throws", new Proxy({}, { get: () => { throw new Error(EMAIL); }, ownKeys: () => { throw EMAIL; } })],
  ["a revoked proxy", (() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()],
  ["an object whose toJSON returns nothing", { toJSON: () => undefined }],
  ["an object whose toJSON throws undefined", { toJSON() { throw undefined; } }],
  ["an array", [LINKS]],
  ["a promise of an order", Promise.resolve(LINKS)],
  ["a Map", new Map(Object.entries(LINKS))],
  ["a Date", new Date(0)],
  ["an order with NaN", { ...LINKS, LineItems: [{ ...LINKS.LineItems[0], Value: NaN }] }],
  ["an order with Infinity", { ...LINKS, LineItems: [{ ...LINKS.LineItems[0], Value: Infinity }] }],
  ["an empty text", ""],
  ["spaces", "  \n"],
  ["text that is no JSON", "not JSON"],
  ["JSON that is cut", JSON.stringify(LINKS).slice(0, -1)],
  ["JSON with something behind it", `${JSON.stringify(LINKS)} x`],
  ["JSON with a comment", `/* */${JSON.stringify(LINKS)}`],
  ["JSON with a trailing comma", `${JSON.stringify(LINKS).slice(0, -1)},}`],
  ["JSON that is a text", '"order"'],
  ["text with half of a surrogate pair", JSON.stringify({ ...LINKS, Note: "x" }).replace('"x"', '"\ud800"')],
  ["no bytes", new Uint8Array()],
  ["bytes that are no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ["bytes with a byte order mark of UTF-16", new Uint8Array(Buffer.from(`\ufeff${JSON.stringify(LINKS)}`, "utf16le"))],
  ["a view of a detached buffer", detached(new Uint8Array(8))],
  ["a DataView of a detached buffer", detached(new DataView(new ArrayBuffer(8)))],
  ["a detached buffer", detached(new Uint8Array(8)).buffer],
  ["brackets a million deep", "[".repeat(1_000_000)],
  ["objects a hundred thousand deep", '{"Note":'.repeat(100_000)],
];

for (const [name, input] of NO_ORDERS) {
  test(`${name} is no order: reported by validateOrder, refused by createOrder before anything is sent`, LIMIT, async () => {
    const { client, requests } = bare(() => json({}));

    const report = validateOrder(input);
    const error = await rejection(client.createOrder(input));

    assert.equal(report.valid, false);
    assert.ok(report.issues.length > 0);
    assert.ok(error instanceof ValidationError);
    assert.deepEqual([error.outcome, error.attempts], ["not-sent", 0]);
    assert.ok(error.issues.length > 0);
    assertSilent(error, SECRETS);
    assertSilent(report, SECRETS);
    assert.deepEqual(requests, []);
  });
}

const MEGABYTES = 50 << 20;
const huge = () => JSON.stringify({ ...LINKS, Note: "x".repeat(MEGABYTES) });
for (const [name, make] of [
  ["text", huge],
  ["bytes", () => Buffer.from(huge())],
  ["an object", () => ({ ...LINKS, Note: "x".repeat(MEGABYTES) })],
  ["an object with 400,000 lines", () => ({ ...LINKS, LineItems: Array(400_000).fill(LINKS.LineItems[0]) })],
]) {
  test(`an order of 50 MB given as ${name} is refused and not sent`, { timeout: 60_000 }, async () => {
    const { client, requests } = bare(() => json({}));
    const order = make();

    const report = validateOrder(order);
    const error = await rejection(client.createOrder(order));

    assert.ok(report.issues.some(({ code }) => code === "too_large" || code === "too_long"));
    assert.ok(report.issues.length <= 1_000);
    assert.ok(error instanceof ValidationError);
    assert.equal(error.outcome, "not-sent");
    assert.ok(error.issues.some(({ code }) => code === "too_large"));
    assert.ok(JSON.stringify(error).length < 1_000_000);
    assert.deepEqual(requests, []);
  });
}

for (const [name, make] of [
  ["text", () => " ".repeat((64 << 20) + 1)],
  ["bytes", () => new Uint8Array((64 << 20) + 1)],
]) {
  test(`${name} of more than 64 MiB is not even read`, LIMIT, () => {
    const report = validateOrder(make());

    assert.deepEqual(report.issues.map(({ code }) => code), ["too_large"]);
  });
}

const PLAIN = { baseUrl: BASE_URL, fetch: () => json({}) };
/** An object one of whose fields cannot be read. */
const throwingAt = (name, others) =>
  Object.defineProperty({ ...others }, name, {
    enumerable: true,
    get() {
      throw new Error(EMAIL);
    },
  });
const BAD_OPTIONS = [
  ["no options", undefined],
  ["null", null],
  ["text for options", BASE_URL],
  ["no baseUrl", { fetch: PLAIN.fetch }],
  ["an empty baseUrl", { ...PLAIN, baseUrl: "" }],
  ["a number for baseUrl", { ...PLAIN, baseUrl: 7 }],
  ["an object for baseUrl", { ...PLAIN, baseUrl: {} }],
  ["a malformed baseUrl", { ...PLAIN, baseUrl: "https://" }],
  ["a baseUrl without its scheme", { ...PLAIN, baseUrl: "api.example" }],
  ["a relative baseUrl where there is no page", { ...PLAIN, baseUrl: "/api" }],
  ["ftp:", { ...PLAIN, baseUrl: "ftp://api.example" }],
  ["file:", { ...PLAIN, baseUrl: "file:///api" }],
  ["javascript:", { ...PLAIN, baseUrl: "javascript:alert(1)" }],
  ["a user in baseUrl", { ...PLAIN, baseUrl: `https://user:${ACCESS_TOKEN}@api.example` }],
  ["a user alone in baseUrl", { ...PLAIN, baseUrl: `https://${ACCESS_TOKEN}@api.example` }],
  ["a query in baseUrl", { ...PLAIN, baseUrl: `https://api.example/?key=${ACCESS_TOKEN}` }],
  ["a fragment in baseUrl", { ...PLAIN, baseUrl: "https://api.example/#x" }],
  ["an empty query in baseUrl", { ...PLAIN, baseUrl: "https://api.example/a?" }],
  ["an empty fragment in baseUrl", { ...PLAIN, baseUrl: "https://api.example/a#" }],
  ["a URL with an empty query for baseUrl", { ...PLAIN, baseUrl: new URL("https://api.example/a?") }],
  ["http: with credentials", { ...PLAIN, baseUrl: "http://api.example", credentials: CREDENTIALS }],
  ["http: with credentials to a host that only looks like loopback", { ...PLAIN, baseUrl: "http://localhost.example", credentials: CREDENTIALS }],
  ["http: with credentials to a host that only begins like loopback", { ...PLAIN, baseUrl: "http://127.0.0.1.example", credentials: CREDENTIALS }],
  ["text for credentials", { ...PLAIN, credentials: ACCESS_TOKEN }],
  ["empty credentials", { ...PLAIN, credentials: {} }],
  ["credentials without their email", { ...PLAIN, credentials: { accessToken: ACCESS_TOKEN } }],
  ["credentials without their token", { ...PLAIN, credentials: { email: EMAIL } }],
  ["credentials with an empty token", { ...PLAIN, credentials: { email: EMAIL, accessToken: "" } }],
  ["credentials with a number", { ...PLAIN, credentials: { email: EMAIL, accessToken: 7 } }],
  ["credentials with a line break", { ...PLAIN, credentials: { email: EMAIL, accessToken: `${ACCESS_TOKEN}\r\nX: y` } }],
  ["credentials with a line break at their end", { ...PLAIN, credentials: { email: `${EMAIL}\n`, accessToken: ACCESS_TOKEN } }],
  ["credentials with letters that no header takes", { ...PLAIN, credentials: { email: EMAIL, accessToken: `${ACCESS_TOKEN}ü` } }],
  ["a header with a line break", { ...PLAIN, headers: { "X-Key": `${ACCESS_TOKEN}\nX: y` } }],
  ["a header with a zero byte", { ...PLAIN, headers: { "X-Key": `${ACCESS_TOKEN}\0` } }],
  ["a header whose name has a space", { ...PLAIN, headers: { "X Key": ACCESS_TOKEN } }],
  ["a header without a name", { ...PLAIN, headers: { "": ACCESS_TOKEN } }],
  ["a header that is no text", { ...PLAIN, headers: { "X-Key": 7 } }],
  ["text for headers", { ...PLAIN, headers: ACCESS_TOKEN }],
  ["headers with a getter that throws", { ...PLAIN, headers: { get "X-Key"() { throw new Error(ACCESS_TOKEN); } } }],
  ["text for fetch", { ...PLAIN, fetch: "fetch" }],
  ["an object without fetch for fetch", { ...PLAIN, fetch: {} }],
  ["text for onEvent", { ...PLAIN, onEvent: "log" }],
  ["a timeout of zero", { ...PLAIN, timeoutMs: 0 }],
  ["a timeout that is no number", { ...PLAIN, timeoutMs: NaN }],
  ["a deadline that is text", { ...PLAIN, deadlineMs: "1000" }],
  ["half a retry", { ...PLAIN, maxRetries: 0.5 }],
  ["less than no retries", { ...PLAIN, maxRetries: -1 }],
  ["endless retries", { ...PLAIN, maxRetries: Infinity }],
  ["101 retries", { ...PLAIN, maxRetries: 101 }],
  ["a number for limits.maxOrderValue", { ...PLAIN, limits: { maxOrderValue: 500 } }],
  ["words for limits.maxOrderValue", { ...PLAIN, limits: { maxOrderValue: "much" } }],
  ["no lines at all", { ...PLAIN, limits: { maxLines: 0 } }],
  ["a limit that is spelled wrong", { ...PLAIN, limits: { maxLinez: 1 } }],
  ["a number for limits", { ...PLAIN, limits: 500 }],
  ["limits that throw", { ...PLAIN, limits: new Proxy({}, { ownKeys: () => { throw EMAIL; } }) }],
  ["a Map for limits", { ...PLAIN, limits: new Map([["maxOrderValue", "1"]]) }],
  ["an array for limits", { ...PLAIN, limits: [] }],
  ["a Date for limits", { ...PLAIN, limits: new Date(0) }],
  ["a function for limits", { ...PLAIN, limits: () => ({ maxOrderValue: "1" }) }],
  ...["maxOrderValue", "maxLines", "maxCampaignValue"].map((name) => [`limits whose ${name} throws`, { ...PLAIN, limits: throwingAt(name) }, name]),
  ["a promise for headers", { ...PLAIN, headers: Promise.resolve({ "X-Key": ACCESS_TOKEN }) }],
  ["a list that is no pairs for headers", { ...PLAIN, headers: ["X-Key", ACCESS_TOKEN] }],
  ["a Map with a number for headers", { ...PLAIN, headers: new Map([["X-Key", 7]]) }],
  ["pairs of three for headers", { ...PLAIN, headers: [["X-Key", ACCESS_TOKEN, ""]] }],
  ["text for dangerouslyAllowBrowser", { ...PLAIN, dangerouslyAllowBrowser: "false" }, "dangerouslyAllowBrowser"],
  ["a number for dangerouslyAllowBrowser", { ...PLAIN, dangerouslyAllowBrowser: 1 }, "dangerouslyAllowBrowser"],
  ["text for cacheToken", { ...PLAIN, cacheToken: "no" }, "cacheToken"],
  ...["baseUrl", "credentials", "headers", "fetch", "cache", "cacheToken", "timeoutMs", "deadlineMs", "maxRetries", "catalogTtlSeconds", "limits", "onEvent", "dangerouslyAllowBrowser"]
    .map((name) => [`a getter of ${name} that throws`, throwingAt(name, PLAIN), name]),
];

for (const [name, options, option = ""] of BAD_OPTIONS) {
  test(`${name}: the constructor throws a ConfigError that repeats nothing`, LIMIT, () => {
    const error = thrown(() => new GiftCardPartners(options));

    assert.ok(error instanceof ConfigError);
    assert.equal(error.code, "invalid_config");
    assert.match(error.message, /\S{3,} \S/);
    assert.ok(error.message.includes(option), error.message);
    assertSilent(error, SECRETS);
  });
}

test("http: is taken without credentials, and with them to loopback", LIMIT, () => {
  for (const options of [
    { baseUrl: "http://api.example" },
    { baseUrl: "http://localhost:8787", credentials: CREDENTIALS },
    { baseUrl: "http://127.0.0.1:8787", credentials: CREDENTIALS },
    { baseUrl: "http://[::1]:8787", credentials: CREDENTIALS },
  ]) {
    new GiftCardPartners(options).free();
  }
});

test("a limit that is undefined is none", LIMIT, () => {
  new GiftCardPartners({ ...PLAIN, limits: { maxLines: undefined, maxOrderValue: null, maxCampaignValue: "1" } }).free();
});

test("false, undefined and null are no permission, and true is one", LIMIT, () => {
  for (const given of [true, false, undefined, null]) {
    new GiftCardPartners({ ...PLAIN, dangerouslyAllowBrowser: given, cacheToken: given }).free();
  }
});

test("what is wrong with letters outside of ASCII in credentials is said", LIMIT, () => {
  const error = thrown(() => new GiftCardPartners({ ...PLAIN, credentials: { email: `ü${EMAIL}`, accessToken: ACCESS_TOKEN } }));

  assert.match(error.message, /email.*ASCII/);
});

for (const [name, give] of [
  ["Headers", (pairs) => new Headers(pairs)],
  ["a Map", (pairs) => new Map(pairs)],
  ["pairs", (pairs) => pairs],
  ["a function of Headers", (pairs) => async () => new Headers(pairs)],
]) {
  test(`headers given as ${name} are sent`, LIMIT, async () => {
    const { client, requests } = bare(() => json({}), { headers: give([["X-Tenant", "acme"], ["X-Key", "k"]]) });

    await client.accountBalance();

    const { headers } = requests[0].request;
    assert.deepEqual([headers.get("x-tenant"), headers.get("x-key")], ["acme", "k"]);
  });
}

const CALLS = {
  accountBalance: (client, options) => client.accountBalance(options),
  getOrder: (client, options) => client.getOrder("1", options),
  createOrder: (client, options) => client.createOrder(LINKS, options),
  waitForOrder: (client, options) => client.waitForOrder("1", options),
  listProducts: (client, options) => client.listProducts({}, options),
  listCarriers: (client, options) => client.listCarriers(options),
  catalog: (client, options) => client.catalog(options),
  findOrder: (client, options) => client.findOrder("PO-1", options),
  confirmFulfillment: (client, options) => client.confirmFulfillment('{"Id":"1"}', options),
  request: (client, options) => client.request("GET", "/v1/Status", options),
};
const OWN = { waitForOrder: ["onUpdate"], catalog: ["refresh"], findOrder: ["maxPages"], confirmFulfillment: ["poNumber"] };

for (const [call, ask] of Object.entries(CALLS)) {
  test(`${call}: options that cannot be read, and a signal that lacks a part of one, are a ConfigError before anything is sent`, LIMIT, async () => {
    const { client, requests } = bare(() => json({ Id: "1", Status: "Completed" }));
    const parts = { aborted: false, addEventListener() {}, removeEventListener() {} };
    const options = [
      ...["signal", "timeoutMs", "deadlineMs", ...(OWN[call] ?? [])].map((name) => throwingAt(name)),
      ...Object.keys(parts).map((name) => ({ signal: { ...parts, [name]: undefined } })),
      { signal: throwingAt("aborted", parts) },
      "options",
      5,
    ];

    for (const given of options) {
      const error = await rejection(ask(client, given));
      assert.ok(error instanceof ConfigError, inspect(error));
      assertSilent(error, SECRETS);
    }
    assert.deepEqual(requests, []);
  });
}

test("where there is no fetch that is said, and nobody calls it a lost connection", LIMIT, async (t) => {
  const { fetch } = globalThis;
  t.after(() => (globalThis.fetch = fetch));
  delete globalThis.fetch;

  const error = await rejection(new GiftCardPartners({ baseUrl: BASE_URL }).accountBalance());

  assert.ok(error instanceof ConfigError, inspect(error));
  assert.match(error.message, /fetch/);
});

test("a method that has lost its client says so", LIMIT, async () => {
  const { createOrder, waitForOrder } = new GiftCardPartners(PLAIN);

  for (const call of [() => createOrder(LINKS), () => waitForOrder("1")]) {
    assert.match((await rejection(call())).message, /method of a client/);
  }
});

test("what is an object to JavaScript and none to JSON is no order at all", LIMIT, () => {
  const inputs = [new Map(), new Set(), Promise.resolve(LINKS), new Blob(["{}"]), new FormData(), new Request(BASE_URL), new SharedArrayBuffer(8), new URLSearchParams(), () => LINKS, new Date(0)];
  for (const input of inputs) {
    const { issues } = validateOrder(input);
    assert.deepEqual(issues.map(({ code, path }) => [code, path]), [["invalid_type", []]], inspect(input));
    assert.match(issues[0].message, /^The order must be an object with fields of its own, not one that JSON knows nothing of/);
  }
});

test("what is none to JSON inside an order is an error at its place, and is not sent as nothing", LIMIT, async () => {
  const [line] = DIGITAL.LineItems;
  const { client, requests } = bare(() => assert.fail("nothing may be sent"));
  for (const part of [new Map([["To", "Ann"]]), new Set(["Ann"]), Promise.resolve({ To: "Ann" }), new FormData()]) {
    const order = { ...DIGITAL, LineItems: [line, { ...line, Personalization: part }] };

    const { issues } = validateOrder(order);
    const error = await rejection(client.createOrder(order));

    assert.deepEqual(issues.filter(({ severity }) => severity === "error").map(({ code, path }) => [code, path]), [["invalid_type", ["LineItems", 1, "Personalization"]]], inspect(part));
    assert.deepEqual([error.code, error.outcome], ["validation_failed", "not-sent"]);
  }
  assert.deepEqual(requests, []);
  // An object that is empty is one, whatever a text holds.
  for (const Message of [undefined, "{}"]) {
    const order = { ...DIGITAL, LineItems: [{ ...line, Personalization: { ...(Message && { Message }) } }] };
    assert.equal(validateOrder(order).valid, true);
  }
});

test("an id that would name another path is refused in words that fit", LIMIT, async () => {
  const { client, requests } = bare(() => json({}));
  for (const id of ["", " ", ".", ".."]) {
    const error = await rejection(client.getOrder(id));
    assert.equal(error.message, "getOrder: id must be a text, neither empty nor . or ..");
  }
  assert.deepEqual(requests, []);
});

test("an order with a class of its own is read as it was", LIMIT, () => {
  class Own {
    constructor() {
      Object.assign(this, LINKS);
    }
  }
  const hidden = { toJSON: () => LINKS, get [Symbol.toStringTag]() { return "Own"; } };
  for (const input of [new Own(), hidden, Object.assign(Object.create(null), LINKS)]) assert.equal(validateOrder(input).valid, true);
});

test("isGiftCardError and responseBody of what throws are false and undefined", LIMIT, () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const value of [hostile, proxy, null, undefined, 7]) {
    assert.equal(isGiftCardError(value), false);
    assert.equal(responseBody(value), undefined);
  }
});

test("a constructor called as a function throws", LIMIT, () => {
  assert.throws(() => GiftCardPartners(PLAIN), TypeError);
});

const telling = () =>
  Object.assign(new TypeError(`fetch failed for Bearer eyJ.${ACCESS_TOKEN} of ${EMAIL}`), {
    code: `${ACCESS_TOKEN} ${EMAIL}`,
    request: { headers: CREDENTIALS },
    cause: Object.assign(new Error(EMAIL), { code: "ECONNRESET", errors: [new Error(ACCESS_TOKEN)] }),
  });
const hostile = new Proxy({}, { get: () => { throw new Error(EMAIL); }, has: () => { throw new Error(EMAIL); } });

// [what fetch does, the class of the error]
const FETCHES = [
  ["throws at once", () => { throw telling(); }, NetworkError],
  ["throws a text", () => { throw EMAIL; }, NetworkError],
  ["rejects with an error that tells everything", () => Promise.reject(telling()), NetworkError],
  ["rejects with a text", () => Promise.reject(EMAIL), NetworkError],
  ["rejects with undefined", () => Promise.reject(undefined), NetworkError],
  ["rejects with null", () => Promise.reject(null), NetworkError],
  ["rejects with a number", () => Promise.reject(7), NetworkError],
  ["rejects with a symbol", () => Promise.reject(Symbol(EMAIL)), NetworkError],
  ["rejects with an object that throws", () => Promise.reject(hostile), NetworkError],
  ["rejects with an AbortError of its own", () => Promise.reject(new DOMException(EMAIL, "AbortError")), NetworkError],
  ["returns undefined", () => undefined, DecodeError],
  ["returns null", () => null, DecodeError],
  ["returns 42", () => 42, DecodeError],
  ["returns text", () => EMAIL, DecodeError],
  ["returns {}", () => ({}), DecodeError],
  ["returns a promise of undefined", async () => undefined, DecodeError],
  ["returns an object that throws", () => new Proxy({}, { get: (_, key) => { if (key === "then") return undefined; throw new Error(EMAIL); } }), DecodeError],
  ["returns a status that is text", () => ({ status: "200", headers: new Headers(), arrayBuffer: async () => new ArrayBuffer(0) }), DecodeError],
  ["returns a status out of range", () => ({ status: 20_000, headers: new Headers(), arrayBuffer: async () => new ArrayBuffer(0) }), DecodeError],
  ["returns an error of the platform", () => Response.error(), DecodeError],
  ["returns an answer without arrayBuffer", () => ({ status: 201, headers: new Headers() }), DecodeError],
  ["returns an answer whose arrayBuffer throws", () => ({ status: 201, headers: new Headers(), arrayBuffer() { throw telling(); } }), DecodeError],
  ["returns an answer whose arrayBuffer gives text", () => ({ status: 201, headers: new Headers(), arrayBuffer: () => EMAIL }), DecodeError],
  ["returns an answer whose arrayBuffer gives a detached buffer", () => ({ status: 201, headers: new Headers(), arrayBuffer: () => detached(new Uint8Array(8)).buffer }), DecodeError],
  ["returns an answer without headers", () => ({ status: 201, arrayBuffer: async () => new ArrayBuffer(0) }), DecodeError],
  ["returns an answer that was read already", async () => { const answer = json({ Id: "1" }, 201); await answer.text(); return answer; }, DecodeError],
  ["answers 201 with nothing", () => new Response(null, { status: 201 }), DecodeError],
  ["answers 204", () => new Response(null, { status: 204 }), DecodeError],
  ["answers 201 with HTML", () => new Response("<html>", { status: 201 }), DecodeError],
  ["answers 201 with JSON that is cut", () => new Response('{"Id":"1","Li', { status: 201 }), DecodeError],
  ["answers 201 with an order without an id", () => json({ PONumber: EMAIL }, 201), DecodeError],
  ["answers 201 with bytes that are no UTF-8", () => new Response(new Uint8Array([123, 34, 255, 34, 125]), { status: 201 }), DecodeError],
  ["answers 201 with a body that breaks off", () => new Response(new ReadableStream({ pull: (stream) => stream.error(telling()) }), { status: 201 }), DecodeError],
  ["answers 201 and says that 5 GB follow", () => json({ Id: "1" }, 201, { "Content-Length": String(5 * 2 ** 29) }), DecodeError],
  ["answers 302", () => new Response(EMAIL, { status: 302, headers: { Location: `https://evil.example/?${ACCESS_TOKEN}` } }), GiftCardError, "redirected"],
  ["answers with a redirect that the platform hides", () => ({ type: "opaqueredirect", status: 0, headers: new Headers(), arrayBuffer: async () => new ArrayBuffer(0) }), GiftCardError, "redirected"],
  ["answers 504 with HTML", () => new Response(`<html>${EMAIL}`, { status: 504, headers: { "Content-Type": "text/html" } }), TimeoutError],
  ["answers 500", () => json({ Message: EMAIL }, 500), GiftCardError, "server_error"],
  ["answers 501", () => json({ Message: EMAIL }, 501), GiftCardError, "server_error"],
  ["answers 418", () => json({ Message: EMAIL }, 418), GiftCardError, "unexpected_status"],
  ["answers 403", () => json({ Message: EMAIL }, 403), AuthenticationError, "forbidden"],
  ["answers 401 again and again", () => json({ Message: EMAIL }, 401), AuthenticationError, "unauthorized"],
  ["answers with a request id that is a person", () => json({}, 400, { "X-Request-Id": "\u00fc".repeat(10) }), GiftCardError, "bad_request"],
];
const REFUSED = ["answers 302", "answers 501", "answers 403", "answers 401 again and again", "answers with a request id that is a person"];

for (const [name, answer, expected, code] of FETCHES) {
  test(`fetch ${name}: the order fails as ${expected.name}, tells nobody, and is sent again only as it was`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const sandbox = createSandbox();
    const bodies = [];
    const fetch = (request) => {
      if (request.url.endsWith("/v1/Tokens")) return sandbox.fetch(request);
      if (request.method !== "POST") return Promise.reject(new TypeError("fetch failed"));
      bodies.push(request.clone().text());
      return answer(request);
    };
    const { baseUrl, credentials } = sandbox;
    const client = new GiftCardPartners({ baseUrl, credentials, fetch, maxRetries: 2 });

    const error = await clock.run(rejection(client.createOrder(DIGITAL)));

    assert.ok(error instanceof expected, inspect(error));
    assert.ok(expected !== GiftCardError || error.constructor === GiftCardError, inspect(error));
    if (code) assert.equal(error.code, code);
    // What throws instead of promising has sent nothing.
    const refused = REFUSED.includes(name) ? "rejected" : "unknown";
    assert.equal(error.outcome, name.startsWith("throws ") ? "not-sent" : refused);
    assert.equal(error.poNumber, DIGITAL.PONumber);
    assertSilent(error, [...SECRETS, credentials.email, credentials.accessToken, "person@example.org", "evil.example"]);
    assert.ok(bodies.length >= 1 && bodies.length <= 3);
    assert.deepEqual(new Set(await Promise.all(bodies)), new Set([JSON.stringify(DIGITAL)]));
    assert.equal(clock.pending(), 0);
  });
}

test("a 404 names the path that was asked for, with that of baseUrl", LIMIT, async () => {
  const { client } = bare(() => json({}, 404));

  for (const [call, path] of [
    [client.getOrder("1"), "GET /base/v1/Orders/1."],
    [client.createOrder(LINKS), "POST /base/v1/Orders."],
    [client.request("GET", "/v1/Tomorrow"), "GET /base/v1/Tomorrow."],
  ]) {
    const { message } = await rejection(call);
    assert.ok(message.includes(`: ${path}`), message);
  }
});

test("no answer of another status than 2xx is taken for a placed order", LIMIT, async () => {
  for (const status of [400, 403, 404, 422]) {
    const { client, posts } = bare(() => json({ Id: "1" }, status));

    const error = await rejection(client.createOrder(LINKS));

    assert.deepEqual([error.status, error.outcome], [status, "rejected"]);
    assert.equal(posts().length, 1);
  }
});

for (const [name, answer, expected, code] of [
  ["401", () => json({ Message: EMAIL }, 401), AuthenticationError, "unauthorized"],
  ["403", () => json({ Message: EMAIL }, 403), AuthenticationError, "forbidden"],
  // What is said of a token is said of no order; and of no credentials, but by a 401.
  ["400", () => json({ Message: EMAIL }, 400), GiftCardError, "unexpected_status"],
  ["409", () => json({ Id: "1" }, 409), GiftCardError, "unexpected_status"],
  ["422", () => json({ Message: EMAIL }, 422), GiftCardError, "unexpected_status"],
  ["404", () => json({ Message: EMAIL }, 404), GiftCardError, "not_found"],
  ["500", () => json({ Message: EMAIL }, 500), GiftCardError, "server_error"],
  ["HTML", () => new Response(`<html>${EMAIL}`), DecodeError, "invalid_answer"],
  ["a token that no header takes", () => json({ Value: `eyJ.${ACCESS_TOKEN}\n`, ExpiresIn: 3600 }), DecodeError, "invalid_answer"],
  ["a token that is a number", () => json({ Value: 7 }), DecodeError, "invalid_answer"],
  ["nothing", () => new Response(null, { status: 200 }), DecodeError, "invalid_answer"],
  ["a redirect", () => new Response(null, { status: 302, headers: { Location: "https://evil.example" } }), GiftCardError, "redirected"],
  ["a lost connection", () => Promise.reject(telling()), NetworkError, "network"],
  ["silence", () => new Promise(() => {}), TimeoutError, "timeout"],
]) {
  test(`the token endpoint answers ${name}: the call fails with ${code}, and no order is sent`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const paths = [];
    const fetch = (request) => {
      paths.push(new URL(request.url).pathname);
      return answer();
    };
    const client = new GiftCardPartners({ baseUrl: BASE_URL, credentials: CREDENTIALS, fetch, maxRetries: 1, timeoutMs: 2_000 });

    const error = await clock.run(rejection(client.createOrder(LINKS)));

    assert.ok(error instanceof expected, inspect(error));
    assert.equal(error.code, code);
    assert.deepEqual([error.outcome, error.attempts], ["not-sent", 0]);
    assertSilent(error, SECRETS);
    assert.deepEqual(new Set(paths), new Set(["/base/v1/Tokens"]));
    assert.equal(clock.pending(), 0);
  });
}

for (const option of ["credentials", "headers"]) {
  for (const [name, give, expected] of [
    ["throws", () => { throw telling(); }, ConfigError],
    ["rejects", () => Promise.reject(telling()), ConfigError],
    ["returns undefined", () => undefined, ConfigError],
    ["returns text", () => ACCESS_TOKEN, ConfigError],
    ["returns line breaks", () => ({ email: EMAIL, accessToken: `${ACCESS_TOKEN}\n` }), ConfigError],
    ["never answers", () => new Promise(() => {}), TimeoutError],
  ]) {
    test(`a function for ${option} that ${name} fails the call, and nothing is sent`, LIMIT, async (t) => {
      const clock = fastClock(t);
      const { client, requests } = bare(() => json({}), { [option]: give });

      const error = await clock.run(rejection(client.createOrder(LINKS)));

      assert.ok(error instanceof expected, inspect(error));
      if (expected === TimeoutError) assert.match(error.message, new RegExp(option));
      assert.equal(error.outcome, "not-sent");
      assertSilent(error, SECRETS);
      assert.deepEqual(requests, []);
      assert.equal(clock.pending(), 0);
    });
  }
}

for (const id of ["..", ".", "", "  ", 7.5, -7, null, undefined, {}, [], Symbol("id")]) {
  test(`getOrder(${inspect(id)}) and waitForOrder of it are a ConfigError, and nothing is sent`, LIMIT, async () => {
    const { client, requests } = bare(() => json({ Id: "1" }));

    const errors = [await rejection(client.getOrder(id)), await rejection(client.waitForOrder(id))];

    assert.ok(errors.every((error) => error instanceof ConfigError));
    assert.deepEqual(requests, []);
  });
}

for (const params of [
  { pageIndex: 0 }, { pageIndex: -1 }, { pageIndex: 1.5 }, { pageIndex: "1" }, { pageIndex: Infinity }, { pageSize: 0 },
  { pageSize: -1 }, { pageSize: "5" }, { pageSize: 1e300 }, { productName: 7 }, { productType: {} },
  5, "params", [], new Map(), throwingAt("pageSize"), hostile,
]) {
  test(`listProducts(${inspect(params, { getters: false })}) is a ConfigError, and nothing is sent`, LIMIT, async () => {
    const { client, requests } = bare(() => json([]));

    const error = await rejection(client.listProducts(params));

    assert.ok(error instanceof ConfigError);
    assert.deepEqual(requests, []);
  });
}

test("odd text in a query is sent as one value", LIMIT, async () => {
  const { client, requests } = bare(() => json([]));
  const productName = "a&b=c#d %20+ü\n";

  await client.listProducts({ productName });

  assert.equal(new URL(requests[0].request.url).searchParams.get("productName"), productName);
});

for (const maxIssues of [-1, 1.5, NaN, Infinity, "5", {}]) {
  test(`validateOrder with maxIssues ${inspect(maxIssues)} throws a ConfigError`, LIMIT, () => {
    const error = thrown(() => validateOrder(LINKS, { maxIssues }));

    assert.ok(error instanceof ConfigError);
  });
}

for (const options of ["x", true, Symbol("x"), throwingAt("maxIssues"), throwingAt("catalog")]) {
  test(`validateOrder with the options ${inspect(options)} throws a ConfigError`, LIMIT, () => {
    const error = thrown(() => validateOrder(LINKS, options));

    assert.ok(error instanceof ConfigError);
    assertSilent(error, SECRETS);
  });
}

test("what is false and an index are no options", () => {
  const orders = [LINKS, { ...LINKS, PONumber: "LINKS-2" }];

  assert.deepEqual(orders.map(validateOrder).map(({ valid }) => valid), [true, true]);
  assert.deepEqual(orders.map(parseOrder), orders);
  assert.equal([["a"], ["b"]].map(derivePoNumber).length, 2);
  for (const options of [false, 0, "", null, undefined]) assert.ok(validateOrder(LINKS, options).valid);
});

test("an order of a class of one's own with a tag is an order, however many lines it has", () => {
  class Tagged {
    constructor(fields) {
      Object.assign(this, fields);
    }
    get [Symbol.toStringTag]() {
      return "Tagged";
    }
  }
  for (const count of [1, 9]) {
    const LineItems = Array.from({ length: count }, () => new Tagged(LINKS.LineItems[0]));
    assert.ok(validateOrder(new Tagged({ ...LINKS, LineItems })).valid, String(count));
  }
});

test("derivePoNumber takes no options but an object", LIMIT, () => {
  for (const options of [true, "x", throwingAt("prefix"), throwingAt("maxLength")]) {
    assert.ok(thrown(() => derivePoNumber(["a"], options)) instanceof ConfigError);
  }
});

test("headers that throw when a function's answer is read end the call before anything is sent", LIMIT, async () => {
  let requests = 0;
  const throwing = { get "X-Key"() { throw new Error(ACCESS_TOKEN); } };
  const client = new GiftCardPartners({
    baseUrl: BASE_URL,
    headers: async () => throwing,
    fetch: async () => {
      requests += 1;
      return new Response("{}");
    },
  });

  const error = await rejection(client.createOrder(DIGITAL));

  assert.ok(error instanceof ConfigError);
  assert.equal(error.outcome, "not-sent");
  assert.equal(requests, 0);
});
