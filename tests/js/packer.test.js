// Lines that cross packed are what JSON.stringify makes of them, to the byte: pkg-templates/npm/packer.js and src/order/packed.rs.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import * as order from "giftcard-partners/order";

import { seeded } from "./random-orders.js";

const { OrderBuilder, validateOrder } = order;
const decode = (bytes) => new TextDecoder().decode(bytes);
const of = (random, list) => list[Math.floor(random() * list.length)];

class Plain {
  constructor(fields) {
    Object.assign(this, fields);
  }
}

const TEXTS = [
  "", "a", "Ann", "Bob B.", "Søren", "Zoë", "日本語", "🎁", "🎁🎁 and a text that is longer than thirty-two bytes, by far", "\"", "\\", "tab\there", "line\nfeed",
  "\u0000\u001f\u007f\u0080\u2028", "\ufffd", "x".repeat(15), "x".repeat(16), "x".repeat(17), "é".repeat(40), "</script>", "'", "null", "25",
];
const NUMBERS = [25, 10, 12.5, 7.25, 100, 0.1, 1e3, 99999.99];

/** A line that is valid, written like the one before it or otherwise. */
function validLine(random) {
  const line = {
    ProductId: of(random, ["CVS", "AMAZON", "TARGET-US"]),
    Value: of(random, NUMBERS),
    Quantity: of(random, [1, 1, 1, 2]),
    DigitalDeliveryAddress: { Email: `${of(random, ["ann", "bob", "zoe.lindqvist.with.a.long.name"])}${Math.floor(random() * 99)}@example.com` },
    Personalization: { To: of(random, TEXTS).trim().replace(/[\u0000-\u001f\u007f-\u009f]/g, ""), Message: of(random, ["Hi", "Hi\nthere", "\"Hi\""]) },
  };
  const unlike = [
    () => (line.ExternalId = "row"),
    () => delete line.Personalization,
    () => (line.Personalization.To = undefined),
    () => (line.BrandingId = undefined),
    () => (line.Personalization.To = new String("Ann")),
    () => (line.Personalization = new Plain(line.Personalization)),
    () => (line.Personalization = Object.assign(Object.create(null), line.Personalization)),
    () => (line.Personalization = Object.assign(Object.create({ FromName: "inherited" }), { To: "Ann" })),
    () => (line.Personalization = { toJSON: () => ({ To: "by toJSON" }) }),
    () => Object.defineProperty(line.Personalization, "toJSON", { value: () => ({ To: "hidden" }) }),
    () => (line.Personalization[Symbol("s")] = "not written"),
    () => (line.Value = new Number(25)),
    () => Object.defineProperty(line, "Value", { get: () => of(random, [5, 6]) && 5, enumerable: true }),
    () => (line.Personalization.DeliveryDate = new Date(1_800_000_000_000)),
    () => (line.toJSON = undefined),
  ];
  if (random() < 0.2) of(random, unlike)();
  return random() < 0.1 ? Object.fromEntries(Object.entries(line).reverse()) : line;
}

const FAULTS = [
  NaN, Infinity, -0, -5, 1e21, 1e300, 5e-7, "25", null, true, false, [], [1], {}, new Date(0), () => 1, Symbol("s"), "\ud83d", "half \udc00", "x".repeat(5000), new Map(), [[]],
];

/** A line with anything in it. */
function anyLine(random) {
  if (random() < 0.04) return of(random, [null, undefined, 7, "line", [], [{}], () => 1, Symbol("s"), new Date(0)]);
  const line = validLine(random);
  if (random() < 0.4) {
    const target = random() < 0.5 ? line : (line.Personalization ?? line);
    const key = of(random, ["Value", "Quantity", "To", "Message", "Extra", "1", "__proto__", "PoNumber", "half \ud83d"]);
    // As a property of its own, `__proto__` too.
    Object.defineProperty(target, key, { value: of(random, FAULTS), enumerable: true, configurable: true, writable: true });
  }
  return line;
}

