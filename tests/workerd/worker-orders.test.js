// The starter Worker's order routes in real workerd: who may use them, and that nothing is ordered twice, whatever is lost or restarted.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Catalog, signCallbackUrl } from "giftcard-partners";

import { LIMIT, ORIGIN, SECRET, TOKEN, assertEachOnce, links, startWorker } from "./worker.js";

let worker;
before(async () => (worker = await startWorker()), LIMIT);
after(() => worker?.dispose());

/** The PO numbers that a test of this file has ordered under; all of them, since they share a sandbox. */
const placed = new Set();
const nameOf = (name) => {
  placed.add(name);
  return name;
};
const postsOf = (poNumber) => worker.posts().filter(({ body }) => JSON.parse(body).PONumber === poNumber);
const ordersOf = (poNumber) => worker.sandbox.orders().filter(({ PONumber }) => PONumber === poNumber);

/** Lets orders wait at the API's door until they are let in. */
function holdOrders(t) {
  const gate = { waiting: 0 };
  const opened = new Promise((open) => (gate.open = open));
  worker.api.before = async (request) => {
    if (request !== "POST /v1/Orders") return undefined;
    gate.waiting += 1;
    await opened;
  };
  t.after(() => {
    gate.open();
    worker.api.before = undefined;
  });
  gate.arrived = async (count = 1) => {
    while (gate.waiting < count) await new Promise(setImmediate);
  };
  return gate;
}

