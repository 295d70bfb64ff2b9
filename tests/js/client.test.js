// The client as it is installed, against the sandbox and against fetch functions made by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";

import {
  AbortedError,
  AuthenticationError,
  ConfigError,
  DecodeError,
  GiftCardError,
  GiftCardPartners,
  InsufficientFundsError,
  NetworkError,
  PoNumberConflictError,
  TimeoutError,
  ValidationError,
  responseBody,
} from "giftcard-partners";

import {
  BASE_URL,
  DIGITAL,
  LIMIT,
  LINKS,
  PHYSICAL,
  assertSilent,
  bare,
  countingController,
  fastClock,
  json,
  rejection,
  setUp,
} from "./support.js";

const never = () => new Promise(() => {});
const bytes = (value) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

for (const order of [DIGITAL, LINKS, PHYSICAL]) {
  test(`a ${order.Type} order is placed and answered`, LIMIT, async () => {
    const { client, sandbox } = setUp();

    const placed = await client.createOrder(order);

    assert.equal(placed.outcome, "created");
    assert.equal(placed.attempts, 1);
    assert.equal(placed.compared, undefined);
    assert.equal(typeof placed.requestId, "string");
    assert.equal(placed.order.PONumber, order.PONumber);
    assert.equal(placed.order.Type, order.Type);
    assert.deepEqual(sandbox.orders(), [placed.order]);
  });
}

test("the cards of a Links order come with their links and answers", LIMIT, async () => {
  const { client } = setUp();

  const { order } = await client.createOrder(LINKS);

  assert.equal(order.LineItems[0].ClaimData.length, 2);
  assert.match(order.LineItems[0].ClaimData[0].ClaimLink, /^https:/);
  assert.match(order.LineItems[0].ClaimData[0].ClaimLinkChallengeAnswer, /./);
});

test("answers in camelCase and bare lists come out in the documented spelling", LIMIT, async () => {
  const pascal = setUp({ sandbox: { clock: "manual" } });
  const camel = setUp({ sandbox: { clock: "manual", casing: "camel", lists: "bare" } });

  const expected = [
    (await pascal.client.createOrder(DIGITAL)).order,
    await pascal.client.accountBalance(),
    (await pascal.client.listProducts()).Items,
  ];
  const actual = [
    (await camel.client.createOrder(DIGITAL)).order,
    await camel.client.accountBalance(),
    (await camel.client.listProducts()).Items,
  ];

  assert.deepEqual(actual, expected);
  assert.deepEqual(Object.keys(actual[1]).sort(), ["Available", "Pending"]);
});

const ODD = ` {\n\t"PONumber" : "ODD-1" ,"Type":"Links",\r\n "LineItems":[ {"Value":25.00,"Quantity":1,"ProductId":"INK\\u0057HISTLE"} ]  } \n`;

for (const [name, make] of [
  ["bytes", bytes],
  ["text", (text) => text],
  ["a view into a larger buffer", (text) => bytes(`xx${text}yy`).subarray(2, 2 + text.length)],
  ["an ArrayBuffer", (text) => bytes(text).buffer],
]) {
  test(`${name} of the caller are sent exactly as they are`, LIMIT, async () => {
    const { client, sent } = setUp();

    const { order } = await client.createOrder(make(ODD));

    assert.equal(order.LineItems[0].ProductId, "INKWHISTLE");
    assert.deepEqual(sent("POST", "/v1/Orders").map(({ body }) => body), [ODD]);
  });
}

test("what the caller does to the bytes after the call is not sent", LIMIT, async () => {
  const { client, sent } = setUp();
  const body = bytes(LINKS);

  const placing = client.createOrder(body);
  body.fill(32);
  await placing;

  assert.equal(sent("POST", "/v1/Orders")[0].body, JSON.stringify(LINKS));
});

test("an order is sent as JSON with a bearer token, and credentials go to the token endpoint alone", LIMIT, async () => {
  const { client, sandbox } = setUp({ headers: { "X-Proxy": "mine", Accept: "text/plain" } });

  await client.createOrder(LINKS);

  const [token, order] = sandbox.requests();
  assert.equal(token.path, "/v1/Tokens");
  assert.equal(token.body, "");
  assert.equal(token.headers["x-proxy"], "mine");
  assert.ok("email" in token.headers && "accesstoken" in token.headers && !("authorization" in token.headers));
  assert.equal(order.headers["content-type"], "application/json");
  assert.equal(order.headers["x-proxy"], "mine");
  assert.ok("authorization" in order.headers && !("email" in order.headers) && !("accesstoken" in order.headers));
});

test("twenty calls at once share one token, and later ones keep it", LIMIT, async () => {
  const { client, sent } = setUp();

  await Promise.all(Array.from({ length: 20 }, () => client.accountBalance()));
  await client.accountBalance();

  assert.equal(sent("POST", "/v1/Tokens").length, 1);
  assert.equal(sent("GET", "/v1/AccountBalance").length, 21);
});

test("a token that has expired is refreshed once for all calls, and each call is sent again", LIMIT, async () => {
  const { client, sandbox, sent, events } = setUp();
  await client.accountBalance();
  sandbox.inject("expire-token");

  await Promise.all(Array.from({ length: 5 }, () => client.accountBalance()));

  assert.equal(sent("POST", "/v1/Tokens").length, 2);
  assert.equal(sent("GET", "/v1/AccountBalance").length, 11);
  assert.equal(events.filter(({ type }) => type === "refresh").length, 5);
});

test("an order whose token has expired is placed with a fresh one, and the 401 counts as no attempt", LIMIT, async () => {
  const { client, sandbox, sent } = setUp();
  await client.accountBalance();
  sandbox.inject("expire-token");

  const { outcome, attempts } = await client.createOrder(LINKS);

  assert.deepEqual([outcome, attempts], ["created", 1]);
  assert.deepEqual(sent("POST", "/v1/Orders").map(({ status }) => status), [401, 201]);
  assert.equal(sandbox.orders().length, 1);
});

for (const order of [DIGITAL, LINKS, PHYSICAL]) {
  test(`a lost answer to a ${order.Type} order is reconciled: one order, the same body twice`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const { client, sandbox, sent } = setUp();
    sandbox.inject("drop-response");

    const placed = await clock.run(client.createOrder(order));

    assert.equal(placed.outcome, "reconciled");
    assert.equal(placed.compared, "full");
    assert.equal(placed.attempts, 2);
    assert.deepEqual(sandbox.orders(), [placed.order]);
    assert.deepEqual(sent("POST", "/v1/Orders").map(({ body }) => body), [JSON.stringify(order), JSON.stringify(order)]);
    assert.equal(clock.pending(), 0);
  });
}

