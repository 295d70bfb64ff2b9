// validateOrder as it is installed: one verdict for objects, text and bytes, in the root and in /order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import * as root from "giftcard-partners";
import * as order from "giftcard-partners/order";

const { validateOrder } = order;
const encode = (text) => new TextEncoder().encode(text);
const codes = (report) => report.issues.map(({ code }) => code);

const EMAIL = { Email: "person@example.org" };
const HOME = { ShippingMethodId: "STANDARD", Name: "Ada", AddressLine1: "1 Main Street", City: "Paris", Country: "FR" };
const links = (line, more) => ({ Type: "Links", LineItems: [{ ProductId: "CVS", Value: 10, Quantity: 1, ...line }], PONumber: "PO-1", ...more });
const digital = (line, more) => ({ ...links({ DigitalDeliveryAddress: EMAIL, ...line }, more), Type: "DigitalDelivery" });
const physical = (address, more) => ({ ...links({ PhysicalDeliveryAddress: { ...HOME, ...address } }, more), Type: "PhysicalShipment" });

const twice = (line, address) => digital({}, { LineItems: [digital().LineItems[0], digital({ ...line, DigitalDeliveryAddress: address }).LineItems[0]] });

// [what it is, the order, the codes of its issues, whether it is valid]
const BODIES = [
  ["a Links order", links(), [], true],
  ["a digital order", digital(), [], true],
  ["a physical order", physical(), [], true],
  ["a digital order by text message", digital({ DigitalDeliveryAddress: { Sms: "+15555555555" } }), [], true],
  ["a message with line feeds", digital({ Personalization: { Message: "a\nb" } }), [], true],
  ["cents", links({ Value: 10.25 }), [], true],
  ["nothing", {}, ["required", "required", "required"], false],
  ["no lines", links({}, { LineItems: [] }), ["required"], false],
  ["no PO number", links({}, { PONumber: undefined }), ["required"], false],
  ["an empty PO number", links({}, { PONumber: "" }), ["required"], false],
  ["a PO number that is a number", links({}, { PONumber: 7 }), ["invalid_type"], false],
  ["a PO number of 256 characters", links({}, { PONumber: "x".repeat(256) }), ["too_long"], false],
  ["a PO number of 255 characters", links({}, { PONumber: "é".repeat(255) }), [], true],
  ["an unknown type", { ...links(), Type: "Codes" }, ["unknown_order_type"], false],
  ["a value of zero", links({ Value: 0 }), ["not_positive"], false],
  ["a value below zero", links({ Value: -1 }), ["not_positive"], false],
  ["a value as text", links({ Value: "10" }), ["invalid_type"], false],
  ["three decimals", links({ Value: 10.255 }), ["too_many_decimals"], false],
  ["half a card", links({ Quantity: 1.5 }), ["not_integer"], false],
  ["too many cards", links({ Quantity: 1_000_001 }), ["out_of_range"], false],
  ["a digital order without an address", { ...links(), Type: "DigitalDelivery" }, ["missing_delivery_address"], false],
  ["a broken e-mail address", digital({ DigitalDeliveryAddress: { Email: "person@" } }), ["invalid_email"], false],
  ["a broken telephone number", digital({ DigitalDeliveryAddress: { Sms: "555-5555" } }), ["invalid_phone"], false],
  ["a country in small letters", physical({ Country: "fr", State: "IL", Zip: "62701" }), ["invalid_country"], false],
  ["a US address without state and zip", physical({ Country: "US" }), ["required", "required"], false],
  ["an unused address", { ...digital(), Type: "PhysicalShipment" }, ["unused_delivery_address", "missing_delivery_address"], false],
  ["a webhook without TLS", links({}, { WebhookSettings: { FulfillmentComplete: "http://example.org/" } }), ["invalid_url"], false],
  ["a date without its zone", digital({ Personalization: { DeliveryDate: "2026-12-01T09:00:00" } }), ["invalid_date_time"], false],
  ["an unknown field", links({ Colour: "red" }), ["unknown_field"], true],
  ["a known field in another case", { ...links(), poNumber: "PO-2" }, ["unknown_field"], false],
  ["space around a text", links({}, { PONumber: " PO-1" }), ["surrounding_space"], true],
  ["a control character", links({}, { PONumber: "PO\u0007" }), ["control_character"], false],
  ["the same product for the same person twice", twice({}, { Email: "PERSON@example.org" }), ["duplicate_line"], true],
  ["another product for the same person", twice({ ProductId: "AMAZON" }, EMAIL), [], true],
  ["the same product for another person", twice({}, { ...EMAIL, Sms: "+15555555555" }), [], true],
  ["the same product twice for nobody", links({}, { LineItems: [links().LineItems[0], links().LineItems[0]] }), [], true],
  ["a name of two lines", digital({ Personalization: { To: "Ann\nBo" } }), ["control_character"], false],
  ["an empty name and message", digital({ Personalization: { To: "", FromName: "", Message: "" } }), [], true],
  ["a line that is null", links({}, { LineItems: [null] }), ["invalid_type"], false],
  ["an object for the lines", links({}, { LineItems: {} }), ["invalid_type"], false],
];

