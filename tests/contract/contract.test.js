// The sandbox's answers and the client's requests, held against the API as it is known: the two cannot agree on a mistake.
import assert from "node:assert/strict";
import { test } from "node:test";

import { GiftCardPartners } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { answerProblems, contract, operation, requestProblems, visit } from "./contract.js";

const LIMIT = { timeout: 30_000 };
const PERSONALIZATION = {
  To: "Ada",
  FromName: "Grace",
  FromEmail: "grace@example.org",
  Message: "Well done!\nThank you.",
  DeliveryDate: "2027-01-01T00:00:00Z",
};
const COMMON = { ExternalId: "row-1", Culture: "en-US", BrandingId: "BRAND-123", Personalization: PERSONALIZATION };
/** Every field of an order, over three of them. */
const ORDERS = [
  {
    Type: "DigitalDelivery",
    LineItems: [
      {
        ProductId: "INKWHISTLE",
        Value: 25.0,
        Quantity: 2,
        DigitalDeliveryAddress: { Email: "ada@example.org", Sms: "+15555555555" },
        ...COMMON,
      },
    ],
    PONumber: "DIGITAL-1",
    Note: "a note",
    WebhookSettings: { FulfillmentComplete: "https://example.org/hook" },
  },
  { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 10, Quantity: 3, ...COMMON }], PONumber: "LINKS-1" },
  {
    Type: "PhysicalShipment",
    LineItems: [
      {
        ProductId: "LAMPENVALE",
        Value: 50,
        Quantity: 1,
        PhysicalDeliveryAddress: {
          ShippingMethodId: "STANDARD",
          CarrierId: "DEFAULT",
          Name: "Ada Lovelace",
          AddressLine1: "1 Main Street",
          City: "Springfield",
          State: "IL",
          Zip: "62701",
          Country: "US",
        },
        ...COMMON,
      },
    ],
    PONumber: "PHYSICAL-1",
  },
];
const LINKS = ORDERS[1];

/** A `fetch` that passes every exchange on to those who check it. */
function observed(sandbox, { onRequest, onAnswer }) {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname: path, search } = new URL(request.url);
    const exchange = { method: request.method, path, query: search.slice(1) };
    const body = await request.clone().text();
    onRequest?.({ ...exchange, headers: Object.fromEntries(request.headers), body });
    const answer = await sandbox.fetch(request);
    onAnswer?.({ ...exchange, status: answer.status, headers: answer.headers, body: await answer.clone().text() });
    return answer;
  };
}

for (const casing of ["pascal", "camel"]) {
  for (const lists of ["envelope", "bare"]) {
    test(`what the sandbox answers is the contract's: ${casing}, ${lists}`, LIMIT, async () => {
      const sandbox = createSandbox({ casing, lists, clock: "manual", asyncThreshold: 2 });
      const problems = [];
      const answered = new Set();
      const onAnswer = (exchange) => {
        answered.add(`${operation(exchange.method, exchange.path)?.operationId} ${exchange.status}`);
        problems.push(...answerProblems(exchange, casing === "camel"));
      };
      const fetch = observed(sandbox, { onAnswer });
      let token;
      const ask = async (method, path, body, headers = {}) => {
        const answer = await fetch(`${sandbox.baseUrl}/v1/${path}`, {
          method,
          headers: { Authorization: `Bearer ${token}`, ...(body && { "Content-Type": "application/json" }), ...headers },
          body: body && JSON.stringify(body),
        });
        return answer.json().catch(() => undefined);
      };
      const { email, accessToken } = sandbox.credentials;
      const authenticate = () => ask("POST", "Tokens", undefined, { Email: email, AccessToken: accessToken });
      const post = (order) => ask("POST", "Orders", order);

      await ask("POST", "Tokens");
      await ask("GET", "AccountBalance");
      const answer = await authenticate();
      token = answer.Value ?? answer.value;
      for (const path of ["AccountBalance", "Products", "Products/INKWHISTLE", "Products/NONE", "Status"]) await ask("GET", path);
      for (const path of ["ShippingMethods", "Carriers", "Brandings", "Departments", "Products", "Orders"]) {
        await ask("GET", `${path}?pageIndex=1&pageSize=2`);
        await ask("GET", `${path}?pageIndex=0`);
      }
      for (const order of ORDERS) {
        const placed = await post(order);
        await ask("GET", `Orders/${placed.Id ?? placed.id}`);
      }
      sandbox.advance(10_000);
      await ask("GET", "Orders");
      await ask("GET", "Orders/NONE");
      await post(LINKS);
      await post({ ...LINKS, PONumber: "BAD-1", LineItems: [] });
      await post({ ...LINKS, PONumber: "DEAR-1", LineItems: [{ ...LINKS.LineItems[0], Value: 100, Quantity: 500 }] });
      for (const fault of ["500", "503", "504-html", "429", "429-date", "409-without-id"]) {
        sandbox.inject(fault);
        await post({ ...LINKS, PONumber: fault });
      }

      assert.deepEqual(problems, []);
      // Every operation answered well, and every status was seen.
      const operations = Object.values(contract.paths).flatMap((methods) => Object.values(methods));
      for (const { operationId } of operations) {
        assert.ok(answered.has(`${operationId} 200`) || answered.has(`${operationId} 201`), operationId);
      }
      const statuses = new Set([...answered].map((seen) => seen.split(" ")[1]));
      assert.deepEqual([...statuses].sort(), ["200", "201", "400", "401", "404", "409", "422", "429", "500", "503", "504"]);
    });
  }
}

