// Options that do not exist are refused, with the nearest that does; what is undefined is absent.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Catalog, ConfigError, GiftCardPartners, RecipientImport, derivePoNumber, parseOrder, validateOrder } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { LIMIT, LINKS, rejection, setUp, thrown } from "./support.js";

const report = () => {
  const recipients = new RecipientImport({ type: "Links" });
  recipients.push(new TextEncoder().encode("product,value\nCVS,25\n"));
  return recipients.finish();
};

// [what is called with it, an option that there is not, the one that is meant]
const AT_ONCE = [
  [(options) => new GiftCardPartners({ baseUrl: "https://api.example", ...options }), "timeout", "timeoutMs"],
  [(options) => new GiftCardPartners({ baseUrl: "https://api.example", ...options }), "baseURL", "baseUrl"],
  [(options) => new GiftCardPartners({ baseUrl: "https://api.example", ...options }), "retries", "maxRetries"],
  [(options) => new GiftCardPartners({ baseUrl: "https://api.example", ...options }), "max_retries", "maxRetries"],
  [(options) => new GiftCardPartners({ baseUrl: "https://api.example", ...options }), "ttl", "catalogTtlSeconds"],
  [(options) => new GiftCardPartners({ baseUrl: "https://api.example", ...options }), "url", "baseUrl"],
  [(limits) => new GiftCardPartners({ baseUrl: "https://api.example", limits }), "maxLine", "maxLines"],
  [(limits) => new GiftCardPartners({ baseUrl: "https://api.example", limits }), "orderValue", "maxOrderValue"],
  [(options) => createSandbox(options), "fulfilmentMs", "fulfillmentMs"],
  [(options) => createSandbox(options), "product", "products"],
  [(options) => validateOrder(LINKS, options), "catalogue", "catalog"],
  [(options) => parseOrder(LINKS, options), "maxIssue", "maxIssues"],
  [(options) => derivePoNumber(["a"], options), "maxlength", "maxLength"],
  [(options) => Catalog.from([]).search(options), "amounts", "amount"],
  [(options) => new RecipientImport({ type: "Links", ...options }), "default", "defaults"],
  [(options) => new RecipientImport({ type: "Links", ...options }), "colums", "columns"],
  [(options) => report().plan({ campaign: "a", ...options }), "maxLines", "maxLinesPerOrder"],
  [(options) => new GiftCardPartners({ baseUrl: "https://api.example", profile: options }), "foo", undefined],
  [(options) => new GiftCardPartners({ baseUrl: "https://api.example", profile: options }), "firstPage", "firstPageIndex"],
];
const save = async () => {};
const AWAITED = [
  [(client, options) => client.accountBalance(options), "timeout", "timeoutMs"],
  [(client, options) => client.createOrder(LINKS, options), "abortSignal", undefined],
  [(client, options) => client.createOrder(LINKS, options), "Signal", "signal"],
  [(client, options) => client.waitForOrder("1", options), "onUpdated", "onUpdate"],
  [(client, options) => client.findOrder("1", options), "maxPage", "maxPages"],
  [(client, options) => client.confirmFulfillment("{}", options), "PONumber", "poNumber"],
  [(client, options) => client.catalog(options), "refreshed", "refresh"],
  [(client, options) => client.request("GET", "/v1/Status", options), "queries", undefined],
  [(client, options) => client.listProducts(options), "page", "pageIndex"],
  [(client, options) => client.listProducts(options), "name", "productName"],
  [(client, options) => client.getOrder("1", options), "timeout_ms", "timeoutMs"],
  [(client, options) => client.createToken(options), "deadlineMS", "deadlineMs"],
  [(client, options) => client.status(options), "timeOut", "timeoutMs"],
  [(client, options) => client.waitForOrder("1", options), "update", "onUpdate"],
  [(client, options) => client.listOrders({}, options), "deadline", "deadlineMs"],
  [(client, options) => client.listCarriers(options), "timeoutMS", "timeoutMs"],
  [(client, options) => client.placeCampaign(report().plan({ campaign: "a" }), { save, ...options }), "concurency", "concurrency"],
];

