// The JSON Schema that is shipped against the validator, on the same orders, by Ajv.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { validateOrder } from "giftcard-partners/order";

import { makeOrder, seeded, withFaults } from "./random-orders.js";

const schema = JSON.parse(readFileSync(new URL(import.meta.resolve("giftcard-partners/order.schema.json"))));
const ajv = new Ajv.default({ strict: true, strictRequired: false });
addFormats.default(ajv);
const bySchema = ajv.compile(schema);

// What JSON Schema cannot say, by code and, where the code is also used for what it can say, by more.
const UNSAID = {
  // A known name in another case: without looking ahead, a pattern of it would be as long as the schema.
  unknown_field: () => true,
  // The form of a country's postal codes.
  invalid_zip: () => true,
  // Validators divide binary floats: `multipleOf: 0.01` would refuse 19.99.
  too_many_decimals: () => true,
  // Two names that differ in case alone.
  duplicate_field: () => true,
  // A sum: the value of all lines together.
  out_of_range: ({ path }) => path.length === 1,
  // Half of a surrogate pair, depth: JSON, but not text.
  invalid_json: () => true,
  // A host name of more than 253 characters.
  invalid_url: (issue, order) => /^https?:\/\/[^/?#]{254}/i.test(order.WebhookSettings.FulfillmentComplete),
};
const ADDRESS = { ShippingMethodId: "STANDARD", Name: "Ann", AddressLine1: "1 Main St", City: "New York", State: "NY", Zip: "10001", Country: "US" };
const isSaid = (order) => (issue) => issue.severity === "error" && !UNSAID[issue.code]?.(issue, order);

function assertAgreement(order, where) {
  const { issues } = validateOrder(order);

  const expected = !issues.some(isSaid(order));

  assert.equal(bySchema(order), expected, `${where}: ${JSON.stringify([issues, bySchema.errors], null, 1)}`);
  return issues;
}

test("the schema is one of draft 2020-12 that Ajv takes in strict mode", () => {
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  assert.ok(ajv.validateSchema(schema));
});

test("what the validator takes the schema takes, and what it refuses the schema refuses, but for what JSON Schema cannot say", () => {
  const seen = new Set();
  for (let seed = 0; seed < 6_000; seed += 1) {
    const random = seeded(seed);
    const right = makeOrder(random);

    assertAgreement(right, `seed ${seed}`);
    const issues = assertAgreement(JSON.parse(JSON.stringify(withFaults(random, right))), `seed ${seed}, with faults`);

    for (const { code, severity } of issues) if (severity === "error") seen.add(code);
  }
  for (const code of ["control_character", "duplicate_field", "empty", "invalid_country", "invalid_date_time", "invalid_email", "invalid_phone", "invalid_type", "invalid_url", "missing_delivery_address", "not_integer", "not_positive", "out_of_range", "invalid_zip", "required", "too_long", "too_many_decimals", "unknown_field", "unknown_order_type"]) {
    assert.ok(seen.has(code), `no order was made with ${code}`);
  }
});

test("a leap second is taken by both, where there can be one", () => {
  for (const [DeliveryDate, expected] of [["2016-12-31T23:59:60Z", true], ["2016-12-31T18:59:60.5-05:00", true], ["2016-12-31T12:00:60Z", false]]) {
    const order = { Type: "Links", LineItems: [{ ProductId: "CVS", Value: 1, Quantity: 1, Personalization: { DeliveryDate } }], PONumber: "P" };

    assert.deepEqual([validateOrder(order).valid, bySchema(order)], [expected, expected], DeliveryDate);
  }
});

test("an optional text may be empty in both, and a required one in neither", () => {
  const physical = (change) => ({ Type: "PhysicalShipment", LineItems: [{ ProductId: "CVS", Value: 1, Quantity: 1, PhysicalDeliveryAddress: { ...ADDRESS, ...change } }], PONumber: "P" });
  const digital = (address, change) => ({ Type: "DigitalDelivery", LineItems: [{ ProductId: "CVS", Value: 1, Quantity: 1, DigitalDeliveryAddress: address, ...change }], PONumber: "P" });
  const email = { Email: "a@b.c", Sms: "" };

  for (const [order, valid] of [
    [digital(email), true],
    [digital({ Email: "", Sms: "+15555555555" }, { Culture: "", BrandingId: "", ExternalId: "", Personalization: { To: "", FromEmail: "", DeliveryDate: "", Message: "" } }), true],
    [digital({ Email: "", Sms: "" }), false],
    [{ ...digital(email), Note: "" }, true],
    [{ ...digital(email), PONumber: "" }, false],
    [{ ...digital(email), WebhookSettings: { FulfillmentComplete: "" } }, false],
    [physical({ CarrierId: "" }), true],
    [physical({ Zip: "" }), false],
    [physical({ State: "" }), false],
    [physical({ State: "", Zip: "", Country: "IE" }), true],
    [physical({ City: "" }), false],
  ]) {
    assert.deepEqual([validateOrder(order).valid, bySchema(order)], [valid, valid], JSON.stringify(order));
  }
});

test("what the schema does not say is refused by the validator alone", () => {
  const line = { ProductId: "CVS", Value: 1, Quantity: 1 };
  const order = { Type: "Links", LineItems: [line], PONumber: "P" };
  const host = `${"a".repeat(60)}.`.repeat(5);

  for (const [code, unsaid] of [
    ["unknown_field", { ...order, note: "n" }],
    ["invalid_zip", { ...order, Type: "PhysicalShipment", LineItems: [{ ...line, PhysicalDeliveryAddress: { ...ADDRESS, Zip: "2134" } }] }],
    ["too_many_decimals", { ...order, LineItems: [{ ...line, Value: 1.001 }] }],
    ["duplicate_field", { ...order, Foo: 1, foo: 1 }],
    ["out_of_range", { ...order, LineItems: [{ ...line, Value: 70_000_000_000_000, Quantity: 1_000_000 }] }],
    ["invalid_json", { ...order, Note: "\ud800" }],
    ["invalid_url", { ...order, WebhookSettings: { FulfillmentComplete: `https://${host}example/` } }],
  ]) {
    assert.deepEqual(validateOrder(unsaid).issues.filter(({ severity }) => severity === "error").map((issue) => issue.code), [code]);
    assert.ok(code in UNSAID && bySchema(unsaid), code);
  }
});