for (const fault of [
  "drop-request", "drop-response", "timeout", "timeout-after", "500", "503", "504-html", "504-html-after", "429", "429-date",
  "malformed-json", "truncated-body",
]) {
  test(`after ${fault} there is exactly one order`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const { client, sandbox, sent } = setUp();
    sandbox.inject(fault);

    const placed = await clock.run(client.createOrder(DIGITAL));

    assert.deepEqual(sandbox.orders(), [placed.order]);
    assert.equal(placed.attempts, 2);
    assert.equal(new Set(sent("POST", "/v1/Orders").map(({ body }) => body)).size, 1);
  });
}

test("an answer that shows another order's PO number is a lost one: the order is looked for, and never said to be placed", LIMIT, async (t) => {
  const clock = fastClock(t);
  const foreign = { Id: "FOREIGN", PONumber: "OTHER-PO", Type: "Links", LineItems: [{ ProductId: "X", Value: 9999, Quantity: 1 }] };
  const ours = { ...LINKS, Id: "OURS" };
  for (const isListed of [false, true]) {
    const { client, posts } = bare(({ method, url }) => {
      if (method === "POST") return json(foreign, 201);
      return json(url.endsWith("/OURS") ? ours : { Data: isListed ? [ours] : [] });
    });

    const result = await clock.run(client.createOrder(LINKS)).catch((error) => error);

    assert.equal(posts().length, 4);
    if (isListed) assert.deepEqual([result.outcome, result.order.Id], ["reconciled", "OURS"]);
    else assert.deepEqual([result.code, result.outcome, result.orderId], ["invalid_answer", "unknown", undefined]);
  }
});

test("an answer that shows the PO number in another case is the order", LIMIT, async () => {
  const { client } = bare(() => json({ ...LINKS, Id: "OURS", PONumber: LINKS.PONumber.toLowerCase() }, 201));

  assert.equal((await client.createOrder(LINKS)).outcome, "created");
});

test("events show a path as errors do: no segment that may be a person", LIMIT, async () => {
  const events = [];
  const { client } = bare(() => json({}, 404), { onEvent: (event) => events.push(event) });

  await rejection(client.getOrder("ada@example.org"));
  await rejection(client.getOrder("ORDER-1"));
  await client.listOrders({ pageSize: 5 }).catch(() => {});

  assert.deepEqual([...new Set(events.map(({ path }) => path))], ["/v1/Orders/…", "/v1/Orders/ORDER-1", "/v1/Orders"]);
});

test("a 409 that names no order is reconciled from the history", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, sandbox } = setUp();
  const first = await client.createOrder(LINKS);
  sandbox.inject("409-without-id");

  const again = await clock.run(client.createOrder(LINKS));

  assert.equal(again.outcome, "reconciled");
  assert.equal(again.order.Id, first.order.Id);
  assert.equal(sandbox.orders().length, 1);
});

test("the same order placed again is reconciled, with other spacing and spelling of numbers too", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const first = await client.createOrder(ODD);

  const again = await client.createOrder({ Type: "Links", PONumber: "ODD-1", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }] });

  assert.deepEqual([again.outcome, again.compared, again.order.Id], ["reconciled", "full", first.order.Id]);
  assert.equal(sandbox.orders().length, 1);
});

for (const [name, change] of [
  ["another value", (order) => (order.LineItems[0].Value = 50)],
  ["another quantity", (order) => (order.LineItems[0].Quantity = 3)],
  ["another recipient", (order) => (order.LineItems[0].DigitalDeliveryAddress.Email = "other@example.org")],
  ["another message", (order) => (order.LineItems[0].Personalization.Message = "Other")],
  ["another note", (order) => (order.Note = "other")],
  ["another line", (order) => order.LineItems.push(structuredClone(order.LineItems[0]))],
]) {
  test(`a PO number that is taken by an order with ${name} is a conflict that names it`, LIMIT, async () => {
    const { client, sandbox } = setUp();
    const { order } = await client.createOrder(DIGITAL);
    const other = structuredClone(DIGITAL);
    change(other);

    const error = await rejection(client.createOrder(other));

    assert.ok(error instanceof PoNumberConflictError);
    assert.equal(error.code, "po_number_conflict");
    assert.equal(error.outcome, "rejected");
    assert.equal(error.orderId, order.Id);
    assert.equal(error.poNumber, DIGITAL.PONumber);
    assert.equal(error.status, 409);
    assert.equal(sandbox.orders().length, 1);
  });
}

test("an order that the deposit does not cover is refused, and can be placed under the same PO number later", LIMIT, async () => {
  const { client, sandbox, sent } = setUp({ sandbox: { available: "10.00", pending: "0.00" } });

  const error = await rejection(client.createOrder(LINKS));
  sandbox.fund("100.00");
  sandbox.settle("100.00");
  const { outcome } = await client.createOrder(LINKS);

  assert.ok(error instanceof InsufficientFundsError);
  assert.deepEqual([error.outcome, error.status, error.attempts, error.poNumber], ["rejected", 422, 1, LINKS.PONumber]);
  assert.equal(outcome, "created");
  assert.equal(sent("POST", "/v1/Orders").length, 2);
});

test("an order that breaks a rule is refused before anything is sent, with every issue", LIMIT, async () => {
  const { client, sandbox } = setUp();

  const error = await rejection(client.createOrder({ Type: "Links", LineItems: [{ ProductId: "X", Value: "25", Quantity: 0 }] }));

  assert.ok(error instanceof ValidationError);
  assert.deepEqual([error.outcome, error.attempts, error.code], ["not-sent", 0, "validation_failed"]);
  assert.deepEqual(error.issues.map(({ code }) => code), ["invalid_type", "not_positive", "required"]);
  assert.deepEqual(sandbox.requests(), []);
});