function assertRefused(error, name, meant) {
  assert.ok(error instanceof ConfigError);
  assert.match(error.message, new RegExp(`there is no option ${name}: `));
  if (meant) assert.match(error.message, new RegExp(`did you mean ${meant}\\?`));
}

test("an option that does not exist is refused with the nearest name, and one that is undefined is absent", () => {
  for (const [call, name, meant] of AT_ONCE) {
    assertRefused(thrown(() => call({ [name]: 1 })), name, meant);
    assert.doesNotThrow(() => call({ [name]: undefined }));
  }
});

test("the methods of a client refuse one too, before anything is sent", LIMIT, async () => {
  const { client, sandbox } = setUp();

  for (const [call, name, meant] of AWAITED) assertRefused(await rejection(call(client, { [name]: 1 })), name, meant);

  assert.deepEqual(sandbox.requests(), []);
});

test("a sandbox may be handed in as it is", LIMIT, async () => {
  const { client } = setUp();
  const { sandbox } = setUp();

  for (const options of [sandbox, { ...sandbox }]) assert.equal((await new GiftCardPartners(options).accountBalance()).Available, (await client.accountBalance()).Available);
});

test("a field that does not exist leads to the nearest", () => {
  for (const [options, meant] of [
    [{ defaults: { value: 25 } }, "Value"],
    [{ defaults: { quantity: 1 } }, "Quantity"],
    [{ defaults: { Personalization: { to: "Ann" } } }, "Personalization.To"],
    [{ columns: { A: "valu" } }, "value"],
    [{ columns: { A: "emial" } }, "email"],
  ]) {
    const error = thrown(() => new RecipientImport({ type: "Links", ...options }));
    assert.ok(error instanceof ConfigError);
    assert.ok(error.message.endsWith(`Did you mean ${meant}?`), error.message);
  }
});

test("a name that is none is not shown", () => {
  const error = thrown(() => validateOrder(LINKS, { "ann@example.org": 1 }));

  assert.ok(error instanceof ConfigError);
  assert.doesNotMatch(error.message, /ann@/);
});

test("what is no object is no option", () => {
  for (const none of [undefined, null, false, 0, 7, ""]) assert.equal(validateOrder(LINKS, none).valid, true);
});

test("what holds no fields is refused as options and as a profile, and so is a refresh that is no boolean", LIMIT, async () => {
  const { client, sandbox } = setUp();

  for (const none of [new Map([["timeoutMs", 1]]), []]) {
    assert.ok(thrown(() => new GiftCardPartners({ baseUrl: "https://api.example", profile: none })) instanceof ConfigError);
    assert.ok(thrown(() => validateOrder(LINKS, none)) instanceof ConfigError);
    assert.ok((await rejection(client.accountBalance(none))) instanceof ConfigError);
    assert.ok((await rejection(client.createOrder(LINKS, none))) instanceof ConfigError);
    assert.ok((await rejection(client.findOrder("1", none))) instanceof ConfigError);
  }
  for (const refresh of ["false", 1, {}]) assert.match((await rejection(client.catalog({ refresh }))).message, /refresh must be true or false/);

  assert.deepEqual(sandbox.requests(), []);
});

test("an order that is not sent for its options says so", LIMIT, async () => {
  const { client } = setUp();
  const unreadable = new Proxy({}, { ownKeys: () => { throw new Error("mine"); } });

  for (const options of [{ timeout: 1 }, unreadable, { timeoutMs: -1 }, []]) {
    const { outcome, attempts, code } = await rejection(client.createOrder(LINKS, options));
    assert.deepEqual({ outcome, attempts, code }, { outcome: "not-sent", attempts: 0, code: "invalid_config" });
  }
});