for (const [entry, { OrderBuilder, validateOrder }] of Object.entries({ root, order })) {
  test(`${entry}: the bytes of a builder are those of JSON.stringify`, () => {
    let packed = 0;
    for (let seed = 0; seed < 1_500; seed += 1) {
      const random = seeded(seed);
      const lines = Array.from({ length: Math.floor(random() * 30) + 1 }, () => validLine(random));
      const builder = OrderBuilder.digitalDelivery("PO-1");
      for (const line of lines) builder.addLine(line);

      const bytes = builder.toBytes();

      assert.equal(decode(bytes), JSON.stringify({ Type: "DigitalDelivery", PONumber: "PO-1", LineItems: lines }), `seed ${seed}`);
      packed += bytes.length;
    }
    assert.ok(packed > 1e6);
  });

  test(`${entry}: an object is told what its text is told, whatever it holds`, () => {
    const seen = new Set();
    for (let seed = 0; seed < 3_000; seed += 1) {
      const random = seeded(seed);
      const LineItems = Array.from({ length: 8 + Math.floor(random() * 30) }, () => anyLine(random));
      const made = random() < 0.5 ? { Type: "DigitalDelivery", PONumber: "PO-1", LineItems } : { Note: '"LineItems":[]', LineItems, PONumber: "PO-1", Type: of(random, ["Links", "Codes"]) };
      if (random() < 0.05) made.WebhookSettings = { LineItems: [1] };

      const report = validateOrder(made);

      assert.deepEqual(report, validateOrder(JSON.stringify(made)), `seed ${seed}`);
      for (const { code } of report.issues) seen.add(code);
    }
    assert.ok(seen.size >= 10, [...seen].join());
  });
}

test("a line is what it was when it was added", () => {
  const line = { ProductId: "CVS", Value: 25, Quantity: 1, Personalization: { To: "Ann" } };
  const builder = OrderBuilder.links("PO-1");
  for (const To of ["Ann", "Bob", "Ann", "Zoë"]) {
    line.Personalization.To = To;
    builder.addLine(line);
  }
  line.Value = 1_000;

  const { LineItems } = builder.build();

  assert.deepEqual(LineItems.map(({ Value, Personalization }) => [Value, Personalization.To]), [[25, "Ann"], [25, "Bob"], [25, "Ann"], [25, "Zoë"]]);
});

test("a getter is asked once for what is sent, and one that tells otherwise each time is believed once", () => {
  let told = 0;
  const builder = OrderBuilder.links("PO-1");
  for (let index = 0; index < 20; index += 1) {
    builder.addLine({ ProductId: "CVS", get Value() { return (told += 1); }, Quantity: 1 });
  }

  const values = builder.build().LineItems.map(({ Value }) => Value);

  assert.deepEqual(values, [...values].sort((a, b) => a - b));
  assert.equal(new Set(values).size, 20);
});

test("what cannot be written is refused where it is added, and the builder goes on without it", () => {
  const line = { ProductId: "CVS", Value: 25, Quantity: 1 };
  const circular = { ...line };
  circular.self = circular;
  for (const unwritable of [circular, { ...line, Value: 25n }, { ...line, get Value() { throw new Error("secret"); } }]) {
    const builder = OrderBuilder.links("PO-1").addLine(line).addLine(line);

    assert.throws(() => builder.addLine(unwritable), { name: "ConfigError", message: /cannot be written as JSON/ });

    assert.equal(builder.addLine({ ...line, Value: 30 }).build().LineItems.map(({ Value }) => Value).join(), "25,25,30");
  }
});

test("what is no object is a line that the validator refuses, as the first and behind others", () => {
  const line = { ProductId: "CVS", Value: 25, Quantity: 1 };
  for (const none of [null, undefined, 7, "a", true, [1, 2, 3, 4]]) {
    for (const before of [[], [line], [line, line]]) {
      const builder = OrderBuilder.links("PO-1");
      for (const one of [...before, none]) builder.addLine(one);

      assert.throws(() => builder.build(), ({ name, issues }) => name === "ValidationError" && issues[0].path.join() === `LineItems,${before.length}`);
    }
  }
});

test("lines that are never alike cost no more than a few comparisons", () => {
  const unlike = Array.from({ length: 5_000 }, (_, index) => ({ ProductId: "CVS", Value: 25, Quantity: 1, [`Extra${index}`]: index }));
  const parse = JSON.parse;
  let parsed = 0;
  JSON.parse = (...given) => ((parsed += 1), parse(...given));
  try {
    validateOrder({ Type: "Links", PONumber: "PO-1", LineItems: unlike }, { maxIssues: 0 });
  } finally {
    JSON.parse = parse;
  }
  assert.ok(parsed < 1_500, String(parsed));
});