for (const [name, body, expected, valid] of BODIES) {
  test(`${name} has one verdict as an object, as text and as bytes, in both entries`, () => {
    const text = JSON.stringify(body);
    const forms = [body, text, JSON.stringify(body, null, 2), encode(text)];

    const reports = [...forms.map((form) => validateOrder(form)), ...forms.map((form) => root.validateOrder(form))];

    assert.equal(reports[0].valid, valid, JSON.stringify(reports[0]));
    assert.deepEqual(codes(reports[0]).sort(), [...expected].sort());
    for (const report of reports) assert.deepEqual(report, reports[0]);
  });
}

test("a report has the documented shape, and its issues stand in document order, absent fields last", () => {
  const report = validateOrder({ LineItems: [{ Value: "1", ProductId: "CVS" }, { ProductId: "CVS", Value: 2.5, Quantity: 3 }], Type: "Links", Nte: "x" });

  assert.deepEqual(Object.keys(report).sort(), ["faceValue", "issues", "lineCount", "valid"]);
  assert.equal(report.valid, false);
  assert.equal(report.lineCount, 2);
  assert.equal(report.faceValue, "7.50");
  assert.deepEqual(
    report.issues.map(({ severity, code, path }) => [severity, code, path]),
    [
      ["error", "invalid_type", ["LineItems", 0, "Value"]],
      ["error", "required", ["LineItems", 0, "Quantity"]],
      ["warning", "unknown_field", ["Nte"]],
      ["error", "required", ["PONumber"]],
    ],
  );
  assert.deepEqual(report.issues[0].params, { expected: "number", received: "string" });
  assert.equal(report.issues[2].params.nearest, "Note");
  assert.ok(report.issues.every(({ message }) => typeof message === "string" && message.length > 10));
});

test("a key that stands twice is an error, which an object could not show", () => {
  const report = validateOrder(JSON.stringify(links()).replace("{", '{"PONumber":"PO-2",'));

  assert.deepEqual(codes(report), ["duplicate_field"]);
  assert.equal(report.valid, false);
});

test("where text is no JSON, the report says where", () => {
  const report = validateOrder('{\n  "Type": oops }');

  assert.deepEqual(codes(report), ["invalid_json"]);
  assert.deepEqual(report.issues[0].path, []);
  assert.deepEqual(report.issues[0].params, { reason: "unexpected character", offset: 12, line: 2, column: 11 });
});

test("no message repeats a value of the order", () => {
  const secret = "SECRET-VALUE";

  const report = validateOrder({ ...digital({ DigitalDeliveryAddress: { Email: secret, Sms: secret }, Value: secret }), Type: secret });

  assert.ok(report.issues.length >= 4);
  assert.ok(!JSON.stringify(report).includes(secret));
});

test("a key that stands twice inside an unknown field is an error too", () => {
  const { valid, issues } = validateOrder(JSON.stringify(links()).replace("{", '{"Foo":{"a":1,"b":[{"c":1,"C":2}],"a":2},'));

  assert.equal(valid, false);
  const errors = issues.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors.map(({ code, path }) => [code, path]), [["duplicate_field", ["Foo", "b", 0, "C"]], ["duplicate_field", ["Foo", "a"]]]);
});

