// Options: one that does not exist would be none, without a word. What is missing is called missing.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Catalog, ConfigError, GiftCardPartners, RecipientImport, derivePoNumber, parseOrder, signCallbackUrl, validateOrder, verifyCallbackUrl } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { BASE_URL, LIMIT, LINKS, bare, json, rejection, thrown } from "./support.js";

const make = (options) => new GiftCardPartners({ baseUrl: BASE_URL, ...options });
const catalog = () => Catalog.from([{ Id: "A", Name: "A" }]);
const campaign = () => {
  const rows = new RecipientImport({ type: "Links", defaults: { Value: 25, Quantity: 1 } });
  rows.push(new TextEncoder().encode("product\nINKWHISTLE\n"));
  return rows.finish();
};
const { client, requests } = bare(() => json({ Id: "1", Items: [] }));

// [what takes options, an option that does not exist, the known name that is meant]
const SPELLED_WRONG = [
  [make, "timeout", "timeoutMs"],
  [make, "TimeoutMS", "timeoutMs"],
  [make, "deadline", "deadlineMs"],
  [make, "retries", "maxRetries"],
  [make, "max_retries", "maxRetries"],
  [make, "baseURL", "baseUrl"],
  [make, "credential", "credentials"],
  [make, "dangerouslyAllowBrowsers", "dangerouslyAllowBrowser"],
  [make, "ttl", "catalogTtlSeconds"],
  [(limits) => make({ limits }), "maxLine", "maxLines"],
  [(limits) => make({ limits }), "orderValue", "maxOrderValue"],
  [(more) => make({ credentials: { email: "a@example.org", accessToken: "a", ...more } }), "token", "accessToken"],
  [(o) => client.createOrder(LINKS, o), "timeout", "timeoutMs"],
  [(o) => client.getOrder("1", o), "abortSignal", "signal"],
  [(o) => client.getProduct("1", o), "Signal", "signal"],
  [(o) => client.accountBalance(o), "timeout_ms", "timeoutMs"],
  [(o) => client.createToken(o), "deadlineMS", "deadlineMs"],
  [(o) => client.status(o), "timeOut", "timeoutMs"],
  [(o) => client.waitForOrder("1", o), "onupdate", "onUpdate"],
  [(o) => client.waitForOrder("1", o), "update", "onUpdate"],
  [(o) => client.findOrder("PO", o), "maxPage", "maxPages"],
  [(o) => client.confirmFulfillment('{"Id":"1"}', o), "ponumber", "poNumber"],
  [(o) => client.catalog(o), "refreshes", "refresh"],
  [(o) => client.listProducts({}, o), "timeout", "timeoutMs"],
  [(o) => client.listProducts(o), "pagesize", "pageSize"],
  [(o) => client.listProducts(o), "name", "productName"],
  [(o) => client.listOrders(o), "index", "pageIndex"],
  [(o) => client.listBrandings(o), "deadline", "deadlineMs"],
  [(o) => client.request("GET", "/v1/x", o), "querys", "query"],
  [(o) => client.placeCampaign(campaign().plan({ campaign: "c" }), { save: async () => {}, ...o }), "concurency", "concurrency"],
  [(o) => campaign().plan({ campaign: "c", ...o }), "maxLines", "maxLinesPerOrder"],
  [(o) => new RecipientImport({ type: "Links", ...o }), "default", "defaults"],
  [(o) => new RecipientImport({ type: "Links", ...o }), "column", "columns"],
  [(o) => validateOrder(LINKS, o), "maxIssue", "maxIssues"],
  [(o) => parseOrder(LINKS, o), "catalogue", "catalog"],
  [(o) => derivePoNumber(["a"], o), "length", "maxLength"],
  [(o) => catalog().search(o), "delivery", "deliveryType"],
  [createSandbox, "fulfilmentMs", "fulfillmentMs"],
  [createSandbox, "product", "products"],
];

/** What is thrown, at once or later. */
async function refusal(act) {
  let promise;
  try {
    promise = act();
  } catch (error) {
    return error;
  }
  return rejection(promise);
}

test("an option that does not exist is refused everywhere, with the name that is probably meant", LIMIT, async () => {
  for (const [take, name, meant] of SPELLED_WRONG) {
    const error = await refusal(() => take({ [name]: 7 }));

    assert.ok(error instanceof ConfigError, `${name}: ${error}`);
    assert.match(error.message, new RegExp(`there is no option ${name}\\. Did you mean ${meant}\\?$`), error.message);
  }
  assert.equal(requests.length, 0);
});

