// The catalog as it is installed: made, carried across entries, searched, and held against an order.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import * as order from "giftcard-partners/order";

import { LINKS, LIMIT, setUp, thrown } from "./support.js";

const { Catalog, validateOrder } = order;
const BOOKS = {
  Id: "BOOKS",
  Name: "Inkwhistle Books",
  ShortDescription: "<p>left out</p>",
  Type: "Digital",
  DenominationType: "Fixed",
  Denominations: [25, 10.5],
  AvailableDeliveryTypes: ["Links"],
  CurrencyCode: "USD",
  Cost: { Fee: 0.25, DiscountPercentage: 4.55 },
  Meta: { ShippingConfiguration: { HasRequiredCardCarriers: true, FulfillmentGroup: "left out" } },
};
const COFFEE = { Id: "COFFEE", Name: "Café Écarlate", Type: "Digital", DenominationType: "Variable", Denominations: [5, 200], AvailableDeliveryTypes: ["DigitalDelivery", "Links"], CurrencyCode: "CAD" };
const encode = (value) => new TextEncoder().encode(JSON.stringify(value));
const ids = (products) => products.map(({ Id }) => Id);
const camel = ({ Id, Name, ...rest }) => ({ id: Id, name: Name, ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key[0].toLowerCase() + key.slice(1), value])) });

test("what is kept of a product is handed out in the API's own shape", () => {
  const catalog = Catalog.from([BOOKS, COFFEE]);

  const { ShortDescription, ...kept } = BOOKS;
  assert.deepEqual(catalog.product("BOOKS"), { ...kept, Denominations: [10.5, 25], Meta: { ShippingConfiguration: { HasRequiredCardCarriers: true } } });
  assert.equal(catalog.size, 2);
  for (const unknown of ["books", "", "NONE", undefined, 7]) assert.equal(catalog.product(unknown), undefined);
});

test("products, an answer in either casing, its own bytes and what it hands out are one catalog", () => {
  const catalog = Catalog.from([BOOKS, COFFEE]);

  const same = [
    [COFFEE, BOOKS],
    encode([BOOKS, COFFEE]),
    encode({ data: [COFFEE, BOOKS].map(camel), page: 1, totalCount: 2 }),
    encode([BOOKS, COFFEE]).buffer,
    catalog.toBytes(),
    root.Catalog.from([BOOKS, COFFEE]).toBytes(),
    catalog.search(),
  ].map((input) => Catalog.from(input).hash);

  assert.match(catalog.hash, /^[0-9a-f]{64}$/);
  assert.deepEqual(new Set(same), new Set([catalog.hash]));
  assert.notEqual(Catalog.from([BOOKS, { ...COFFEE, Denominations: [5, 201] }]).hash, catalog.hash);
});

test("what is no catalog is a ConfigError that says so", () => {
  const bytes = Catalog.from([BOOKS]).toBytes();
  const altered = bytes.map((byte, index) => (index === 60 ? byte ^ 1 : byte));
  const loop = {};
  loop.loop = loop;

  for (const [input, message] of [
    [bytes.subarray(0, -1), /cut or altered/],
    [altered, /cut or altered/],
    [bytes.map((byte, index) => (index === 4 ? 9 : byte)), /another version/],
    [new Uint8Array([1, 2, 3]), /neither/],
    [new Uint8Array(), /neither/],
    [encode({ error: "none" }), /array of products/],
    [[{ Name: "no id" }], /array of products/],
    [undefined, /array of products/],
    [loop, /array of products/],
  ]) {
    const error = thrown(() => Catalog.from(input));

    assert.equal(error.name, "ConfigError");
    assert.match(error.message, message);
  }
});

test("a search takes words, an amount, a delivery type, a currency, a type and a limit", () => {
  const catalog = Catalog.from([COFFEE, BOOKS]);

  for (const [query, expected] of [
    [undefined, ["BOOKS", "COFFEE"]],
    [{}, ["BOOKS", "COFFEE"]],
    [{ text: "inkWHISTLE books" }, ["BOOKS"]],
    [{ text: "CAFÉ éca" }, ["COFFEE"]],
    [{ amount: "10.50" }, ["BOOKS", "COFFEE"]],
    [{ amount: 25 }, ["BOOKS", "COFFEE"]],
    [{ amount: 10.51 }, ["COFFEE"]],
    [{ amount: "5.001" }, []],
    [{ amount: -5 }, []],
    [{ deliveryType: "DigitalDelivery" }, ["COFFEE"]],
    [{ currency: "cad" }, ["COFFEE"]],
    [{ type: "Digital", limit: 1 }, ["BOOKS"]],
    [{ text: "books", currency: "CAD" }, []],
  ]) {
    assert.deepEqual(ids(catalog.search(query)), expected, JSON.stringify(query));
  }
  for (const query of [null, 7, "books", { text: 7 }, { amount: "a lot" }, { amount: NaN }, { amount: {} }, { limit: -1 }, { limit: 1.5 }]) {
    assert.equal(thrown(() => catalog.search(query)).name, "ConfigError", String(JSON.stringify(query)));
  }
});

