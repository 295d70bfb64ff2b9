// A file that has grown or was mended: whom the campaign before and all before that have paid, or may have, is left out; and a row that
// repeats one of another piece of the file is told, as within a piece.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import { RecipientImport } from "giftcard-partners";

import { LIMIT, csv, piecesOf, startWorker } from "./worker.js";

const OCTETS = { "content-type": "application/octet-stream" };
const HEADER = "email,name,product,value\n";

let worker;
before(async () => {
  const sandbox = { available: "10000000.00", asyncThreshold: 1_000 };
  worker = await startWorker({ sandbox, changes: { limits: piecesOf(60_000) } });
}, LIMIT);
beforeEach(() => (worker.api.before = undefined));
after(() => worker?.dispose());

/** Posts a file, approves what it costs, and waits until that is paid. */
async function pay(name, file, query = "", headers = {}) {
  const [status, told] = await worker.campaign(name, file, query, headers);
  assert.equal(status, 202, JSON.stringify(told));
  return { ...told, ...(await worker.reach(told.id, "done")) };
}

/** How often people were paid, of those whose addresses begin so. */
function paid(start, { sandbox } = worker) {
  const times = {};
  for (const { LineItems } of sandbox.orders()) {
    for (const { DigitalDeliveryAddress: address } of LineItems) {
      if (address?.Email.startsWith(start)) times[address.Email] = (times[address.Email] ?? 0) + 1;
    }
  }
  return times;
}
const once = (start, rows) => Object.fromEntries(Array.from({ length: rows }, (_, row) => [`${start}${row}@example.org`, 1]));

/** People of their own, and the same with new ones at the end and one who stood there before put in first. */
const file = (start, rows) => csv(rows).replaceAll(/person(?=\d)/g, start);
const grownFile = (start, rows) => {
  const [header, ...lines] = file(start, rows).trimEnd().split("\n");
  return [header, lines.at(-1), ...lines.slice(0, -1)].join("\n");
};

test("a posted file that has grown pays the new people only, and once; the next time too; and the answers say how", LIMIT, async () => {
  const first = await pay("short", file("short", 700));

  const [refused, how] = await worker.review("short", grownFile("short", 760));
  const second = await pay("short", grownFile("short", 760), `&after=${how.after}`);
  const [, again] = await worker.review("short", grownFile("short", 760), `&after=${first.id}`);
  const [late, next] = await worker.review("short", grownFile("short", 800), `&after=${first.id}`);
  const third = await pay("short", grownFile("short", 800), `&after=${next.after}`);

  assert.deepEqual([refused, how.after], [409, first.id]);
  assert.match(how.message, new RegExp(`after=${first.id}`));
  assert.deepEqual([second.alreadyPaid, second.lines, second.quote[0].lines], [700, 60, 60]);
  assert.deepEqual([again.id, again.status], [second.id, "done"]);
  assert.deepEqual([late, next.after], [409, second.id]);
  assert.deepEqual([third.alreadyPaid, third.lines], [760, 40]);
  assert.deepEqual(paid("short"), once("short", 800));
});

test("a file of several pieces that has grown pays the new people only, and once", LIMIT, async () => {
  const { id, orders } = await pay("long", file("long", 3_000));

  const more = await pay("long", grownFile("long", 3_100), `&after=${id}`);

  assert.ok(orders > 6, `${orders}: in one piece it would be 6`);
  assert.deepEqual([more.alreadyPaid, more.lines], [3_000, 100]);
  assert.deepEqual(paid("long"), once("long", 3_100));
});

test("a mended file pays whom it was mended for, under another name too; and a file without anybody new pays nobody", LIMIT, async () => {
  const { id } = await pay("mended", file("mended", 20));
  const mended = file("mended", 20).replace("mended3@example.org,Person 3,INKWHISTLE,25", "mended3@example.org,Person 3,INKWHISTLE,50");

  const [status, { message, alreadyPaid }] = await worker.review("mended", `${file("mended", 20)}\n`, `&after=${id}`);
  const second = await pay("mended again", mended, `&after=${id}`);

  assert.deepEqual([status, alreadyPaid], [400, 20]);
  assert.match(message, /paid already/);
  assert.deepEqual([second.lines, second.quote[0].faceValue], [1, "50.00"]);
  assert.deepEqual(paid("mended"), { ...once("mended", 20), "mended3@example.org": 2 });
});

test("who was in an order that was refused is paid by the grown file, once", LIMIT, async () => {
  let first = true;
  worker.api.before = (request) => {
    if (request !== "POST /v1/Orders" || !first) return undefined;
    first = false;
    return { status: 400, body: {} };
  };
  const { id, refused } = await pay("refused", file("refused", 700));

  const more = await pay("refused", grownFile("refused", 720), `&after=${id}`);

  assert.equal(refused.length, 1);
  assert.ok(more.alreadyPaid === 200 || more.alreadyPaid === 500, `${more.alreadyPaid}`);
  assert.deepEqual(paid("refused"), once("refused", 720));
});

