// Which rows are the same payment, and which of them are left out: the starter Worker's own TypeScript in Node, held to the package.
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { RecipientImport } from "giftcard-partners";

import { sourceOf } from "./worker.js";

let keys;
let verdicts;
let planRows;
let secret;
before(async () => {
  [keys, verdicts, planRows] = await Promise.all(["payment-keys", "payment-verdicts", "plan-rows"].map(sourceOf));
  secret = await keys.secretOf(new Uint8Array(32).buffer);
});

function report(text, options = {}) {
  const recipients = new RecipientImport({ type: "DigitalDelivery", duplicates: "accept", ...options });
  recipients.push(Buffer.from(text));
  return recipients.finish();
}

/** What the rows of a plan pay, with their lines. */
async function rowsOf(plan) {
  const lines = planRows.rowsOf(plan);
  const rows = [];
  for (const { body } of plan.orders()) rows.push(...(await keys.paymentsOf(body, 1, secret)));
  return rows.map((row, place) => ({ ...row, line: lines[place].line }));
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

    const [first, second] = await rowsOf(read.plan({ campaign: "x" }));
    const isAlike = first.key === second.key || first.byPhone === second.key || first.key === second.byPhone;
    assert.equal(isAlike, read.duplicates.length === 1, JSON.stringify([first, second]));
    same += read.duplicates.length;
    compared += 1;
  }
  assert.ok(same > 20 && same < compared - 20, `${same} of ${compared}`);
});

test("a grown file leaves out the rows that the package leaves out, as it does", async () => {
  const roll = dice(11);
  const row = () => `${["ann", "bob", "cleo"][roll(3)]}@example.org,INKWHISTLE,${[25, 30][roll(2)]},${1 + roll(2)},${["Hello", "Well done"][roll(2)]}\n`;
  const file = (rows) => `email,product,value,quantity,message\n${Array.from({ length: rows }, row).join("")}`;
  let left = 0;
  for (let round = 0; round < 300; round += 1) {
    const posted = report(file(1 + roll(8))).plan({ campaign: "before" });
    for (const { poNumber } of posted.orders()) posted.record(poNumber, "created");
    const grown = report(file(1 + roll(12)));
    const expected = planRows.rowsOf(grown.plan({ campaign: "grown", after: posted })).map(({ line }) => line);

    const made = (await rowsOf(posted)).map((payment) => ({ ...payment, isOwn: false }));
    const wanted = await rowsOf(grown.plan({ campaign: "grown" }));
    const judged = [...new Set(wanted.map(({ key }) => key))].flatMap((key) => {
      const rows = wanted.filter((row) => row.key === key);
      const { paid } = verdicts.judge(rows, made.filter((payment) => payment.key === key), false);
      const lines = paid.map(({ line }) => line);
      return rows.map(({ line }) => line).filter((line) => !lines.includes(line));
    });

    assert.deepEqual(judged.sort((a, b) => a - b), expected, `round ${round}`);
    left += grown.accepted - expected.length;
  }
  assert.ok(left > 300, `${left}`);
});

test("a row of an earlier piece is repeated and not paid before, whatever was paid before", () => {
  const row = (line) => ({ key: "k", quantity: 1, content: 1, hasRecipient: true, line });
  const payment = { quantity: 1, content: 1, isOwn: false, line: 0 };

  const rejecting = verdicts.judge([row(9)], [{ ...payment, isOwn: true, line: 3 }, payment], true);
  const accepting = verdicts.judge([row(9), row(10)], [{ ...payment, isOwn: true, line: 3 }, payment], false);
  const nobody = verdicts.judge([{ ...row(9), hasRecipient: false }], [{ ...payment, isOwn: true, line: 3 }], true);

  assert.deepEqual(rejecting, { paid: [], repeated: [{ line: 9, firstLine: 3 }] });
  assert.deepEqual(accepting, { paid: [{ line: 9, made: payment }], repeated: [9, 10].map((line) => ({ line, firstLine: 3 })) });
  assert.deepEqual(nobody, { paid: [], repeated: [] });
  const byPhone = verdicts.judge([row(9), row(10)], [payment], true, ({ line }) => (line === 9 ? [4, 2] : []));
  assert.deepEqual(byPhone, { paid: [{ line: 10, made: payment }], repeated: [{ line: 9, firstLine: 2 }] });
});

test("a key names nobody, and another secret makes another one", async () => {
  const plan = report("email,product,value\nann@example.org,INKWHISTLE,25\n").plan({ campaign: "x" });
  const [{ body }] = plan.orders();
  const other = await keys.secretOf(new Uint8Array(32).fill(1).buffer);

  const [[one], [again], [another]] = await Promise.all([secret, secret, other].map((by) => keys.paymentsOf(body, 1, by)));

  assert.match(one.key, /^[\w+/]{16}$/);
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