test("an option that is undefined is absent, whatever its name", LIMIT, async () => {
  make({ timeout: undefined, maxRetries: undefined, credentials: undefined, fetch: undefined }).free();
  assert.equal(validateOrder(LINKS, { whatever: undefined, maxIssues: undefined, catalog: undefined }).valid, true);
  assert.equal((await client.getOrder("1", { whatever: undefined, signal: undefined })).Id, "1");
});

test("an option that is like none is answered with those that there are, and its name is repeated only where it is a word", LIMIT, () => {
  const known = /It takes catalog, maxIssues/;

  const word = thrown(() => validateOrder(LINKS, { strict: true }));
  const address = thrown(() => validateOrder(LINKS, { "ann@example.com": true }));
  const getter = thrown(() => validateOrder(LINKS, { get strict() { throw new Error("ann@example.com"); } }));

  assert.match(word.message, /validateOrder: there is no option strict\./);
  assert.match(word.message, known);
  assert.match(address.message, known);
  for (const { message } of [address, getter]) assert.doesNotMatch(message, /ann/);
});

test("what is missing is called missing", LIMIT, async () => {
  const email = "ann@example.org";
  for (const [act, sentence] of [
    [() => make({ credentials: { email, accessToken: undefined } }), /credentials\.accessToken is missing/],
    [() => make({ credentials: { email: undefined, accessToken: "a" } }), /credentials\.email is missing/],
    [() => make({ credentials: { email, accessToken: null } }), /credentials\.accessToken is missing/],
    [() => make({ credentials: {} }), /credentials\.email is missing/],
    [() => make({ credentials: { email, accessToken: "" } }), /credentials\.accessToken is empty/],
    [() => make({ credentials: { email, accessToken: 7 } }), /credentials\.accessToken must be a text/],
    [() => make({ credentials: { email, accessToken: "a\nb" } }), /credentials\.accessToken must be a text in ASCII/],
    [() => make({ credentials: async () => ({ email }) }).accountBalance(), /credentials\.accessToken is missing/],
    [() => make({ credentials: () => undefined }).accountBalance(), /credentials must be an object/],
    [() => new GiftCardPartners({}), /baseUrl is required/],
    [() => new GiftCardPartners({ baseUrl: undefined }), /baseUrl is required/],
    [() => client.getOrder(undefined), /getOrder: id is missing/],
    [() => client.getProduct(), /getProduct: id is missing/],
    [() => client.waitForOrder(), /waitForOrder: order is missing/],
    [() => client.findOrder(), /findOrder: poNumber is missing/],
    [() => new RecipientImport({}), /type is missing/],
    [() => new RecipientImport({ type: undefined }), /type is missing/],
    [() => signCallbackUrl("https://example.com", "PO-1", undefined), /secret is missing/],
    [() => signCallbackUrl("https://example.com", undefined, "a secret of some length"), /poNumber is missing/],
    [() => verifyCallbackUrl(undefined, "a secret of some length"), /callback URL is missing/],
    [() => verifyCallbackUrl("https://example.com", undefined), /secret is missing/],
  ]) {
    const error = await refusal(act);

    assert.ok(error instanceof ConfigError, `${act}: ${error}`);
    assert.match(error.message, sentence);
    assert.doesNotMatch(error.message, /ann/);
  }
});

test("a client without credentials is told that it has none, not that they were refused", LIMIT, async () => {
  const { client } = bare(() => json({}, 401));

  const balance = await rejection(client.accountBalance());
  const order = await rejection(client.createOrder(LINKS));

  for (const error of [balance, order]) {
    assert.deepEqual([error.name, error.code, error.status], ["AuthenticationError", "unauthorized", 401]);
    assert.match(error.message, /this client has none/);
    assert.doesNotMatch(error.message, /refused/);
  }
  assert.equal(order.outcome, "rejected");
});

test("credentials over http: are for loopback, or for a sandbox of one's own with allowHttp", LIMIT, async () => {
  const credentials = { email: "a@example.org", accessToken: "a" };
  const baseUrl = "http://sandbox:8787";
  const sent = [];
  const fetch = async ({ url }) => (sent.push(url), json({ Value: "t", ExpiresIn: 60 }));

  const refused = thrown(() => new GiftCardPartners({ baseUrl, credentials }));
  const explicit = thrown(() => new GiftCardPartners({ baseUrl, credentials, allowHttp: false }));
  const wrong = thrown(() => new GiftCardPartners({ baseUrl, credentials, allowHttp: "yes" }));
  await new GiftCardPartners({ baseUrl, credentials, allowHttp: true, fetch }).accountBalance();

  for (const error of [refused, explicit]) assert.match(error.message, /allowHttp/);
  assert.match(wrong.message, /allowHttp must be true or false/);
  assert.deepEqual(sent, ["http://sandbox:8787/v1/Tokens", "http://sandbox:8787/v1/AccountBalance"]);
});
