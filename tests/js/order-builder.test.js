// OrderBuilder as it is installed, in the root and in /order.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import * as order from "giftcard-partners/order";

const LINE = { ProductId: "CVS", Value: 25, Quantity: 2 };
const decode = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
const usedUp = (builder) => {
  const acts = [() => builder.addLine(LINE), () => builder.note("n"), () => builder.fulfillmentWebhook("https://a.example"), () => builder.build(), () => builder.toBytes()];
  for (const act of acts) assert.throws(act, { name: "ConfigError", code: "invalid_config", message: /used up/ });
};

for (const [entry, { ConfigError, OrderBuilder, ValidationError, parseOrder, validateOrder }] of Object.entries({ root, order })) {
  test(`${entry}: an order is put together step by step, as an object and as bytes`, () => {
    const expected = {
      Type: "DigitalDelivery",
      PONumber: "PO-1",
      Note: "For the team.",
      WebhookSettings: { FulfillmentComplete: "https://shop.example/hooks" },
      LineItems: [{ ...LINE, DigitalDeliveryAddress: { Email: "zoe@example.com" }, Personalization: { Message: "Zoë 🎁\n\"hi\"" } }],
    };
    const start = () =>
      OrderBuilder.digitalDelivery("PO-1").note("For the team.").fulfillmentWebhook(new URL("https://shop.example/hooks")).addLine(expected.LineItems[0]);

    const bytes = start().toBytes();

    assert.deepEqual(start().build(), expected);
    assert.ok(bytes instanceof Uint8Array);
    assert.deepEqual(decode(bytes), expected);
    assert.equal(validateOrder(bytes).valid, true);
    assert.deepEqual(parseOrder(bytes), expected);
  });

  test(`${entry}: what JSON would leave out without a word, or throw at, is a ConfigError`, () => {
    const builder = OrderBuilder.links("PO-1");
    for (const text of [Symbol("n"), () => "n"]) assert.throws(() => builder.note(text), ConfigError);
    for (const url of [Object.create(null), { toString() { throw new Error("secret"); } }]) {
      assert.throws(() => builder.fulfillmentWebhook(url), (error) => error instanceof ConfigError && !error.message.includes("secret"));
    }
  });

  test(`${entry}: every step returns the builder itself, and each kind of order has its start`, () => {
    const builder = OrderBuilder.links("PO-1");

    assert.equal(builder.note("n"), builder);
    assert.equal(builder.fulfillmentWebhook("https://a.example"), builder);
    assert.equal(builder.addLine(LINE), builder);
    assert.ok(builder instanceof OrderBuilder);
    assert.equal(builder.build().Type, "Links");
    assert.equal(decode(OrderBuilder.links("PO-1").addLine(LINE).toBytes()).PONumber, "PO-1");
    const Address = { ShippingMethodId: "S", Name: "Ada", AddressLine1: "1 Main Street", City: "Paris", Country: "FR" };
    assert.equal(OrderBuilder.physicalShipment("PO-1").addLine({ ...LINE, PhysicalDeliveryAddress: Address }).build().Type, "PhysicalShipment");
  });

  test(`${entry}: an order with errors throws them all, from build and from toBytes`, () => {
    const start = () => OrderBuilder.links("PO-1").addLine({ ...LINE, Quantity: 0 }).addLine({ ...LINE, Value: "25" });

    for (const act of [() => start().build(), () => start().toBytes()]) {
      assert.throws(act, (error) => {
        assert.ok(error instanceof ValidationError && error.code === "validation_failed");
        assert.deepEqual(
          error.issues.map(({ code, path }) => [code, path]),
          [
            ["not_positive", ["LineItems", 0, "Quantity"]],
            ["invalid_type", ["LineItems", 1, "Value"]],
          ],
        );
        return true;
      });
    }
  });

  test(`${entry}: nothing makes up a PO number`, () => {
    assert.throws(
      () => OrderBuilder.links().addLine(LINE).build(),
      ({ issues }) => issues.length === 1 && issues[0].code === "required" && issues[0].path[0] === "PONumber",
    );
  });

  test(`${entry}: an order without lines is not one`, () => {
    assert.throws(() => OrderBuilder.links("PO-1").toBytes(), ({ issues }) => issues[0].code === "required");
  });

  test(`${entry}: build, toBytes and free use a builder up, also where they threw`, () => {
    for (const end of ["build", "toBytes", "free"]) {
      const good = OrderBuilder.links("PO-1").addLine(LINE);
      good[end]();
      usedUp(good);
      good.free();
    }
    const bad = OrderBuilder.links("PO-1");
    assert.throws(() => bad.build(), ValidationError);
    usedUp(bad);
  });

  test(`${entry}: a line is what it was when it was added`, () => {
    const line = { ...LINE, Personalization: { To: "Ann" } };
    const builder = OrderBuilder.links("PO-1").addLine(line);

    line.Quantity = 99;
    line.Personalization.To = "Bob";

    assert.deepEqual(builder.build().LineItems, [{ ...LINE, Personalization: { To: "Ann" } }]);
  });

  test(`${entry}: a line that JSON cannot hold is refused where it is added, and nothing of it is told`, () => {
    const loop = { secret: "SECRET" };
    loop.self = loop;
    const thrower = { toJSON() { throw new Error("SECRET"); } };
    const builder = OrderBuilder.links("PO-1").addLine(LINE);

    for (const line of [loop, { Value: 1n }, thrower]) {
      assert.throws(() => builder.addLine(line), (error) => error instanceof ConfigError && !/SECRET/.test(error.stack) && !error.cause);
    }

    assert.equal(builder.build().LineItems.length, 1);
  });

  test(`${entry}: what is no line is an issue of the order`, () => {
    for (const line of [undefined, null, 7, "{}", [], () => {}]) {
      assert.throws(
        () => OrderBuilder.links("PO-1").addLine(line).build(),
        ({ issues }) => issues.length === 1 && issues[0].code === "invalid_type" && issues[0].path[1] === 0,
      );
    }
  });
}

test("100,000 lines cross as one", () => {
  const builder = order.OrderBuilder.digitalDelivery("PO-1");
  for (let line = 0; line < 100_000; line += 1) {
    builder.addLine({ ...LINE, DigitalDeliveryAddress: { Email: `person${line}@example.com` } });
  }

  const report = order.validateOrder(builder.toBytes());

  assert.deepEqual([report.valid, report.lineCount, report.faceValue], [true, 100_000, "5000000.00"]);
  assert.deepEqual(report.issues.map(({ code }) => code), ["too_large", "too_many_lines"]);
});