test("the caller's limits are kept before anything is sent", LIMIT, async () => {
  const { client, sandbox } = setUp({ limits: { maxOrderValue: "49.99", maxLines: 1 } });

  const value = await rejection(client.createOrder(LINKS));
  const lines = await rejection(client.createOrder({ ...LINKS, LineItems: [1, 2].map(() => ({ ProductId: "P", Value: 1, Quantity: 1 })) }));

  assert.deepEqual(value.issues.map(({ code }) => code), ["over_limit"]);
  assert.ok(lines.issues.some(({ code }) => code === "too_many_lines"));
  assert.deepEqual([value.outcome, lines.outcome], ["not-sent", "not-sent"]);
  assert.deepEqual(sandbox.requests(), []);
});

test("an order is got by its id, and an unknown id is a 404", LIMIT, async () => {
  const { client } = setUp();
  const { order } = await client.createOrder(LINKS);

  const got = await client.getOrder(order.Id);
  const error = await rejection(client.getOrder("a/b ü"));

  assert.deepEqual(got, order);
  assert.equal(error.code, "not_found");
  assert.equal(error.status, 404);
  assert.equal(error.outcome, undefined);
});

test("an id is one segment of the path, whatever it holds", LIMIT, async () => {
  const { client, requests } = bare(() => json({ Id: "1" }));

  await client.getOrder("../Tokens?x=1#é");

  assert.equal(requests[0].request.url, `${BASE_URL}/v1/Orders/..%2FTokens%3Fx%3D1%23%C3%A9`);
});

test("the balance is what the account holds after an order", LIMIT, async () => {
  const { client } = setUp({ sandbox: { available: "100.00", pending: "7.50" } });

  await client.createOrder(LINKS);
  const balance = await client.accountBalance();

  assert.deepEqual(balance, { Pending: 7.5, Available: 50 });
});

test("a list gives its first page to await, and every item of every page to for await", LIMIT, async () => {
  const { client, sent } = setUp();

  const page = await client.listProducts({ pageSize: 5 });
  const ids = [];
  for await (const product of client.listProducts({ pageSize: 5 })) ids.push(product.Id);

  assert.deepEqual([page.Items.length, page.PageIndex, page.PageSize, page.TotalCount], [5, 1, 5, 12]);
  assert.equal(new Set(ids).size, 12);
  assert.deepEqual(
    sent("GET", "/v1/Products").map(({ query }) => new URLSearchParams(query).get("pageIndex")),
    ["1", "1", "2", "3"],
  );
});

test("a list begins at the page that is asked for, and stops asking when the loop is left", LIMIT, async () => {
  const { client, sent } = setUp();

  const ids = [];
  for await (const product of client.listProducts({ pageSize: 5, pageIndex: 2 })) {
    ids.push(product.Id);
    if (ids.length === 5) break;
  }

  assert.equal(ids.length, 5);
  assert.equal(sent("GET", "/v1/Products").length, 1);
});

test("one list can be awaited and walked, and its first page is loaded once", LIMIT, async () => {
  const { client, sent } = setUp();
  const list = client.listProducts({ pageSize: 6 });

  const page = await list;
  const ids = [];
  for await (const product of list) ids.push(product.Id);

  assert.deepEqual(ids.slice(0, 6), page.Items.map(({ Id }) => Id));
  assert.equal(ids.length, 12);
  assert.equal(sent("GET", "/v1/Products").length, 2);
});

test("a bare list is one complete page", LIMIT, async () => {
  const { client, sent } = setUp({ sandbox: { lists: "bare" } });

  const ids = [];
  for await (const product of client.listProducts({ pageSize: 5 })) ids.push(product.Id);

  assert.equal(ids.length, 12);
  assert.equal(sent("GET", "/v1/Products").length, 1);
});

test("a server that answers every page with the same one does not make the loop endless", LIMIT, async () => {
  const page = { Data: [{ Id: "A" }, { Id: "B" }], Page: 1, PageSize: 2, TotalCount: 10 };
  const { client, requests } = bare(() => json(page));

  const ids = [];
  for await (const product of client.listProducts({ pageSize: 2 })) ids.push(product.Id);

  assert.deepEqual(ids, ["A", "B"]);
  assert.equal(requests.length, 2);
});

test("a server that begins anew behind its last page does not make the loop endless", LIMIT, async () => {
  const { client, requests } = bare((_, count) => json({ Data: [{ Id: `A${count % 3}`, PONumber: "PO-2" }], PageSize: 1 }));

  const ids = [];
  for await (const product of client.listProducts()) ids.push(product.Id);

  assert.deepEqual(ids, ["A1", "A2", "A0"]);
  assert.equal(requests.length, 4);
  assert.equal(await client.findOrder("PO-1"), undefined);
});

test("every item of a list comes where the server holds back some of each page and repeats the size that it was asked for", LIMIT, async () => {
  const all = Array.from({ length: 250 }, (_, index) => ({ Id: `P${index}`, PONumber: `PO-${index}` }));
  const { client, requests } = bare((request) => {
    const id = new URL(request.url).pathname.split("/v1/Orders/")[1];
    if (id) return json(all.find(({ Id }) => Id === id));
    const query = new URL(request.url).searchParams;
    const index = Number(query.get("pageIndex") ?? 1);
    return json({ data: all.slice((index - 1) * 80, index * 80), page: index, pageSize: Number(query.get("pageSize")), totalCount: 250 });
  });

  const ids = [];
  for await (const { Id } of client.listProducts({ pageSize: 500 })) ids.push(Id);

  assert.deepEqual(ids, all.map(({ Id }) => Id));
  assert.equal(requests.length, 4);
  assert.equal((await client.findOrder("PO-249")).Id, "P249");
});

test("a total that is no number ends no list", LIMIT, async () => {
  for (const totalCount of [null, "", "many", true, -1, 2.5, undefined]) {
    const all = ["A", "B", "C", "D", "E"].map((Id) => ({ Id }));
    const { client } = bare((request) => {
      const index = Number(new URL(request.url).searchParams.get("pageIndex") ?? 1);
      return json({ data: all.slice(2 * index - 2, 2 * index), page: index, pageSize: 2, totalCount });
    });

    const ids = [];
    for await (const { Id } of client.listProducts()) ids.push(Id);

    assert.equal(ids.join(""), "ABCDE", String(totalCount));
  }
});

