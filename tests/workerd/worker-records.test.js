// What is told of campaigns afterwards: the list, the files, the audit, alerts; and what is deleted, without anyone asking.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { text } from "node:stream/consumers";

import { RecipientImport } from "giftcard-partners";

import { LIMIT, csv, piecesOf, sourceOf, startWorker } from "./worker.js";

const READER = "the token of someone who reads";
const DAY = 24 * 60 * 60_000;

let worker;
let verifyAudit;
let hooked;
before(async () => {
  ({ verifyAudit } = await sourceOf("audit-chain"));
  hooked = await startWebhook();
  worker = await startWorker({
    sandbox: { available: "10000000.00", asyncThreshold: 100_000 },
    bindings: { ALERT_WEBHOOK: hooked.url, CALLERS: JSON.stringify([{ id: "reader", roles: ["read"], token: READER }]) },
    changes: { limits: [...piecesOf(6_000), ["CAMPAIGNS_PER_PAGE = 100", "CAMPAIGNS_PER_PAGE = 2"], ["ALERT_MS = 10_000", "ALERT_MS = 200"]] },
  });
}, LIMIT);
after(async () => {
  await worker?.dispose();
  hooked?.close();
});

/** What alerts are posted to. `refuses`: how many of them it refuses. */
async function startWebhook() {
  const hook = { alerts: [], refuses: 0, tries: 0 };
  const server = createServer(async (incoming, outgoing) => {
    const alert = JSON.parse(await text(incoming));
    hook.tries += 1;
    if (hook.refuses > 0) {
      hook.refuses -= 1;
      return outgoing.writeHead(500).end();
    }
    hook.alerts.push(alert);
    outgoing.writeHead(200).end("ok");
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  hook.url = `http://127.0.0.1:${server.address().port}/a-secret-path`;
  hook.close = () => server.close();
  hook.of = (campaign) => hook.alerts.filter((alert) => alert.campaign === campaign);
  hook.until = async (isReached) => {
    for (const end = Date.now() + 20_000; !isReached(hook.alerts); await pause(20)) assert.ok(Date.now() < end, JSON.stringify(hook.alerts));
  };
  return hook;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const people = (start, rows) => csv(rows).replaceAll(/person(?=\d)/g, start);

async function pay(name, file, query = "", of = worker) {
  const [status, told] = await of.campaign(name, file, query);
  assert.equal(status, 202, JSON.stringify(told));
  return { ...told, ...(await of.reach(told.id, "done")) };
}

async function fileOf(id, file, of = worker) {
  const answer = await of.ask(`/campaigns/${id}/${file}.csv`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function auditOf(query = "", of = worker) {
  const answer = await of.ask(`/audit${query}`);
  const lines = await answer.text();
  return { last: answer.headers.get("audit-last"), lines, entries: lines.split("\n").filter(Boolean).map((line) => JSON.parse(line)) };
}

/** The rows of a file without a quote in it. */
const rowsOf = (file) => file.trimEnd().split("\r\n").map((line) => line.split(","));
const scheduled = async (time, of = worker) => (await of.miniflare.getWorker()).scheduled({ scheduledTime: new Date(time), cron: "*/15 * * * *" });

test("campaigns are listed with their state and sums, who posted and approved them and when, the newest first, page by page", LIMIT, async () => {
  const paid = await pay("listed first", people("listed", 3));
  const [, waits] = await worker.review("listed second", people("listed", 4));
  const [, third] = await worker.review("listed third", people("listed", 5));

  const [status, first] = await worker.tell("/campaigns");
  const [, second] = await worker.tell(`/campaigns?cursor=${first.cursor}`);
  await worker.tell(`/campaigns/${waits.id}`, { method: "DELETE" });
  const [, left] = await worker.tell("/campaigns");

  assert.equal(status, 200);
  assert.deepEqual([first.campaigns.map(({ id }) => id), second.campaigns.map(({ id }) => id)], [[third.id, waits.id], [paid.id]]);
  assert.equal(second.cursor, undefined);
  const [{ posted, approved, ended, ...listed }] = second.campaigns;
  assert.deepEqual([listed.name, listed.status, listed.quote[0].total, posted.by, approved.by], ["listed first", "done", "75.00", "caller", "caller"]);
  assert.ok(posted.at <= approved.at && approved.at <= ended && Math.abs(Date.parse(ended) - Date.now()) < 60_000);
  assert.deepEqual([waits, third].map(({ status }) => status), ["review", "review"]);
  assert.deepEqual(left.campaigns.map(({ id }) => id), [third.id, paid.id]);
});

test("the results of a campaign are a row for each row of its file, with the file's lines, in any number of pieces", LIMIT, async () => {
  const { id } = await pay("results", people("results", 400));

  const { status, headers, text } = await fileOf(id, "results");

  const [header, ...rows] = rowsOf(text);
  assert.deepEqual([status, headers.get("cache-control"), header[0]], [200, "no-store", "Line"]);
  assert.deepEqual(rows.map(([line]) => Number(line)), Array.from({ length: 400 }, (_, row) => row + 2));
  assert.deepEqual(rows.map(([, recipient]) => recipient), Array.from({ length: 400 }, (_, row) => `results${row}@example.org`));
  const ids = new Map(worker.sandbox.orders().map(({ PONumber, Id }) => [PONumber, Id]));
  assert.ok(rows.every(([, , product, value, quantity, po, order, state]) => `${product} ${value} ${quantity} ${state}` === "INKWHISTLE 25 1 created" && ids.get(po) === order));
});

test("the results of a grown file are its own rows", LIMIT, async () => {
  const { id } = await pay("grown", people("grown", 200));
  const more = await pay("grown", people("grown", 203), `&after=${id}`);

  const [, ...rows] = rowsOf((await fileOf(more.id, "results")).text);

  assert.deepEqual(rows.map(([line, recipient]) => `${line} ${recipient}`), [200, 201, 202].map((row) => `${row + 2} grown${row}@example.org`));
});

test("the cards are a file for whoever may see them; each download is in the audit, and none that was refused", LIMIT, async () => {
  const rows = Array.from({ length: 300 }, (_, row) => `Person ${row},INKWHISTLE,25,1\n`).join("");
  const { id } = await pay("cards", `to,product,value,quantity\n${rows}`, "&type=Links");

  const forbidden = await worker.open(`/campaigns/${id}/claims.csv`, { headers: { authorization: `Bearer ${READER}` } });
  await forbidden.text();
  const { status, headers, text } = await fileOf(id, "claims");

  const [header, ...cards] = rowsOf(text);
  const [link, to, line] = ["ClaimLink", "To", "Line"].map((name) => header.indexOf(name));
  assert.deepEqual([forbidden.status, status, headers.get("cache-control")], [403, 200, "no-store"]);
  assert.deepEqual(cards.map((cells) => `${cells[line]} ${cells[to]}`), Array.from({ length: 300 }, (_, row) => `${row + 2} Person ${row}`));
  assert.equal(new Set(cards.map((cells) => cells[link]).filter(Boolean)).size, 300);
  const { entries } = await auditOf(`?campaign=${id}`);
  const downloads = entries.filter(({ what }) => what === "downloaded");
  assert.deepEqual(downloads.map(({ who, outcome }) => [who, outcome]), [["caller", "claims"]]);
});

test("a file of cards that cannot be had as a whole is broken off, and nobody takes it for whole", LIMIT, async () => {
  const { id } = await pay("broken", people("broken", 400));
  const orders = worker.sandbox.orders().slice(-4);
  worker.api.before = (request) => (request.endsWith(`/v1/Orders/${orders[3].Id}`) ? { status: 404 } : undefined);

  const ends = await fileOf(id, "claims").then(({ text }) => text, () => "This file is not whole. Ask for it again.\r\n");
  worker.api.before = (request) => (request.startsWith("GET /v1/Orders/") ? { status: 404 } : undefined);
  const { status } = await fileOf(id, "claims");
  worker.api.before = undefined;

  assert.match(ends, /This file is not whole\. Ask for it again\.\r\n$/);
  assert.equal(status, 404);
});

test("rejected rows are a file that says why, and that is imported again when it is mended", LIMIT, async () => {
  const file = `${people("left", 300)}bad,,INKWHISTLE,25\n"left7@example.org","Person, 7",INKWHISTLE,25\nleft8@example.org,Person,INKWHISTLE,nothing\n`;
  const { id, rejected, rejectedRows } = await pay("left", file, "&skipRejected=true");

  const { status, text } = await fileOf(id, "rejected");
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  recipients.push(Buffer.from(text.replace("bad,", "good@example.org,").replace("nothing", "25")));
  const mended = recipients.finish();
  const whole = await pay("whole", people("whole", 3));
  const { status: none } = await fileOf(whole.id, "rejected");

  assert.deepEqual([status, rejected, none], [200, 3, 404]);
  assert.deepEqual(rejectedRows.map(({ line }) => line), [302, 303, 304]);
  assert.deepEqual([mended.rows, mended.accepted], [3, 3]);
  assert.match(text, /"Person, 7",INKWHISTLE,25,"The row pays the same/);
});

test("the audit says who did what, in a chain in which a line that is missing or changed shows, and names no recipient", LIMIT, async () => {
  const begun = new Date().toISOString();
  worker.api.before = (request) => (request === "POST /v1/Orders" ? pause(100) : undefined);
  const [, { id }] = await worker.campaign("audited", people("audited", 400));
  await worker.tell(`/campaigns/${id}/pause`, { method: "POST" });
  await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  worker.api.before = undefined;
  await worker.reach(id, "done");

  const all = await auditOf();
  const { entries } = await auditOf(`?campaign=${id}`);
  const since = await auditOf(`?from=${begun}&to=${new Date(Date.now() + 1_000).toISOString()}`);
  const [wrong] = await worker.tell("/audit?from=yesterday");

  assert.deepEqual(await verifyAudit(all.lines, { last: all.last }), []);
  assert.deepEqual(await verifyAudit(since.lines, { first: since.entries[0].n, last: all.last }), []);
  assert.deepEqual(await verifyAudit((await auditOf(`?campaign=${id}`)).lines, { gaps: true }), []);
  assert.deepEqual(since.entries.filter(({ campaign }) => campaign === id), entries);
  assert.ok(since.entries.length < all.entries.length);
  assert.equal(wrong, 400);
  const [posted, approved, paused, resumed] = ["posted", "approved", "paused", "resumed"].map((what) => entries.find((entry) => entry.what === what));
  assert.deepEqual([posted, approved].map(({ who, amount, currency }) => [who, amount, currency]), Array(2).fill(["caller", "10000.00", "USD"]));
  assert.deepEqual([paused.who, resumed.who], ["caller", "caller"]);
  const placed = entries.filter(({ what }) => what === "placed");
  const ordersOf = new Map(worker.sandbox.orders().map((order) => [order.PONumber, order]));
  for (const { poNumber, orderId, amount, outcome, who } of placed) {
    const order = ordersOf.get(poNumber);
    assert.deepEqual([orderId, Number(amount), outcome, who], [order.Id, 25 * order.LineItems.length, "created", undefined]);
  }
  assert.equal(new Set(placed.map(({ poNumber }) => poNumber)).size, placed.length);
  assert.equal(placed.reduce((sum, { amount }) => sum + Number(amount), 0), 10_000);
  for (const personal of ["example.org", "Person", "audited"]) assert.ok(!all.lines.includes(personal), personal);

  const lines = all.lines.trimEnd().split("\n");
  const faults = (changed) => verifyAudit(changed.join("\n"), { last: all.last });
  const third = JSON.parse(lines[2]);
  const changed = (line) => line.replace(/"amount":"\d/, '"amount":"9');
  assert.notEqual(changed(lines[2]), lines[2]);
  assert.deepEqual(await faults(lines.toSpliced(2, 1)), ["lines 3 to 3 are missing"]);
  assert.deepEqual(await faults(lines.with(2, changed(lines[2]))), ["line 3 was changed"]);
  assert.deepEqual(await faults(lines.slice(1)), ["lines 1 to 1 are missing"]);
  assert.deepEqual(await faults(lines.slice(0, -1)), [`lines behind ${lines.length - 1} are missing`]);
  assert.match((await faults(lines.with(2, lines[3]).with(3, lines[2]))).join(), /out of order/);
  assert.match((await faults(lines.with(2, JSON.stringify({ ...third, hash: third.previous })))).join(), /line 3 was changed,line 4 does not follow/);
});

test("an order by itself stands in the audit once, whoever asks for it again; one that is refused stands there each time", LIMIT, async () => {
  const order = (poNumber) => ({ Type: "Links", PONumber: poNumber, LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 2 }] });

  const [status, { order: placed }] = await worker.order(order("AUDIT-1"));
  await worker.order(order("AUDIT-1"));
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 400, body: {} } : undefined);
  await worker.order(order("AUDIT-2"));
  await worker.order(order("AUDIT-2"));
  worker.api.before = undefined;

  const { entries } = await auditOf();
  const of = (poNumber) => entries.filter((entry) => entry.poNumber === poNumber).map(({ n, at, previous, hash, ...entry }) => entry);
  assert.equal(status, 201);
  assert.deepEqual(of("AUDIT-1"), [{ who: "caller", what: "placed", poNumber: "AUDIT-1", orderId: placed.Id, amount: "50.00", currency: "USD", outcome: "created" }]);
  assert.deepEqual(of("AUDIT-2"), Array(2).fill({ who: "caller", what: "refused", poNumber: "AUDIT-2", amount: "50.00", currency: "USD", outcome: "bad_request" }));
});

test("the log names the campaign of a request to the API, and no PO number", LIMIT, async () => {
  const { id } = await pay("logged", people("logged", 3));

  const { PONumber } = worker.sandbox.orders().find(({ LineItems }) => LineItems.some((line) => line.DigitalDeliveryAddress?.Email === "logged0@example.org"));
  const said = worker.said.split("\n").filter((line) => line.includes(`"campaign":"${id}.0"`)).map((line) => JSON.parse(line));
  assert.deepEqual(said.map(({ type, path }) => `${type} ${path}`), ["request /v1/Orders", "response /v1/Orders"]);
  assert.ok(!worker.said.includes(PONumber));
});

test("the audit is written down once and whole though its Durable Object fails, and though the runtime is restarted again and again", LIMIT, async (t) => {
  const fails = ["async append(entries: NewEntry[]): Promise<void> {", "async append(entries: NewEntry[]): Promise<void> { if ((globalThis.tried = (globalThis.tried ?? 0) + 1) % 3 !== 0) throw new Error('fails');"];
  const changes = { limits: [...piecesOf(3_000), ["TOLD_MS = 60_000", "TOLD_MS = 100"]], "audit-log": [fails], "campaign-run": [['delay: "5 seconds"', 'delay: "20 milliseconds"']] };
  const failing = await startWorker({ sandbox: { available: "10000000.00", asyncThreshold: 100_000 }, changes });
  t.after(() => failing.dispose());
  failing.api.before = (request) => (request === "POST /v1/Orders" ? pause(150) : undefined);

  const [, { id, orders }] = await failing.campaign("failing", people("failing", 600));
  for (let restart = 0; restart < 3; restart += 1) {
    await pause(200);
    await failing.stop();
    await failing.start();
    await failing.tell(`/campaigns/${id}/resume`, { method: "POST" });
  }
  await failing.reach(id, "done");
  for (const end = Date.now() + 20_000; (await auditOf("", failing)).entries.filter(({ what }) => what === "resumed").length < 3; await pause(100)) {
    assert.ok(Date.now() < end, "the resumptions are not told");
  }

  const { entries, lines, last } = await auditOf("", failing);
  assert.deepEqual(await verifyAudit(lines, { last }), []);
  const count = (wanted) => entries.filter(({ what }) => what === wanted).length;
  assert.deepEqual(["posted", "approved", "resumed", "placed"].map(count), [1, 1, 3, orders]);
  assert.equal(new Set(entries.filter(({ what }) => what === "placed").map(({ orderId }) => orderId)).size, orders);
  assert.equal(failing.sandbox.orders().length, orders);
});

test("an order's id that is a number stands in the audit with all its digits", LIMIT, async (t) => {
  const numbered = await startWorker({ sandbox: { available: "10000000.00", asyncThreshold: 100_000 }, numericIds: true });
  t.after(() => numbered.dispose());

  await pay("digits", people("digits", 3), "", numbered);

  const { lines } = await auditOf("", numbered);
  assert.match(lines, /"orderId":"9007199254740993"/);
});

test("people hear of a campaign that lacks funds, of refused orders and of the end, each once, and of nobody in it", LIMIT, async (t) => {
  const hook = await startWebhook();
  const poor = await startWorker({
    sandbox: { available: "1000.00", asyncThreshold: 100_000 },
    bindings: { ALERT_WEBHOOK: hook.url },
    changes: { limits: [...piecesOf(3_000), ["ALERT_MS = 10_000", "ALERT_MS = 100"]], "campaign-run": [["const HOUR = 60 * 60_000", "const HOUR = 1_000"]] },
  });
  t.after(async () => {
    await poor.dispose();
    hook.close();
  });
  hook.refuses = 3;

  const [, { id }] = await poor.campaign("poor", people("poor", 200));
  await hook.until((alerts) => alerts.length > 0);
  // It has tried by itself meanwhile, and says nothing of that.
  await pause(2_500);
  const first = hook.of(id).map(({ kind }) => kind);
  let isFirst = true;
  poor.api.before = (request) => {
    if (request !== "POST /v1/Orders" || !isFirst) return undefined;
    isFirst = false;
    return { status: 400, body: {} };
  };
  poor.sandbox.fund("100000.00");
  poor.sandbox.settle("100000.00");
  await poor.tell(`/campaigns/${id}/resume`, { method: "POST" });
  await poor.reach(id, "done");
  await hook.until((alerts) => alerts.some(({ kind }) => kind === "done"));
  await pause(500);

  assert.deepEqual(first, ["unfunded"]);
  assert.deepEqual(hook.of(id).map(({ kind }) => kind).sort(), ["done", "refused", "unfunded"]);
  assert.ok(hook.tries > hook.alerts.length);
  const { text, at } = hook.alerts.find(({ kind }) => kind === "done");
  assert.match(text, new RegExp(`^Campaign ${id} is done: \\d+ orders placed, 1 refused\\.$`));
  assert.ok(Date.parse(at) > 0);
  const said = JSON.stringify(hook.alerts);
  for (const secret of ["example.org", "Person", "poor"]) assert.ok(!said.includes(secret), secret);
  assert.ok(!poor.said.includes("a-secret-path"));
});

test("people are deleted 30 days after the end; results without them, the audit and whom to pay stay", LIMIT, async () => {
  const { id } = await pay("kept", `${people("kept", 300)}bad,,,\n`, "&skipRejected=true");
  const [, waits] = await worker.review("kept in vain", people("vain", 3));

  await scheduled(Date.now() + 29 * DAY);
  const early = await fileOf(id, "results");
  // A few campaigns at a time.
  for (let turn = 0; turn < 15; turn += 1) await scheduled(Date.now() + 31 * DAY);
  const late = await fileOf(id, "results");
  const [claims, rejected] = await Promise.all(["claims", "rejected"].map((file) => fileOf(id, file)));
  const [forgotten] = await worker.tell(`/campaigns/${waits.id}`);
  const more = await pay("kept", people("kept", 302), `&after=${id}`);

  const withoutRecipients = rowsOf(early.text).map(([line, recipient, ...cells], row) => [line, row === 0 ? recipient : "", ...cells]);
  assert.match(early.text, /kept7@example\.org/);
  assert.deepEqual(rowsOf(late.text), withoutRecipients);
  assert.ok(!late.text.includes("example.org"));
  assert.deepEqual([claims.status, rejected.status, forgotten], [410, 404, 404]);
  assert.deepEqual([more.alreadyPaid, more.lines], [300, 2]);
  const { entries } = await auditOf(`?campaign=${id}`);
  assert.equal(entries.filter(({ what }) => what === "expired").length, 1);
  const { CAMPAIGNS } = await worker.miniflare.getBindings();
  for (const name of [id, `${id}.0`, `${id}.1`]) {
    const store = CAMPAIGNS.get(CAMPAIGNS.idFromName(name));
    for (const file of ["plan", "rejected 0", "rejected 1"]) assert.equal(await store.file(file, 0), undefined, `${file} of ${name}`);
  }
});

test("whose order is in doubt when a campaign is cancelled is not forgotten before that is settled", LIMIT, async () => {
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 503 } : undefined);
  const [, { id }] = await worker.campaign("doubt", people("doubt", 3));
  await worker.until(id, ({ states }) => states.unknown > 0);
  await worker.tell(`/campaigns/${id}/cancel`, { method: "POST" });
  const emptied = async () => {
    for (let turn = 0; turn < 15; turn += 1) await scheduled(Date.now() + 31 * DAY);
    return (await fileOf(id, "claims")).status === 410;
  };

  const early = await emptied();
  worker.api.before = undefined;
  await worker.until(id, ({ states }) => !states.unknown && !states.sent);
  const late = await emptied();

  assert.deepEqual([early, late], [false, true]);
});

test("a campaign that does not move is woken without anyone asking, and a person hears of it", LIMIT, async () => {
  worker.api.before = (request) => (request === "POST /v1/Orders" ? pause(100) : undefined);
  const [, { id }] = await worker.campaign("still", people("still", 200));
  const { RUNS } = await worker.miniflare.getBindings();
  for (const run of [`${id}-1`, `${id}_0-1`]) await RUNS.get(run).then((instance) => instance.terminate()).catch(() => undefined);
  worker.api.before = undefined;
  await pause(300);
  const [, { status }] = await worker.tell(`/campaigns/${id}`);

  await scheduled(Date.now() + DAY / 2);
  await worker.reach(id, "done");
  await hooked.until(() => hooked.of(id).some(({ kind }) => kind === "done"));

  assert.notEqual(status, "done");
  assert.deepEqual(hooked.of(id).map(({ kind }) => kind).sort(), ["done", "still"]);
  const paid = worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map((line) => line.DigitalDeliveryAddress?.Email ?? "")).filter((email) => email.startsWith("still"));
  assert.deepEqual([paid.length, new Set(paid).size], [200, 200]);
});

test("a clock that is set back puts no line of the audit before another", async () => {
  const { chained } = await sourceOf("audit-chain");

  const first = await chained({ what: "posted" }, 2_000, undefined);
  const second = await chained({ what: "approved" }, 1_000, first);
  const third = await chained({ what: "paused" }, 3_000, second);

  assert.deepEqual([first, second, third].map(({ at }) => Date.parse(at)), [2_000, 2_000, 3_000]);
  assert.deepEqual(await verifyAudit([first, second, third].map((line) => JSON.stringify(line)).join("\n")), []);
});

test("no log names a person, and none the webhook", LIMIT, () => {
  for (const secret of ["example.org", "Person", "a-secret-path"]) assert.ok(!worker.said.includes(secret), secret);
});
