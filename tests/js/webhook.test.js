// Notifications: callback URLs that carry a token, and orders that are always fetched.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";

import {
  AbortedError,
  AuthenticationError,
  ConfigError,
  DecodeError,
  NetworkError,
  PoNumberConflictError,
  TimeoutError,
  signCallbackUrl,
  verifyCallbackUrl,
} from "giftcard-partners";
import * as order from "giftcard-partners/order";

import { LIMIT, LINKS, assertSilent, bare, fastClock, json, rejection, setUp, thrown } from "./support.js";

const SECRET = "a secret of some length";
const OTHER = "another secret of length";
const CALLBACK = "https://example.com/fulfilled?tenant=a%20b&x=1+2#top";
const ORDER = { id: "A", poNumber: "PO-1", status: "Completed" };

const post = (body, init) => new Request("https://example.com/hook", { method: "POST", body, ...init });
const bytes = (text) => new TextEncoder().encode(text);

for (const casing of ["pascal", "camel"]) {
  test(`from the signed URL to the finished order, in ${casing} casing`, LIMIT, async () => {
    const { client, sandbox } = setUp({ sandbox: { casing, asyncThreshold: 1, fulfillmentMs: 60_000 } });
    const url = await signCallbackUrl("https://example.com/fulfilled", LINKS.PONumber, SECRET);
    const placed = await client.createOrder({ ...LINKS, WebhookSettings: { FulfillmentComplete: url } });
    sandbox.advance(60_000);
    const [webhook] = sandbox.webhooks();

    const { poNumber } = await verifyCallbackUrl(webhook.url, SECRET);
    const confirmed = await client.confirmFulfillment(post(JSON.stringify(webhook.body)), { poNumber });

    assert.equal(placed.order.Status, "Pending");
    assert.equal(poNumber, LINKS.PONumber);
    assert.deepEqual([confirmed.Id, confirmed.Status], [placed.order.Id, "Completed"]);
  });
}

const TEXT = '{"Event":"x","Data":{"orderID":"A","Status":"Completed","PONumber":"PO-9"}}';
for (const [name, hook] of [
  ["a Request", () => post(TEXT)],
  ["a Request without a stream", () => ({ arrayBuffer: async () => bytes(TEXT).buffer })],
  ["text", () => TEXT],
  ["bytes", () => bytes(TEXT)],
  ["a view into a larger buffer", () => bytes(`xx${TEXT}yy`).subarray(2, -2)],
  ["an ArrayBuffer", () => bytes(TEXT).buffer],
  ["the object that request.json() gave", async () => post(TEXT).json()],
  ["an object of another realm", () => runInNewContext(`(${TEXT})`)],
]) {
  test(`a notification given as ${name} names the order, and the order is fetched`, LIMIT, async () => {
    const { client, requests } = bare(() => json({ ...ORDER, status: "Pending" }));

    const confirmed = await client.confirmFulfillment(await hook(), { poNumber: "PO-1" });

    assert.deepEqual(confirmed, { Id: "A", PONumber: "PO-1", Status: "Pending" });
    assert.deepEqual(requests.map(({ method, path }) => [method, path]), [["GET", "/base/v1/Orders/A"]]);
  });
}

test("a repeated notification is the same order again", LIMIT, async () => {
  const { client } = setUp();
  const { order: placed } = await client.createOrder(LINKS);
  const hook = JSON.stringify({ Id: placed.Id });

  const answers = await Promise.all([1, 2, 3].map(() => client.confirmFulfillment(hook, { poNumber: LINKS.PONumber })));

  assert.deepEqual(answers, [placed, placed, placed]);
});

test("a forged notification gets what the API has: another PO number is refused, an unknown order is a 404", LIMIT, async () => {
  const { client } = setUp();
  const { order: other } = await client.createOrder(LINKS);

  const swapped = await rejection(client.confirmFulfillment(JSON.stringify({ Id: other.Id, PONumber: "PO-1" }), { poNumber: "PO-1" }));
  const invented = await rejection(client.confirmFulfillment('{"Id":"../Tokens"}', { poNumber: "PO-1" }));

  assert.ok(swapped instanceof PoNumberConflictError);
  assert.deepEqual([swapped.code, swapped.orderId, swapped.poNumber], ["po_number_conflict", other.Id, "PO-1"]);
  assert.equal(swapped.outcome, undefined);
  assert.deepEqual([invented.code, invented.poNumber], ["not_found", "PO-1"]);
});