test("without the caller's token, or with another, every route but the catalog and the callback is refused", LIMIT, async () => {
  const routes = ["POST /orders", "GET /orders/x", "GET /balance", "POST /campaigns?name=x", "GET /campaigns/x", "POST /campaigns/x/pause", "POST /campaigns/x/resume", "GET /api/v1/Products", "POST /api/v1/Orders", "GET /elsewhere"];
  const tokens = [undefined, "", "Bearer", "Bearer ", `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, "Bearer wrong"];
  for (const [method, path] of routes.map((route) => route.split(" "))) {
    for (const token of tokens) {
      const headers = token === undefined ? {} : { authorization: token };
      const answer = await worker.open(path, { method, headers, ...(method === "POST" ? { body: "{}" } : {}) });
      await answer.text();
      assert.equal(answer.status, 401, `${method} ${path} with ${token}`);
    }
  }
  const catalog = await worker.open("/catalog");
  await catalog.arrayBuffer();
  assert.equal(catalog.status, 200);
});

test("a Worker whose caller's token is not set refuses everyone", LIMIT, async () => {
  const closed = await startWorker({ bindings: { CALLER_TOKEN: "" } });
  try {
    for (const authorization of ["Bearer ", "Bearer undefined", `Bearer ${TOKEN}`]) {
      const answer = await closed.open("/balance", { headers: { authorization } });
      await answer.text();
      assert.equal(answer.status, 401);
    }
  } finally {
    await closed.dispose();
  }
});

test("an invalid order is answered with its issues, and nothing is sent", LIMIT, async () => {
  const [status, answer] = await worker.order({ ...links("BAD-1"), LineItems: [{ ProductId: "INKWHISTLE", Value: -1, Quantity: 1 }] });
  const [unknownProduct, told] = await worker.order({ ...links("BAD-2"), LineItems: [{ ProductId: "NOBODYS", Value: 1, Quantity: 1 }] });
  const [tooLong] = await worker.tell("/orders", { method: "POST", body: " ".repeat(2_000_000) });

  assert.deepEqual([status, answer.code, answer.outcome], [400, "validation_failed", "not-sent"]);
  assert.deepEqual(answer.issues.map(({ code }) => code), ["not_positive"]);
  assert.deepEqual([unknownProduct, told.issues[0].code], [400, "unknown_product"]);
  assert.equal(tooLong, 413);
  assert.equal(worker.posts().length, 0);
});

test("an order is created; the same again is the same order", LIMIT, async () => {
  const order = links(nameOf("SAME-1"));

  const [first, created] = await worker.order(order);
  const [second, repeated] = await worker.order(order);

  assert.deepEqual([first, created.outcome, second, repeated.outcome], [201, "created", 200, "reconciled"]);
  assert.equal(repeated.order.Id, created.order.Id);
  assert.equal(postsOf("SAME-1").length, 1);
});

test("twenty doubles at once are one request to the API", LIMIT, async (t) => {
  const gate = holdOrders(t);
  const order = links(nameOf("DOUBLE-1"));

  const doubles = Array.from({ length: 20 }, () => worker.order(order));
  await gate.arrived();
  const [otherStatus] = await worker.order(links("DOUBLE-1", 2));
  gate.open();
  const answers = await Promise.all(doubles);

  assert.equal(otherStatus, 409);
  assert.equal(new Set(answers.map(([status, { order: { Id } }]) => `${status} ${Id}`)).size, 1);
  assert.equal(postsOf("DOUBLE-1").length, 1);
});

test("other content under a used PO number is a conflict that names the order", LIMIT, async () => {
  const [, { order }] = await worker.order(links(nameOf("OTHER-1")));

  const [status, answer] = await worker.order(links("OTHER-1", 2));

  assert.deepEqual([status, answer.code, answer.orderId], [409, "po_number_conflict", order.Id]);
  assert.equal(postsOf("OTHER-1").length, 1);
});

test("other content under a PO number that another system has used is a conflict too, and keeps nothing", LIMIT, async () => {
  const { email, accessToken } = worker.sandbox.credentials;
  const token = await (await worker.sandbox.fetch(`${worker.sandbox.baseUrl}/v1/Tokens`, { method: "POST", headers: { Email: email, AccessToken: accessToken } })).json();
  const headers = { Authorization: `Bearer ${token.Value}`, "Content-Type": "application/json" };
  await worker.sandbox.fetch(`${worker.sandbox.baseUrl}/v1/Orders`, { method: "POST", headers, body: JSON.stringify(links(nameOf("FOREIGN-1"), 3)) });

  const [status, answer] = await worker.order(links("FOREIGN-1"));
  const [same, { outcome }] = await worker.order(links("FOREIGN-1", 3));

  assert.deepEqual([status, answer.code], [409, "po_number_conflict"]);
  assert.deepEqual([same, outcome], [200, "reconciled"]);
});

test("a lost answer is one order", LIMIT, async () => {
  for (const fault of ["drop-response", "504-html-after", "truncated-body", "timeout-after"]) {
    worker.sandbox.inject(fault);

    const [status, { outcome }] = await worker.order(links(nameOf(`LOST-${fault}`)));

    assert.deepEqual([status, outcome], [200, "reconciled"], fault);
    assert.equal(ordersOf(`LOST-${fault}`).length, 1);
  }
});

test("an order whose every answer was lost is unknown, and asked for again it is found, with the bytes that were sent at first", LIMIT, async () => {
  const order = links(nameOf("DOUBT-1"));
  worker.sandbox.inject("drop-response");
  worker.sandbox.inject({ fault: "drop-request", times: 3 });
  worker.sandbox.inject({ fault: "503", path: "GET /v1/Orders" });

  const [status, answer] = await worker.order(order);
  const [again, { outcome }] = await worker.tell("/orders", { method: "POST", body: JSON.stringify(order, null, 2) });

  assert.deepEqual([status, answer.outcome], [504, "unknown"]);
  assert.deepEqual([again, outcome], [200, "reconciled"]);
  assert.equal(ordersOf("DOUBT-1").length, 1);
  assert.equal(new Set(postsOf("DOUBT-1").map(({ body }) => body)).size, 1);
});

test("a refusal after a lost answer clears nothing: the order is found in the history, or stays unknown", LIMIT, async (t) => {
  t.after(() => (worker.api.before = undefined));
  const refuse = (request) => (request === "POST /v1/Orders" ? { status: 422 } : undefined);
  const lose = (request) => (request.endsWith("/v1/Orders") || request.includes("/v1/Orders?") ? { status: 503 } : undefined);

  // It was placed by the send whose answers were lost, and took the last funds.
  worker.sandbox.inject("drop-response");
  let posts = 0;
  worker.api.before = (request) => (request === "POST /v1/Orders" && (posts += 1) === 1 ? undefined : lose(request));
  const [lostStatus, lost] = await worker.order(links(nameOf("LAST-1")));
  worker.api.before = refuse;
  const [foundStatus, found] = await worker.order(links("LAST-1"));

  // It was not.
  worker.api.before = lose;
  await worker.order(links("NEVER-1"));
  worker.api.before = refuse;
  const [openStatus, open] = await worker.order(links("NEVER-1"));

  assert.deepEqual([lostStatus, lost.outcome], [504, "unknown"]);
  assert.deepEqual([foundStatus, found.outcome], [200, "reconciled"]);
  assert.deepEqual([openStatus, open.outcome, open.code], [504, "unknown", "insufficient_funds"]);
  assert.equal(ordersOf("NEVER-1").length, 0);
});

test("what is certainly not there leaves its PO number free for a mended order", LIMIT, async (t) => {
  t.after(() => (worker.api.before = undefined));
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 400 } : undefined);
  const [refused, { outcome }] = await worker.order(links("MENDED-1"));
  worker.api.before = undefined;

  const [status] = await worker.order(links(nameOf("MENDED-1"), 2));

  assert.deepEqual([refused, outcome, status], [400, "rejected", 201]);
});

test("a Worker that is restarted while an order is on its way knows that it may exist", LIMIT, async (t) => {
  const order = links(nameOf("RESTART-1"));
  const gate = holdOrders(t);
  const cut = worker.order(order).catch(() => undefined);
  await gate.arrived();
  await worker.stop();
  await cut;
  gate.open();
  await worker.start();

  const [otherStatus] = await worker.order(links("RESTART-1", 2));
  const [status] = await worker.tell("/orders", { method: "POST", body: JSON.stringify(order, null, 1) });

  assert.equal(otherStatus, 409);
  assert.ok([200, 201].includes(status), `${status}`);
  assert.equal(ordersOf("RESTART-1").length, 1);
  assert.equal(new Set(postsOf("RESTART-1").map(({ body }) => body)).size, 1);
});

test("an order that exists is denied by no look that fails", LIMIT, async (t) => {
  t.after(() => (worker.api.before = undefined));
  const order = links(nameOf("UNREAD-1"));
  const [, { order: created }] = await worker.order(order);

  for (const status of [500, 403, 404, 429]) {
    worker.api.before = (request) => (request.startsWith("GET /v1/Orders/") ? { status } : undefined);
    const [answered, answer] = await worker.order(order);
    assert.deepEqual([answered, answer.outcome, answer.orderId, answer.poNumber], [504, "unknown", created.Id, "UNREAD-1"], `${status}`);
  }
  assert.equal(postsOf("UNREAD-1").length, 1);
});

test("a catalog that has changed does not make an order unsent", LIMIT, async () => {
  const other = await startWorker();
  try {
    const [created] = await other.order(links("CHANGED-1"));
    other.sandbox.inject("drop-response");
    other.sandbox.inject({ fault: "drop-request", times: 3 });
    other.sandbox.inject({ fault: "503", path: "GET /v1/Orders" });
    const [doubtful] = await other.order(links("CHANGED-2"));
    // The cache is emptied, and the product is not sold any more.
    const cache = await other.miniflare.getKVNamespace("CACHE");
    for (const { name } of (await cache.list()).keys) await cache.delete(name);
    await other.stop();
    await other.start();
    other.api.before = (request) =>
      request.startsWith("GET /v1/Products") ? { status: 200, body: [{ Id: "OTHER", CurrencyCode: "USD", DenominationType: "Fixed", Denominations: [5] }] } : undefined;

    const [known, { outcome }] = await other.order(links("CHANGED-1"));
    const [found, { outcome: second }] = await other.order(links("CHANGED-2"));
    const [unknown, { issues }] = await other.order(links("CHANGED-3"));
    const [changed] = await other.order(links("CHANGED-1", 2));

    assert.deepEqual([created, doubtful], [201, 504]);
    assert.deepEqual([known, outcome, found, second], [200, "reconciled", 200, "reconciled"]);
    assert.deepEqual([unknown, issues[0].code, changed], [400, "unknown_product", 400]);
    assertEachOnce(other.sandbox, ["CHANGED-1", "CHANGED-2"]);
  } finally {
    await other.dispose();
  }
});

test("what the API says of an order that it refuses is handed on, without what could be a secret", LIMIT, async (t) => {
  t.after(() => (worker.api.before = undefined));
  const answers = [
    [{ Message: "No.", Errors: [{ Path: "LineItems[0].Value", AccessToken: "x" }], Headers: { Authorization: "x" } }, { Message: "No.", Errors: [{ Path: "LineItems[0].Value" }] }],
    [{ Message: "x".repeat(20_000) }, undefined],
  ];
  for (const [body, expected] of answers) {
    worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 400, body } : undefined);
    const [status, { answer, outcome }] = await worker.order(links("REFUSED-1"));
    assert.deepEqual([status, outcome, answer], [400, "rejected", expected]);
  }
});

test("a refusal stays one, and an order is placed, where the audit cannot be reached", LIMIT, async (t) => {
  const deaf = await startWorker({ changes: { "audit-log": [['return env.AUDIT.getByName("audit");', 'throw new Error("gone");']] } });
  t.after(() => deaf.dispose());
  deaf.api.before = (request) => (request === "POST /v1/Orders" ? { status: 422 } : undefined);
  const [refused, { code, outcome }] = await deaf.order(links("DEAF-1"));
  deaf.api.before = undefined;
  const [placed] = await deaf.order(links("DEAF-1"));

  assert.deepEqual([refused, code, outcome, placed], [422, "insufficient_funds", "rejected", 201]);
});

test("claim links leave on request only", LIMIT, async () => {
  const order = links(nameOf("CLAIMS-1"));

  const [, plain] = await worker.order(order);
  const [, claims] = await worker.order(order, "?include=claims");
  const [, looked] = await worker.tell(`/orders/${plain.order.Id}`);
  const [, shown] = await worker.tell(`/orders/${plain.order.Id}?include=claims`);
  const [, listed] = await worker.tell("/api/v1/Orders?pageSize=100");

  for (const answer of [plain, looked, listed]) assert.doesNotMatch(JSON.stringify(answer), /claim(?!s-1)/i);
  for (const { LineItems } of [claims.order, shown]) assert.match(LineItems[0].ClaimData[0].ClaimLink, /^https:/);
});

test("an order that is not there is a 404", LIMIT, async () => {
  const [status, { code }] = await worker.tell("/orders/nobody");

  assert.deepEqual([status, code], [404, "not_found"]);
  assert.equal((await worker.tell("/orders/%20"))[0], 400);
});

test("the balance is the account's", LIMIT, async () => {
  const [status, { Available }] = await worker.tell("/balance");

  assert.deepEqual([status, typeof Available], [200, "number"]);
});

test("the catalog is the compact index, is read by the package, and is not sent to who has it", LIMIT, async () => {
  const answer = await worker.open("/catalog");
  const etag = answer.headers.get("etag");
  const catalog = Catalog.from(new Uint8Array(await answer.arrayBuffer()));
  const seen = await Promise.all(['"other"', etag, `W/${etag}`, `"other", ${etag}`, "*"].map((tag) => worker.open("/catalog", { headers: { "if-none-match": tag } })));

  assert.equal(catalog.product("INKWHISTLE").Id, "INKWHISTLE");
  assert.equal(etag, `"${catalog.hash}"`);
  assert.deepEqual(seen.map(({ status }) => status), [200, 304, 304, 304, 304]);
  await Promise.all(seen.map((one) => one.arrayBuffer()));
});

test("a callback is confirmed by a look, repeated harmlessly, and refused where it is forged", LIMIT, async () => {
  const [, { order }] = await worker.order(links(nameOf("HOOK-1")));
  const [, { order: another }] = await worker.order(links(nameOf("HOOK-2")));
  const url = new URL(await signCallbackUrl(`${ORIGIN}/fulfillment`, "HOOK-1", SECRET));
  const call = async (search, body) => {
    const answer = await worker.open(`/fulfillment${search}`, { method: "POST", body });
    await answer.text();
    return answer.status;
  };
  const body = JSON.stringify({ Id: order.Id, PONumber: "HOOK-1", Status: "Completed" });

  const signed = [await call(url.search, body), await call(url.search, body), await call(`${url.search}&campaign=no.0`, body)];
  const tooLong = await call(url.search, " ".repeat(1_000_001));
  const foreign = await call(url.search, JSON.stringify({ Id: another.Id }));
  const forged = [
    await call("", body),
    await call("?po=HOOK-1", body),
    await call("?po=HOOK-1&sig=AAAA", body),
    await call(url.search.replace("HOOK-1", "HOOK-2"), body),
    await call(new URL(await signCallbackUrl(ORIGIN, "HOOK-1", "another secret of length")).search, body),
  ];

  assert.deepEqual(signed, [204, 204, 204]);
  assert.deepEqual([tooLong, foreign], [413, 409]);
  assert.deepEqual(forged, [401, 401, 401, 401, 401]);
});

test("in the end the sandbox holds each order once, and no log names a person or a secret", LIMIT, async () => {
  assertEachOnce(worker.sandbox, placed);
  // What callers ask for as an id may be anything.
  for (const path of ["/orders/jane.doe%40example.org", "/api/v1/Orders/jane.doe%40example.org", "/api/v1/Products/SAME-1"]) await worker.tell(path);
  const { accessToken, email } = worker.sandbox.credentials;
  assert.match(worker.said, /"type":"response"/);
  for (const secret of ["SAME-1", "example.org", TOKEN, SECRET, accessToken, email, "Bearer", "claim"]) {
    assert.ok(!worker.said.includes(secret), `${secret} is in the log`);
  }
});