test("whose order is in doubt is not paid again, nor who waits for a campaign that still runs", LIMIT, async () => {
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 503 } : undefined);
  const [, { id }] = await worker.campaign("open", file("open", 20));
  await worker.until(id, ({ states }) => states.unknown > 0);

  const [, more] = await worker.campaign("open", grownFile("open", 30), `&after=${id}`);
  worker.api.before = undefined;
  await Promise.all([worker.reach(id, "done"), worker.reach(more.id, "done")]);

  assert.deepEqual([more.alreadyPaid, more.lines], [20, 10]);
  assert.deepEqual(paid("open"), once("open", 30));
});

test("whom a cancelled campaign did not pay is paid by the next one, and nobody twice", LIMIT, async () => {
  let posts = 0;
  worker.api.before = async (request) => {
    if (request !== "POST /v1/Orders") return undefined;
    posts += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
  };
  const [, { id, orders }] = await worker.campaign("cancelled", file("cancelled", 6_000));
  while (posts === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const [status] = await worker.tell(`/campaigns/${id}/cancel`, { method: "POST" });
  worker.api.before = undefined;
  // Those that were under way end.
  await worker.until(id, ({ states }) => !states.sent && !states.unknown);
  const before = Object.keys(paid("cancelled")).length;

  const more = await pay("cancelled", file("cancelled", 6_000), `&after=${id}`);

  assert.equal(status, 202);
  assert.ok(orders > 4 && before > 0 && before < 6_000, `${before} of ${orders} orders`);
  assert.deepEqual([more.alreadyPaid, more.lines], [before, 6_000 - before]);
  assert.deepEqual(paid("cancelled"), once("cancelled", 6_000));
});

test("nobody is paid again by an order that was lost and that the API shows otherwise than it was sent", LIMIT, async () => {
  worker.api.before = (request) => {
    const [, id] = /^GET \/v1\/Orders\/(\w+)$/.exec(request) ?? [];
    return id && { status: 200, body: { ...worker.sandbox.orders().find(({ Id }) => Id === id), Note: "as the API shows it" } };
  };
  worker.sandbox.inject("drop-response");
  const { id, states } = await pay("shown", file("shown", 20));
  worker.api.before = undefined;

  await pay("shown", grownFile("shown", 30), `&after=${id}`);

  assert.equal(states.conflict, 1);
  assert.deepEqual(paid("shown"), once("shown", 30));
});

test("a file follows a posted plan, and whom that plan's campaigns before have paid; a plan of rows that are paid is refused", LIMIT, async () => {
  const reportOf = (text) => {
    const recipients = new RecipientImport({ type: "DigitalDelivery" });
    recipients.push(Buffer.from(text));
    return recipients.finish();
  };
  const elsewhere = reportOf(file("plan", 10)).plan({ campaign: "elsewhere", maxLinesPerOrder: 30 });
  for (const { poNumber } of elsewhere.orders()) elsewhere.record(poNumber, "created", "an id");
  const plan = reportOf(file("plan", 100)).plan({ campaign: "mine", maxLinesPerOrder: 30, after: elsewhere });
  const { id } = await pay("plan", plan.toBytes(), "", OCTETS);

  const [refused, { alreadyPaid }] = await worker.review("plan", reportOf(grownFile("plan", 130)).plan({ campaign: "mine" }).toBytes(), `&after=${id}`, OCTETS);
  const more = await pay("plan", grownFile("plan", 130), `&after=${id}`);

  assert.deepEqual([refused, alreadyPaid], [400, 100]);
  assert.equal(more.alreadyPaid, 100);
  const { "plan0@example.org": first, ...others } = paid("plan");
  // The ten of another place were never sent here.
  assert.equal(first, undefined);
  assert.equal(Object.keys(others).length, 120);
  assert.ok(Object.values(others).every((times) => times === 1));
});

test("of cards without a recipient the new ones are made, whichever place they have in the file", LIMIT, async () => {
  const links = (...names) => `to,product,value,quantity\n${names.map((name) => `${name},INKWHISTLE,25,1\n`).join("")}`;
  const { id } = await pay("links", links("Ann", "Bob", "Bob"), "&type=Links");

  const more = await pay("links", links("Cleo", "Bob", "Ann", "Bob", "Bob"), `&type=Links&after=${id}`);

  const names = worker.sandbox.orders().filter(({ Type }) => Type === "Links").flatMap(({ LineItems }) => LineItems.map((line) => line.Personalization.To));
  assert.deepEqual([more.alreadyPaid, more.lines], [3, 2]);
  assert.deepEqual(names.sort(), ["Ann", "Bob", "Bob", "Bob", "Cleo"]);
});

test("what follows waits until the campaign before it is approved, and one that was deleted has paid nobody", LIMIT, async () => {
  const { id } = await pay("waits", file("waits", 20));
  const [, second] = await worker.review("waits", file("waits", 25), `&after=${id}`);

  const [waits, { message }] = await worker.review("waits", file("waits", 30), `&after=${second.id}`);
  const [beside] = await worker.review("waits beside", file("waits", 30), `&after=${id}`);
  await worker.tell(`/campaigns/${second.id}`, { method: "DELETE" });
  const third = await pay("waits", file("waits", 30), `&after=${id}`);
  const [missing] = await worker.review("waits", file("waits", 31), `&after=${"0".repeat(24)}`);
  const [senseless] = await worker.review("waits", file("waits", 31), "&after=x");

  assert.deepEqual([waits, beside, missing, senseless], [409, 409, 404, 404]);
  assert.match(message, /Approve it, or delete it/);
  assert.deepEqual([third.alreadyPaid, third.lines], [20, 10]);
  assert.deepEqual(paid("waits"), once("waits", 30));
});

test("a dry run of a grown file says what it would pay, and leaves nothing", LIMIT, async () => {
  const { id } = await pay("dry", file("dry", 20));

  const [status, dry] = await worker.review("dry", file("dry", 25), `&after=${id}&dryRun=true`);
  const more = await pay("dry", file("dry", 25), `&after=${id}`);

  assert.deepEqual([status, dry.alreadyPaid, dry.quote[0].lines], [200, 20, 5]);
  assert.deepEqual([more.alreadyPaid, more.lines], [20, 5]);
});

test("a repeated row is told of a file in pieces as it is of one piece", LIMIT, async (t) => {
  const whole = await startWorker({});
  t.after(() => whole.dispose());
  const people = (start, rows) => file(start, rows).slice(HEADER.length);
  const repeated = "REPEATED7@example.org,Another Name,INKWHISTLE,25.00\n";
  const posted = `${HEADER}${people("repeated", 2_000)}${repeated}bad,,,\n${people("more", 1_000)}${repeated}${repeated}more5@example.org,,INKWHISTLE,25\n`;

  for (const query of ["", "&skipRejected=true&dryRun=true", "&duplicates=accept&skipRejected=true&dryRun=true"]) {
    const [told, expected] = await Promise.all([worker, whole].map((each) => each.review("repeated", posted, query)));
    const [, { quote = [], ...answer }] = told;
    const [, { quote: wholeQuote = [], ...wholeAnswer }] = expected;
    assert.equal(told[0], expected[0]);
    assert.deepEqual(answer, wholeAnswer);
    assert.deepEqual(quote.map(({ faceValue }) => faceValue), wholeQuote.map(({ faceValue }) => faceValue));
  }

  const [, { duplicates }] = await worker.review("repeated", posted);
  assert.deepEqual(duplicates, [2_002, 3_004, 3_005, 3_006].map((line, place) => ({ line, firstLine: place < 3 ? 9 : 2_009 })));
});

test("a phone number with an address in one piece and without one in another is one person; with two addresses it is two", LIMIT, async (t) => {
  const whole = await startWorker({});
  t.after(() => whole.dispose());
  const header = "email,sms,product,value\n";
  const rows = (start, count) => Array.from({ length: count }, (_, row) => `${start}${row}@example.org,,INKWHISTLE,25\n`).join("");
  const both = "ann.phone@example.org,+12125550100,INKWHISTLE,25\n";
  const posted = [
    `${header}${both}${rows("phone-a", 2_000)},+12125550100,INKWHISTLE,25\n`,
    `${header},+12125550100,INKWHISTLE,25\n${rows("phone-b", 2_000)}${both}`,
    `${header}${both}${rows("phone-c", 2_000)}bob.phone@example.org,+12125550100,INKWHISTLE,25\n`,
  ];

  for (const [number, list] of posted.entries()) {
    const [told, expected] = await Promise.all([worker, whole].map((each) => each.review(`phones ${number}`, list)));
    assert.deepEqual([told[0], told[1].duplicates], [expected[0], expected[1].duplicates]);
    assert.deepEqual(told[1].rejectedRows, expected[1].rejectedRows);
    assert.deepEqual(told[1].duplicates, number < 2 ? [{ line: 2_003, firstLine: 2 }] : []);
  }
});

test("whoever is in two pieces of a file is paid once where repeats are left out, and twice where they are meant", LIMIT, async () => {
  const posted = `${file("twice", 2_000)}twice0@example.org,Person 0,INKWHISTLE,25\n`;

  const left = await pay("twice", posted, "&skipRejected=true");
  const after = paid("twice");
  const meant = await pay("twice", posted, `&duplicates=accept&after=${left.id}`);

  assert.deepEqual([left.lines, left.rejected], [2_000, 1]);
  assert.deepEqual(after, once("twice", 2_000));
  assert.deepEqual([meant.alreadyPaid, meant.lines], [2_000, 1]);
  assert.deepEqual(paid("twice"), { ...once("twice", 2_000), "twice0@example.org": 2 });
});

test("no log names a person", LIMIT, () => {
  assert.ok(!worker.said.includes("example.org"), worker.said.slice(0, 2_000));
});