test("a notification whose Id is no order's is looked up by the PO number that it must be about", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const { order: placed } = await client.createOrder(LINKS);
  const hook = JSON.stringify({ Id: "evt_1", PONumber: LINKS.PONumber });

  const found = await client.confirmFulfillment(hook, { poNumber: LINKS.PONumber });
  const nameless = await rejection(client.confirmFulfillment(hook));

  assert.deepEqual(found, placed);
  assert.deepEqual([nameless.code, nameless.status], ["not_found", 404]);
  assert.equal(sandbox.requests().filter(({ path }) => path.endsWith("/evt_1")).length, 2);
});

test("an id that the API does not take leads to the search too, and what the history lists is not searched for again", LIMIT, async () => {
  const paths = [];
  const { client } = bare(({ url }) => {
    const { pathname } = new URL(url);
    paths.push(pathname);
    if (pathname.endsWith("/Orders")) return json([{ id: "A", poNumber: "PO-1" }]);
    return json({}, pathname.endsWith("/17") ? 400 : 404);
  });

  const error = await rejection(client.confirmFulfillment('{"Id":17}', { poNumber: "PO-1" }));

  assert.equal(error.code, "not_found");
  assert.deepEqual(paths.map((path) => path.replace(/^.*\/v1/, "")), ["/Orders/17", "/Orders", "/Orders/A"]);
});

test("an order that shows no PO number is not taken for the expected one", LIMIT, async () => {
  const { client } = bare(() => json({ id: "A" }));

  assert.ok((await rejection(client.confirmFulfillment('{"id":"A"}', { poNumber: "PO-1" }))) instanceof DecodeError);
  assert.equal((await client.confirmFulfillment('{"id":"A"}')).Id, "A");
});

test("a PO number that is null is a ConfigError: a parameter that is gone must not mean any", LIMIT, async () => {
  const { client, requests } = bare(() => json(ORDER));
  const { searchParams } = new URL("https://example.com/fulfilled");

  const error = await rejection(client.confirmFulfillment('{"id":"A"}', { poNumber: searchParams.get("po") }));

  assert.ok(error instanceof ConfigError);
  assert.deepEqual(requests, []);
});

test("a PO number that is echoed in another case of its ASCII letters is the same, as after a 409", LIMIT, async () => {
  const { client } = bare(() => json({ ...ORDER, poNumber: "po-ä1" }));
  const confirm = (poNumber) => client.confirmFulfillment('{"id":"A"}', { poNumber });

  assert.equal((await confirm("PO-ä1")).Id, "A");
  assert.ok((await rejection(confirm("PO-Ä1"))) instanceof PoNumberConflictError);
});

for (const hook of ["", "fulfilled", "{}", "[]", '{"Id":""}', '{"Id":".."}', '{"Id":{"Id":{"Id":"A"}}}', '{"Id":"A"', "a=b&c=d"]) {
  test(`a notification that says ${inspect(hook)} falls back to the history, and without a PO number is refused`, LIMIT, async () => {
    const { client } = setUp();
    const { order: placed } = await client.createOrder(LINKS);

    const found = await client.confirmFulfillment(hook, { poNumber: LINKS.PONumber });
    const absent = await rejection(client.confirmFulfillment(hook, { poNumber: "PO-404" }));
    const nameless = await rejection(client.confirmFulfillment(hook));

    assert.deepEqual(found, placed);
    assert.deepEqual([absent.code, absent.poNumber], ["not_found", "PO-404"]);
    assert.ok(nameless instanceof DecodeError, inspect(nameless));
  });
}

for (const [name, make] of [
  ["text", (text) => text],
  ["bytes", bytes],
  ["a Request", (text) => post(text)],
  ["a Request without a stream", (text) => ({ arrayBuffer: async () => bytes(text).buffer })],
]) {
  test(`${name} of 1 MB is read, and one byte more is refused`, LIMIT, async () => {
    const { client, requests } = bare(() => json(ORDER));
    const text = (length) => '{"Id":"A"}'.padEnd(length, " ");

    const confirmed = await client.confirmFulfillment(make(text(1_000_000)));
    const error = await rejection(client.confirmFulfillment(make(text(1_000_001)), { poNumber: "PO-1" }));

    assert.equal(confirmed.Id, "A");
    assert.ok(error instanceof DecodeError && /1 MB/.test(error.message), inspect(error));
    assert.equal(requests.length, 1);
  });
}

test("a body without end is read no further than it may be long", LIMIT, async () => {
  const { client } = bare(() => json(ORDER));
  let pulled = 0;
  let cancelled = false;
  const body = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(100_000));
    },
    cancel: () => (cancelled = true),
  });

  const error = await rejection(client.confirmFulfillment(post(body, { duplex: "half" })));

  assert.ok(error instanceof DecodeError);
  assert.ok(pulled < 20 && cancelled, `${pulled} ${cancelled}`);
});

