// Every resource of the reference through the package as it is installed: both casings, both forms of lists, every status.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import {
  AuthenticationError,
  ConfigError,
  DecodeError,
  GiftCardError,
  GiftCardPartners,
  InsufficientFundsError,
  PoNumberConflictError,
  TimeoutError,
  ValidationError,
  responseBody,
} from "giftcard-partners";

import { DIGITAL, LIMIT, LINKS, PHYSICAL, assertSilent, bare, fastClock, json, rejection, setUp, thrown } from "./support.js";

const SHORT_LISTS = ["listShippingMethods", "listCarriers", "listBrandings", "listDepartments"];
const SHAPES = [
  { casing: "pascal", lists: "envelope" },
  { casing: "pascal", lists: "bare" },
  { casing: "camel", lists: "envelope" },
  { casing: "camel", lists: "bare" },
];

for (const shape of SHAPES) {
  test(`every resource is read in ${shape.casing} casing with ${shape.lists} lists`, LIMIT, async () => {
    const { client } = setUp({ sandbox: shape });
    const { order } = await client.createOrder(LINKS);

    const token = await client.createToken();
    const { Items: products } = await client.listProducts();

    assert.deepEqual(Object.keys(token), ["Value", "ExpiresIn"]);
    assert.deepEqual(await client.accountBalance(), { Pending: 0, Available: 10_000 - order.TotalCost });
    assert.equal((await client.status()).Status, "Operational");
    assert.deepEqual(await client.getProduct(products[0].Id), products[0]);
    assert.deepEqual((await client.listOrders()).Items, [order]);
    assert.deepEqual(await client.getOrder(order.Id), order);
    assert.deepEqual(await client.findOrder(LINKS.PONumber), order);
    assert.equal((await client.listShippingMethods()).Items[0].Id, "STANDARD");
    assert.equal((await client.listCarriers()).Items[0].Id, "DEFAULT");
    assert.equal((await client.listBrandings()).Items[0].Id, "BRAND-123");
    assert.deepEqual((await client.listDepartments()).Items.map(({ Id }) => Id), ["HR", "MARKETING"]);
  });
}

test("createToken makes a new token, and the calls after it use that one", LIMIT, async () => {
  const { client, sandbox, sent } = setUp();
  await client.accountBalance();
  sandbox.inject("expire-token");

  const first = await client.createToken();
  const second = await client.createToken();
  await client.accountBalance();

  assert.notEqual(first.Value, second.Value);
  assert.equal(second.ExpiresIn, 3600);
  assert.equal(sent("POST", "/v1/Tokens").length, 3);
  assert.deepEqual(sent("GET", "/v1/AccountBalance").map(({ status }) => status), [200, 200]);
});

test("a token comes in the documented spelling with what else the API says, and one without a value shows nothing", LIMIT, async () => {
  const { client } = bare((_, count) =>
    json(count === 1 ? { value: "t-1", expiresIn: 60, tokenType: "Bearer" } : { value: "half\na-token" }),
  );

  const token = await client.createToken();
  const error = await rejection(client.createToken());

  assert.deepEqual(token, { Value: "t-1", ExpiresIn: 60, TokenType: "Bearer" });
  assert.ok(error instanceof DecodeError);
  assertSilent(error, ["half", "a-token"]);
  assert.equal(responseBody(error), undefined);
});

test("keys of a list are documented at every depth, whatever its values hold", LIMIT, async () => {
  const text = String.raw`a "quoted\" \\ text", {"id":1} [\u00e9] ü 🎁`;
  const items = [
    { id: "A", poNumber: text, PONumber: 1, nested: [{ claimData: [{ "": 1, éclair: 2, x: [] }] }] },
    { id: "B", poNumber: "", nested: [], fooBar: 1, foobar: 2, FOOBAR: 3 },
    [],
    "id",
    null,
  ];
  const first = { Id: "A", PONumber: "1", Nested: [{ ClaimData: [{ "": 1, éclair: 2, X: [] }] }] };
  const second = { Id: "B", PONumber: "", Nested: [], FooBar: 1, Foobar: 2, FOOBAR: 3 };
  const bodies = [{ data: items, page: 1, totalCount: 9 }, items].flatMap((body) => [JSON.stringify(body), JSON.stringify(body, null, 2)]);
  bodies.push(bodies[0].replaceAll('"id"', String.raw`"\u0069d"`));
  const { client } = bare((_, count) => new Response(bodies[count - 1]));

  for (const body of bodies) {
    const { Items } = await client.listProducts();

    assert.deepEqual(Items, [first, second, [], "id", null], body);
  }
});