test("nothing is asked for behind the last page", LIMIT, async () => {
  const all = Array.from({ length: 130 }, (_, index) => ({ Id: `O-${index}`, PONumber: `PO-${index}` }));
  const { client } = bare((request) => {
    const query = new URL(request.url).searchParams;
    const [index, size] = [Number(query.get("pageIndex") ?? 1), Number(query.get("pageSize") ?? 100)];
    const data = all.slice((index - 1) * size, index * size);
    return data.length > 0 ? json({ data, page: index, pageSize: size, totalCount: all.length }) : json({}, 404);
  });

  const ids = [];
  for await (const { Id } of client.listProducts({ pageIndex: 2, pageSize: 100 })) ids.push(Id);

  assert.equal(ids.length, 30);
  assert.equal(await client.findOrder("PO-X"), undefined);
});

test("an answer may begin with a byte order mark", LIMIT, async () => {
  const marked = (value, status) => new Response(`\uFEFF${JSON.stringify(value)}`, { status });
  const { client, posts } = bare(({ method }) => marked({ Id: "O-1", Available: 5 }, method === "POST" ? 201 : 200));

  const placed = await client.createOrder(LINKS);

  assert.deepEqual([placed.outcome, placed.attempts, placed.order.Id], ["created", 1, "O-1"]);
  assert.equal(posts().length, 1);
  assert.equal((await client.accountBalance()).Available, 5);
  assert.deepEqual((await client.request("GET", "/v1/Status")).body, { Id: "O-1", Available: 5 });
  assert.equal((await client.confirmFulfillment('\uFEFF{"Id":"O-1"}')).Id, "O-1");
});

test("a token that the API hands out again after a 401 is tried once more", LIMIT, async () => {
  const asked = [];
  const set = (answers) =>
    new GiftCardPartners({
      baseUrl: BASE_URL,
      credentials: { email: "e@example.org", accessToken: "S" },
      fetch: async ({ url, method }) => {
        if (url.endsWith("/v1/Tokens")) return json({ Value: "T", ExpiresIn: 3600 });
        asked.push(method);
        return answers.shift() ?? json({}, 401);
      },
    });

  const balance = await set([json({}, 401), json({ Available: 5 })]).accountBalance();
  const placed = await set([json({}, 401), json({ Id: "O-1" }, 201)]).createOrder(LINKS);
  const error = await rejection(set([]).accountBalance());

  assert.equal(balance.Available, 5);
  assert.deepEqual([placed.outcome, placed.attempts], ["created", 1]);
  assert.ok(error instanceof AuthenticationError);
  assert.equal(error.status, 401);
  assert.deepEqual(asked, ["GET", "GET", "POST", "POST", "GET", "GET"]);
});

test("a 409 and a 422 to what is no order say nothing of orders", LIMIT, async () => {
  for (const status of [409, 422]) {
    const { client } = bare(() => json({}, status));
    for (const call of [client.accountBalance(), client.listProducts(), client.getOrder("O-1"), client.catalog()]) {
      const error = await rejection(call);
      assert.equal(error.status, status);
      assert.doesNotMatch(error.message, /PO number|deposit/);
    }
  }
});

test("a failure of a list reaches the loop, and is no unhandled rejection", LIMIT, async (t) => {
  const unhandled = [];
  const listener = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", listener);
  t.after(() => process.off("unhandledRejection", listener));
  const { client } = bare((_, count) =>
    count === 1 ? json({ Data: [{ Id: "A" }], Page: 1, PageSize: 1, TotalCount: 2 }) : json({}, 403),
  );
  const walk = async (list) => {
    for await (const product of list) assert.equal(product.Id, "A");
  };

  const second = await rejection(walk(client.listProducts({ pageSize: 1 })));
  const first = await rejection(walk(client.listProducts({ pageSize: 1 })));
  const awaited = await rejection(client.listProducts({ pageSize: 1 }));
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);

  assert.ok([second, first, awaited].every((error) => error instanceof AuthenticationError && error.code === "forbidden"));
  assert.deepEqual(unhandled, []);
});

test("waiting for an order looks until it is not pending, and tells of each look", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, sent } = setUp({ sandbox: { asyncThreshold: 0, fulfillmentMs: 20_000 } });
  const { order } = await client.createOrder(LINKS);
  const updates = [];

  const finished = await clock.run(
    client.waitForOrder(order, {
      onUpdate(update) {
        updates.push(update.Status);
        throw new Error("a listener's own affair");
      },
    }),
  );

  assert.equal(order.Status, "Pending");
  assert.equal(finished.Status, "Completed");
  assert.equal(finished.LineItems[0].ClaimData.length, 2);
  assert.ok(clock.elapsed() >= 20_000 && clock.elapsed() < 60_000, String(clock.elapsed()));
  assert.equal(updates.at(-1), "Completed");
  assert.ok(updates.slice(0, -1).every((status) => status === "Pending") && updates.length >= 3);
  assert.equal(sent("GET", `/v1/Orders/${order.Id}`).length, updates.length);
  assert.equal(clock.pending(), 0);
});

for (const lines of [1, 1_000]) {
  test(`an order of ${lines} lines is looked at by the schedule of pollDelayMs`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const order = { Id: "1", Status: "Pending", LineItems: Array.from({ length: lines }, () => ({ ProductId: "A" })) };
    const looks = [];
    const { client } = bare(() => {
      looks.push(clock.elapsed());
      return json(looks.length < 7 ? order : { ...order, Status: "Completed" });
    });

    await clock.run(client.waitForOrder(order));

    const gaps = looks.map((look, place) => look - (looks[place - 1] ?? 0));
    // 1 s and 10 ms a line at first, doubled each time, at most 5 minutes; jitter of a tenth.
    const nominal = gaps.map((_, attempt) => Math.min((1_000 + 10 * lines) * 2 ** attempt, 300_000));
    assert.ok(gaps.every((gap, attempt) => Math.abs(gap - nominal[attempt]) <= nominal[attempt] / 10 + 1), inspect({ gaps, nominal }));
  });
}

for (const [what, gone] of [
  ["is not there yet", () => json({}, 404)],
  ["cannot be read", () => new Response("<html>", { status: 200 })],
]) {
  test(`an order that was just placed and ${what} is looked at again, and not for ever`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const pending = { Id: "1", Status: "Pending" };
    let looks = 0;
    const { client } = bare(() => ((looks += 1) < 4 ? gone() : json({ ...pending, Status: "Completed" })));
    const { client: never } = bare(gone);

    const order = await clock.run(client.waitForOrder(pending));
    const error = await clock.run(rejection(never.waitForOrder(pending)));
    const unknown = await clock.run(rejection(never.waitForOrder("1")));

    assert.deepEqual([order.Status, looks], ["Completed", 4]);
    for (const { code } of [error, unknown]) assert.match(code, /^(not_found|invalid_answer)$/);
  });
}

