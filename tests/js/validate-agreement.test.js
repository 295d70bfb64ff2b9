// One verdict: an object, its text and its bytes are told the same, in both entries, for thousands of orders right and wrong.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import * as order from "giftcard-partners/order";

import { damaged, makeOrder, respelled, seeded, withFaults } from "./random-orders.js";

const CASES = 4_000;
const { orderSchema, parseOrder, validateOrder } = order;
const encode = (text) => new TextEncoder().encode(text);
const isWellFormed = (text) => !/[\ud800-\udfff]/u.test(text);
const errors = ({ issues }) => issues.filter(({ severity }) => severity === "error");

test("a right order is right in every form", () => {
  for (let seed = 0; seed < CASES / 4; seed += 1) {
    const made = makeOrder(seeded(seed));

    assert.deepEqual(errors(validateOrder(made)), [], `seed ${seed}`);
  }
});

const GROUPS = ["LineItems", "Personalization", "DigitalDeliveryAddress", "PhysicalDeliveryAddress", "WebhookSettings"];
const TEXTS = ["CarrierId", "Note", "State", "Zip", "ExternalId", "Culture", "BrandingId", "To", "FromName", "FromEmail", "Message", "DeliveryDate", "Email", "Sms", "FulfillmentComplete"];

/** The order without its empty optional texts, and without a group that held nothing else. What is unknown stays. */
function filled(value) {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const kept = entries.map(([key, one]) => [key, GROUPS.includes(key) ? filled(one) : one]).filter(([key, one]) => one !== undefined && !(one === "" && TEXTS.includes(key)));
  return kept.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(kept);
}

test("an object, its text in any spelling and its bytes get the same report", () => {
  const seen = new Set();
  for (let seed = 0; seed < CASES; seed += 1) {
    const random = seeded(seed);
    const object = withFaults(random, makeOrder(random));
    const text = respelled(random, JSON.stringify(object));
    assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(object)), `seed ${seed}: the generator changed the order`);

    const expected = validateOrder(text);

    for (const { code } of expected.issues) seen.add(code);
    for (const form of [object, JSON.parse(text), encode(text), JSON.stringify(object)]) assert.deepEqual(validateOrder(form), expected, `seed ${seed}`);
    assert.deepEqual(root.validateOrder(object), expected, `seed ${seed}`);
    assert.equal("value" in orderSchema["~standard"].validate(object), expected.valid, `seed ${seed}`);
    if (expected.valid) assert.deepEqual(parseOrder(encode(text)), filled(JSON.parse(text)), `seed ${seed}`);
    else assert.throws(() => parseOrder(object), (error) => (assert.deepEqual(error.issues, expected.issues), true));
  }
  // The generator reaches the rules: a set that shrinks has stopped testing.
  assert.ok(seen.size >= 20, [...seen].join());
});

test("a damaged text and its bytes get the same report, and what is no JSON is not valid", () => {
  let unreadable = 0;
  for (let seed = 0; seed < CASES; seed += 1) {
    const random = seeded(seed);
    const text = damaged(random, respelled(random, JSON.stringify(makeOrder(random))));
    const isJson = parses(text);

    const report = validateOrder(text);

    if (isWellFormed(text)) {
      assert.deepEqual(validateOrder(encode(text)), report, `seed ${seed}`);
      assert.deepEqual(root.validateOrder(text), report, `seed ${seed}`);
    }
    const told = report.issues.some(({ code }) => code === "invalid_json");
    assert.equal(told, !isJson || !isWellFormed(text), `seed ${seed}`);
    unreadable += told;
    if (told) assert.equal(report.valid, false);
    if (report.valid) assert.deepEqual(validateOrder(JSON.parse(text)), report, `seed ${seed}`);
  }
  assert.ok(unreadable > CASES / 4 && unreadable < CASES);
});

function parses(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