test("a list that is no JSON, wherever it breaks, is a DecodeError that shows none of it and keeps it aside as it came", LIMIT, async () => {
  const whole = '{"data":[{"id":"secret","poNumber":"PO\\\\u002d1","value":25.5,"open":true}],"page":1}';
  const bodies = [
    whole.replace('"id":', '"id" '), whole.replace("25.5", "25."), whole.replace("true", "tru"), whole.replace("}]", "]}"), whole.replace(",", ",,"),
    whole.replace("secret", "sec\nret"), whole.replace(String.raw`\\u002d`, String.raw`\x`), `${whole}x`, ...[1, 9, 20, 30, 60, 80].map((end) => whole.slice(0, end)),
  ];
  const { client } = bare((_, count) => new Response(bodies[count - 1]));

  for (const body of bodies) {
    const error = await rejection(client.listProducts());

    assert.ok(error instanceof DecodeError, body);
    assertSilent(error, ["secret"]);
    assert.equal(responseBody(error), body);
  }
});

test("a list that is no UTF-8 is a DecodeError", LIMIT, async () => {
  const { client } = bare(() => new Response(Uint8Array.of(...new TextEncoder().encode('[{"id":"'), 0xff, ...new TextEncoder().encode('"}]'))));

  assert.ok((await rejection(client.listProducts())) instanceof DecodeError);
});

test("a status may be an object or the bare word of a health check, and nothing else", LIMIT, async () => {
  const bodies = ['{"status":"Up","since":1}', '"Up"', "Healthy\n", "", "<html>", "[]"];
  const { client } = bare((_, count) => new Response(bodies[count - 1]));

  const read = [await client.status(), await client.status(), await client.status(), await client.status()];

  assert.deepEqual(read, [{ Status: "Up", Since: 1 }, { Status: "Up" }, { Status: "Healthy" }, {}]);
  assert.ok((await rejection(client.status())) instanceof DecodeError);
  assert.ok((await rejection(client.status())) instanceof DecodeError);
});

test("a product is got by its id, which is one segment of the path, and an unknown one is a 404", LIMIT, async () => {
  const { client, sent } = setUp();

  const error = await rejection(client.getProduct("NO/SUCH?x=y"));

  assert.deepEqual([error.code, error.status], ["not_found", 404]);
  assert.equal(sent("GET", "/v1/Products/NO%2FSUCH%3Fx%3Dy").length, 1);
  for (const id of ["", "..", 2 ** 53, undefined]) assert.ok((await rejection(client.getProduct(id))) instanceof ConfigError);
});

test("the history is walked page by page from where it was asked for", LIMIT, async () => {
  const { client, sandbox, sent } = setUp();
  for (let n = 1; n <= 5; n += 1) await client.createOrder({ ...LINKS, PONumber: `PO-${n}` });

  const all = [];
  for await (const { PONumber } of client.listOrders({ pageSize: 2 })) all.push(PONumber);
  const second = await client.listOrders({ pageIndex: 2, pageSize: 2 });

  assert.deepEqual(all, ["PO-5", "PO-4", "PO-3", "PO-2", "PO-1"]);
  assert.deepEqual([second.PageIndex, second.TotalCount, second.Items.length], [2, 5, 2]);
  assert.deepEqual(
    sent("GET", "/v1/Orders").map(({ query }) => query),
    [1, 2, 3, 2].map((index) => `pageIndex=${index}&pageSize=2`),
  );
  assert.equal(sandbox.orders().length, 5);
});

for (const method of SHORT_LISTS) {
  test(`${method} asks for no page by its number until a further one is needed, and stops at one that repeats`, LIMIT, async () => {
    const item = { id: "A" };
    const { client, requests } = bare(() => json({ data: [item] }));

    const page = await client[method]();
    const walked = [];
    for await (const { Id } of client[method]()) walked.push(Id);

    assert.deepEqual(page.Items, [{ Id: "A" }]);
    assert.deepEqual(walked, ["A"]);
    assert.deepEqual(requests.map(({ request }) => new URL(request.url).search), ["", "", "?pageIndex=2"]);
  });

  test(`${method} takes a bare array for the whole of it`, LIMIT, async () => {
    const { client, requests } = bare(() => json([{ id: "A" }, { id: "B" }]));

    const walked = [];
    for await (const { Id } of client[method]()) walked.push(Id);

    assert.deepEqual(walked, ["A", "B"]);
    assert.equal(requests.length, 1);
  });
}

