// order.schema.json in the hands of others: zod, RE2, Python's jsonschema and fastjsonschema, Rust's jsonschema.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { RE2JS } from "re2js";
import { fromJSONSchema } from "zod-4";

import { orderSchema, validateOrder } from "giftcard-partners/order";

import { makeOrder, seeded } from "./random-orders.js";

const PATH = fileURLToPath(import.meta.resolve("giftcard-partners/order.schema.json"));
const schema = JSON.parse(readFileSync(PATH));

/** Every value of a keyword, wherever it stands. */
function* all(keyword, value = schema) {
  for (const [key, inside] of Object.entries(value)) {
    if (key === keyword && typeof inside !== "object") yield inside;
    else if (Object(inside) === inside) yield* all(keyword, inside);
  }
}

const LINE = { ProductId: "CVS", Value: 25, Quantity: 1 };
const ORDER = { Type: "Links", LineItems: [LINE], PONumber: "PO-1" };
const ADDRESS = { ShippingMethodId: "S", Name: "Ann", AddressLine1: "1", City: "Paris", Country: "FR" };
const digital = (address) => ({ ...ORDER, Type: "DigitalDelivery", LineItems: [{ ...LINE, DigitalDeliveryAddress: address }] });
const physical = (change) => ({ ...ORDER, Type: "PhysicalShipment", LineItems: [{ ...LINE, PhysicalDeliveryAddress: { ...ADDRESS, ...change } }] });

/** Right ones and wrong ones, a rule each. */
const ORDERS = [
  ...Array.from({ length: 200 }, (_, seed) => makeOrder(seeded(seed))),
  ORDER,
  digital({ Email: "ann$x@example.com" }),
  digital({ Sms: "+15555555555" }),
  physical({}),
  physical({ Country: "US", State: "NY", Zip: "10001" }),
  { ...ORDER, WebhookSettings: { FulfillmentComplete: "https://example.com:8443/hook?a=1" } },
  { ...ORDER, PONumber: " \u2003" },
  { ...ORDER, PONumber: "a\u0007" },
  { ...ORDER, PONumber: "\u00e9\ud83d\ude00" },
  { ...ORDER, Type: "Codes" },
  { ...ORDER, LineItems: [] },
  { ...ORDER, LineItems: [{ ...LINE, Value: 0 }] },
  { ...ORDER, LineItems: [{ ...LINE, Quantity: 1.5 }] },
  { ...ORDER, LineItems: [{ ...LINE, Quantity: "1" }] },
  digital(undefined),
  digital({}),
  digital({ Email: "", Sms: "" }),
  digital({ Email: "ann@" }),
  digital({ Sms: "555" }),
  physical({ Country: "fr" }),
  physical({ Country: "US" }),
  physical({ Country: "CA", State: "", Zip: "K1A 0B1" }),
  { ...ORDER, WebhookSettings: { FulfillmentComplete: "http://example.com/hook" } },
  { ...ORDER, WebhookSettings: { FulfillmentComplete: "https://example.com:65536/" } },
  { ...ORDER, Note: "x".repeat(10_001) },
  // In Python `$` is there in front of a last line feed as well.
  { ...ORDER, PONumber: "PO-1\n" },
  { ...ORDER, Note: "Thank you\n" },
  { ...ORDER, LineItems: [{ ...LINE, ProductId: "CVS\n" }] },
  { ...ORDER, LineItems: [{ ...LINE, Personalization: { To: "Ann\n" } }] },
  { ...ORDER, LineItems: [{ ...LINE, Personalization: { DeliveryDate: "2026-12-24T09:00:00Z\n" } }] },
  digital({ Email: "ann@example.com\n" }),
  digital({ Sms: "+15555555555\n" }),
  physical({ City: "Paris\n" }),
  physical({ Country: "FR\n" }),
  { ...ORDER, WebhookSettings: { FulfillmentComplete: "https://example.com/hook\n" } },
].map((order) => JSON.parse(JSON.stringify(order)));