test("a body that never ends is given up at the timeout, and at the caller's signal", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, requests } = bare(() => json(ORDER), { timeoutMs: 5_000 });
  const stalled = () => post(new ReadableStream({ pull: () => new Promise(() => {}) }), { duplex: "half" });
  const controller = new AbortController();

  const late = await clock.run(rejection(client.confirmFulfillment(stalled())));
  const aborted = rejection(client.confirmFulfillment(stalled(), { signal: controller.signal }));
  controller.abort();

  assert.ok(late instanceof TimeoutError);
  assert.match(late.message, /body of the notification/);
  assert.ok(clock.elapsed() >= 5_000 && clock.elapsed() < 6_000, String(clock.elapsed()));
  assert.ok((await aborted) instanceof AbortedError);
  assert.deepEqual(requests, []);
  assert.equal(clock.pending(), 0);
});

test("a body that breaks off is a NetworkError that repeats nothing of it", LIMIT, async () => {
  const { client } = bare(() => json(ORDER));
  const body = new ReadableStream({ start: (controller) => controller.error(new Error("secret words")) });

  const error = await rejection(client.confirmFulfillment(post(body, { duplex: "half" })));

  assert.ok(error instanceof NetworkError);
  assertSilent(error, ["secret"]);
});

test("a body whose reading throws is a NetworkError that repeats nothing of it", LIMIT, async () => {
  const { client } = bare(() => json(ORDER));
  for (const arrayBuffer of [() => { throw new TypeError("secret"); }, async () => { throw new TypeError("secret"); }]) {
    const error = await rejection(client.confirmFulfillment({ arrayBuffer }));
    assert.ok(error instanceof NetworkError, inspect(error));
    assertSilent(error, ["secret"]);
  }
});

test("a body that cannot be had any more, or a hook that throws, is a ConfigError", LIMIT, async () => {
  const { client, requests } = bare(() => json(ORDER));
  const locked = post(TEXT);
  locked.body.getReader();
  const throwing = new Proxy({}, { get: () => { throw new Error("secret"); } });

  for (const hook of [locked, throwing]) {
    const error = await rejection(client.confirmFulfillment(hook));
    assert.ok(error instanceof ConfigError, inspect(error));
    assertSilent(error, ["secret"]);
  }
  assert.deepEqual(requests, []);
});

test("a call that cannot be made does not begin to read, and leaves no rejection that nobody handles", LIMIT, async (t) => {
  const unhandled = [];
  const listen = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  t.after(() => process.off("unhandledRejection", listen));
  const { client } = bare(() => json(ORDER));
  const { client: freed } = bare(() => json(ORDER));
  freed.free();
  const breaking = () => post(new ReadableStream({ pull: (body) => body.error(new Error("cut")) }), { duplex: "half" });
  const hooks = [() => ({ arrayBuffer: async () => { throw new Error("cut"); } }), breaking];
  const whole = post(TEXT);

  for (const hook of hooks) {
    assert.ok((await rejection(client.confirmFulfillment(await hook(), { timeoutMs: -1 }))) instanceof ConfigError);
    assert.ok((await rejection(freed.confirmFulfillment(hook()))) instanceof ConfigError);
  }
  await rejection(client.confirmFulfillment(whole, { timeoutMs: -1 }));
  await new Promise(setImmediate);

  assert.deepEqual(unhandled, []);
  assert.equal(await whole.text(), TEXT);
});

test("what is no notification, or was read before, is a ConfigError", LIMIT, async () => {
  const { client, requests } = bare(() => json(ORDER));
  const used = post(TEXT);
  await used.text();

  for (const hook of [undefined, null, 7, used]) {
    assert.ok((await rejection(client.confirmFulfillment(hook))) instanceof ConfigError, inspect(hook));
  }
  for (const poNumber of ["", " ", 7, {}]) {
    assert.ok((await rejection(client.confirmFulfillment(TEXT, { poNumber }))) instanceof ConfigError, inspect(poNumber));
  }
  assert.deepEqual(requests, []);
});