test("where the retries run out after a lost answer, the history is asked whether the order is there", LIMIT, async () => {
  const { client, sandbox, sent } = setUp({ maxRetries: 0 });
  sandbox.inject("drop-response");

  const placed = await client.createOrder(LINKS);
  sandbox.inject("drop-request");
  const error = await rejection(client.createOrder(DIGITAL));

  assert.deepEqual([placed.outcome, placed.attempts, error.outcome, error.attempts], ["reconciled", 1, "unknown", 1]);
  assert.equal(sent("POST", "/v1/Orders").length, 2);
});

test("a PO number that is taken by an unfinished order with other lines is a conflict", LIMIT, async () => {
  const { client } = setUp({ sandbox: { clock: "manual", asyncThreshold: 0 } });
  const [line] = LINKS.LineItems;
  const { order } = await client.createOrder(LINKS);

  const error = await rejection(client.createOrder({ ...LINKS, LineItems: [{ ...line, Value: 10 }, { ...line, Value: 50 }] }));

  assert.ok(error instanceof PoNumberConflictError);
  assert.deepEqual([error.outcome, error.orderId], ["rejected", order.Id]);
});

test("a 401 that no fresh token follows is an attempt", LIMIT, async () => {
  let tokens = 0;
  const fetch = async (request) => {
    if (!request.url.endsWith("/v1/Tokens")) return json({}, 401);
    tokens += 1;
    return tokens > 1 ? json({}, 403) : json({ Value: "token" });
  };
  const client = new GiftCardPartners({ baseUrl: BASE_URL, credentials: { email: "me@example.org", accessToken: "secret" }, fetch });

  const error = await rejection(client.createOrder(LINKS));

  assert.deepEqual([error.outcome, error.attempts], ["rejected", 1]);
});

test("waiting for an id looks at once, and a finished order is not looked at", LIMIT, async () => {
  const { client, sent } = setUp();
  const { order } = await client.createOrder(LINKS);

  const known = await client.waitForOrder(order);
  const looks = sent("GET", `/v1/Orders/${order.Id}`).length;
  const looked = await client.waitForOrder(order.Id);

  assert.deepEqual(known, order);
  assert.equal(looks, 0);
  assert.deepEqual(looked, order);
});

test("a deadline ends the wait for an order itself, not at the next look", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client } = bare(() => json({ Id: "1", Status: "pending" }));

  const error = await clock.run(rejection(client.waitForOrder("1", { deadlineMs: 1_500 })));

  assert.ok(error instanceof TimeoutError);
  assert.equal(clock.elapsed(), 1_500);
});

test("a wait for an order has no deadline but its own", LIMIT, async (t) => {
  const clock = fastClock(t);
  const hour = 3_600_000;
  const { client } = bare(() => json({ Id: "1", Status: clock.elapsed() < hour ? "Pending" : "Shipped" }), { deadlineMs: 1_000 });

  const order = await clock.run(client.waitForOrder("1"));

  assert.equal(order.Status, "Shipped");
  assert.ok(clock.elapsed() >= hour);
});

test("a signal ends the wait for an order at once", LIMIT, async () => {
  const { controller, signal, count } = countingController();
  const { client } = bare(() => json({ Id: "1", Status: "Pending" }));

  const waiting = rejection(client.waitForOrder("1", { signal, onUpdate: () => setImmediate(() => controller.abort()) }));
  const error = await waiting;

  assert.ok(error instanceof AbortedError);
  assert.equal(count.live.size, 0);
});

test("a signal that is aborted already sends nothing", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const signal = AbortSignal.abort(new Error("a reason that may hold person@example.org"));

  const error = await rejection(client.createOrder(LINKS, { signal }));

  assert.ok(error instanceof AbortedError);
  assert.deepEqual([error.outcome, error.attempts, error.code], ["not-sent", 0, "aborted"]);
  assertSilent(error, ["person@example.org"]);
  assert.deepEqual(sandbox.requests(), []);
});

test("a signal that is aborted while the order is out leaves it unknown, and aborts the request", LIMIT, async () => {
  const controller = new AbortController();
  const { client, requests } = bare(() => {
    setImmediate(() => controller.abort("no Error at all"));
    return never();
  });

  const error = await rejection(client.createOrder(LINKS, { signal: controller.signal }));

  assert.ok(error instanceof AbortedError);
  assert.deepEqual([error.outcome, error.attempts], ["unknown", 1]);
  assert.equal(requests.length, 1);
  assert.ok(requests[0].request.signal.aborted);
});

test("a signal that is aborted between attempts ends the wait; the order stays unknown after a lost one", LIMIT, async () => {
  const controller = new AbortController();
  const { client, posts } = bare(async () => Promise.reject(new TypeError("fetch failed")), {
    onEvent: ({ type }) => type === "retry" && controller.abort(),
  });

  const error = await rejection(client.createOrder(LINKS, { signal: controller.signal }));

  assert.ok(error instanceof AbortedError);
  assert.deepEqual([error.outcome, error.attempts], ["unknown", 1]);
  assert.equal(posts().length, 1);
});

test("one caller's signal does not end the token request that others wait for", LIMIT, async () => {
  const { client, sandbox, sent } = setUp();
  const controller = new AbortController();

  const aborted = rejection(client.accountBalance({ signal: controller.signal }));
  const others = [client.accountBalance(), client.accountBalance()];
  controller.abort();

  assert.ok((await aborted) instanceof AbortedError);
  assert.equal((await Promise.all(others)).length, 2);
  assert.equal(sent("POST", "/v1/Tokens").length, 1);
  assert.equal(sandbox.requests().length, 3);
});

/** A client whose tokens take so long, and the requests for them. */
function slowTokens(options, ms) {
  const asked = [];
  const fetch = (request) => {
    if (!request.url.endsWith("Tokens")) return Promise.resolve(json({ Available: 1 }));
    asked.push(request.signal);
    return new Promise((resolve) => {
      if (ms !== Infinity) setTimeout(() => resolve(json({ Value: "t", ExpiresIn: 3600 })), ms);
    });
  };
  const credentials = { email: "person@example.org", accessToken: "secret" };
  return { asked, client: new GiftCardPartners({ baseUrl: "https://api.example", credentials, fetch, ...options }) };
}