test("every pattern is one of RE2 as of JavaScript, and means the same", () => {
  const texts = ["", " ", "a", "ann@example.com", "a$b@c", "@", "+15555555555", "2026-12-01T09:00:00Z", "https://example.com:443/?x#y", "https://[::1]/", "http://localhost", "\u00a0", "\u2003x", "a\nb", "\u0085", "\u00e9", "US", "CA", "FR", "X\ud83d\ude00"];
  const patterns = new Set(all("pattern"));

  assert.ok(patterns.size >= 8);
  for (const pattern of patterns) {
    const re2 = RE2JS.compile(pattern);
    for (const flags of ["", "u"]) new RegExp(pattern, flags);
    for (const text of texts) assert.equal(re2.matcher(text).find(), new RegExp(pattern, "u").test(text), `${pattern} on ${JSON.stringify(text)}`);
  }
});

test("zod makes a schema of it that judges as the validator does", () => {
  const byZod = fromJSONSchema(schema);

  for (const order of ORDERS) {
    // zod knows no small t and z in a date.
    if (JSON.stringify(order).includes("t09:00:00z")) continue;
    assert.equal(byZod.safeParse(order).success, validateOrder(order).valid, JSON.stringify(order));
  }
});

test("Python's jsonschema and fastjsonschema judge as the validator does", { timeout: 300_000 }, () => {
  const folder = fileURLToPath(new URL("../../target/python", import.meta.url));
  if (!existsSync(folder)) {
    const packages = ["jsonschema==4.26.0", "fastjsonschema==2.21.2"];
    execFileSync("python3", ["-m", "pip", "install", "--quiet", "--target", folder, ...packages], { stdio: ["ignore", "ignore", "inherit"] });
  }
  const script = `
import json, sys, jsonschema, fastjsonschema
schema, orders = json.load(sys.stdin)
jsonschema.Draft202012Validator.check_schema(schema)
one = jsonschema.Draft202012Validator(schema)
two = fastjsonschema.compile({**schema, "$schema": "http://json-schema.org/draft-07/schema#"})
def fast(order):
    try:
        two(order)
        return True
    except fastjsonschema.JsonSchemaValueException:
        return False
print(json.dumps([[one.is_valid(order), fast(order)] for order in orders]))
`;

  const verdicts = JSON.parse(execFileSync("python3", ["-c", script], { input: JSON.stringify([schema, ORDERS]), env: { ...process.env, PYTHONPATH: folder }, maxBuffer: 1e8 }));

  for (const [at, order] of ORDERS.entries()) {
    const { valid } = validateOrder(order);
    assert.deepEqual(verdicts[at], [valid, valid], JSON.stringify(order));
  }
});

test("Rust's jsonschema judges as the validator does", { timeout: 300_000 }, () => {
  const manifest = fileURLToPath(new URL("./rust-jsonschema/Cargo.toml", import.meta.url));
  const target = fileURLToPath(new URL("../../target/rust-jsonschema", import.meta.url));

  const verdicts = execFileSync("cargo", ["run", "--quiet", "--locked", "--manifest-path", manifest, "--target-dir", target], { input: JSON.stringify([schema, ORDERS]), maxBuffer: 1e8 });

  assert.deepEqual(JSON.parse(verdicts), ORDERS.map((order) => validateOrder(order).valid));
});

test("orderSchema hands the schema out for each target, and refuses others", () => {
  const { input, output } = orderSchema["~standard"].jsonSchema;

  for (const [target, dialect] of [["draft-2020-12", schema.$schema], ["draft-07", "http://json-schema.org/draft-07/schema#"], ["openapi-3.0", undefined]]) {
    const made = input({ target });
    assert.equal(made.$schema, dialect);
    assert.deepEqual(output({ target }), made);
    assert.deepEqual([made.type, Object.keys(made.properties), "allOf" in made], ["object", Object.keys(schema.properties), false]);
    // A copy each time.
    delete made.properties;
    assert.ok(input({ target }).properties);
  }
  const { Value } = input({ target: "openapi-3.0" }).properties.LineItems.items.properties;
  assert.deepEqual([Value.minimum, Value.exclusiveMinimum], [0, true]);
  for (const options of [undefined, {}, { target: "draft-04" }, { target: "constructor" }]) {
    assert.throws(() => input(options), { name: "ConfigError", message: /draft-2020-12, draft-07, openapi-3\.0/ });
  }
});
