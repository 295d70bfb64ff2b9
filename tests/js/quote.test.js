// quoteOrder, against what the sandbox then takes from the account.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import * as order from "giftcard-partners/order";

import { LIMIT, PHYSICAL, setUp, thrown } from "./support.js";

const { Catalog, quoteOrder } = order;
const catalog = Catalog.from([
  { Id: "BOOKS", CurrencyCode: "USD", Cost: { Fee: 0.25, DiscountPercentage: 4.55 } },
  { Id: "MAPLE", CurrencyCode: "CAD" },
]);
const links = (...lines) => ({ Type: "Links", LineItems: lines.map(([ProductId, Value, Quantity]) => ({ ProductId, Value, Quantity })), PONumber: "PO-1" });

test("a quote is decimal text, says what it assumes, and is the same for objects, text and bytes in both entries", () => {
  const body = links(["BOOKS", 25, 3], ["BOOKS", 0.1, 1]);
  const text = JSON.stringify(body);
  const own = root.Catalog.from(catalog.toBytes());

  const quotes = [body, text, new TextEncoder().encode(text)].flatMap((input) => [quoteOrder(input, catalog), root.quoteOrder(input, own)]);

  const { assumptions, ...sums } = quotes[0];
  assert.deepEqual(sums, { currency: "USD", faceValue: "75.10", discount: "3.41", fees: "1.00", total: "72.69" });
  assert.deepEqual(assumptions.map(({ code }) => code), ["fee_per_card", "discount_of_face_value", "rounded_per_line"]);
  assert.match(assumptions[2].message, /half away from zero/);
  for (const quote of quotes) assert.deepEqual(quote, quotes[0]);
});

test("a balance counts by what is available alone", () => {
  const body = links(["BOOKS", 25, 1]);

  for (const [balance, available, short] of [
    [{ Available: 24.11, Pending: 0 }, "24.11", undefined],
    [{ available: "24.10", pending: 1_000 }, "24.10", "0.01"],
    [{ AVAILABLE: 0.1 + 0.2 }, "0.30", "23.81"],
    [{ Available: -5 }, "-5.00", "29.11"],
  ]) {
    const quote = quoteOrder(body, catalog, balance);

    assert.deepEqual([quote.available, quote.short, quote.total], [available, short, "24.11"]);
  }
  assert.deepEqual(quoteOrder(body, catalog, null), quoteOrder(body, catalog));
  for (const balance of [{}, { Pending: 5 }, { Available: null }, { Available: NaN }, "lots", 5, "5", -1, true, [], [5], new Map(), new TextEncoder().encode("5")]) {
    assert.equal(thrown(() => quoteOrder(body, catalog, balance)).name, "ConfigError");
  }
});

test("a fee and a discount that are long floats are rounded, not dropped", () => {
  const floats = Catalog.from([{ Id: "BOOKS", CurrencyCode: "USD", Cost: { Fee: 0.1 + 0.2, DiscountPercentage: 100 / 3 } }]);

  const { discount, fees, assumptions } = quoteOrder(links(["BOOKS", 25, 1]), floats);

  assert.deepEqual([discount, fees], ["8.33", "0.30"]);
  assert.ok(!assumptions.some(({ code }) => code === "unknown_cost_is_zero"));
  assert.deepEqual(floats.product("BOOKS").Cost, { Fee: 0.3, DiscountPercentage: 33.33333333 });
});

test("an order that cannot be sent is a ValidationError with the catalog's rules in it", () => {
  for (const [body, code] of [
    [links(["NONE", 25, 1]), "unknown_product"],
    [links(["BOOKS", 25, 1], ["MAPLE", 25, 1]), "mixed_currencies"],
    [links(["BOOKS", 25, 0]), "not_positive"],
    ["{", "invalid_json"],
    [undefined, "required"],
  ]) {
    const error = thrown(() => quoteOrder(body, catalog));

    assert.equal(error.name, "ValidationError");
    assert.ok(error instanceof root.ValidationError);
    assert.equal(error.issues[0].code, code);
  }
  assert.equal(thrown(() => quoteOrder(links(), undefined)).name, "ConfigError");
});

test("a quote's total is what the sandbox takes from the account, to the cent", LIMIT, async () => {
  const { client } = setUp({ sandbox: { available: "1000000.00" } });
  const own = await client.catalog();
  const cents = (amount) => Math.round(Number(amount) * 100);
  const line = (ProductId, Value, Quantity) => ({ ProductId, Value, Quantity });
  const bodies = [
    { Type: "Links", LineItems: [line("QUILLFEATHER", 5.1, 1)] },
    { Type: "Links", LineItems: [line("QUILLFEATHER", 10, 1), line("QUILLFEATHER", 10, 1), line("QUILLFEATHER", 10, 2)] },
    { Type: "Links", LineItems: [line("BRAMBLEBOOT", 25, 7), line("MOONPANCAKE", 15, 3), line("NINELANTERN", 12.5, 3)] },
    { Type: "Links", LineItems: Array.from({ length: 50 }, (_, index) => line("QUILLFEATHER", 5 + index * 1.37, (index % 3) + 1)).map((item) => ({ ...item, Value: Math.round(item.Value * 100) / 100 })) },
    { Type: "PhysicalShipment", LineItems: PHYSICAL.LineItems },
  ];

  for (const [index, body] of bodies.entries()) {
    const before = await client.accountBalance();
    const { total, short, available } = root.quoteOrder({ ...body, PONumber: `PO-${index}` }, own, before);
    await client.createOrder({ ...body, PONumber: `PO-${index}` });
    const after = await client.accountBalance();

    assert.equal(cents(before.Available) - cents(after.Available), cents(total));
    assert.deepEqual([short, cents(available)], [undefined, cents(before.Available)]);
  }
});

test("where a quote says short, the sandbox refuses for lack of funds, and a cent more is enough", LIMIT, async () => {
  const body = { Type: "Links", LineItems: [{ ProductId: "QUILLFEATHER", Value: 10, Quantity: 1 }], PONumber: "PO-1" };
  for (const [available, isShort] of [["9.53", true], ["9.54", false]]) {
    const { client } = setUp({ sandbox: { available, pending: "500.00" } });
    const { short } = root.quoteOrder(body, await client.catalog(), await client.accountBalance());

    const placed = client.createOrder(body);

    assert.equal(short, isShort ? "0.01" : undefined);
    if (isShort) await assert.rejects(placed, { name: "InsufficientFundsError" });
    else assert.equal((await placed).outcome, "created");
  }
});
