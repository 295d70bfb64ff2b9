// One campaign after another through the package: what the earlier ones ordered stays within reach and is never sent again.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Campaign, ConfigError, claimsCsv, derivePoNumber, resultsCsv } from "giftcard-partners";

import { noSave, planned, poNumbers, read, rowsOf } from "./campaign-lists.js";
import { LIMIT, setUp, thrown } from "./support.js";

const crossed = (campaign) => Campaign.fromBytes(campaign.toBytes());

test("claim links, ids and results of three runs over a file that grows are all in the last campaign", LIMIT, async () => {
  const { client, sandbox, sent } = setUp();
  const people = ["ann", "bob", "cid", "dan"];
  let campaign;
  for (const count of [2, 3, 4]) {
    campaign = planned(people.slice(0, count), campaign ? { after: campaign } : {});
    await client.placeCampaign(campaign, { save: noSave });
    campaign = crossed(campaign);
  }

  const results = rowsOf(resultsCsv(campaign));
  const claims = rowsOf(claimsCsv(campaign, sandbox.orders()));

  assert.equal(sent("POST", "/v1/Orders").length, 4);
  assert.equal(campaign.alreadyPlanned, 3);
  assert.equal([...campaign.orders()].length, 1);
  const ids = new Map(sandbox.orders().map(({ PONumber, Id }) => [PONumber, Id]));
  assert.deepEqual(
    results.map(({ Line, Recipient, OrderId, State }) => [Line, Recipient, OrderId, State]),
    people.map((name, place) => [String(place + 2), `${name}@example.org`, ids.get(results[place].PONumber), "created"]),
  );
  assert.deepEqual(claims.map(({ Email }) => Email), people.map((name) => `${name}@example.org`));
  assert.equal(new Set(claims.map(({ ClaimLink }) => ClaimLink)).size, 4);
  assert.ok(claims.every(({ ClaimLink }) => ClaimLink.startsWith("https://")));
  const { orders, placed, inDoubt } = campaign.progress().earlier;
  assert.deepEqual([orders, placed.orders, inDoubt.orders], [3, 3, 0]);
});

test("an earlier order in doubt is not sent from the new campaign, and is settled from it under its own PO number", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const first = planned(["ann", "bob"]);
  const [lost, other] = first.next();
  first.record(lost.poNumber, "unknown");
  first.record(other.poNumber, "created", "O-2");
  const second = crossed(planned(["ann", "bob", "cid"], { after: first }));

  assert.deepEqual(second.next().map(({ poNumber }) => poNumber), poNumbers(second));
  await client.placeCampaign(second, { save: noSave });
  assert.equal(sandbox.orders().length, 1);
  assert.equal(second.progress().earlier.inDoubt.orders, 1);

  const [doubtful] = [...second.earlier()].filter(({ state }) => state === "unknown");
  assert.equal(doubtful.poNumber, lost.poNumber);
  assert.deepEqual(doubtful.body, lost.body);
  const { order, outcome } = await client.createOrder(doubtful.body);
  second.record(doubtful.poNumber, outcome, order.Id);
  assert.equal(second.progress().earlier.inDoubt.orders, 0);
  assert.equal(rowsOf(resultsCsv(second))[0].OrderId, order.Id);
});

test("the ledger keeps what becomes of earlier orders, and the history is held against them", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const first = planned(["ann"]);
  await client.placeCampaign(first, { save: noSave });
  const plan = () => planned(["ann", "bob"], { after: first });
  const [second, again] = [plan(), plan()];
  const [{ poNumber }] = second.earlier();

  again.applyLedger(second.ledger());

  assert.deepEqual([...again.earlier()], [...second.earlier()]);
  assert.deepEqual(second.reconcile(sandbox.orders()).matched, 1);
  assert.deepEqual(second.reconcile([]).missing.map((order) => order.poNumber), [poNumber]);
  assert.ok(thrown(() => planned(["bob"]).applyLedger(second.ledger())) instanceof ConfigError);
});

test("results tell an order that the history shows, whatever the ledger knows", LIMIT, async () => {
  const { client, sandbox } = setUp({ maxRetries: 0 });
  const campaign = planned(["ann", "bob"]);
  await client.placeCampaign(campaign, { save: noSave });
  const unsure = planned(["ann", "bob"]);
  for (const { poNumber } of unsure.next()) unsure.record(poNumber, "sent");

  const told = rowsOf(resultsCsv(unsure, sandbox.orders()));

  assert.deepEqual(told.map(({ State }) => State), ["reconciled", "reconciled"]);
  assert.deepEqual(told.map(({ OrderId }) => OrderId), sandbox.orders().map(({ Id }) => Id));
  assert.deepEqual(told.map(({ Status }) => Status), sandbox.orders().map(({ Status }) => Status));
  for (const orders of [undefined, null]) assert.deepEqual(resultsCsv(unsure, orders), resultsCsv(unsure));
  for (const act of [() => resultsCsv({}), () => resultsCsv(), () => resultsCsv(unsure, 7), () => resultsCsv(unsure, [1])]) {
    assert.ok(thrown(act) instanceof ConfigError);
  }
});

const SPELLED = ["Noël", "Việt Nam", "한글", "ガパ", "Ångström", "Ēriks Šķērsmane"];
const spellings = (text) => [text.normalize("NFC"), text.normalize("NFD")];

test("a campaign's name, its salt and the parts of a PO number are the same in either spelling", () => {
  for (const text of SPELLED) {
    const [composed, decomposed] = spellings(text);
    assert.notEqual(composed, decomposed, text);
    const names = (options) => poNumbers(planned(["ann", "bob"], options));
    assert.deepEqual(names({ campaign: composed }), names({ campaign: decomposed }), text);
    assert.deepEqual(names({ salt: composed }), names({ salt: decomposed }), text);
    assert.equal(derivePoNumber([composed, "1"]), derivePoNumber([decomposed, "1"]), text);
  }
  for (const [one, other] of [["Noël", "Noel"], ["ﬁrst", "first"], ["Аnn", "Ann"]]) {
    assert.notDeepEqual(poNumbers(planned(["ann"], { campaign: one })), poNumbers(planned(["ann"], { campaign: other })));
    assert.notEqual(derivePoNumber([one]), derivePoNumber([other]));
  }
});

test("a person in either spelling is one person, and a name that only looks alike is another", () => {
  const house = "Product,Value,Shipping Method,Name,Address,City,State,Zip,Country\n";
  const files = (text) => [
    ["PhysicalShipment", `${house}A,5,M,${text},${text} 1,${text},CA,12345,US\n`],
    ["DigitalDelivery", `Email,Product,Value,To,Message\na@b.co,A,5,${text},${text}!\n`],
  ];
  const plan = (type, file, after) => read(file, { type }).plan({ campaign: "people", ...(after && { after }) });
  for (const text of SPELLED) {
    const [composed, decomposed] = spellings(text).map(files);
    for (const [place, [type, file]] of composed.entries()) {
      const first = plan(type, file);
      assert.deepEqual(poNumbers(plan(type, decomposed[place][1])), poNumbers(first), text);
      for (const { poNumber } of first.next()) first.record(poNumber, "created");
      const second = plan(type, decomposed[place][1], first);
      assert.deepEqual([second.alreadyPlanned, poNumbers(second)], [1, []], text);
    }
  }
  const [[type, file]] = files("Noël");
  const first = plan(type, file);
  for (const { poNumber } of first.next()) first.record(poNumber, "created");
  assert.equal(plan(type, files("Noel")[0][1], first).alreadyPlanned, 0);
});