test("an empty list that is written as null is an empty page, where the total says so", LIMIT, async () => {
  const answers = [{ data: null, totalCount: 0, page: 1 }, { totalCount: 0, data: null }, { data: null }, { data: null, totalCount: 3 }];
  const { client } = bare((_, count) => json(answers[count - 1]));

  assert.deepEqual(await client.listOrders(), { Items: [], PageIndex: 1, PageSize: 0, TotalCount: 0 });
  assert.deepEqual(await client.listCarriers(), { Items: [], PageIndex: 1, PageSize: 0, TotalCount: 0 });
  for (let n = 0; n < 2; n += 1) assert.equal((await rejection(client.listOrders())).code, "invalid_answer");
});

for (const order of [DIGITAL, LINKS, PHYSICAL]) {
  test(`a prepared ${order.Type} order is to the byte what createOrder sends`, LIMIT, async () => {
    const { client, sandbox, sent } = setUp();
    const spaced = JSON.stringify(order, null, 1);

    const fromObject = client.prepareOrder(order);
    const fromText = client.prepareOrder(spaced);
    const before = sandbox.requests().length;
    await client.createOrder(order);
    await client.createOrder(spaced);

    assert.equal(before, 0);
    const decoder = new TextDecoder();
    assert.deepEqual(
      [fromObject, fromText].map(({ body }) => decoder.decode(body)),
      sent("POST", "/v1/Orders").map(({ body }) => body),
    );
    const { body, ...rest } = fromObject;
    assert.ok(body instanceof Uint8Array);
    assert.deepEqual(rest, {
      poNumber: order.PONumber,
      orderType: order.Type,
      faceValue: "50.00",
      method: "POST",
      path: "/v1/Orders",
      contentType: "application/json",
      lineCount: 1,
    });
  });
}

test("an order that breaks a rule or a limit is refused when it is prepared, at once", LIMIT, () => {
  const { client } = setUp({ limits: { maxOrderValue: "49.99", maxLines: 1 } });

  const invalid = thrown(() => client.prepareOrder({ Type: "Links" }));
  const dear = thrown(() => client.prepareOrder(LINKS));
  const long = thrown(() => client.prepareOrder({ ...LINKS, LineItems: [1, 1].map((Quantity) => ({ ...LINKS.LineItems[0], Value: 1, Quantity })) }));

  assert.ok([invalid, dear, long].every((error) => error instanceof ValidationError));
  assert.deepEqual(invalid.issues.map(({ code }) => code), ["required", "required"]);
  assert.deepEqual([dear.issues[0].code, long.issues[0].code], ["over_limit", "too_many_lines"]);
});

test("a campaign's limit is decimal text", LIMIT, () => {
  assert.doesNotThrow(() => new GiftCardPartners({ baseUrl: "https://api.example", limits: { maxCampaignValue: "1e4" } }));
  for (const maxCampaignValue of [10_000, "lots", "-1", "1.001"]) {
    const error = thrown(() => new GiftCardPartners({ baseUrl: "https://api.example", limits: { maxCampaignValue } }));
    assert.ok(error instanceof ConfigError && /maxCampaignValue/.test(error.message), inspect(error));
  }
});

test("an order is found by its PO number however far back it is, and is fetched in full", LIMIT, async () => {
  const { client, sent } = setUp({ sandbox: { available: "100000.00" } });
  for (let n = 0; n <= 100; n += 1) await client.createOrder({ ...LINKS, PONumber: `PO-${n}` });

  const found = await client.findOrder("PO-0");
  const absent = await client.findOrder("po-0");
  const near = await client.findOrder("PO-0", { maxPages: 1 });

  assert.equal(found.PONumber, "PO-0");
  assert.equal(sent("GET", `/v1/Orders/${found.Id}`).length, 1);
  assert.deepEqual([absent, near], [undefined, undefined]);
  assert.equal(sent("GET", "/v1/Orders").length, 2 + 2 + 1);
});

test("what the history leaves out of an order is there after findOrder", LIMIT, async () => {
  const { client } = bare(({ url }) =>
    json(url.includes("?") ? [{ ID: "A", ponumber: "PO-1" }] : { id: "A", poNumber: "PO-1", lineItems: [{ id: "L" }] }),
  );

  const found = await client.findOrder("PO-1");

  assert.deepEqual(found, { Id: "A", PONumber: "PO-1", LineItems: [{ Id: "L" }] });
});