/** A call of each method that sends something. One that is not here fails the test: it has to be added. */
const CALLS = {
  createToken: (client) => client.createToken(),
  accountBalance: (client) => client.accountBalance(),
  status: (client) => client.status(),
  listProducts: (client) =>
    client.listProducts({ pageIndex: 1, pageSize: 5, productName: "e", productDescription: "a", productType: "Digital" }),
  getProduct: (client) => client.getProduct("INKWHISTLE"),
  catalog: (client) => client.catalog(),
  createOrder: async (client) => {
    for (const order of ORDERS) await client.createOrder(order);
  },
  getOrder: (client, { Id }) => client.getOrder(Id),
  listOrders: (client) => client.listOrders({ pageIndex: 1, pageSize: 5 }),
  findOrder: (client, { PONumber }) => client.findOrder(PONumber),
  waitForOrder: (client, { Id }) => client.waitForOrder(Id),
  confirmFulfillment: (client, { Id }) => client.confirmFulfillment(JSON.stringify({ Id })),
  listShippingMethods: (client) => client.listShippingMethods(),
  listCarriers: (client) => client.listCarriers(),
  listBrandings: (client) => client.listBrandings(),
  listDepartments: (client) => client.listDepartments(),
  request: (client) => client.request("GET", "/v1/Status"),
};
/** They send nothing of their own, or what `createOrder` sends. */
const SILENT = ["constructor", "free", "prepareOrder", "placeCampaign"];

function methods() {
  const names = Object.getOwnPropertyNames(GiftCardPartners.prototype);
  return names.filter((name) => !name.startsWith("_") && !SILENT.includes(name));
}

function checking(options) {
  const sandbox = createSandbox(options);
  const problems = [];
  const sent = [];
  const onRequest = (request) => {
    sent.push(request);
    problems.push(...requestProblems(request));
  };
  const fetch = observed(sandbox, { onRequest });
  const client = new GiftCardPartners({ baseUrl: sandbox.baseUrl, credentials: sandbox.credentials, fetch });
  return { sandbox, client, problems, sent };
}

for (const name of methods()) {
  test(`what ${name} sends is the contract's`, LIMIT, async () => {
    const { client, problems, sent } = checking();
    const { order } = await client.createOrder({ ...LINKS, PONumber: "FIRST-1" });
    const before = sent.length;

    assert.ok(CALLS[name], `${name} is not in CALLS`);
    await CALLS[name](client, order);

    assert.deepEqual(problems, []);
    assert.ok(sent.length > before, "nothing was sent");
  });
}