test("a call's own deadline governs its token request", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, asked } = slowTokens({ deadlineMs: 100 }, 300);

  assert.equal((await clock.run(client.accountBalance({ deadlineMs: 1_000 }))).Available, 1);
  assert.equal(asked.length, 1);
});

test("a call's own timeout governs its token request", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client } = slowTokens({ timeoutMs: 2_000, maxRetries: 0 }, Infinity);

  const error = await clock.run(rejection(client.accountBalance({ timeoutMs: 100 })));

  assert.ok(error instanceof TimeoutError);
  assert.ok(clock.elapsed() >= 100 && clock.elapsed() <= 200, String(clock.elapsed()));
});

for (const impatience of [{ deadlineMs: 100 }, { timeoutMs: 20 }]) {
  test(`who began the token request with ${inspect(impatience)} does not fail a more patient one`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const { client, asked } = slowTokens({}, 300);

    const first = rejection(client.accountBalance(impatience));
    const second = client.accountBalance();

    assert.ok((await clock.run(first)) instanceof TimeoutError);
    assert.equal((await clock.run(second)).Available, 1);
    assert.equal(asked.length, 1);
  });
}

test("a token request that nobody waits for any more ends, and leaves no timer", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, asked } = slowTokens({}, Infinity);
  const controller = new AbortController();
  const calls = [client.accountBalance({ signal: controller.signal }), client.status({ signal: controller.signal })].map(rejection);
  await new Promise(setImmediate);

  controller.abort();
  const errors = await Promise.all(calls);
  for (let turn = 0; turn < 40; turn += 1) await new Promise(setImmediate);

  assert.ok(errors.every((error) => error instanceof AbortedError));
  assert.deepEqual([asked.length, asked[0].aborted, clock.pending()], [1, true, 0]);
});

test("after a token request that was given up, the next call makes its own", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, asked } = slowTokens({}, 300);

  await clock.run(rejection(client.accountBalance({ deadlineMs: 100 })));

  assert.equal((await clock.run(client.accountBalance())).Available, 1);
  assert.equal(asked.length, 2);
});

test("a fetch that never answers and ignores signals ends at the timeout", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, requests } = bare(never, { timeoutMs: 500, maxRetries: 1 });

  const error = await clock.run(rejection(client.accountBalance()));

  assert.ok(error instanceof TimeoutError);
  assert.equal(requests.length, 2);
  assert.ok(clock.elapsed() >= 1_000 && clock.elapsed() <= 1_500, String(clock.elapsed()));
  assert.ok(requests.every(({ request }) => request.signal.aborted));
  assert.equal(clock.pending(), 0);
});

test("the timeout covers a body that never ends", LIMIT, async (t) => {
  const clock = fastClock(t);
  const endless = () => new Response(new ReadableStream({ start: (stream) => stream.enqueue(bytes('{"Id":')) }), { status: 201 });
  const { client, posts } = bare(endless, { timeoutMs: 500, maxRetries: 0 });

  const error = await clock.run(rejection(client.createOrder(LINKS)));

  assert.ok(error instanceof TimeoutError);
  assert.deepEqual([error.outcome, error.attempts], ["unknown", 1]);
  // The order, and a look into the history for it, which does not end either.
  assert.equal(clock.elapsed(), 1_000);
  assert.equal(posts().length, 1);
});

test("the deadline ends a call, its retries included", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client } = bare(never, { timeoutMs: 1_000, maxRetries: 100 });

  const error = await clock.run(rejection(client.accountBalance({ deadlineMs: 5_000 })));

  assert.ok(error instanceof TimeoutError);
  assert.ok(clock.elapsed() <= 5_000, String(clock.elapsed()));
});

test("a call's own timeout goes before the client's", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client } = bare(never, { timeoutMs: 60_000, maxRetries: 0 });

  await clock.run(rejection(client.accountBalance({ timeoutMs: 250 })));

  assert.equal(clock.elapsed(), 250);
});

test("Retry-After is obeyed, and one past the deadline ends the call at once", LIMIT, async (t) => {
  const clock = fastClock(t);
  const limited = (seconds) => json({}, 429, { "Retry-After": String(seconds) });
  const patient = bare((_, count) => (count === 1 ? limited(40) : json({ Available: 1 })));
  const hopeless = bare(() => limited(121));

  await clock.run(patient.client.accountBalance());
  const waited = clock.elapsed();
  const error = await clock.run(rejection(hopeless.client.accountBalance()));

  assert.equal(waited, 40_000);
  assert.equal(clock.elapsed(), waited);
  assert.deepEqual([error.code, error.retryAfterMs, error.status], ["rate_limited", 121_000, 429]);
  assert.equal(hopeless.requests.length, 1);
});

test("Retry-After may be a date, for a call and for an order", LIMIT, async (t) => {
  const clock = fastClock(t);
  const inSeconds = (seconds) => new Date(Date.now() + seconds * 1_000).toUTCString();
  const limited = (date) => json({}, 429, { "Retry-After": date });
  const calls = [(client) => client.accountBalance(), (client) => client.createOrder(LINKS)];

  for (const call of calls) {
    const patient = bare((_, count) => (count === 1 ? limited(inSeconds(40)) : json({ Id: "1", Available: 1 })));
    const begun = clock.elapsed();
    await clock.run(call(patient.client));
    const waited = clock.elapsed() - begun;
    // Dates know no parts of a second.
    assert.ok(waited > 38_000 && waited <= 40_000, String(waited));

    const hopeless = bare(() => limited(inSeconds(7_200)));
    const error = await clock.run(rejection(call(hopeless.client)));
    assert.equal(clock.elapsed() - begun, waited);
    assert.equal(error.code, "rate_limited");
    assert.ok(error.retryAfterMs > 7_198_000 && error.retryAfterMs <= 7_200_000, String(error.retryAfterMs));
    assert.equal(hopeless.requests.length, 1);
  }
});

test("a date of Retry-After is by the clock of who answered, and what is neither seconds nor a date is none", LIMIT, async () => {
  const hour = 3_600_000;
  const after = async (headers) => {
    const { client } = bare(() => json({}, 429, headers), { maxRetries: 0 });
    return (await rejection(client.accountBalance())).retryAfterMs;
  };
  const date = (ms) => new Date(Date.now() + ms).toUTCString();

  for (const skew of [-hour, 0, hour]) {
    const wait = await after({ Date: date(skew), "Retry-After": date(skew + 2_000) });
    assert.ok(wait >= 1_000 && wait <= 3_000, String(wait));
  }
  for (const value of ["1.5", "-1", "soon", "1e3"]) assert.equal(await after({ "Retry-After": value }), undefined, value);
});

