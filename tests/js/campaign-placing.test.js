// How placeCampaign tells what becomes of each order, and how it is stopped.
import assert from "node:assert/strict";
import { test } from "node:test";

import { AuthenticationError, Campaign, ConfigError, GiftCardPartners, resultsCsv } from "giftcard-partners";

import { noSave, planned, poNumbers, rowsOf } from "./campaign-lists.js";
import { LIMIT, rejection, setUp, thrown } from "./support.js";

/** Places a campaign; what was told of each order. */
async function toldOf(client, campaign, options) {
  const told = [];
  await client.placeCampaign(campaign, { save: noSave, concurrency: 1, onOrder: (order) => told.push(order), ...options }).catch(() => {});
  return told;
}

test("each order is told with its outcome, its id and its attempts", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const campaign = planned(["ann", "bob"]);

  const told = await toldOf(client, campaign);

  assert.deepEqual(
    told,
    sandbox.orders().map(({ PONumber, Id }) => ({ poNumber: PONumber, outcome: "created", orderId: Id, attempts: 1 })),
  );
});

test("an order that is not placed is told with its error, and its reason is in the results, the orders and the ledger", LIMIT, async () => {
  const cases = [
    { setUp: { limits: { maxOrderValue: "15.00" } }, value: 20, outcome: "rejected", code: "validation_failed", reason: "over_limit" },
    { setUp: { sandbox: { available: "0.00" } }, value: 10, outcome: "short", code: "insufficient_funds", reason: "insufficient_funds" },
    { setUp: {}, fault: { kind: "400" }, value: 10, outcome: "rejected", code: "bad_request", reason: "bad_request" },
    { setUp: { maxRetries: 0 }, fault: { kind: "500" }, value: 10, outcome: "unknown", code: "server_error", reason: "server_error" },
  ];
  for (const { setUp: options, fault, value, outcome, code, reason } of cases) {
    const { sandbox } = setUp(options.sandbox ? { sandbox: options.sandbox } : {});
    const { fetch, baseUrl, credentials } = sandbox;
    const answered = async (request) => {
      if (fault && request.method === "POST" && request.url.endsWith("/Orders")) {
        return new Response("Ann Smith, ann@example.org, was refused", { status: Number(fault.kind) });
      }
      // Nothing is found where the fate of an order is looked up.
      return fetch(request);
    };
    const { sandbox: _, ...settings } = options;
    const client = new GiftCardPartners({ baseUrl, credentials, fetch: answered, ...settings });
    const campaign = planned(["ann"], { value: () => value });
    let ledger;

    const [told, ...others] = await toldOf(client, campaign, { save: async (bytes) => (ledger = bytes) });

    assert.deepEqual(others, []);
    assert.deepEqual([told.outcome, told.error.code], [outcome, code]);
    const restored = planned(["ann"], { value: () => value });
    restored.applyLedger(ledger);
    for (const known of [campaign, restored, Campaign.fromBytes(campaign.toBytes())]) {
      assert.equal([...known.orders()][0].reason, reason);
      const [{ State, Reason }] = rowsOf(resultsCsv(known));
      assert.deepEqual([State, Reason], [outcome, reason]);
    }
    const text = new TextDecoder().decode(ledger);
    assert.ok(!/ann|smith|refused/i.test(text), text);
  }
});

test("what concerns every order leaves each planned, is the call's own error, and is told of no order", LIMIT, async () => {
  const { sandbox } = setUp();
  const { baseUrl, credentials, fetch } = sandbox;
  const refused = async (request) => (request.method === "POST" && request.url.endsWith("/Orders") ? new Response("", { status: 403 }) : fetch(request));
  const client = new GiftCardPartners({ baseUrl, credentials, fetch: refused });
  const campaign = planned(["ann", "bob"]);
  const told = [];

  const error = await rejection(client.placeCampaign(campaign, { save: noSave, concurrency: 1, onOrder: (order) => told.push(order) }));

  assert.ok(error instanceof AuthenticationError);
  assert.deepEqual([error.outcome, error.attempts, error.poNumber], ["rejected", 1, [...campaign.orders()][0].poNumber]);
  assert.deepEqual(told, []);
  assert.deepEqual(rowsOf(resultsCsv(campaign)).map(({ State, Reason }) => [State, Reason]), [["planned", "forbidden"], ["planned", ""]]);
});