test("a signed URL keeps what it had and carries HMAC-SHA-256 over the PO number alone", LIMIT, async () => {
  const poNumber = "PO/1 & ü+=";
  const mac = createHmac("sha256", SECRET).update(poNumber).digest("base64url");

  const signed = await signCallbackUrl(CALLBACK, poNumber, SECRET);
  const plain = await signCallbackUrl(new URL("https://example.com"), poNumber, SECRET);
  const again = await signCallbackUrl(signed, "PO-2", SECRET);

  assert.equal(signed, `https://example.com/fulfilled?tenant=a%20b&x=1+2&po=${encodeURIComponent(poNumber)}&sig=${mac}#top`);
  assert.equal(plain, `https://example.com/?po=${encodeURIComponent(poNumber)}&sig=${mac}`);
  assert.deepEqual(await verifyCallbackUrl(again, SECRET), { poNumber: "PO-2" });
  assert.equal(new URL(again).searchParams.get("tenant"), "a b");
});

test("a URL verifies with any of the secrets, whatever became of its host, its path and its other parameters", LIMIT, async () => {
  const signed = new URL(await signCallbackUrl(CALLBACK, "PO/1 & ü+=", SECRET));
  const moved = `/elsewhere${signed.search}&more=1`;

  for (const [url, secrets] of [
    [signed, SECRET],
    [signed.href, [OTHER, SECRET]],
    [moved, [SECRET]],
    [`http://localhost${moved}`, [SECRET, OTHER]],
  ]) {
    assert.deepEqual(await verifyCallbackUrl(url, secrets), { poNumber: "PO/1 & ü+=" });
  }
});

test("a URL whose token is missing, doubled, forged or of another secret is refused, and nothing of it is repeated", LIMIT, async () => {
  const signed = await signCallbackUrl("https://example.com/private", "PO-secret", SECRET);
  const { searchParams } = new URL(signed);
  const sig = searchParams.get("sig");
  const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const at = (po, mac) => `https://example.com/private?po=${po}&sig=${mac}`;

  const forged = [
    "https://example.com/private",
    `https://example.com/private?po=PO-secret`,
    `https://example.com/private?sig=${sig}`,
    `${signed}&po=PO-secret`,
    `${signed}&sig=${sig}`,
    at("PO-secret2", sig),
    at("po-secret", sig),
    at("", sig),
    at("PO-secret", ""),
    at("PO-secret", sig.slice(1)),
    at("PO-secret", `${sig}=`),
    at("PO-secret", sig.toLowerCase()),
    at("PO-secret", createHmac("sha256", "").update("PO-secret").digest("base64url")),
    at("PO-secret", "A".repeat(43)),
    at("PO-secret", "ü".repeat(43)),
    "http://[",
    ...[...last].filter((letter) => !sig.endsWith(letter)).map((letter) => at("PO-secret", sig.slice(0, -1) + letter)),
  ];

  for (const url of forged) {
    const error = await rejection(verifyCallbackUrl(url, SECRET));
    assert.ok(error instanceof AuthenticationError, url);
    assert.deepEqual([error.code, error.status], ["unauthorized", undefined]);
    assertSilent(error, ["PO-secret", "example.com", sig]);
  }
  assert.ok((await rejection(verifyCallbackUrl(signed, [OTHER, SECRET.slice(0, -1)]))) instanceof AuthenticationError);
});

for (const secret of ["", "short", "fifteen letters", " ".repeat(40), undefined, null, 7, [], ["short"], [SECRET, "short"]]) {
  test(`a callback secret ${inspect(secret)} is a ConfigError that does not repeat it`, LIMIT, async () => {
    const errors = [await rejection(verifyCallbackUrl(CALLBACK, secret))];
    if (!Array.isArray(secret)) errors.push(await rejection(signCallbackUrl(CALLBACK, "PO-1", secret)));

    for (const error of errors) {
      assert.ok(error instanceof ConfigError, inspect(error));
      assertSilent(error, ["short", "fifteen letters"]);
    }
  });
}

test("only an absolute http URL and a PO number are signed", LIMIT, async () => {
  for (const url of ["/hook", "ftp://example.com", "javascript:alert(1)", "", 7, undefined, null, {}]) {
    assert.ok((await rejection(signCallbackUrl(url, "PO-1", SECRET))) instanceof ConfigError, inspect(url));
  }
  for (const poNumber of ["", " ", "x".repeat(256), "\ud800", 7, undefined]) {
    assert.ok((await rejection(signCallbackUrl(CALLBACK, poNumber, SECRET))) instanceof ConfigError, inspect(poNumber));
  }
  const throwing = { get href() { throw new Error("secret"); } };
  for (const url of [undefined, throwing, new Proxy({}, { get: () => { throw new Error("secret"); } })]) {
    for (const error of [await rejection(verifyCallbackUrl(url, SECRET)), await rejection(signCallbackUrl(url, "PO-1", SECRET))]) {
      assert.ok(error instanceof ConfigError, inspect(error));
      assertSilent(error, ["secret"]);
    }
  }
});