test("where a call has no deadline, the API can ask for ten minutes and no more", LIMIT, async (t) => {
  const clock = fastClock(t);
  const limited = (seconds) => bare((_, count) => (count === 1 ? json({}, 429, { "Retry-After": seconds }) : json({ Id: "1", Status: "Done" })));

  const order = await clock.run(limited("600").client.waitForOrder("1"));
  const error = await clock.run(rejection(limited("601").client.waitForOrder("1")));

  assert.equal(order.Status, "Done");
  assert.deepEqual([error.code, error.retryAfterMs], ["rate_limited", 601_000]);
});

test("a Retry-After beyond all numbers is past the deadline too", LIMIT, async () => {
  const { client, requests } = bare(() => json({}, 429, { "Retry-After": "9".repeat(24) }));

  const error = await rejection(client.accountBalance());

  assert.equal(error.code, "rate_limited");
  assert.equal(requests.length, 1);
});

test("no listener stays on a shared signal, however a call ends", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { signal, count } = countingController();
  const { client, sandbox } = setUp();
  const failing = bare(() => json({}, 400)).client;
  const hanging = bare(never, { timeoutMs: 100, maxRetries: 1 }).client;
  sandbox.inject("drop-response");

  await clock.run(client.createOrder(LINKS, { signal }));
  await clock.run(Promise.all(Array.from({ length: 20 }, () => client.accountBalance({ signal }))));
  await clock.run(rejection(failing.accountBalance({ signal })));
  await clock.run(rejection(hanging.accountBalance({ signal })));
  for await (const product of client.listProducts({ pageSize: 5 }, { signal })) assert.ok(product.Id);

  assert.ok(count.added > 4, "a listener comes and goes with each wait");
  assert.equal(count.live.size, 0);
  assert.equal(count.removed, count.added);
  assert.equal(clock.pending(), 0);
});

test("events tell what happened, and hold no secret and no person", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, sandbox, events } = setUp({ headers: { "X-Proxy-Key": "proxy-secret" } });
  sandbox.inject("drop-response");

  await clock.run(client.createOrder(DIGITAL));
  sandbox.inject("expire-token");
  await clock.run(client.listProducts({ productName: "searched-name" }));

  const seen = events.map(({ type, method, path, status }) => [type, method, path, ...(status ? [status] : [])].join(" "));
  assert.deepEqual(seen.slice(0, 7), [
    "request POST /v1/Tokens",
    "response POST /v1/Tokens 200",
    "request POST /v1/Orders",
    "response POST /v1/Orders",
    "retry POST /v1/Orders",
    "request POST /v1/Orders",
    "response POST /v1/Orders 409",
  ]);
  assert.ok(seen.includes("refresh GET /v1/Products"));
  const ofOrder = events.filter(({ method, path }) => method === "POST" && path === "/v1/Orders");
  assert.deepEqual(ofOrder.map(({ attempt }) => attempt), [1, 1, 1, 2, 2]);
  assert.ok(ofOrder.every(({ poNumber }) => poNumber === DIGITAL.PONumber));
  assert.deepEqual(ofOrder.map(({ type, waitMs }) => [type, waitMs >= 0]).filter(([, waits]) => waits), [["retry", true]]);
  assert.ok(events.filter(({ type }) => type === "response").every(({ durationMs }) => durationMs >= 0));
  assertSilent(events, [
    sandbox.credentials.email,
    sandbox.credentials.accessToken,
    "Bearer",
    "eyJ",
    "proxy-secret",
    "searched-name",
    "person@example.org",
    "Ada",
  ]);
});

test("a listener of events that throws changes nothing", LIMIT, async () => {
  const { client } = setUp({
    onEvent() {
      throw new Error("a listener's own affair");
    },
  });

  const { outcome } = await client.createOrder(LINKS);

  assert.equal(outcome, "created");
});

test("the API's answer behind an error is held aside, up to 64 KB of it", LIMIT, async () => {
  const answer = { Message: "person@example.org is not a recipient" };
  const small = bare(() => json(answer, 400, { "X-Request-Id": "req-1" })).client;
  const large = bare(() => new Response("x".repeat(100_000), { status: 400 })).client;

  const error = await rejection(small.createOrder(DIGITAL));
  const cut = await rejection(large.createOrder(DIGITAL));

  assert.deepEqual([error.constructor, error.code, error.outcome, error.requestId], [GiftCardError, "bad_request", "rejected", "req-1"]);
  assert.equal(responseBody(error), JSON.stringify(answer));
  assertSilent(error, ["person@example.org"]);
  assert.equal(responseBody(cut), "x".repeat(65_536));
  assert.equal(responseBody(new Error("another")), undefined);
  assert.equal(responseBody(undefined), undefined);
});

test("an error shows itself in JSON and where a console shows it", LIMIT, async () => {
  const { client } = bare(() => json({}, 422));

  const error = await rejection(client.createOrder(LINKS));

  assert.equal(error.name, "InsufficientFundsError");
  assert.deepEqual(JSON.parse(JSON.stringify(error)), {
    name: "InsufficientFundsError",
    message: error.message,
    code: "insufficient_funds",
    status: 422,
    attempts: 1,
    outcome: "rejected",
    poNumber: LINKS.PONumber,
  });
  assert.match(inspect(error), /InsufficientFundsError: The deposit account/);
});

test("a lost connection is a NetworkError that says which kind, after all retries", LIMIT, async (t) => {
  const clock = fastClock(t);
  const refused = () => Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }) }));
  const { client, requests } = bare(refused, { maxRetries: 2 });

  const error = await clock.run(rejection(client.accountBalance()));

  assert.ok(error instanceof NetworkError);
  assert.equal(requests.length, 3);
  assert.deepEqual([error.cause.name, error.cause.code, error.cause.message], ["TypeError", "ECONNREFUSED", "TypeError (ECONNREFUSED)"]);
});

