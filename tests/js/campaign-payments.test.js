// What a plan says of its payments without people, and one order of it by its PO number.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Campaign, ConfigError, RecipientImport } from "giftcard-partners";

import { thrown } from "./support.js";

const KEY = Uint8Array.from({ length: 16 }, (_, byte) => byte);

function planOf(rows, { type = "DigitalDelivery", ...options } = {}) {
  const recipients = new RecipientImport({ type, duplicates: "accept" });
  recipients.push(Buffer.from(rows));
  return recipients.finish().plan({ campaign: "payments", maxLinesPerOrder: 2, ...options });
}

function told(plan, key = KEY) {
  const bytes = Buffer.from(plan.payments(key));
  return Array.from({ length: bytes.length / 28 }, (_, line) => {
    const row = bytes.subarray(28 * line);
    return {
      payment: row.toString("hex", 0, 12), rest: row.readUInt32LE(12), amount: row.readUInt32LE(16), line: row.readUInt32LE(20), of: row.readUInt32LE(24),
    };
  });
}

const HEADER = "email,sms,product,value,quantity,message\n";
const PEOPLE = `${HEADER}ann@example.org,,CVS,25,1,Hello\nANN@Example.org,,CVS,25,2,Hello\nbob@example.org,+12125550100,CVS,25,1,\n,+12125550100,CVS,25,1,\nann@example.org,,CVS,30,1,Hello\n`;

test("lines that pay the same have one hash, in the order of the orders, whatever else they say", () => {
  const lines = told(planOf(PEOPLE));

  assert.deepEqual(lines.map(({ amount, line, of }) => [amount, line, of]), [[25_000, 2, 1], [50_000, 3, 1], [25_000, 4, 3], [25_000, 5, 1], [30_000, 6, 1]]);
  assert.equal(lines[0].payment, lines[1].payment);
  assert.notEqual(lines[0].rest, lines[1].rest);
  assert.equal(new Set(lines.map(({ payment }) => payment)).size, 4);
});

test("the same key gives the same hashes, before and behind a plan's bytes, and another key gives others", () => {
  const plan = planOf(PEOPLE);

  assert.deepEqual(told(Campaign.fromBytes(plan.toBytes())), told(plan));
  const others = told(plan, new Uint8Array(16));
  for (const [line, { payment, rest }] of told(plan).entries()) assert.ok(payment !== others[line].payment && rest !== others[line].rest);
});

test("a link names nobody, and what campaigns before have paid is told behind the plan's own", () => {
  const links = planOf("product,value\nCVS,25\nCVS,25\nCVS,30\n", { type: "Links" });
  const before = planOf(PEOPLE);
  before.record([...before.orders()][1].poNumber, "created");
  const grown = planOf(`${PEOPLE}cid@example.org,,CVS,25,1,\n`, { after: before });

  assert.deepEqual(told(links).map(({ of }) => of), [0, 0, 0]);
  assert.deepEqual(told(grown).map(({ line }) => line), [2, 3, 6, 7, 4, 5]);
});

test("an order is found by its PO number, one of a campaign before too", () => {
  const before = planOf(PEOPLE);
  const [first, second] = before.orders();
  before.record(second.poNumber, "created");
  const grown = planOf(`${PEOPLE}cid@example.org,,CVS,25,1,\n`, { after: before });

  assert.deepEqual(before.order(first.poNumber), first);
  assert.deepEqual(grown.order(second.poNumber).body, second.body);
  assert.equal(before.order("PO-1"), undefined);
});

test("a key of another length is refused, and a plan that was freed too", () => {
  const plan = planOf(PEOPLE);

  for (const key of [undefined, new Uint8Array(15), new ArrayBuffer(16), "0123456789abcdef"]) assert.ok(thrown(() => plan.payments(key)) instanceof ConfigError);
  plan.free();
  assert.ok(thrown(() => plan.payments(KEY)) instanceof ConfigError);
  assert.ok(thrown(() => plan.order("PO-1")) instanceof ConfigError);
});
