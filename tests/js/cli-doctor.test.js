// `doctor`: it names the one assumption that does not hold, and no other.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";

import { GiftCardPartners } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { contract } from "../contract/contract.js";
import { cli, folder, serve, snapshot } from "./cli.js";

const IDS = ["token.keys", "token.lifetime", "casing", "lists.shape", "lists.firstIndex", "lists.pageSize", "balance.keys", "orders.poNumber", "orders.statuses", "errors.unauthorized", "errors.notFound", "headers.requestId", "clock"];
const ACCOUNT = { GIFTCARD_EMAIL: "person@example.org", GIFTCARD_ACCESS_TOKEN: "s3cret" };
const TOKEN = "t0ken-of-the-test";

const PRODUCTS = Array.from({ length: 7 }, (_, at) => ({ Id: `PRODUCT${at}`, Name: `Brand ${at}`, Type: "Digital", DenominationType: "Fixed", Denominations: [25, 50], AvailableDeliveryTypes: ["DigitalDelivery", "Links"], Cost: { Fee: 0, DiscountPercentage: 1.5 }, CurrencyCode: "USD" }));
const ORDERS = [
  { Id: "order-2", PONumber: "PO-2", Type: "Links", Status: "Pending", LineItems: [] },
  { Id: "order-1", PONumber: "PO-1", Type: "DigitalDelivery", Status: "Completed", LineItems: [{ ProductId: "PRODUCT1", Value: 25, Quantity: 1, DigitalDeliveryAddress: { Email: "ada@example.org" }, ClaimData: [{ ClaimLink: "https://claim.example/s3cret-claim" }] }] },
];