for (const [name, answers] of [
  ["an empty page", [{ data: [{ poNumber: "A" }] }, { data: [] }]],
  ["a page that repeats", [{ data: [{ poNumber: "A" }] }, { data: [{ poNumber: "A" }] }]],
  ["the total", [{ data: [{ poNumber: "A" }], pageSize: 1, totalCount: 2 }, { data: [{ poNumber: "B" }], pageSize: 1, totalCount: 2 }]],
]) {
  test(`the search of the history ends at ${name}`, LIMIT, async () => {
    const { client, requests } = bare((_, count) => json(answers[count - 1]));

    assert.equal(await client.findOrder("PO-1"), undefined);
    assert.equal(requests.length, 2);
  });
}

for (const [name, answers, sentence] of [
  ["shows no PO numbers", [{ data: [{ id: "A" }, { id: "B", poNumber: null }], totalCount: 2 }], /shows no PO numbers/],
  ["ends before its total", [{ data: [{ id: "A", poNumber: "PO-2" }], totalCount: 3 }, { data: [], totalCount: 3 }], /before its TotalCount/],
  ["repeats a page before its total", [{ data: [{ poNumber: "PO-2" }], totalCount: 3 }, { data: [{ poNumber: "PO-2" }], totalCount: 3 }], /before its TotalCount/],
]) {
  test(`whether an order exists cannot be told from a history that ${name}`, LIMIT, async () => {
    const { client } = bare((_, count) => json(answers[count - 1]));

    const error = await rejection(client.findOrder("PO-1"));

    assert.ok(error instanceof DecodeError);
    assert.match(error.message, sentence);
  });
}

test("a history that is empty, or shows other PO numbers, has no such order", LIMIT, async () => {
  for (const answer of [[], { data: [], totalCount: 0 }, [{ id: "A", poNumber: "PO-2" }, { id: "B" }], { data: [{ id: 1, poNumber: 77 }], totalCount: "1" }]) {
    const { client } = bare(() => json(answer));

    assert.equal(await client.findOrder("PO-1"), undefined);
  }
});

test("a PO number that is a number counts as its text", LIMIT, async () => {
  const { client } = bare(({ url }) => json(url.includes("?") ? [{ id: 7, poNumber: 77 }] : { id: 7, poNumber: 77 }));

  assert.equal((await client.findOrder("77")).Id, "7");
  assert.equal((await client.confirmFulfillment('{"id":"7"}', { poNumber: "77" })).Id, "7");
});

for (const status of [400, 404]) {
  const answer = ({ url }) => {
    const page = new URL(url).searchParams.get("pageIndex") ?? "1";
    return page === "1" ? json({ data: [{ id: "A", poNumber: "PO-2" }, { id: "B" }] }) : json({}, status);
  };

  test(`where no total is said, a page beyond the last one that is a ${status} is the end of the list`, LIMIT, async () => {
    const { client, requests } = bare(answer);

    const ids = [];
    for await (const { Id } of client.listProducts()) ids.push(Id);

    assert.deepEqual(ids, ["A", "B"]);
    assert.equal((await client.catalog()).size, 2);
    assert.equal(await client.findOrder("PO-1"), undefined);
    assert.equal(requests.length, 6);
  });

  test(`a ${status} is an error of the first page, and where the total says that there is more`, LIMIT, async () => {
    const none = bare(() => json({}, status)).client;
    const more = bare((_, count) => (count === 1 ? json({ data: [{ id: "A" }], totalCount: 2 }) : json({}, status))).client;
    const walk = async (list) => {
      for await (const item of list) void item;
    };

    assert.equal((await rejection(walk(none.listOrders()))).status, status);
    assert.equal((await rejection(walk(none.listOrders({ pageIndex: 3 })))).status, status);
    assert.equal((await rejection(walk(more.listOrders()))).status, status);
    assert.equal((await rejection(none.findOrder("PO-1"))).status, status);
  });
}

test("numbers of an envelope that are written as text are handed out as numbers, and end the walk", LIMIT, async () => {
  const { client, requests } = bare(() => json({ data: [{ id: "A" }], page: "1", pageSize: "20", totalCount: "1" }));

  const { Items, ...rest } = await client.listOrders();
  for await (const order of client.listOrders()) void order;

  assert.deepEqual(Items, [{ Id: "A" }]);
  assert.deepEqual(rest, { PageIndex: 1, PageSize: 20, TotalCount: 1 });
  assert.equal(requests.length, 2);
});

