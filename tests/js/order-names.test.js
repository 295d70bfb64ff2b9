// PO numbers, fingerprints and summaries, as they are installed.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import * as root from "giftcard-partners";
import * as order from "giftcard-partners/order";

const { ConfigError, ValidationError, derivePoNumber, fingerprintOrder, orderSummary, randomPoNumber } = order;
const LINES = [
  { ProductId: "CVS", Value: 25, Quantity: 2, DigitalDeliveryAddress: { Email: "ann@example.com" }, Personalization: { Message: "Hi\nthere" } },
  { ProductId: "AMAZON", Value: 10.5, Quantity: 1, DigitalDeliveryAddress: { Email: "bo@example.com" } },
];
const ORDER = { Type: "DigitalDelivery", LineItems: LINES, PONumber: "PO-1", Note: "n" };

test("the same parts and options are the same PO number, in both entries and as anybody can compute it", () => {
  const hash = createHash("sha256");
  for (const part of ["spring", "Zoë"]) {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(Buffer.byteLength(part)));
    hash.update(length).update(part);
  }
  const bits = BigInt(`0x${hash.digest("hex")}`) >> 126n;
  const digits = Array.from({ length: 26 }, (_, place) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[Number((bits >> BigInt(5 * (25 - place))) & 31n)]).join("");

  assert.equal(derivePoNumber(["spring", "Zoë"]), digits);
  assert.equal(derivePoNumber(["spring", "Zoë"], { prefix: "PO" }), `PO-${digits}`);
  assert.equal(derivePoNumber(["spring", "Zoë"], { prefix: "PO-" }), `PO-${digits}`);
  assert.equal(root.derivePoNumber(["spring", "Zoë"], { prefix: "PO", maxLength: 20 }), `PO-${digits.slice(0, 17)}`);
});

test("a PO number has A-Z, 0-9 and hyphens, and 16 to 36 characters by default", () => {
  for (let size = 1; size <= 20; size += 1) {
    for (const name of [derivePoNumber([`part ${size}`], { prefix: "P".repeat(size - 1) }), randomPoNumber("P".repeat(size - 1))]) {
      assert.match(name, /^[A-Z0-9-]{16,36}$/);
    }
  }
});

test("where one part ends and the next begins counts", () => {
  const names = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], ["a", "b", "c"]].map((parts) => derivePoNumber(parts));

  assert.equal(new Set(names).size, names.length);
});

test("80 bits or a ConfigError", () => {
  assert.equal(derivePoNumber(["a"], { maxLength: 16 }).length, 16);
  assert.equal(derivePoNumber(["a"], { prefix: "ABC", maxLength: 20 }).length, 20);
  for (const options of [{ maxLength: 15 }, { prefix: "ABC", maxLength: 19 }, { prefix: "P".repeat(36) }, { prefix: "P".repeat(20) }]) {
    assert.throws(() => derivePoNumber(["a"], options), ConfigError, JSON.stringify(options));
  }
});

test("a prefix, a length or a part that cannot be used is a ConfigError", () => {
  for (const prefix of ["po", "P O", "PÖ", "P_1", "P/1", 7, {}]) {
    assert.throws(() => derivePoNumber(["a"], { prefix }), ConfigError);
    assert.throws(() => randomPoNumber(prefix), ConfigError);
  }
  for (const maxLength of [-1, 20.5, NaN, Infinity, "20"]) assert.throws(() => derivePoNumber(["a"], { maxLength }), ConfigError);
  for (const parts of [undefined, null, "a", [], [1], [undefined], ["a", null], ["\ud800"], [["a"]]]) assert.throws(() => derivePoNumber(parts), ConfigError);
});

test("random PO numbers are all different", () => {
  const names = new Set(Array.from({ length: 1_000 }, () => randomPoNumber("PO")));

  assert.equal(names.size, 1_000);
  for (const name of names) assert.match(name, /^PO-[0-9A-Z]{26}$/);
});

test("a fingerprint is of what is ordered: not of the PO number, nor of how it is written", () => {
  const expected = fingerprintOrder(ORDER);
  const turned = { Note: " n\r\n", PONumber: "PO-2", LineItems: [...LINES].reverse(), Type: "DigitalDelivery", WebhookSettings: { FulfillmentComplete: "https://a.example" } };
  const { PONumber, ...unnamed } = ORDER;

  assert.match(expected, /^[0-9A-Z]{52}$/);
  for (const same of [turned, unnamed, { ...ORDER, PONumber: "" }, JSON.stringify(ORDER).replace("10.5", "1.05e1").replace("ann@", "Ann@")]) {
    assert.equal(fingerprintOrder(same), expected);
    assert.equal(root.fingerprintOrder(same), expected);
  }
});

