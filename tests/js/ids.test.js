// An id is a text with the digits that the API wrote, wherever it comes from and wherever it goes.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Catalog, RecipientImport, claimsCsv, fingerprintOrder, resultsCsv } from "giftcard-partners";

import { LIMIT, LINKS, bare, fastClock, rejection } from "./support.js";

/** JavaScript has no number for it: it would be 9007199254740992, the id of somebody else's order. */
const ID = "9007199254740993";
const PRODUCT = "9007199254740995";

const raw = (body, status = 200) => new Response(body, { status, headers: { "Content-Type": "application/json" } });
const order = (more = "") => `{"id":${ID},"status":"Completed","lineItems":[{"id":${ID}1,"productId":${PRODUCT},"value":25.50,"quantity":2}]${more}}`;

test("an order that is created, read, found, listed and waited for has the digits of its id", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, requests } = bare(({ method, url }) => {
    if (method === "POST") return raw(order(), 201);
    return raw(url.includes("?") ? `{"data":[${order(',"poNumber":"PO-1"')}],"page":1,"pageSize":100,"totalCount":1}` : order());
  });

  const created = await client.createOrder(LINKS);
  const orders = [
    created.order,
    await client.getOrder(created.order.Id),
    await client.findOrder("PO-1"),
    await clock.run(client.waitForOrder(created.order)),
    await clock.run(client.waitForOrder(created.order.Id)),
    await client.confirmFulfillment(`{"orderId":${ID}}`),
    (await client.listOrders({ pageSize: 100 })).Items[0],
    (await client.request("GET", "/v1/Orders/x")).body,
  ];
  for await (const listed of client.listOrders({ pageSize: 100 })) orders.push(listed);

  for (const { Id, LineItems: [line] } of orders) {
    assert.deepEqual([Id, line.Id, line.ProductId, line.Value, line.Quantity], [ID, `${ID}1`, PRODUCT, 25.5, 2]);
  }
  const read = new Set(requests.map(({ path }) => path).filter((path) => path.startsWith("/base/v1/Orders/")));
  assert.deepEqual([...read], [`/base/v1/Orders/${ID}`, "/base/v1/Orders/x"]);
});

test("a 409 names its order by the digits in every shape, and an error hands them on", LIMIT, async () => {
  for (const body of [`{"previousOrderIds":[${ID}]}`, `{"PreviousOrderIds":${ID}}`, `{"id":${ID}}`, `{"orderId":"${ID}"}`]) {
    const { client, requests } = bare(({ method }) => (method === "POST" ? raw(body, 409) : raw(order(',"type":"DigitalDelivery"'))));

    const error = await rejection(client.createOrder(LINKS));

    assert.deepEqual([error.code, error.orderId], ["po_number_conflict", ID], body);
    assert.equal(requests[1].path, `/base/v1/Orders/${ID}`);
  }
});

test("every id is a text, and every other number stays as it is", LIMIT, async () => {
  const answer = '{"id":700002,"Page":7,"paid":8,"departmentId":9,"previousOrderIds":[1,2],"zip":2134,"meta":{"ID":-1,"brandingId":null,"count":3.50}}';
  const { client } = bare(() => raw(answer));

  const { body } = await client.request("GET", "/v1/Tomorrow");

  assert.deepEqual(body, {
    Id: "700002",
    Page: 7,
    Paid: 8,
    DepartmentId: "9",
    PreviousOrderIds: ["1", "2"],
    Zip: 2134,
    Meta: { Id: "-1", BrandingId: null, Count: 3.5 },
  });
});

test("products are known by the digits of their id, in the client's catalog and in one of the answer's bytes", LIMIT, async () => {
  const products = `[{"id":${PRODUCT},"name":"Card","denominationType":"Fixed","denominations":[25],"currencyCode":"USD"}]`;
  const { client } = bare(() => raw(products));

  const own = await client.catalog();
  const read = Catalog.from(new TextEncoder().encode(products));

  for (const catalog of [own, read]) assert.equal(catalog.product(PRODUCT)?.Id, PRODUCT);
  assert.equal((await client.listProducts()).Items[0].Id, PRODUCT);
  assert.equal((await bare(() => raw(products.slice(1, -1))).client.getProduct(700002)).Id, PRODUCT);
});