/** An API as it is assumed to be, but for what a test has otherwise. */
async function api(t, { value = TOKEN, products = PRODUCTS, orders = ORDERS, first = 1, token = () => ({ Value: TOKEN, ExpiresIn: 3600 }), balance = { Available: 1234.56, Pending: 0 }, unauthorized = 401, notFound = 404, size: given = (size) => size, list, key = (name) => name, headers = {} } = {}) {
  const spelled = (value) => (Array.isArray(value) ? value.map(spelled) : typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [key(name), spelled(inner)])) : value);
  const page = (items, query) => {
    const size = given(Number(query.get("pageSize") ?? 50));
    const index = Number(query.get("pageIndex") ?? first);
    if (index < first) return [400, { Message: "pageIndex" }];
    const from = (index - first) * size;
    const asked = { Data: items.slice(from, from + size), Page: index, PageSize: size, TotalCount: items.length };
    return [200, list ? list(asked, items) : asked];
  };
  const answer = (method, path, query, authorization) => {
    if (path === "/v1/Tokens") return [200, token()];
    if (authorization !== `Bearer ${value}`) return [unauthorized, { Message: "token" }];
    if (path === "/v1/AccountBalance") return [200, balance];
    if (path === "/v1/Products") return page(products, query);
    if (path === "/v1/Orders") return page(orders, query);
    if (path.startsWith("/v1/Orders/")) return [notFound, { Message: "order" }];
    if (path === "/v1/Status") return [200, { Status: "OK" }];
    return page([{ Id: "A", Name: "B" }], query);
  };
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url, "http://localhost");
    const [status, body] = answer(incoming.method, pathname, searchParams, incoming.headers.authorization);
    outgoing.writeHead(status, { "Content-Type": "application/json", "X-Request-Id": "r-1", ...headers });
    outgoing.end(JSON.stringify(spelled(body)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return { GIFTCARD_BASE_URL: `http://127.0.0.1:${server.address().port}`, ...ACCOUNT };
}

async function doctor(t, env, ...args) {
  const { code, result, stderr } = await cli(["doctor", "--json", ...args], { cwd: folder(t), env });
  const verdicts = Object.fromEntries((result?.checks ?? []).map(({ id, verdict }) => [id, verdict]));
  const named = Object.entries(verdicts).filter(([, verdict]) => verdict === "otherwise").map(([id]) => id);
  return { code, result, stderr, verdicts, named, seen: (id) => result.checks.find((check) => check.id === id).seen };
}

/** An API that answers what the contract says, made from its schemas alone. */
async function contracted(t) {
  const resolve = (part) => (part?.$ref ? resolve(part.$ref.slice(2).split("/").reduce((found, name) => found[name], contract)) : part);
  const sample = (given, name = "") => {
    const schema = resolve(given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    const either = schema.oneOf ?? schema.anyOf;
    if (either) return sample(either.find((part) => resolve(part).type === "object") ?? either[0], name);
    const parts = (schema.allOf ?? []).map((part) => sample(part, name));
    const type = [schema.type].flat().find((type) => type !== "null");
    if (type === "array") return [sample(schema.items ?? {}, name)];
    if (type === "number" || type === "integer") return name === "ExpiresIn" ? 3600 : Math.max(schema.minimum ?? 1, 1);
    if (type === "string") return name === "Value" ? TOKEN : (schema.examples?.[0] ?? name);
    if (type === "boolean") return true;
    const properties = Object.entries(schema.properties ?? {}).map(([key, of]) => [key, sample(of, key)]);
    return Object.assign({}, ...parts, Object.fromEntries(properties));
  };
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url, "http://localhost");
    const found = Object.entries(contract.paths).find(([template]) => new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(pathname))?.[1];
    const responses = found?.[incoming.method.toLowerCase()]?.responses ?? {};
    const isKnown = pathname === "/v1/Tokens" || incoming.headers.authorization === `Bearer ${TOKEN}`;
    const status = !isKnown ? 401 : /Orders\/0{8}/.test(pathname) || !found ? 404 : 200;
    const { content = {}, headers = {} } = resolve(responses[status]) ?? {};
    const body = content["application/json"] ? sample(content["application/json"].schema) : {};
    if (Array.isArray(body.Data)) page(body, searchParams);
    outgoing.writeHead(status, { "Content-Type": "application/json", "X-Request-Id": "r-1", ...Object.fromEntries(Object.keys(headers).filter((name) => name !== "Date").map((name) => [name, "1"])) });
    outgoing.end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return { GIFTCARD_BASE_URL: `http://127.0.0.1:${server.address().port}`, ...ACCOUNT };
}

/** Three items of what is one in the contract, by pages. */
function page(body, query) {
  const [item] = body.Data;
  const items = [1, 2, 3].map((number) => ({ ...item, Id: `${item.Id}${number}`, ...(item.PONumber && { PONumber: `PO-${number}` }) }));
  const size = Number(query.get("pageSize") ?? 50);
  const index = Number(query.get("pageIndex") ?? 1);
  const from = (index - 1) * size;
  Object.assign(body, { Data: items.slice(Math.max(from, 0), Math.max(from + size, 0)), Page: index, PageSize: size, TotalCount: items.length });
}

const camel = (name) => name.replace(/^PO(?=N)/, "po").replace(/^[A-Z]/, (letter) => letter.toLowerCase());
const order = (change) => ORDERS.map((known) => ({ ...known, ...change }));
const without = (name) => ORDERS.map(({ [name]: _, ...rest }) => rest);

test("an API as it is assumed to be is found so, and told in words", async (t) => {
  const env = await api(t);

  const { code, result, verdicts } = await doctor(t, env);
  const words = await cli(["doctor"], { cwd: folder(t), env });

  assert.deepEqual(Object.keys(verdicts), IDS);
  assert.deepEqual(new Set(Object.values(verdicts)), new Set(["as-assumed"]));
  assert.deepEqual([code, result.copes], [0, true]);
  assert.deepEqual(result.profile, { lists: "envelope", firstPageIndex: 1, pageSize: 500 });
  snapshot("doctor", words.stdout.replace(/seconds -?[01]$/m, "seconds 0"));
});

// What is otherwise, the check that names it, and whether the client copes.
const BROKEN = {
  "the token has another name": ["token.keys", { token: () => ({ access_token: TOKEN, ExpiresIn: 3600 }) }, false],
  "the token's life is in minutes": ["token.lifetime", { token: () => ({ Value: TOKEN, ExpiresIn: 60 }) }, true],
  "the token's life is in milliseconds": ["token.lifetime", { token: () => ({ Value: TOKEN, ExpiresIn: 3_600_000 }) }, true],
  "keys are in camel case": ["casing", { key: camel }, true],
  "lists are bare arrays": ["lists.shape", { list: (_, items) => items }, true],
  "items have another name that is known": ["lists.shape", { list: ({ Data: Items, ...rest }) => ({ Items, ...rest }) }, true],
  "items have a name that nobody knows": ["lists.shape", { list: ({ Data: Rows, ...rest }) => ({ Rows, ...rest }) }, false],
  "lists have no total": ["lists.shape", { list: ({ TotalCount: _, ...rest }) => rest }, true],
  "pages are counted from 0": ["lists.firstIndex", { first: 0 }, true],
  "the page size is the API's own": ["lists.pageSize", { size: () => 3 }, true],
  "the page size has a maximum": ["lists.pageSize", { size: (size) => Math.min(size, 100) }, true],
  "the balance has other names": ["balance.keys", { balance: { Balance: 5, OnTheWay: 1 } }, false],
  "the balance lacks what is on its way": ["balance.keys", { balance: { Available: 5 } }, true],
  "the history shows no PO numbers": ["orders.poNumber", { orders: without("PONumber") }, true],
  "orders have no status": ["orders.statuses", { orders: without("Status") }, false],
  "an order is called something unfinished": ["orders.statuses", { orders: order({ Status: "Processing" }) }, false],
  "an order has failed": ["orders.statuses", { orders: order({ Status: "Failed" }) }, true],
  "a wrong token is 403": ["errors.unauthorized", { unauthorized: 403 }, false],
  "an unknown order is 400": ["errors.notFound", { notFound: 400 }, true],
  "an unknown order is 200": ["errors.notFound", { notFound: 200 }, false],
  "requests have another name": ["headers.requestId", { headers: { "X-Request-Id": [], "X-Trace-Id": "r-1" } }, true],
  "the clock is an hour ahead": ["clock", { headers: { Date: new Date(Date.now() + 3_600_000).toUTCString() } }, true],
};

for (const [what, [id, change, copes]] of Object.entries(BROKEN)) {
  test(`where ${what}, it names ${id} and no other`, async (t) => {
    const { code, result, named } = await doctor(t, await api(t, change));

    assert.deepEqual(named, [id], JSON.stringify(result));
    assert.deepEqual([result.copes, code], [copes, copes ? 0 : 1]);
  });
}

test("a token that says itself how long it lives tells the unit", async (t) => {
  const now = Math.floor(Date.now() / 1000);
  const jwt = ["header", Buffer.from(JSON.stringify({ iat: now, exp: now + 3600 * 60 })).toString("base64url"), "signature"].join(".");

  const { named, seen, result } = await doctor(t, await api(t, { value: jwt, token: () => ({ Value: jwt, ExpiresIn: 3600 }) }));

  assert.deepEqual(named, ["token.lifetime"], JSON.stringify(result));
  assert.equal(seen("token.lifetime").ofToken, 3600 * 60);
});

test("the profile that it finds makes the client read what it would not", async (t) => {
  const env = await api(t, { first: 0, size: (size) => Math.min(size, 3) });
  const { result } = await doctor(t, env);
  const { GIFTCARD_BASE_URL: baseUrl } = env;
  const headers = { Authorization: `Bearer ${TOKEN}` };

  const all = await new GiftCardPartners({ baseUrl, headers, profile: result.profile }).catalog();
  const found = await new GiftCardPartners({ baseUrl, headers, profile: result.profile }).listOrders();

  assert.deepEqual(result.profile, { lists: "envelope", firstPageIndex: 0, pageSize: 3 });
  assert.equal(all.size, PRODUCTS.length);
  assert.deepEqual([found.PageIndex, found.Items.length], [1, 2]);
});

test("the API of the contract is found as it is assumed to be", async (t) => {
  const { named, code, verdicts, result } = await doctor(t, await contracted(t));

  assert.deepEqual([named, code], [[], 0], JSON.stringify(result));
  assert.deepEqual(Object.keys(verdicts), IDS);
});

test("what is not there to be seen is not judged", async (t) => {
  const { verdicts, code } = await doctor(t, await api(t, { orders: [], products: PRODUCTS.slice(0, 1), list: (_, items) => items }));

  for (const id of ["lists.pageSize", "orders.poNumber", "orders.statuses"]) assert.equal(verdicts[id], "not-seen", id);
  assert.equal(code, 0);
});

for (const casing of ["pascal", "camel"]) {
  for (const lists of ["envelope", "bare"]) {
    test(`the sandbox with ${casing} keys and ${lists} lists, an order posted twice included`, async (t) => {
      const { env, sandbox } = await serve(t, { sandbox: createSandbox({ casing, lists }) });

      const { named, code, verdicts, stderr } = await doctor(t, env, "--order", "--yes-spend", "10.00");

      assert.equal(code, 0, stderr);
      assert.deepEqual(named, [...(casing === "camel" ? ["casing"] : []), ...(lists === "bare" ? ["lists.shape"] : [])]);
      assert.deepEqual([verdicts["orders.duplicate"], verdicts["orders.echo"], verdicts["orders.poNumber"]], ["as-assumed", "as-assumed", "as-assumed"]);
      assert.equal(sandbox.orders().length, 1);
    });
  }
}

test("a 409 that names no order is said", async (t) => {
  const sandbox = createSandbox();
  sandbox.inject({ fault: "409-without-id", after: 1 });
  const { env } = await serve(t, { sandbox });

  const { named, code, seen } = await doctor(t, env, "--order", "--yes-spend", "10.00");

  assert.deepEqual(named, ["orders.duplicate"]);
  assert.equal(code, 0);
  assert.deepEqual([seen("orders.duplicate").isNamed, seen("orders.duplicate").foundInHistory], [false, true]);
});

test("--order asks first, and reads alone without it", async (t) => {
  const { env, sandbox } = await serve(t);

  const plain = await doctor(t, env);
  const refused = await cli(["doctor", "--order"], { cwd: folder(t), env, input: "no\n" });

  assert.equal(plain.code, 0);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /Use a stage account\.[\s\S]*That is not the total\. Nothing was sent/);
  assert.ok(sandbox.requests().every(({ method, path }) => method === "GET" || path === "/v1/Tokens"));
});