test("an order in doubt that is refused is told as unknown, though the call ends with the refusal", LIMIT, async () => {
  const { sandbox } = setUp();
  const { baseUrl, credentials, fetch } = sandbox;
  const refused = async (request) => (request.method === "POST" && request.url.endsWith("/Orders") ? new Response("", { status: 403 }) : fetch(request));
  const client = new GiftCardPartners({ baseUrl, credentials, fetch: refused });
  const campaign = planned(["ann"]);
  const [{ poNumber }] = campaign.orders();
  campaign.record(poNumber, "unknown");

  const told = await toldOf(client, campaign);

  assert.deepEqual(told.map(({ poNumber: of, outcome, error }) => [of, outcome, error.code]), [[poNumber, "unknown", "forbidden"]]);
});

test("an answer that shows another order places none: it is looked for, and unknown where it is not found", LIMIT, async () => {
  const { sandbox } = setUp();
  const { baseUrl, credentials, fetch } = sandbox;
  const foreign = { Id: "FOREIGN", PONumber: "OTHER-PO", Type: "DigitalDelivery", Status: "Completed", LineItems: [{ ProductId: "X", Value: 9999, Quantity: 1 }] };
  let isCarriedOut;
  const swapped = async (request) => {
    if (request.method !== "POST" || !request.url.endsWith("/Orders")) return fetch(request);
    if (isCarriedOut) await fetch(request);
    return Response.json(foreign, { status: 201 });
  };
  for (isCarriedOut of [false, true]) {
    const client = new GiftCardPartners({ baseUrl, credentials, fetch: swapped, maxRetries: 0 });
    const campaign = planned([isCarriedOut ? "bob" : "ann"]);

    const [{ outcome, orderId, error }] = await toldOf(client, campaign);

    if (isCarriedOut) assert.deepEqual([outcome, orderId], ["reconciled", sandbox.orders()[0].Id]);
    else assert.deepEqual([outcome, orderId, error.code], ["unknown", undefined, "invalid_answer"]);
    assert.equal(campaign.progress().remaining.orders, isCarriedOut ? 0 : 1);
  }
});

test("finish begins no further order, lets those under way end, and resolves", LIMIT, async () => {
  const { sandbox } = setUp();
  const { baseUrl, credentials, fetch } = sandbox;
  const controller = new AbortController();
  let posts = 0;
  const counted = async (request) => {
    if (request.method === "POST" && request.url.endsWith("/Orders")) {
      posts += 1;
      if (posts === 3) controller.abort();
      await new Promise(setImmediate);
    }
    return fetch(request);
  };
  const client = new GiftCardPartners({ baseUrl, credentials, fetch: counted });
  const campaign = planned(["ann", "bob", "cid", "dan", "eve", "flo", "gil"]);
  let ledger;

  const progress = await client.placeCampaign(campaign, { save: async (bytes) => (ledger = bytes), concurrency: 2, finish: controller.signal });

  assert.equal(progress.done, false);
  assert.deepEqual([progress.unknown, progress.sent], [0, 0]);
  assert.equal(progress.created, posts);
  assert.equal(progress.planned, 7 - posts);
  assert.ok(posts <= 4, `${posts}`);
  assert.equal(sandbox.orders().length, posts);
  const saved = planned(["ann", "bob", "cid", "dan", "eve", "flo", "gil"]);
  saved.applyLedger(ledger);
  assert.deepEqual(saved.progress(), progress);
  // A later run goes on.
  assert.equal((await client.placeCampaign(campaign, { save: noSave })).created, 7);
});