test("a PO number is measured as an order's is, by its characters", LIMIT, async () => {
  for (const poNumber of ["😀".repeat(128), "😀".repeat(255), `${"x".repeat(254)}\n`]) {
    const signed = await signCallbackUrl(CALLBACK, poNumber, SECRET);

    assert.deepEqual(await verifyCallbackUrl(signed, SECRET), { poNumber });
  }
  assert.equal(order.validateOrder({ ...LINKS, PONumber: "😀".repeat(255) }).valid, true);
  assert.ok((await rejection(signCallbackUrl(CALLBACK, "😀".repeat(256), SECRET))) instanceof ConfigError);
});

test("where there is no WebCrypto that is said", LIMIT, async (t) => {
  const real = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  t.after(() => Object.defineProperty(globalThis, "crypto", real));
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });

  const error = await rejection(signCallbackUrl(CALLBACK, "PO-1", SECRET));

  assert.ok(error instanceof ConfigError && /WebCrypto/.test(error.message));
});

test("the order tools sign and verify as the client's package does", LIMIT, async () => {
  assert.equal(order.signCallbackUrl, signCallbackUrl);
  assert.equal(order.verifyCallbackUrl, verifyCallbackUrl);
});

test("a signed callback URL survives what happens to URLs on their way", LIMIT, async () => {
  for (const base of ["https://example.com/fulfilled", "https://example.com/fulfilled?tenant=1&x=%3F", "https://example.com/?next=/a?b=c"]) {
    const signed = await signCallbackUrl(base, "PO 1&?=", SECRET);
    for (const [name, change] of Object.entries({
      "?event= appended": (url) => `${url}?event=FulfillmentComplete`,
      "?event= with a second parameter": (url) => `${url}?event=FulfillmentComplete&id=1`,
      "&event= appended": (url) => `${url}&event=FulfillmentComplete`,
      "written into HTML": (url) => url.replaceAll("&", "&amp;"),
      "written into HTML by number": (url) => url.replaceAll("&", "&#38;"),
      "written into XML by number": (url) => url.replaceAll("&", "&#x26;"),
      "written into HTML twice": (url) => url.replaceAll("&", "&amp;amp;"),
      "written into HTML and appended to": (url) => `${url.replaceAll("&", "&amp;")}?event=x`,
      "appended to and written into HTML": (url) => `${url}&event=x`.replaceAll("&", "&amp;"),
      "by its path alone": (url) => url.slice("https://example.com".length),
    })) {
      assert.deepEqual(await verifyCallbackUrl(change(signed), SECRET), { poNumber: "PO 1&?=" }, `${base}: ${name}`);
    }
    const forged = [signed.replace(/sig=./, "sig=_"), `${signed}&sig=x`, `${signed}&amp;sig=x`, `${signed}&amp;po=PO-2`, signed.replace("po=", "amp;xx=")];
    for (const url of forged) assert.ok((await rejection(verifyCallbackUrl(url, SECRET))) instanceof AuthenticationError, url);
  }
});

test("an object that is no notification is refused, or names no order", LIMIT, async () => {
  const { client, requests } = bare(() => json(ORDER));
  const loop = {};
  loop.loop = loop;
  for (const hook of [new Map([["Id", "A"]]), loop, null, undefined, 7, Symbol("x"), { get Id() { throw new Error("secret"); } }]) {
    const error = await rejection(client.confirmFulfillment(hook));
    assert.ok(error instanceof ConfigError, String(error));
    assert.doesNotMatch(error.message, /secret/);
  }
  // Read as a number, an id beyond 2^53 is that of another order.
  for (const hook of ['{"OrderId":9007199254740993}', '{"Data":{"Id":12345678901234567890}}']) {
    const error = await rejection(client.confirmFulfillment(JSON.parse(hook)));
    assert.ok(error instanceof ConfigError, String(error));
    assert.match(error.message, /every digit/);
  }
  for (const hook of [{}, [], { Id: {} }]) assert.ok((await rejection(client.confirmFulfillment(hook))) instanceof DecodeError);
  assert.ok((await rejection(client.confirmFulfillment({ Id: "A", Text: "x".repeat(1_000_001) }))) instanceof DecodeError);
  assert.equal(requests.length, 0);
});

test("lists that cannot be read are a ConfigError", LIMIT, async () => {
  const list = new Proxy(["a"], { get: () => { throw new Error("mine"); } });

  assert.ok(thrown(() => order.derivePoNumber(list)) instanceof ConfigError);
  assert.ok((await rejection(verifyCallbackUrl("https://example.com/?po=a&sig=b", list))) instanceof ConfigError);
});