test("an order whose id is a number is got and waited for by that number", LIMIT, async () => {
  const { client, requests } = bare(() => json({ id: 77, poNumber: LINKS.PONumber, status: "Completed" }));

  const placed = await client.createOrder(LINKS);
  await client.getOrder(placed.order.Id);
  await client.waitForOrder(77);
  await client.waitForOrder(placed.order);

  assert.deepEqual(requests.map(({ path }) => path.split("/").pop()), ["Orders", "77", "77"]);
  for (const id of [-1, 1.5, 2 ** 53, NaN, true, 7n]) {
    assert.ok((await rejection(client.getOrder(id))) instanceof ConfigError, String(id));
  }
});

test("a search without end ends at the deadline of the whole call", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client } = bare(async (_, count) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return json({ data: [{ id: String(count) }] });
  });

  const error = await clock.run(rejection(client.findOrder("PO-1", { deadlineMs: 10_500 })));

  assert.ok(error instanceof TimeoutError);
  assert.ok(clock.elapsed() >= 10_000 && clock.elapsed() <= 10_600, String(clock.elapsed()));
});

test("a search needs a PO number, and pages from 1", LIMIT, async () => {
  const { client, requests } = bare(() => json([]));

  for (const poNumber of ["", "  ", 7, undefined, null]) {
    assert.ok((await rejection(client.findOrder(poNumber))) instanceof ConfigError);
  }
  for (const maxPages of [0, -1, 1.5, "2", NaN]) {
    assert.ok((await rejection(client.findOrder("PO-1", { maxPages }))) instanceof ConfigError);
  }
  assert.deepEqual(requests, []);
});

test("waiting goes on while the status is Pending in any case or absent, and ends on any other", LIMIT, async (t) => {
  const clock = fastClock(t);
  const looks = ["pending", " PENDING ", undefined, null, "", "Failed"];
  const { client } = bare((_, count) => json({ id: "A", status: looks[count - 1] }));
  const seen = [];

  const order = await clock.run(client.waitForOrder("A", { onUpdate: ({ Status }) => seen.push(Status) }));

  assert.equal(order.Status, "Failed");
  assert.deepEqual(seen, looks);
});

/** Every status that the reference names, and what else a caller must expect: status, class, code. */
const STATUSES = [
  [302, GiftCardError, "redirected"],
  [400, GiftCardError, "bad_request"],
  [401, AuthenticationError, "unauthorized"],
  [403, AuthenticationError, "forbidden"],
  [404, GiftCardError, "not_found"],
  [408, TimeoutError, "timeout"],
  [409, PoNumberConflictError, "po_number_conflict"],
  [418, GiftCardError, "unexpected_status"],
  [422, InsufficientFundsError, "insufficient_funds"],
  [429, GiftCardError, "rate_limited"],
  [500, GiftCardError, "server_error"],
  [502, GiftCardError, "server_error"],
  [503, GiftCardError, "server_error"],
  [504, TimeoutError, "timeout"],
];
const READS = {
  accountBalance: (client) => client.accountBalance(),
  listOrders: (client) => client.listOrders(),
  findOrder: (client) => client.findOrder("PO-1"),
  "request GET": (client) => client.request("GET", "/v1/Tomorrow"),
  "request POST": (client) => client.request("POST", "/v1/Tomorrow", { body: {} }),
};

for (const [status, type, code] of STATUSES) {
  test(`a ${status} is ${/^[AEIO]/.test(type.name) ? "an" : "a"} ${type.name} ${code} from whatever call`, LIMIT, async () => {
    for (const [name, read] of Object.entries(READS)) {
      const { client } = bare(() => json({ message: "why" }, status, { "X-Request-Id": "r-1", "Retry-After": "7" }), { maxRetries: 0 });

      const error = await rejection(read(client));

      assert.equal(error.constructor, type, name);
      assert.deepEqual([error.code, error.status, error.requestId, error.retryAfterMs], [code, status, "r-1", 7_000], name);
      assert.equal(error.outcome, undefined, name);
      if (status !== 302) assert.equal(responseBody(error), '{"message":"why"}', name);
    }
  });
}