test("an id that JavaScript has rounded already is refused, and asks for nobody's order", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, requests } = bare(() => raw(order()));
  const rounded = Number(ID);

  for (const call of [() => client.getOrder(rounded), () => client.waitForOrder(rounded), () => client.waitForOrder({ Id: rounded, Status: "Pending" }), () => client.getOrder(1.5)]) {
    assert.equal((await rejection(call())).code, "invalid_config");
  }
  assert.equal(requests.length, 0);
  await clock.run(client.waitForOrder({ Id: 700002, Status: "Pending" }));
  assert.equal(requests[0].path, "/base/v1/Orders/700002");
});

test("a campaign's ledger and its claims hold the digits", LIMIT, async () => {
  const importer = new RecipientImport({ type: "Links", defaults: { ProductId: PRODUCT, Quantity: 1 } });
  importer.push(new TextEncoder().encode("name,value\nAda,25\n"));
  const campaign = importer.finish().plan({ campaign: "ids" });
  const placed = `{"id":${ID},"status":"Completed","lineItems":[{"productId":${PRODUCT},"value":25,"quantity":1,"claimData":[{"claimLink":"https://claim.example/1"}]}]}`;
  const { client } = bare(() => raw(placed, 201));

  await client.placeCampaign(campaign, { save: async () => {} });
  const [{ orderId }] = campaign.orders();
  const file = (order) => new TextDecoder().decode(claimsCsv(campaign, [order]));

  assert.equal(orderId, ID);
  for (const order of [await client.getOrder(ID)]) assert.match(file(order), new RegExp(`https://claim\\.example/1.*${ID}`));
});

test("an id that JavaScript has rounded is no campaign's: what was recorded stands", LIMIT, async () => {
  const importer = new RecipientImport({ type: "Links", defaults: { ProductId: "CVS", Quantity: 1 } });
  importer.push(new TextEncoder().encode("name,value\nAda,25\nBob,30\n"));
  const campaign = importer.finish().plan({ campaign: "rounded", maxLinesPerOrder: 1 });
  const [ada, bob] = [...campaign.orders()];
  campaign.record(ada.poNumber, "created", ID);
  const rounded = (poNumber) => ({ Id: Number(ID), PONumber: poNumber, Status: "Completed", LineItems: [] });
  const cells = (csv) => new TextDecoder().decode(csv).split("\r\n").slice(1, 3).map((row) => row.split(","));

  for (const orders of [[rounded(ada.poNumber), rounded(bob.poNumber)], [{ ...rounded(ada.poNumber), Id: 1e300 }, { ...rounded(bob.poNumber), id: -1e16, Id: undefined }]]) {
    assert.deepEqual(cells(claimsCsv(campaign, orders)).map((row) => row.at(-1)), [ID, ""]);
    assert.deepEqual(cells(resultsCsv(campaign, orders)).map((row) => row[6]), [ID, ""]);
    assert.ok(campaign.reconcile(orders).extra.every(({ foundId }) => foundId === undefined));
  }
  // By an id alone an order is found that has all its digits.
  const claims = (Id) => cells(claimsCsv(campaign, [{ Id, Status: "Completed", LineItems: [{ ClaimData: [{ ClaimLink: "https://claim.example/1" }] }] }]))[0];
  assert.ok(!claims(Number(ID)).includes("https://claim.example/1"));
  assert.ok(claims(ID).includes("https://claim.example/1"));
  // The answer's own bytes have them.
  const bytes = new TextEncoder().encode(`{"Id":${ID}1,"PONumber":"${bob.poNumber}","LineItems":[]}`);
  assert.equal(cells(claimsCsv(campaign, [bytes]))[1].at(-1), `${ID}1`);
  assert.equal(cells(claimsCsv(campaign, [{ Id: 700002, PONumber: bob.poNumber }]))[1].at(-1), "700002");
});

test("after a 409 an order is its own whether its letters are composed or not", LIMIT, async () => {
  const asked = { ...LINKS, Note: "für Zo\u00eb Nguy\u1ec5n" };
  const answered = (note) => JSON.stringify({ ...asked, Id: "A", Note: note });
  const client = (note) => bare(({ method }) => (method === "POST" ? raw('{"id":"A"}', 409) : raw(answered(note)))).client;

  const { outcome } = await client(asked.Note.normalize("NFD")).createOrder(asked);
  const error = await rejection(client("für Zoe Nguyen").createOrder(asked));

  assert.equal(outcome, "reconciled");
  assert.equal(error.code, "po_number_conflict");
  assert.equal(fingerprintOrder({ ...asked, Note: asked.Note.normalize("NFD") }), fingerprintOrder(asked));
});
