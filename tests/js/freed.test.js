// Handles after free(): a second one does nothing, and whatever else is asked is a ConfigError with a sentence.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import * as bulk from "giftcard-partners/bulk";
import * as order from "giftcard-partners/order";
import { createSandbox } from "giftcard-partners/sandbox";

import { BASE_URL, LINKS, LIMIT, rejection, thrown } from "./support.js";

const encoder = new TextEncoder();

function read({ RecipientImport }) {
  const recipients = new RecipientImport({ type: "Links" });
  recipients.push(encoder.encode("product,value\nCVS,25\nCVS,free\n"));
  return recipients.finish();
}

// [class, makes one, what is asked of it]
const handles = (entry) => [
  ["Catalog", () => entry.Catalog.from([{ Id: "CVS" }]), ["size", "hash", (it) => it.product("CVS"), (it) => it.search(), (it) => it.toBytes()]],
  ["RecipientImport", () => new entry.RecipientImport({ type: "Links" }), [(it) => it.push(new Uint8Array()), (it) => it.finish()]],
  [
    "ImportReport",
    () => read(entry),
    [
      "rows", "accepted", "duplicates", "totals", "ignoredColumns", "issues", "encoding", "rejected",
      (it) => it.rejectedCsv(), (it) => it.toJSON(), (it) => it.plan({ campaign: "spring" }),
    ],
  ],
  [
    "Campaign",
    () => read(entry).plan({ campaign: "spring" }),
    [
      "alreadyPlanned", (it) => it.orders(), (it) => it.next(), (it) => it.record("x", "sent"), (it) => it.progress(), (it) => it.toBytes(),
      (it) => it.ledger(), (it) => it.applyLedger(new Uint8Array()), (it) => it.reconcile([]), (it) => it.quote(entry.Catalog.from([{ Id: "CVS" }])),
      (it) => entry.claimsCsv(it, []),
    ],
  ],
];
const ask = (it, question) => (typeof question === "string" ? it[question] : question(it));

for (const [name, entry] of Object.entries({ root, "order and bulk": { ...order, ...bulk } })) {
  for (const [handle, make, questions] of handles(entry)) {
    test(`${name}: a ${handle} that was freed says so, and can be freed again`, LIMIT, () => {
      const fresh = make();
      // What was read of it before is not handed out either.
      if (handle === "ImportReport") assert.equal(fresh.rows, 2);
      assert.equal(fresh.free(), undefined);

      assert.equal(fresh.free(), undefined);

      for (const question of questions) {
        const error = thrown(() => ask(fresh, question));
        assert.ok(error instanceof entry.ConfigError, String(question));
        assert.match(error.message, /freed/);
      }
      // The others live on.
      assert.doesNotThrow(() => ask(make(), handle === "RecipientImport" ? (it) => it.finish() : questions[0]));
    });
  }
}

test("a handle is disposed of as often as it is freed", { ...LIMIT, skip: !Symbol.dispose }, () => {
  const catalog = root.Catalog.from([{ Id: "CVS" }]);

  catalog[Symbol.dispose]();
  catalog[Symbol.dispose]();

  assert.ok(thrown(() => catalog.size) instanceof root.ConfigError);
});

test("a client that was freed says so: its promises reject", LIMIT, async () => {
  let requests = 0;
  const client = new root.GiftCardPartners({ baseUrl: BASE_URL, fetch: async () => new Response("{}", { status: (requests += 1) && 200 }) });
  const campaign = read(root).plan({ campaign: "spring" });
  client.free();
  client.free();

  for (const call of [
    () => client.createToken(), () => client.accountBalance(), () => client.status(), () => client.getProduct("1"), () => client.getOrder("1"),
    () => client.listProducts(), () => client.listOrders(), () => client.listShippingMethods(), () => client.listCarriers(),
    () => client.listBrandings(), () => client.listDepartments(), () => client.catalog(), () => client.createOrder(LINKS),
    () => client.waitForOrder("1"), () => client.findOrder("1"), () => client.confirmFulfillment("{}"), () => client.request("GET", "/v1/Status"),
    () => client.placeCampaign(campaign, { save: async () => {} }),
  ]) {
    const error = await rejection(call());
    assert.ok(error instanceof root.ConfigError, String(call));
    assert.match(error.message, /GiftCardPartners was freed/);
  }
  assert.ok(thrown(() => client.prepareOrder(LINKS)) instanceof root.ConfigError);
  assert.equal(requests, 0);
});

test("a campaign that was freed is not placed", LIMIT, async () => {
  const client = new root.GiftCardPartners({ baseUrl: BASE_URL, fetch: async () => new Response("{}") });
  const campaign = read(root).plan({ campaign: "spring" });
  campaign.free();

  const error = await rejection(client.placeCampaign(campaign, { save: async () => {} }));

  assert.ok(error instanceof root.ConfigError);
  assert.match(error.message, /Campaign was freed/);
});

test("a sandbox can be freed twice", () => {
  const sandbox = createSandbox();
  sandbox.free();
  sandbox.free();
  assert.throws(() => sandbox.orders(), { name: "ConfigError" });
});