test("whatever is ordered otherwise has another fingerprint", () => {
  const changes = [
    ["25", "26"], ['"Quantity":2', '"Quantity":3'], ["CVS", "CVT"], ["ann@", "anna@"], ["Hi", "Ho"], ['"n"', '"m"'], ["DigitalDelivery\",\"L", "Links\",\"L"],
    ['"ProductId":"CVS"', '"ProductId":"CVS","ExternalId":"1"'],
  ];
  const texts = [JSON.stringify(ORDER), ...changes.map(([from, to]) => JSON.stringify(ORDER).replace(from, to))];
  texts.push(JSON.stringify({ ...ORDER, LineItems: [...LINES, LINES[0]] }), JSON.stringify({ ...ORDER, LineItems: [LINES[0]] }));

  assert.equal(new Set(texts).size, changes.length + 3);
  assert.equal(new Set(texts.map((text) => fingerprintOrder(text))).size, texts.length);
});

test("an order that is wrong beside its PO number has no fingerprint", () => {
  for (const wrong of [{}, "{", null, { ...ORDER, Type: "Codes" }, { ...ORDER, lineitems: [] }, JSON.stringify(ORDER).replace("{", '{"Note":"x",')]) {
    assert.throws(() => fingerprintOrder(wrong), ValidationError);
  }
});

const CARD = { ClaimLink: "https://claim.example/x" };
for (const [what, of, expected] of [
  ["links with every card", { Type: "Links", Status: "Completed", LineItems: [{ Quantity: 2, ClaimData: [CARD, CARD] }, { Quantity: 1, ClaimData: [CARD] }] }, [2, 2, 0]],
  ["a line with a card too few", { Type: "Links", Status: "Completed", LineItems: [{ Quantity: 2, ClaimData: [CARD] }, { Quantity: 1, ClaimData: [CARD] }] }, [2, 1, 1]],
  ["links without cards", { Type: "Links", Status: "Completed", LineItems: [{ Quantity: 1 }, { Quantity: 1, ClaimData: null }, { Quantity: 1, ClaimData: [] }] }, [3, 0, 3]],
  ["a pending order", { Type: "Links", Status: "pending", LineItems: [{ Quantity: 1 }] }, [1, 0, 1]],
  ["a pending line of a finished order", { Type: "DigitalDelivery", Status: "Completed", LineItems: [{ Quantity: 1, Status: "PENDING" }, { Quantity: 1 }] }, [2, 1, 1]],
  ["an order without status", { Type: "DigitalDelivery", LineItems: [{ Quantity: 1 }] }, [1, 0, 1]],
  ["a digital order, which shows no cards", { Type: "DigitalDelivery", Status: "Completed", LineItems: [{ Quantity: 3 }] }, [1, 1, 0]],
  ["a digital order that shows too few cards", { Type: "DigitalDelivery", Status: "Completed", LineItems: [{ Quantity: 3, ClaimData: [CARD] }] }, [1, 0, 1]],
  ["camel case", { type: "links", status: "Completed", lineItems: [{ quantity: 2, claimData: [CARD, CARD] }, { quantity: 2, claimData: [CARD] }] }, [2, 1, 1]],
  ["an order without lines", { Status: "Completed" }, [0, 0, 0]],
  ["a line that is null", { Status: "Completed", LineItems: [null, 5, { Quantity: 1 }] }, [3, 1, 2]],
]) {
  test(`orderSummary: ${what}`, () => {
    const [lines, fulfilled, missing] = expected;

    assert.deepEqual(orderSummary(of), { lines, fulfilled, missing });
    assert.deepEqual(root.orderSummary(of), orderSummary(of));
  });
}

test("orderSummary: what is no order as answered is a ConfigError", () => {
  const orders = [undefined, null, "x", 5, [], new Map(), { LineItems: {} }, { LineItems: "x" }, { LineItems: 5 }, { Type: Symbol("t"), Status: "x", LineItems: [{}] }];
  for (const given of [...orders, new Proxy({}, { get: () => { throw new Error("secret"); } })]) {
    assert.throws(() => orderSummary(given), (error) => error instanceof ConfigError && !error.message.includes("secret"));
  }
});