test("what is sent while an order is lost, taken and looked for is the contract's", LIMIT, async (t) => {
  const { sandbox, client, problems, sent } = checking();
  const { setTimeout } = globalThis;
  t.mock.method(globalThis, "setTimeout", (callback, ms, ...rest) => setTimeout(callback, ms > 20_000 ? ms : 0, ...rest));
  for (const fault of ["drop-response", "409-without-id", "expire-token"]) sandbox.inject(fault);
  sandbox.inject({ fault: "503", path: "/v1/Tokens" });

  const { outcome } = await client.createOrder(ORDERS[0]);

  assert.equal(outcome, "reconciled");
  assert.deepEqual(problems, []);
  assert.ok(sent.some(({ method, path }) => method === "GET" && path === "/v1/Orders"));
  assert.ok(sent.some(({ method, path }) => method === "GET" && path.startsWith("/v1/Orders/")));
});

test("a field that the contract does not know is found, though the client sends it and the sandbox takes it", LIMIT, async () => {
  for (const odd of [
    { Theme: "birthday" },
    { Personalization: { To: "Ada", Nickname: "Countess" } },
    { DigitalDeliveryAddress: { Email: "ada@example.org", Fax: "1" } },
  ]) {
    const { client, problems, sandbox } = checking();

    await client.createOrder({ ...LINKS, LineItems: [{ ...LINKS.LineItems[0], ...odd }] });

    assert.equal(sandbox.orders().length, 1);
    assert.equal(problems.length, 1);
    assert.match(problems[0], /additional properties/);
  }
});

test("requests that are not the contract's are found", () => {
  const headers = { authorization: "Bearer t", accept: "application/json" };
  const right = { method: "GET", path: "/v1/Orders", query: "pageIndex=1", headers, body: "" };
  const token = { method: "POST", path: "/v1/Tokens", query: "", headers: { email: "a@b", accesstoken: "x" }, body: "" };

  assert.deepEqual([requestProblems(right), requestProblems(token)], [[], []]);
  for (const wrong of [
    { path: "/v1/orders" },
    { method: "PUT" },
    { query: "page=1" },
    { query: "pageIndex=0" },
    { query: "pageIndex=1&pageIndex=2" },
    { headers: { accept: "application/json" } },
    { headers: { ...headers, "idempotency-key": "1" } },
    { headers: { ...headers, email: "a@b" } },
    { headers: { authorization: "t" } },
    { body: "{}" },
  ]) {
    assert.equal(requestProblems({ ...right, ...wrong }).length, 1, JSON.stringify(wrong));
  }
  for (const wrong of [{ body: "{}" }, { headers: { email: "a@b" } }, { headers: { ...token.headers, authorization: "Bearer t" } }]) {
    assert.equal(requestProblems({ ...token, ...wrong }).length, 1, JSON.stringify(wrong));
  }
});

test("answers that are not the contract's are found", () => {
  const headers = new Headers({ "Content-Type": "application/json" });
  const right = { method: "GET", path: "/v1/AccountBalance", status: 200, headers, body: '{"Pending":0,"Available":1}' };

  assert.deepEqual(answerProblems(right), []);
  assert.deepEqual(answerProblems({ ...right, body: '{"pending":0,"available":1}' }, true), []);
  for (const wrong of [
    { status: 201 },
    { path: "/v1/Nothing" },
    { body: "" },
    { body: '{"Pending":0}' },
    { body: '{"Pending":"0","Available":1}' },
    { body: '{"Pending":0,"Available":1,"Currency":"USD"}' },
    { body: '{"pending":0,"Available":1}' },
    { headers: new Headers({ "Content-Type": "text/html" }) },
  ]) {
    assert.notDeepEqual(answerProblems({ ...right, ...wrong }), [], JSON.stringify(wrong));
  }
  assert.notDeepEqual(answerProblems(right, true), []);
});

test("every part of the contract says how sure it is and where it comes from", () => {
  const isPart = (path) => {
    const [parent, grandparent] = [path.at(-2), path.at(-3)];
    const isOperation = path[0] === "paths" && path.length === 3;
    return isOperation || ["properties", "parameters", "headers", "securitySchemes"].includes(parent) || (parent === "responses" && grandparent !== undefined);
  };
  let parts = 0;

  visit(contract, (part, path) => {
    if (!isPart(path) || (part.$ref && !path.includes("properties"))) return;
    parts += 1;
    assert.match(part["x-confidence"] ?? "", /^[SDOI]: .*\S/, path.join("/"));
  });

  assert.ok(parts > 150, `${parts}`);
});
