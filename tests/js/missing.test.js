// What is missing is called missing, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ConfigError, GiftCardPartners, RecipientImport, signCallbackUrl, verifyCallbackUrl } from "giftcard-partners";

import { BASE_URL, LIMIT, LINKS, bare, json, rejection, thrown } from "./support.js";

const make = (options) => new GiftCardPartners({ baseUrl: BASE_URL, ...options });
const { client } = bare(() => json({ Id: "1", Items: [] }));

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
    [() => new RecipientImport({ type: "Links" }).finish().plan({}), /plan: campaign is missing/],
    [() => new RecipientImport({ type: "Links" }).finish().plan(), /plan: campaign is missing/],
    [() => new RecipientImport({ type: "Links" }).finish().plan({ campaign: undefined }), /plan: campaign is missing/],
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