test("--webhook says what the callback carried", async (t) => {
  const { env, sandbox } = await serve(t);
  const free = createServer().listen(0, "127.0.0.1");
  await once(free, "listening");
  const { port } = free.address();
  free.close();
  const sending = setInterval(() => sandbox.webhooks().forEach(({ url, body }) => fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => {})), 50);
  t.after(() => clearInterval(sending));

  const { code, result } = await doctor(t, env, "--order", "--yes-spend", "10", "--webhook", `http://127.0.0.1:${port}/hook`);

  assert.equal(code, 0);
  assert.deepEqual(result.observed.webhook, { method: "POST", contentType: "application/json", keys: ["Id", "PONumber", "Status"], signatures: [] });
});

test("the report has no credential, no person, no claim, no id and no amount", async (t) => {
  const cwd = folder(t);
  const env = await api(t);

  const { code } = await cli(["doctor", "--report", "doctor.json"], { cwd, env });

  const report = readFileSync(join(cwd, "doctor.json"), "utf8");
  assert.equal(code, 0);
  assert.ok(JSON.parse(report).checks.length === IDS.length);
  for (const secret of [TOKEN, "s3cret", "example.org", "PO-1", "order-1", "PRODUCT1", "Brand 1", "1234", "claim.example", env.GIFTCARD_BASE_URL]) assert.ok(!report.includes(secret), secret);
});

test("where no token is to be had it says why, and nothing of the credentials", async (t) => {
  const { env } = await serve(t);

  const { code, stderr, stdout } = await cli(["doctor"], { cwd: folder(t), env: { ...env, GIFTCARD_ACCESS_TOKEN: "s3cret" } });

  assert.equal(code, 1);
  assert.match(stderr, /No token is to be had: POST \/v1\/Tokens is answered with 401\. The API refuses the credentials/);
  assert.doesNotMatch(stdout + stderr, /s3cret/);
});