test("once an attempt is lost, a later refusal does not deny the order", LIMIT, async (t) => {
  const clock = fastClock(t);
  for (const status of [400, 401, 403, 422]) {
    const { client, sandbox } = setUp();
    let posts = 0;
    const fetch = async (request) => {
      if (request.method !== "POST" || !request.url.endsWith("/v1/Orders")) return sandbox.fetch(request);
      posts += 1;
      if (posts > 1) return json({}, status);
      await sandbox.fetch(request);
      throw new TypeError("fetch failed");
    };
    const { baseUrl, credentials } = sandbox;

    const placed = await clock.run(new GiftCardPartners({ baseUrl, credentials, fetch }).createOrder(LINKS));

    assert.deepEqual([placed.outcome, placed.compared], ["reconciled", "full"], String(status));
    client.free();
  }
});

test("an order that was lost and is not in the history stays unknown", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, posts } = bare((request, count) => {
    if (request.method === "GET") return json([]);
    return count === 1 ? Promise.reject(new TypeError("fetch failed")) : json({}, 422);
  });

  const error = await clock.run(rejection(client.createOrder(LINKS)));

  assert.ok(error instanceof InsufficientFundsError);
  assert.deepEqual([error.outcome, error.attempts], ["unknown", 2]);
  assert.match(error.message, /same PO number/);
  assert.equal(posts().length, 2);
});

test("fetch is looked up at each call, and an object is called as its method", LIMIT, async (t) => {
  const { fetch: platform } = globalThis;
  t.after(() => (globalThis.fetch = platform));
  const client = new GiftCardPartners({ baseUrl: BASE_URL });
  const receivers = [];
  globalThis.fetch = function fetch() {
    receivers.push(this);
    return Promise.resolve(json({ Available: 1 }));
  };
  const binding = {
    async fetch() {
      receivers.push(this);
      return json({ Available: 2 });
    },
  };

  const first = await client.accountBalance();
  const second = await new GiftCardPartners({ baseUrl: BASE_URL, fetch: binding }).accountBalance();

  assert.deepEqual([first, second], [{ Available: 1 }, { Available: 2 }]);
  assert.deepEqual(receivers, [undefined, binding]);
});

test("credentials and headers may be functions, asked when they are needed", LIMIT, async () => {
  const asked = { credentials: 0, headers: 0 };
  const { sandbox } = setUp();
  const client = new GiftCardPartners({
    baseUrl: new URL(sandbox.baseUrl),
    fetch: sandbox.fetch,
    credentials: async () => ((asked.credentials += 1), sandbox.credentials),
    headers: () => ((asked.headers += 1), { "X-Count": String(asked.headers) }),
  });

  await client.accountBalance();
  await client.accountBalance();

  assert.deepEqual(asked, { credentials: 1, headers: 3 });
  assert.deepEqual(sandbox.requests().map(({ headers }) => headers["x-count"]).sort(), ["1", "2", "3"]);
});

test("paths are appended to the path of the base URL", LIMIT, async () => {
  for (const baseUrl of ["https://api.example/base", "https://api.example/base/", new URL("https://api.example/base")]) {
    const { client, requests } = bare(() => json({}), { baseUrl });

    await client.accountBalance();

    assert.equal(requests[0].request.url, "https://api.example/base/v1/AccountBalance");
    assert.equal(requests[0].request.redirect, "manual");
  }
});

test("a relative base URL is resolved against the page", LIMIT, async (t) => {
  t.after(() => delete globalThis.location);
  globalThis.location = { href: "https://shop.example/cart?x=1" };
  const { client, requests } = bare(() => json({}), { baseUrl: "/api" });

  await client.accountBalance();

  assert.equal(requests[0].request.url, "https://shop.example/api/v1/AccountBalance");
});

test("what is under way survives free(), and what comes later fails at once", LIMIT, async () => {
  const { client } = setUp();

  const placing = client.createOrder(LINKS);
  client.free();

  assert.equal((await placing).outcome, "created");
  assert.ok((await rejection(client.accountBalance())) instanceof ConfigError);
});

test("a buffer of another realm is a body, a notification and an order", LIMIT, async () => {
  const foreign = (value) => {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    const buffer = runInNewContext("new ArrayBuffer(length)", { length: bytes.length });
    new Uint8Array(buffer).set(bytes);
    return buffer;
  };
  const { client, requests } = bare(() => json({ Id: "7", PONumber: "PO-7" }, 200));

  await client.request("POST", "/v1/Things", { body: foreign({ a: 1 }) });
  const order = await client.confirmFulfillment(foreign({ OrderId: "7" }));

  assert.equal(await requests[0].request.text(), '{"a":1}');
  assert.deepEqual([order.Id, new URL(requests[1].request.url).pathname], ["7", "/base/v1/Orders/7"]);
  assert.equal(client.prepareOrder(foreign(LINKS)).poNumber, LINKS.PONumber);
});

test("keys that are not known are kept with their first letter raised, and values are untouched", LIMIT, async () => {
  const answer = { id: "1", poNumber: "po", newField: { innerField: [1.5, "aB", null] }, status: "Brand new" };
  const { client } = bare(() => json(answer));

  const order = await client.getOrder("1");

  assert.deepEqual(order, { Id: "1", PONumber: "po", NewField: { InnerField: [1.5, "aB", null] }, Status: "Brand new" });
});

test("an answer of another kind is a DecodeError, and a call's options must be what they are said to be", LIMIT, async () => {
  for (const answer of [() => new Response("<html>", { status: 200 }), () => json([1]), () => json("text"), () => json(null)]) {
    const { client } = bare(answer, { maxRetries: 0 });

    assert.ok((await rejection(client.accountBalance())) instanceof DecodeError);
  }
  const { client, requests } = bare(() => json({}));
  for (const options of [7, "x", { signal: {} }, { timeoutMs: 0 }, { timeoutMs: -1 }, { timeoutMs: "1" }, { deadlineMs: NaN }]) {
    assert.ok((await rejection(client.accountBalance(options))) instanceof ConfigError, inspect(options));
  }
  assert.deepEqual(requests, []);
});

test("what the headers took counts into the deadline of the call", LIMIT, async (t) => {
  const clock = fastClock(t);
  const client = new GiftCardPartners({
    baseUrl: BASE_URL,
    timeoutMs: 60_000,
    deadlineMs: 100_000,
    headers: () => new Promise((resolve) => setTimeout(resolve, 50_000, {})),
    fetch: () => new Promise(() => {}),
  });

  const error = await clock.run(rejection(client.createOrder(DIGITAL, {})));

  assert.ok(error instanceof TimeoutError);
  assert.equal(error.outcome, "unknown");
  assert.equal(clock.elapsed(), 100_000);
});