test("finish while the ledger is being saved sends nothing, and holds nothing against the order", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const controller = new AbortController();
  const campaign = planned(["ann", "bob"]);

  const progress = await client.placeCampaign(campaign, { save: async () => controller.abort(), finish: controller.signal });

  assert.equal(sandbox.orders().length, 0);
  assert.deepEqual([progress.planned, progress.sent], [2, 0]);
  const aborted = await client.placeCampaign(campaign, { save: noSave, finish: AbortSignal.abort() });
  assert.deepEqual(aborted, progress);
  assert.deepEqual(rowsOf(resultsCsv(campaign)).map(({ Reason }) => Reason), ["", ""]);
});

test("a listener of orders that throws changes nothing", LIMIT, async () => {
  const { client } = setUp();
  const onOrder = () => {
    throw new Error("a dashboard that is down");
  };

  const progress = await client.placeCampaign(planned(["ann", "bob"]), { save: noSave, onOrder });

  assert.equal(progress.created, 2);
});

test("what cannot be used for finish or onOrder is refused", LIMIT, async () => {
  const { client } = setUp();
  for (const options of [{ finish: {} }, { finish: 7 }, { onOrder: 7 }, { onOrder: {} }]) {
    assert.ok((await rejection(client.placeCampaign(planned(["ann"]), { save: noSave, ...options }))) instanceof ConfigError);
  }
  await client.placeCampaign(planned(["ann"]), { save: noSave, finish: null, onOrder: null });
});

test("poPrefix is what the PO numbers begin with", () => {
  const plain = poNumbers(planned(["ann", "bob"]));

  for (const poPrefix of ["XMAS", "XMAS-", "2026-XMAS", "ABCDEFGHIJKLMNOPQRS"]) {
    const names = poNumbers(planned(["ann", "bob"], { poPrefix }));
    const start = poPrefix.endsWith("-") ? poPrefix : `${poPrefix}-`;
    names.forEach((name, place) => {
      assert.ok(name.startsWith(start) && name.length <= 36, name);
      assert.ok(plain[place].startsWith(name.slice(start.length)));
    });
  }
  assert.deepEqual(poNumbers(planned(["ann", "bob"], { poPrefix: "" })), plain);
  assert.deepEqual(poNumbers(planned(["ann", "bob"], { poPrefix: undefined })), plain);
  for (const poPrefix of ["xmas", "X MAS", "NOËL", "ABCDEFGHIJKLMNOPQRST", 7, {}]) {
    assert.ok(thrown(() => planned(["ann"], { poPrefix })) instanceof ConfigError, String(poPrefix));
  }
});

test("an option that does not exist is refused with the nearest name", LIMIT, async () => {
  const { client, sent } = setUp();
  const campaign = planned(["ann"]);
  for (const [name, near] of [["maxLines", "maxLinesPerOrder"], ["maxLinePerOrder", "maxLinesPerOrder"], ["prefix", undefined], ["poprefix", "poPrefix"], ["afer", "after"]]) {
    const error = thrown(() => planned(["ann"], { [name]: 7 }));
    assert.ok(error instanceof ConfigError, name);
    assert.ok(error.message.includes(name) && error.message.includes(near ?? name), error.message);
  }
  for (const [name, near] of [["concurency", "concurrency"], ["onorder", "onOrder"], ["deadline", "deadlineMs"], ["finished", "finish"]]) {
    const error = await rejection(client.placeCampaign(campaign, { save: noSave, [name]: 7 }));
    assert.ok(error instanceof ConfigError, name);
    assert.ok(error.message.includes(near), error.message);
  }
  assert.equal(sent("POST", "/v1/Orders").length, 0);
  await client.placeCampaign(campaign, { save: noSave, concurency: undefined });
});
