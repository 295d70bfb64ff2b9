// An error that nobody catches shows whose call failed: the lines of the caller, and none of the wasm's.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Campaign, Catalog, GiftCardPartners, RecipientImport, isGiftCardError, parseOrder, validateOrder } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { LIMIT, LINKS, setUp } from "./support.js";

const unreachable = () => new GiftCardPartners({ baseUrl: "https://api.example", maxRetries: 0, fetch: async () => new Response("{}", { status: 400 }) });
const file = (text) => {
  const recipients = new RecipientImport({ type: "Links" });
  recipients.push(new TextEncoder().encode(text));
  return recipients.finish();
};

const ACTS = {
  createOrder: async () => await unreachable().createOrder(LINKS),
  "createOrder of nothing": async () => await unreachable().createOrder({}),
  accountBalance: async () => await unreachable().accountBalance(),
  getOrder: async () => await unreachable().getOrder("1"),
  waitForOrder: async () => await unreachable().waitForOrder("1"),
  findOrder: async () => await unreachable().findOrder("1"),
  confirmFulfillment: async () => await unreachable().confirmFulfillment("{}"),
  request: async () => await unreachable().request("GET", "/v1/Status"),
  catalog: async () => await unreachable().catalog(),
  listOrders: async () => await unreachable().listOrders(),
  listCarriers: async () => await unreachable().listCarriers(),
  "for await": async () => {
    for await (const order of unreachable().listOrders()) assert.fail(String(order));
  },
  placeCampaign: async () => await unreachable().placeCampaign(file("product,value\nCVS,25\n").plan({ campaign: "a" }), { save: 7 }),
  prepareOrder: async () => unreachable().prepareOrder({}),
  constructor: async () => new GiftCardPartners({}),
  parseOrder: async () => parseOrder({}),
  validateOrder: async () => validateOrder({}, { maxIssues: -1 }),
  "Catalog.from": async () => Catalog.from(7),
  "Campaign.fromBytes": async () => Campaign.fromBytes(new Uint8Array(3)),
  push: async () => new RecipientImport({ type: "Links" }).push("text"),
  createSandbox: async () => createSandbox({ seed: "x" }),
};

for (const [name, act] of Object.entries(ACTS)) {
  test(`${name}: the caller's line is in the stack, and no frame of the wasm`, LIMIT, async () => {
    const error = await act().then(
      () => assert.fail("it did not fail"),
      (error) => error,
    );

    assert.ok(isGiftCardError(error), String(error.stack));
    assert.match(error.stack, /trace\.test\.js/);
    assert.doesNotMatch(error.stack, /wasm/);
    assert.ok(error.stack.startsWith(`${error.name}: `), error.stack);
  });
}

test("what a stack shows is no secret", LIMIT, async () => {
  const { client } = setUp({ credentials: { email: "person@example.org", accessToken: "secret" } });

  const error = await client.createOrder(LINKS).catch((error) => error);

  assert.doesNotMatch(error.stack, /secret|person@/);
});