test("a buffer of another realm is a buffer", () => {
  const text = JSON.stringify(links());
  const foreign = runInNewContext("new ArrayBuffer(length)", { length: text.length });
  new Uint8Array(foreign).set(encode(text));
  assert.ok(!(foreign instanceof ArrayBuffer));

  assert.deepEqual(validateOrder(foreign), validateOrder(text));
  assert.equal(validateOrder({ [Symbol.toStringTag]: "ArrayBuffer", byteLength: 9 }).valid, false);
});

test("maxIssues lists so many and counts the rest; the verdict is of all", () => {
  const body = links({}, { LineItems: Array.from({ length: 10 }, () => ({ ProductId: "CVS", Value: 0, Quantity: 1 })) });

  const all = validateOrder(body);
  const some = validateOrder(body, { maxIssues: 3 });
  const none = validateOrder(body, { maxIssues: 0 });

  assert.equal(all.issues.length, 10);
  assert.equal("omitted" in all, false);
  assert.deepEqual(some.issues, all.issues.slice(0, 3));
  assert.deepEqual([some.omitted, some.valid], [7, false]);
  assert.deepEqual([none.issues, none.omitted, none.valid], [[], 10, false]);
});

test("options that cannot be used are a ConfigError", () => {
  for (const maxIssues of [-1, "5", NaN, 1.5, {}]) {
    assert.throws(() => validateOrder(links(), { maxIssues }), { name: "ConfigError", code: "invalid_config" });
  }
});

test("a thousand issues are listed unless another number is asked for", () => {
  const body = links({}, { LineItems: Array.from({ length: 1_000 }, () => ({ ProductId: "", Value: 0, Quantity: 1 })) });

  const report = validateOrder(body);
  const more = validateOrder(body, { maxIssues: 5_000 });

  assert.equal(report.issues.length, 1_000);
  assert.equal(report.omitted, 1_000);
  assert.equal(more.issues.length, 2_000);
});

test("bytes are taken from every view and buffer, and only the part that the view shows", () => {
  const text = JSON.stringify(digital({ Personalization: { To: "Zoë 🎁" } }));
  const bytes = encode(text);
  const padded = new Uint8Array(bytes.length + 8).fill(120);
  padded.set(bytes, 4);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const expected = validateOrder(text);

  const views = {
    Uint8Array: bytes,
    subarray: padded.subarray(4, -4),
    Buffer: Buffer.from(text),
    "Buffer.subarray": Buffer.from(padded).subarray(4, -4),
    DataView: new DataView(padded.buffer, 4, bytes.length),
    Uint8ClampedArray: new Uint8ClampedArray(bytes),
    Int8Array: new Int8Array(bytes.buffer),
    ArrayBuffer: bytes.buffer,
    "a view of shared memory": shared,
  };

  assert.equal(expected.valid, true);
  for (const [name, view] of Object.entries(views)) assert.deepEqual(validateOrder(view), expected, name);
});

test("an order is read and left as it was", () => {
  const body = Object.freeze(links());
  const bytes = encode(JSON.stringify(body));
  const before = bytes.slice();

  validateOrder(bytes);

  assert.equal(validateOrder(body).valid, true);
  assert.deepEqual(bytes, before);
});

test("pollDelayMs grows with the lines and the attempts, within its bounds, and the same seed waits the same", () => {
  const { pollDelayMs } = order;

  for (const [lines, attempt, expected] of [[0, 0, 1_000], [100, 0, 2_000], [1e6, 0, 30_000], [0, 3, 8_000], [0, 60, 300_000]]) {
    for (let seed = 0; seed < 50; seed += 1) {
      const wait = pollDelayMs(lines, attempt, seed);
      assert.ok(wait >= expected * 0.9 && wait <= expected * 1.1, `${lines} ${attempt} ${seed}: ${wait}`);
      assert.equal(wait, root.pollDelayMs(lines, attempt, seed));
    }
  }
  for (const [lines, attempt, seed] of [
    [-1, 0], [0, 0.5], [NaN, 0], [0, Infinity], ["x", 0], [0, 0, -1], [1n, 0], [Symbol("1"), 0], [Object.create(null), 0], ["", 0], [null, 0], [0, []],
    [0, true], [0, new Date(0)], [0, 0, "1"], [0, 0, 1n], [], [1],
  ]) {
    assert.throws(() => pollDelayMs(lines, attempt, seed), order.ConfigError);
  }
  assert.equal(pollDelayMs(1, 1, null), pollDelayMs(1, 1));
});