for (const [status, type, code, outcome] of [
  [400, GiftCardError, "bad_request", "rejected"],
  [401, AuthenticationError, "unauthorized", "rejected"],
  [403, AuthenticationError, "forbidden", "rejected"],
  [404, GiftCardError, "not_found", "rejected"],
  [422, InsufficientFundsError, "insufficient_funds", "rejected"],
  [429, GiftCardError, "rate_limited", "rejected"],
  [500, GiftCardError, "server_error", "unknown"],
  [503, GiftCardError, "server_error", "unknown"],
  [504, TimeoutError, "timeout", "unknown"],
]) {
  test(`an order that is answered ${status} is ${outcome}`, LIMIT, async () => {
    const { client } = bare(() => json({}, status, { "X-Request-Id": "r-1", "Retry-After": "7" }), { maxRetries: 0 });

    const error = await rejection(client.createOrder(LINKS));

    assert.equal(error.constructor, type);
    assert.deepEqual([error.code, error.status, error.outcome, error.attempts], [code, status, outcome, 1]);
    assert.deepEqual([error.requestId, error.retryAfterMs, error.poNumber], ["r-1", 7_000, "LINKS-1"]);
  });
}

/** An API of so many brandings or orders, two a page, which counts its pages from `first` and says that it counts from `said`. */
function pagesFrom(first, said, total) {
  return bare(({ url }) => {
    const index = Number(new URL(url).searchParams.get("pageIndex") ?? first);
    const items = Array.from({ length: total }, (_, at) => ({ id: `A${at}` })).slice((index - first) * 2, (index - first) * 2 + 2);
    return json({ data: items, page: index - first + said });
  });
}

test("a list whose first page is asked for without its number loses none, whatever the API counts from", LIMIT, async () => {
  for (const [first, said] of [[0, 0], [1, 1], [1, 0]]) {
    for (const method of SHORT_LISTS) {
      const ids = [];
      for await (const { Id } of pagesFrom(first, said, 7).client[method]()) ids.push(Id);
      assert.deepEqual(ids, ["A0", "A1", "A2", "A3", "A4", "A5", "A6"], `${method} ${first} ${said}`);
    }
  }
});

test("a total that the last page does not repeat is not forgotten", LIMIT, async () => {
  const puts = [];
  const cache = { get: async () => null, put: async (...put) => puts.push(put) };
  const pages = [{ data: [{ id: "A", poNumber: "PO-1" }], page: 1, totalCount: 100 }, { data: [], page: 2 }];
  const answer = ({ url }) => json(pages[Number(new URL(url).searchParams.get("pageIndex")) - 1]);
  const { client } = bare(answer, { cache });

  const error = await rejection(client.findOrder("PO-2"));
  const catalog = await client.catalog();

  assert.ok(error instanceof DecodeError);
  assert.match(error.message, /before its TotalCount/);
  assert.deepEqual([catalog.size, puts], [1, []]);
});

test("an order of the history is found by its OrderId, and one without an id that can be asked for is not taken for none", LIMIT, async () => {
  const answer = (item) => bare(({ url }) => json(url.includes("?") ? [{ poNumber: "PO-1", ...item }] : { id: "7", poNumber: "PO-1" })).client;

  assert.equal((await answer({ orderId: 7 }).findOrder("PO-1")).Id, "7");
  for (const item of [{}, { id: null }, { id: ".." }, { id: "." }]) {
    assert.ok((await rejection(answer(item).findOrder("PO-1"))) instanceof DecodeError);
  }
});

test("an id that would name another path is none", LIMIT, async () => {
  const { client, requests } = bare(({ method }) => (method === "POST" ? json({ previousOrderIds: ["..", "."] }, 409) : json([])), { maxRetries: 0 });

  await rejection(client.createOrder(LINKS));
  for (const Id of ["..", "."]) assert.ok((await rejection(client.waitForOrder({ Id }))) instanceof ConfigError);

  assert.ok(requests.every(({ path }) => path.endsWith("/v1/Orders")), inspect(requests.map(({ path }) => path)));
});

test("the deadline of a call bounds the whole of an iteration, and the client's own each page", LIMIT, async (t) => {
  const clock = fastClock(t);
  const answer = async ({ url }) => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const page = Number(new URL(url).searchParams.get("pageIndex"));
    return json({ data: [{ id: page }], page, totalCount: 6 });
  };
  const walk = async (list) => {
    let count = 0;
    for await (const _ of list) count += 1;
    return count;
  };

  const { client, requests } = bare(answer, { deadlineMs: 150 });
  assert.equal(await clock.run(walk(client.listOrders())), 6);
  requests.length = 0;
  const error = await rejection(clock.run(walk(client.listOrders({}, { deadlineMs: 150 }))));

  assert.ok(error instanceof TimeoutError);
  assert.equal(requests.length, 3);
});