test("2,000 products are a catalog of less than 200 KB, and a search of them takes no time", LIMIT, () => {
  const products = Array.from({ length: 2_000 }, (_, index) => ({ ...COFFEE, Id: `PRODUCT-${index}`, Name: `The ${index} Company`, LongDescription: "x".repeat(1_000) }));
  const catalog = Catalog.from(products);

  const begun = performance.now();
  const found = catalog.search({ text: "1234", amount: "25.00", deliveryType: "Links" });
  const took = performance.now() - begun;

  assert.deepEqual(ids(found), ["PRODUCT-1234"]);
  assert.ok(catalog.toBytes().length < 200_000, `${catalog.toBytes().length}`);
  assert.ok(took < 100, `${took} ms`);
});

test("a validator with a catalog reports what cannot be ordered, on objects, text and bytes alike", () => {
  const catalog = Catalog.from([BOOKS, COFFEE]);
  const body = {
    Type: "DigitalDelivery",
    LineItems: [
      { ProductId: "BOOK", Value: 25, Quantity: 1, DigitalDeliveryAddress: { Email: "a@example.org" } },
      { ProductId: "BOOKS", Value: 26, Quantity: 1, DigitalDeliveryAddress: { Email: "b@example.org" } },
      { ProductId: "COFFEE", Value: 201, Quantity: 1, DigitalDeliveryAddress: { Email: "c@example.org" } },
    ],
    PONumber: "PO-1",
  };

  const reports = [body, JSON.stringify(body), encode(body)].map((input) => validateOrder(input, { catalog }));

  assert.deepEqual(
    reports[0].issues.map(({ code, path, params }) => [code, path.slice(1), params]),
    [
      ["unknown_product", [0, "ProductId"], { nearest: "BOOKS" }],
      ["delivery_type_not_offered", [1, "ProductId"], { offered: ["Links"] }],
      ["denomination_not_offered", [1, "Value"], { offered: ["10.50", "25.00"] }],
      ["mixed_currencies", [2, "ProductId"], { expected: "USD", received: "CAD" }],
      ["denomination_not_offered", [2, "Value"], { minimum: "5.00", maximum: "200.00" }],
    ],
  );
  for (const report of reports) assert.deepEqual(report, reports[0]);
  assert.equal(validateOrder(body).valid, true);
  const error = thrown(() => order.parseOrder(body, { catalog }));
  assert.deepEqual([error.name, error.issues.length], ["ValidationError", 5]);
});

test("a catalog of another entry is taken, and what is none or was freed is not", () => {
  const catalog = Catalog.from([BOOKS]);
  const foreign = root.Catalog.from([BOOKS]);
  const freed = Catalog.from([BOOKS]);
  freed.free();

  for (const given of [freed, {}, [BOOKS], catalog.toBytes(), "catalog", 7, null === 0, { toBytes: () => 7 }, { get toBytes() { throw new Error("secret"); } }]) {
    const error = thrown(() => validateOrder({}, { catalog: given }));

    assert.equal(error.name, "ConfigError");
    assert.doesNotMatch(error.message, /secret/);
  }
  assert.match(thrown(() => validateOrder({}, { catalog: freed })).message, /freed/);
  assert.match(thrown(() => validateOrder({}, { catalog: {} })).message, /^catalog must be a Catalog/);
  assert.deepEqual(validateOrder(LINKS, { catalog: foreign }), validateOrder(LINKS, { catalog }));
  // It is lent, not given away.
  validateOrder({}, { catalog });
  validateOrder({}, { catalog });
  assert.equal(catalog.size, 1);
});

test("every product of the sandbox can be ordered at a value that its catalog offers, and at no other", LIMIT, async () => {
  const { client, sandbox } = setUp({ sandbox: { available: "100000.00" } });
  const catalog = await client.catalog();

  for (const { Id, Denominations, AvailableDeliveryTypes } of catalog.search({ deliveryType: "Links" })) {
    const line = (Value) => ({ Type: "Links", LineItems: [{ ProductId: Id, Value, Quantity: 1 }], PONumber: `PO-${Id}-${Value}` });
    const wrong = line(Math.max(...Denominations) + 1);

    assert.ok(AvailableDeliveryTypes.includes("Links"));
    assert.equal(root.validateOrder(line(Denominations[0]), { catalog }).valid, true);
    assert.equal((await client.createOrder(line(Denominations[0]))).outcome, "created");
    assert.deepEqual(root.validateOrder(wrong, { catalog }).issues.map(({ code }) => code), ["denomination_not_offered"]);
    await assert.rejects(client.createOrder(wrong), { status: 400 });
  }
  assert.ok(sandbox.orders().length > 5);
});
