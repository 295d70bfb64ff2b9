// Which rows are the same payment, and which of them are left out: the starter Worker's own TypeScript in Node, held to the package.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { before, test } from "node:test";

import { GiftCardPartners, RecipientImport } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { sourceOf } from "./worker.js";

let orders;
let verdicts;
let planRows;
let secret;
before(async () => {
  [orders, verdicts, planRows] = await Promise.all(["plan-orders", "payment-verdicts", "plan-rows"].map(sourceOf));
  secret = new Uint8Array(16);
});

function report(text, options = {}) {
  const recipients = new RecipientImport({ type: "DigitalDelivery", duplicates: "accept", ...options });
  recipients.push(Buffer.from(text));
  return recipients.finish();
}

/** What the rows of a plan pay, with their lines. */
function rowsOf(plan, by = secret) {
  const { rows } = orders.ordersOf(plan, { secret: by }, ({ faceValue }) => ({ faceValue, total: faceValue }));
  return Array.from({ length: rows.length }, (_, row) => rows.row(row));
}

/** Numbers that follow from a seed. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const EMAILS = ["ann@example.org", "ANN@Example.org", "  ann@example.org ", "ann\u200b@example.org", "bob@example.org", ""];
const PHONES = ["", "+12125550100", "+1 212 555 0100", "+12125550101"];
const PEOPLE = ["Zoë", "Zoe\u0308", "zoë ", "Zoe", "Jose\u0301", "José"];

test("two rows have one key where the package takes them for the same payment, in any spelling, and only there", async () => {
  const roll = dice(7);
  const any = (list) => list[roll(list.length)];
  let [same, compared] = [0, 0];
  for (let round = 0; round < 400; round += 1) {
    const digital = () => `${any(EMAILS)},${any(PHONES)},INKWHISTLE,${any(["25", "25.00", "30"])},${1 + roll(2)}\n`;
    const parcel = () => `${any(PEOPLE)},${any(["1 Main St", "1 main st", "2 Main St"])},Austin,TX,73301,US,INKWHISTLE,25,1,1\n`;
    const [type, header, row] = round % 2 === 0
      ? ["DigitalDelivery", "email,sms,product,value,quantity\n", digital]
      : ["PhysicalShipment", "name,addressLine1,city,state,zip,country,product,value,quantity,shippingMethodId\n", parcel];
    const read = report(header + row() + row(), { type });
    if (read.accepted < 2) continue;

    const [first, second] = rowsOf(read.plan({ campaign: "x" }));
    const isAlike = first.key === second.key || first.phone === second.key || first.key === second.phone;
    assert.equal(isAlike, read.duplicates.length === 1, JSON.stringify([first, second]));
    same += read.duplicates.length;
    compared += 1;
  }
  assert.ok(same > 20 && same < compared - 20, `${same} of ${compared}`);
});

test("a grown file leaves out the rows that the package leaves out, as it does", async () => {
  const roll = dice(11);
  const row = (phone) => `${["ann", "bob", "cleo"][roll(3)]}@example.org,${phone ? ["", "+12125550100"][roll(2)] : ""},INKWHISTLE,${[25, 30][roll(2)]},${1 + roll(2)},${["Hello", "Well done"][roll(2)]}\n`;
  const file = (rows, phone) => `email,sms,product,value,quantity,message\n${Array.from({ length: rows }, () => row(phone)).join("")}`;
  let left = 0;
  for (let round = 0; round < 300; round += 1) {
    const phone = round % 2 === 1;
    const posted = report(file(1 + roll(8), phone)).plan({ campaign: "before" });
    for (const { poNumber } of posted.orders()) posted.record(poNumber, "created");
    const text = file(1 + roll(12), phone);
    const grown = report(text);
    // Of rows that are alike but for their message the package may choose any.
    const told = (lines) => (phone ? lines.map((line) => text.split("\n")[line - 1].replace(/,[^,]*$/, "")).sort() : lines);
    const expected = planRows.rowsOf(grown.plan({ campaign: "grown", after: posted })).map(({ line }) => line);

    const made = rowsOf(posted).map((payment) => ({ ...payment, isOwn: false }));
    const wanted = rowsOf(grown.plan({ campaign: "grown" }));
    const judged = [...new Set(wanted.map(({ key }) => key))].flatMap((key) => {
      const rows = wanted.filter((row) => row.key === key);
      const { paid } = verdicts.judge(rows, made.filter((payment) => payment.key === key), false);
      const lines = paid.map(({ line }) => line);
      return rows.map(({ line }) => line).filter((line) => !lines.includes(line));
    });

    assert.deepEqual(told(judged.sort((a, b) => a - b)), told(expected), `round ${round}`);
    left += grown.accepted - expected.length;
  }
  assert.ok(left > 300, `${left}`);
});

test("what a row says beside what it pays is one number, however its accents are spelled, and another for other words", () => {
  const said = (...rows) => rowsOf(report(`email,name,message,externalId,product,value\n${rows.join("\n")}\n`).plan({ campaign: "x" })).map(({ content }) => content);
  const cells = "ann@example.org,Ann,Café Zoë,,INKWHISTLE,25";

  const [same, ...others] = said(cells, cells.normalize("NFD"), cells.replace("Café", "Cafe"), cells.replace("Ann", "Anne"), cells.replace(",,", ",mine,"));

  assert.equal(others[0], same);
  assert.equal(new Set([same, ...others]).size, 4);
});

test("a row of an earlier piece is repeated and not paid before, whatever was paid before", () => {
  const row = (line) => ({ quantity: 1, content: 1, phone: "", hasRecipient: true, line });
  const payment = { quantity: 1, content: 1, phone: "", isOwn: false, line: 0 };

  const rejecting = verdicts.judge([row(9)], [{ ...payment, isOwn: true, line: 3 }, payment], true);
  const accepting = verdicts.judge([row(9), row(10)], [{ ...payment, isOwn: true, line: 3 }, payment], false);
  const nobody = verdicts.judge([{ ...row(9), hasRecipient: false }], [{ ...payment, isOwn: true, line: 3 }], true);

  assert.deepEqual(rejecting, { paid: [], repeated: [{ line: 9, firstLine: 3 }] });
  assert.deepEqual(accepting, { paid: [{ line: 9, made: payment }], repeated: [9, 10].map((line) => ({ line, firstLine: 3 })) });
  assert.deepEqual(nobody, { paid: [], repeated: [] });
  const byPhone = verdicts.judge([row(9), row(10)], [payment], true, ({ line }) => (line === 9 ? [4, 2] : []));
  assert.deepEqual(byPhone, { paid: [{ line: 10, made: payment }], repeated: [{ line: 9, firstLine: 2 }] });
});

test("a filter says of each key that it was put there before, of phone numbers too, and of no other one", async () => {
  const { PaymentFilter } = await sourceOf("payment-rows");
  // As the keys are: hashes.
  let seed = 0;
  const words = (length) => new Uint32Array(Uint8Array.from(createHash("sha256").update(`${(seed += 1)}`).digest()).buffer.slice(0, 4 * length));
  const none = new Uint32Array();
  const pieces = Array.from({ length: 2_000 }, (_, piece) => ({ rows: words(7), phones: piece % 2 ? words(4) : none }));
  const byPhone = ({ phones }) => ({ rows: Uint32Array.from([...phones.subarray(1), 0, 0, 0, 0]), phones: none });
  const filter = new PaymentFilter(10_000);

  assert.ok(pieces.every((piece) => filter.add(piece) === false));
  assert.ok(pieces.every(({ rows }) => filter.add({ rows, phones: none }) === true));
  assert.ok(pieces.filter(({ phones }) => phones.length > 0).every((piece) => filter.add(byPhone(piece)) === true));
  assert.equal(filter.add({ rows: words(7), phones: none }), false);
  // What has no room is not said to be none.
  assert.equal(new PaymentFilter(1).add({ rows: new Uint32Array(14), phones: none }), undefined);
});

test("a key names nobody, and another secret makes another one", async () => {
  const plan = report("email,product,value\nann@example.org,INKWHISTLE,25\n").plan({ campaign: "x" });
  const other = new Uint8Array(16).fill(1);

  const [[one], [again], [another]] = [secret, secret, other].map((by) => rowsOf(plan, by));

  assert.match(one.key, /^[0-9a-f]{24}$/);
  assert.equal(one.key, again.key);
  assert.notEqual(one.key, another.key);
});

test("the rows of a plan are found in its file, whatever its cells hold", () => {
  const odd = 'email,message,product,value\na@example.org,"Dear ""Ann"",\nhello",INKWHISTLE,25\nb@example.org,Bob,INKWHISTLE,25\n';

  const rows = planRows.rowsOf(report(odd).plan({ campaign: "x" }));
  const links = planRows.rowsOf(report('to,product,value\n"Smith, ""J""",INKWHISTLE,25\nBob,INKWHISTLE,25\n', { type: "Links" }).plan({ campaign: "x" }));

  assert.deepEqual(rows.map(({ line }) => line), [2, 4]);
  assert.deepEqual(links.map(({ line }) => line), [2, 3]);
});

test("what a list's orders cost, line by line that differs, is what the package quotes of each whole order", async () => {
  const { ListCosts, costOf } = await sourceOf("order-cost");
  const sandbox = createSandbox({ available: "5000.00" });
  const client = new GiftCardPartners({ baseUrl: sandbox.baseUrl, credentials: sandbox.credentials, fetch: sandbox.fetch });
  const [catalog, balance] = [await client.catalog(), await client.accountBalance()];
  const roll = dice(3);
  const any = (list) => list[roll(list.length)];
  const address = (person) => `Person ${person},1 Main St,New York,NY,10001,US,STANDARD,DEFAULT`;
  const products = {
    DigitalDelivery: [["INKWHISTLE", "25"], ["QUILLFEATHER", "5.37"], ["QUILLFEATHER", "17.99"], ["BRAMBLEBOOT", "50"], ["NINELANTERN", "12.5"], ["MAPLEWICK", "25"]],
    Links: [["STILLWHISTLE", "50.01"], ["MOONPANCAKE", "15"]],
    PhysicalShipment: [["LAMPENVALE", "25"], ["KITEBADGER", "10.55"]],
  };
  let compared = 0;
  for (const [type, of] of Object.entries(products)) {
    const header = { DigitalDelivery: "email", Links: "to", PhysicalShipment: "name,addressLine1,city,state,zip,country,shippingMethodId,carrierId" }[type];
    const who = { DigitalDelivery: (person) => `p${person}@example.org`, Links: (person) => `Person ${person}`, PhysicalShipment: address }[type];
    const rows = Array.from({ length: 60 }, (_, person) => `${who(person)},${any(of).join()},${1 + roll(3)}\n`);
    const read = report(`${header},product,value,quantity\n${rows.join("")}`, { type, catalog });
    assert.deepEqual([read.accepted, read.rejected], [60, []]);

    const costs = new ListCosts(type, catalog, balance);
    for (const order of read.plan({ campaign: type, maxLinesPerOrder: 7 }).orders()) {
      assert.deepEqual(costs.of(order), costOf(order.body, catalog, balance));
      compared += 1;
    }
  }
  assert.ok(compared > 20, `${compared}`);
});
