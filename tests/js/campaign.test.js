// Campaigns through the package: from a file of recipients to orders, a ledger, a crash, a grown file and claim links.
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  AbortedError,
  AuthenticationError,
  Campaign,
  Catalog,
  ConfigError,
  GiftCardPartners,
  RecipientImport,
  TimeoutError,
  ValidationError,
  claimsCsv,
} from "giftcard-partners";
import * as orderEntry from "giftcard-partners/order";

import { LIMIT, bare, fastClock, json, rejection, setUp, thrown } from "./support.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A file that gives 10.00 to each, in this order. */
function imported(recipients, { type = "Links", entry = { RecipientImport }, message = () => "", duplicates } = {}) {
  const rows = recipients.map((name, place) => `${name}@example.org,INKWHISTLE,10,1,${name},${message(place)}`);
  const file = ["Email,Product,Value,Quantity,To,Message", ...rows].join("\n");
  const recipientImport = new entry.RecipientImport({ type, duplicates });
  recipientImport.push(encoder.encode(file));
  const report = recipientImport.finish();
  assert.equal(report.accepted, recipients.length, JSON.stringify(report.rejected));
  return report;
}

function planned(recipients, { maxLinesPerOrder = 1, after, ...options } = {}) {
  return imported(recipients, options).plan({ campaign: "spring", maxLinesPerOrder, after });
}

const people = (count) => Array.from({ length: count }, (_, place) => `r${place}`);
const bodies = (campaign) => [...campaign.orders()].map(({ body }) => JSON.parse(decoder.decode(body)));
const states = (campaign) => [...campaign.orders()].map(({ state }) => state);
const paid = (orders) => orders.flatMap(({ LineItems }) => LineItems.map((line) => line.Personalization.To)).sort();
const noSave = async () => {};

test("a file becomes orders under the same PO numbers each time", () => {
  const campaign = planned(people(5), { maxLinesPerOrder: 2 });

  const orders = [...campaign.orders()];

  assert.deepEqual(orders.map(({ lineCount }) => lineCount), [2, 2, 1]);
  assert.deepEqual(orders.map(({ faceValue }) => faceValue), ["20.00", "20.00", "10.00"]);
  const [body] = bodies(campaign);
  assert.deepEqual(Object.keys(body), ["Type", "LineItems", "PONumber"]);
  assert.equal(body.PONumber, orders[0].poNumber);
  assert.match(body.PONumber, /^[A-Z0-9-]{16,36}$/);
  const again = planned(people(5), { maxLinesPerOrder: 2 });
  assert.deepEqual([...again.orders()], orders);
  assert.deepEqual(campaign.next(), orders);
  assert.deepEqual(campaign.next(1), orders.slice(0, 1));
});

test("appended rows leave full orders alone, and a changed one changes its own", () => {
  const numbers = (campaign) => [...campaign.orders()].map(({ poNumber }) => poNumber);
  const before = numbers(planned(people(5), { maxLinesPerOrder: 2 }));

  const appended = numbers(planned(people(7), { maxLinesPerOrder: 2 }));
  const changed = numbers(planned(people(5), { maxLinesPerOrder: 2, message: (place) => (place === 2 ? "Well done" : "") }));

  assert.deepEqual(appended.slice(0, 2), before.slice(0, 2));
  assert.equal(appended.length, 4);
  assert.deepEqual(changed.map((number, place) => number === before[place]), [true, false, true]);
});

test("options of a plan that cannot be used are refused", () => {
  const report = imported(people(1));
  for (const options of [
    undefined,
    {},
    { campaign: "" },
    { campaign: 7 },
    { campaign: "spring", maxLinesPerOrder: 0 },
    { campaign: "spring", maxLinesPerOrder: 1001 },
    { campaign: "spring", maxLinesPerOrder: 1.5 },
    { campaign: "spring", maxLinesPerOrder: "10" },
    { campaign: "spring", salt: 7 },
    // Any half of a pair would be the same name.
    { campaign: "\ud800" },
    { campaign: "spring", salt: "\udbff" },
    { campaign: "spring", after: {} },
    { campaign: "spring", after: new Uint8Array() },
  ]) {
    assert.ok(thrown(() => report.plan(options)) instanceof ConfigError);
  }
});

test("an order id that is no text is refused, and none is fine", () => {
  const campaign = planned(people(2));
  const [{ poNumber }, other] = campaign.next();

  for (const orderId of [5, {}, "\ud800"]) {
    assert.ok(thrown(() => campaign.record(poNumber, "created", orderId)) instanceof ConfigError);
  }
  assert.deepEqual(states(campaign), ["planned", "planned"]);
  campaign.record(poNumber, "created", null);
  campaign.record(other.poNumber, "created", "O-1 \u{1f381}");
  assert.deepEqual([...campaign.orders()].map(({ orderId }) => orderId), [undefined, "O-1 \u{1f381}"]);
});

test("what is recorded is told by progress() and next(), and a success is never forgotten", () => {
  const campaign = planned(people(4));
  const [a, b, c, d] = [...campaign.orders()].map(({ poNumber }) => poNumber);

  campaign.record(a, "sent");
  campaign.record(a, "created", "ORDER-1");
  campaign.record(a, "rejected");
  campaign.record(b, "short");
  campaign.record(c, "rejected");
  campaign.record(d, "unknown");

  assert.deepEqual(states(campaign), ["created", "short", "rejected", "unknown"]);
  assert.equal([...campaign.orders()][0].orderId, "ORDER-1");
  assert.deepEqual(campaign.next().map(({ poNumber }) => poNumber), [b, d]);
  const one = { orders: 1, lines: 1, faceValue: "10.00" };
  assert.deepEqual(campaign.progress(), {
    planned: 0, short: 1, rejected: 1, sent: 0, unknown: 1, conflict: 0, reconciled: 0, created: 1,
    orders: 4, lines: 4, faceValue: "40.00",
    placed: one, remaining: { orders: 2, lines: 2, faceValue: "20.00" }, refused: one,
    done: false,
  });
  for (const act of [
    () => campaign.record("PO-1", "created"),
    () => campaign.record(a, "planned"),
    () => campaign.record(a, "done"),
    () => campaign.record(),
    () => campaign.next(-1),
    () => campaign.next("1"),
  ]) {
    assert.ok(thrown(act) instanceof ConfigError);
  }
});

test("every order of a campaign is sent once, its ledger saved before", LIMIT, async () => {
  const { sandbox, sent } = setUp();
  const { baseUrl, credentials } = sandbox;
  const campaign = planned(people(10), { maxLinesPerOrder: 2 });
  const kept = Campaign.fromBytes(campaign.toBytes());
  const seen = [];
  const early = [];
  const save = async (ledger) => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    kept.applyLedger(ledger);
  };
  const fetch = async (request) => {
    if (request.method === "POST" && request.url.endsWith("/Orders")) {
      const { PONumber } = await request.clone().json();
      const order = [...kept.orders()].find(({ poNumber }) => poNumber === PONumber);
      if (order.state !== "sent") early.push(PONumber);
    }
    return sandbox.fetch(request);
  };
  const client = new GiftCardPartners({ baseUrl, credentials, fetch });

  const progress = await client.placeCampaign(campaign, { save, concurrency: 2, onProgress: (now) => seen.push(now.created) });

  assert.equal(progress.created, 5);
  assert.equal(progress.done, true);
  assert.deepEqual(paid(sandbox.orders()), paid(bodies(campaign)));
  assert.deepEqual(seen, [1, 2, 3, 4, 5]);
  assert.deepEqual(early, [], "sent before that was saved");
  assert.deepEqual(states(kept), Array(5).fill("created"));
  const ids = new Set(sandbox.orders().map(({ Id }) => Id));
  assert.ok([...campaign.orders()].every(({ orderId }) => ids.has(orderId)));
  // Again: nothing is left to send, and nothing is.
  assert.deepEqual(await client.placeCampaign(campaign, { save: noSave }), progress);
  assert.equal(sent("POST", "/v1/Orders").length, 5);
});

test("whatever goes wrong on the way, each person is paid once", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { client, sandbox } = setUp({ maxRetries: 1 });
  const campaign = planned(people(12), { maxLinesPerOrder: 2 });
  for (const fault of ["drop-response", "504-html", "500", "429", "expire-token", "drop-response", "drop-response"]) sandbox.inject(fault);

  let progress;
  for (let run = 0; run < 5 && !progress?.done; run += 1) {
    // A limit of the API ends a run with an error; the next one goes on.
    await clock.run(client.placeCampaign(campaign, { save: noSave, concurrency: 3 })).catch(({ code }) => assert.equal(code, "rate_limited"));
    progress = campaign.progress();
  }

  assert.equal(progress.created + progress.reconciled, 6);
  assert.deepEqual(paid(sandbox.orders()), people(12).sort());
});

test("a run stops at 422 and goes on once there are funds", LIMIT, async () => {
  const { client, sandbox } = setUp({ sandbox: { available: "25.00", pending: "0" } });
  const campaign = planned(people(6));

  const stopped = await client.placeCampaign(campaign, { save: noSave, concurrency: 1 });

  assert.equal(stopped.created, 2);
  assert.equal(stopped.short, 1);
  assert.equal(stopped.planned, 3);
  assert.equal(stopped.done, false);
  sandbox.fund("100.00");
  sandbox.settle("100.00");
  const progress = await client.placeCampaign(campaign, { save: noSave });
  assert.equal(progress.created, 6);
  assert.deepEqual(paid(sandbox.orders()), people(6));
});

test("after a crash another process goes on from the saved ledger", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const campaign = planned(people(6));
  const bytes = campaign.toBytes();
  let saved;
  const crash = new Error("the process ended here");
  const save = async (ledger) => {
    // The third save never happens, nor does anything after it.
    if (saved?.count === 2) throw crash;
    saved = { ledger, count: (saved?.count ?? 0) + 1 };
  };
  await assert.rejects(client.placeCampaign(campaign, { save, concurrency: 1 }), (error) => error === crash);
  assert.equal(sandbox.orders().length, 2);

  const resumed = Campaign.fromBytes(bytes);
  resumed.applyLedger(saved.ledger);
  const { fetch, baseUrl, credentials } = sandbox;
  const progress = await new GiftCardPartners({ baseUrl, credentials, fetch }).placeCampaign(resumed, { save: noSave });

  assert.deepEqual(states(resumed), ["created", "reconciled", "created", "created", "created", "created"]);
  assert.equal(progress.done, true);
  assert.deepEqual(paid(sandbox.orders()), people(6));
});

test("a crash at any save and at any request loses nothing and sends nothing twice", LIMIT, async () => {
  const never = new Promise(() => {});
  let points = 0;
  for (let crashed = true; crashed; points += 1) {
    crashed = false;
    const { sandbox } = setUp();
    const { baseUrl, credentials } = sandbox;
    const campaign = planned(people(4));
    const bytes = campaign.toBytes();
    const cleanUp = new AbortController();
    let ledger = campaign.ledger();
    let passed = 0;
    let end;
    const ended = new Promise((resolve) => (end = resolve));
    const ends = () => {
      crashed ||= passed === points;
      passed += 1;
      if (crashed) end();
      return crashed;
    };
    // The process may end before each of them, and after, before anyone hears of it.
    const step = async (act) => (ends() ? never : act().then((result) => (ends() ? never : result)));
    // What is left of a process that ended must not keep this one alive.
    const limits = { timeoutMs: 500, deadlineMs: 500 };
    const client = new GiftCardPartners({ baseUrl, credentials, fetch: (request) => step(() => sandbox.fetch(request)), ...limits });
    const save = (bytes) =>
      step(async () => {
        await new Promise(setImmediate);
        ledger = bytes;
      });
    const run = client.placeCampaign(campaign, { save, concurrency: 2, signal: cleanUp.signal });

    await Promise.race([run, ended]);
    const resumed = Campaign.fromBytes(bytes);
    resumed.applyLedger(ledger);
    const unheardOf = new Set(resumed.next().filter(({ state }) => state === "planned").map(({ poNumber }) => poNumber));
    assert.ok(sandbox.orders().every(({ PONumber }) => !unheardOf.has(PONumber)), `after ${points} steps`);
    const { fetch } = sandbox;
    const progress = await new GiftCardPartners({ baseUrl, credentials, fetch }).placeCampaign(resumed, { save: noSave });

    assert.equal(progress.placed.orders, 4, `after ${points} steps`);
    assert.deepEqual(paid(sandbox.orders()), people(4), `after ${points} steps`);
    cleanUp.abort();
  }
  // A token, four orders, and a save for each two of them at least; each is two points.
  assert.ok(points > 14, `${points} points`);
});

test("the ledger is taken by a plan that is made again from the same file", () => {
  const campaign = planned(people(5), { maxLinesPerOrder: 2 });
  const [{ poNumber }] = campaign.orders();
  campaign.record(poNumber, "created", "ORDER-1");

  const again = planned(people(5), { maxLinesPerOrder: 2 });
  again.applyLedger(campaign.ledger());

  assert.deepEqual([...again.orders()], [...campaign.orders()]);
});

test("a save that fails sends nothing and rejects with what it threw", LIMIT, async () => {
  for (const fail of [async () => Promise.reject(new Error("disk full")), () => { throw new Error("disk full"); }]) {
    const { client, sent } = setUp();
    const campaign = planned(people(8));

    await assert.rejects(client.placeCampaign(campaign, { save: fail }), /^Error: disk full$/);

    assert.equal(sent("POST", "/v1/Orders").length, 0);
    // Nothing left, so nothing is in doubt.
    assert.equal(campaign.progress().planned, 8);
  }
});

test("saves follow one another, however many orders are sent at once", LIMIT, async () => {
  const { client } = setUp();
  let saving = 0;
  const save = async () => {
    saving += 1;
    assert.equal(saving, 1);
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    saving -= 1;
  };

  const progress = await client.placeCampaign(planned(people(20)), { save, concurrency: 8 });

  assert.equal(progress.created, 20);
});

test("no more orders are under way at once than was said", LIMIT, async () => {
  const { sandbox } = setUp();
  const { baseUrl, credentials } = sandbox;
  let now = 0;
  let most = 0;
  const fetch = async (request) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise(setImmediate);
    const answer = await sandbox.fetch(request);
    now -= 1;
    return answer;
  };
  const client = new GiftCardPartners({ baseUrl, credentials, fetch });

  await client.placeCampaign(planned(people(12)), { save: noSave, concurrency: 3 });

  assert.equal(most, 3);
});

test("the caller's signal ends the run, and what was under way is unknown until the next", LIMIT, async () => {
  const { sandbox } = setUp();
  const { baseUrl, credentials } = sandbox;
  const controller = new AbortController();
  const fetch = async (request) => {
    if (request.method === "POST" && request.url.endsWith("/Orders") && sandbox.orders().length === 1) controller.abort();
    return sandbox.fetch(request);
  };
  const client = new GiftCardPartners({ baseUrl, credentials, fetch });
  const campaign = planned(people(4));
  let ledger;
  const save = async (bytes) => (ledger = bytes);

  const error = await rejection(client.placeCampaign(campaign, { save, concurrency: 1, signal: controller.signal }));

  assert.ok(error instanceof AbortedError);
  assert.deepEqual(states(campaign), ["created", "unknown", "planned", "planned"]);
  const saved = Campaign.fromBytes(campaign.toBytes());
  saved.applyLedger(ledger);
  assert.deepEqual(states(saved), states(campaign));
  await client.placeCampaign(campaign, { save });
  assert.deepEqual(paid(sandbox.orders()), people(4));
  const before = await rejection(client.placeCampaign(planned(people(1)), { save, signal: AbortSignal.abort() }));
  assert.ok(before instanceof AbortedError);
});

test("a deadline ends the run itself, and there is none unless one is given", LIMIT, async (t) => {
  const clock = fastClock(t);
  const { sandbox } = setUp();
  const { baseUrl, credentials } = sandbox;
  const hour = 3_600_000;
  let first = true;
  // The second order takes an hour and is then answered.
  const fetch = async (request) => {
    if (request.method === "POST" && request.url.endsWith("/Orders") && sandbox.orders().length === 1 && first) {
      first = false;
      await new Promise((resolve) => setTimeout(resolve, hour));
    }
    return sandbox.fetch(request);
  };
  const client = new GiftCardPartners({ baseUrl, credentials, fetch, timeoutMs: 2 * hour, deadlineMs: 2 * hour });
  const campaign = planned(people(3));
  const before = Date.now();

  const error = await clock.run(rejection(client.placeCampaign(campaign, { save: noSave, concurrency: 1, deadlineMs: 60_000 })));

  assert.ok(error instanceof TimeoutError);
  assert.equal(Date.now() - before, 60_000);
  assert.deepEqual(states(campaign), ["created", "unknown", "planned"]);
  first = true;
  const progress = await clock.run(client.placeCampaign(campaign, { save: noSave, concurrency: 1 }));
  assert.equal(progress.done, true);
  assert.ok(clock.elapsed() > hour);
});

test("a rejected order does not stop the others, and refused credentials stop them all", LIMIT, async () => {
  const accept = (request) => request.json().then((order) => json({ Id: order.PONumber, Status: "Pending" }, 201));
  const rejecting = bare(async (request, attempt) => (attempt === 2 ? json({ message: "no" }, 400) : accept(request)));
  const rejected = planned(people(4));

  const progress = await rejecting.client.placeCampaign(rejected, { save: noSave, concurrency: 1 });

  assert.deepEqual(states(rejected), ["created", "rejected", "created", "created"]);
  assert.equal(progress.done, true);

  const refusing = bare(async (request, attempt) => (attempt > 1 ? json({}, 403) : accept(request)));
  const refused = planned(people(4));
  const error = await rejection(refusing.client.placeCampaign(refused, { save: noSave, concurrency: 1 }));
  assert.ok(error instanceof AuthenticationError);
  assert.deepEqual(states(refused), ["created", "planned", "planned", "planned"]);
  assert.equal(refusing.posts().length, 2);
});

test("an order's id that is a number is recorded as its text", LIMIT, async () => {
  const { client } = bare(async (request) => json({ id: 77, poNumber: (await request.json()).PONumber }, 201));
  const campaign = planned(people(1));

  await client.placeCampaign(campaign, { save: noSave });

  assert.deepEqual([...campaign.orders()].map(({ state, orderId }) => [state, orderId]), [["created", "77"]]);
});

test("a refusal of the token is held against no order and ends the run with its error", LIMIT, async () => {
  for (const status of [400, 401, 403, 409, 422, 500]) {
    const { sandbox, ...set } = setUp();
    const fetch = (request) => (request.url.endsWith("/v1/Tokens") ? Promise.resolve(json({}, status)) : sandbox.fetch(request));
    const { baseUrl, credentials } = sandbox;
    const client = new GiftCardPartners({ baseUrl, credentials, fetch, maxRetries: 0 });
    const campaign = planned(people(3));
    const [{ poNumber }] = campaign.orders();
    campaign.record(poNumber, "unknown");

    const error = await rejection(client.placeCampaign(campaign, { save: noSave }));

    assert.equal(error.outcome, "not-sent", String(status));
    assert.equal(error.status, status);
    // The credentials are refused by these alone.
    assert.equal(error instanceof AuthenticationError, status === 401 || status === 403);
    assert.deepEqual(states(campaign), ["unknown", "planned", "planned"]);
    assert.deepEqual(set.sent("POST", "/v1/Orders"), []);
  }
});

test("a refusal of the token that a 401 asked for is held against no order", LIMIT, async () => {
  for (const status of [400, 409, 422]) {
    let tokens = 0;
    const fetch = async ({ url, method }) => {
      if (url.endsWith("/v1/Tokens")) return (tokens += 1) === 1 ? json({ Value: "T", ExpiresIn: 3600 }) : json({}, status);
      return method === "POST" ? json({}, 401) : json({ Items: [] });
    };
    const client = new GiftCardPartners({ baseUrl: "https://api.example", credentials: { email: "e@example.org", accessToken: "S" }, fetch });
    const campaign = planned(people(2));

    const error = await rejection(client.placeCampaign(campaign, { save: noSave, concurrency: 1 }));

    assert.deepEqual([error.code, error.status], ["unexpected_status", status]);
    assert.deepEqual(states(campaign), ["planned", "planned"]);
  }
});

test("what the API says of a later attempt does not clear an earlier one", () => {
  const campaign = planned(people(2));
  const [first, second] = [...campaign.orders()].map(({ poNumber }) => poNumber);

  for (const outcome of ["sent", "unknown", "sent", "short", "rejected"]) campaign.record(first, outcome);
  for (const outcome of ["sent", "sent", "short"]) campaign.record(second, outcome);

  assert.deepEqual(states(campaign), ["unknown", "unknown"]);
  assert.equal(planned(people(2), { after: campaign }).alreadyPlanned, 2);
});

test("a save that never ends holds up neither the signal nor the deadline", LIMIT, async () => {
  for (const [options, kind] of [
    [{ deadlineMs: 50 }, TimeoutError],
    [{ signal: AbortSignal.timeout(50) }, AbortedError],
  ]) {
    const { client, sandbox } = setUp();
    const campaign = planned(people(2));

    const error = await rejection(client.placeCampaign(campaign, { save: () => new Promise(() => {}), ...options }));

    assert.ok(error instanceof kind);
    assert.deepEqual(states(campaign), ["planned", "planned"]);
    assert.deepEqual(sandbox.orders(), []);
  }
});

test("a refusal of an order that may exist leaves it in doubt", LIMIT, async () => {
  const { client } = bare(async (request) =>
    request.method === "POST" ? json({ message: "insufficient funds" }, 422) : json({ Items: [] }),
  );
  const campaign = planned(people(1));
  const [{ poNumber }] = campaign.orders();
  campaign.record(poNumber, "sent");

  await client.placeCampaign(campaign, { save: noSave });

  assert.deepEqual(states(campaign), ["unknown"]);
});

test("arguments of placeCampaign that cannot be used are refused before anything is sent", LIMIT, async () => {
  const { client, requests } = bare(async () => json({}, 500));
  const campaign = planned(people(1));
  for (const [given, options] of [
    [campaign, undefined],
    [campaign, null],
    [campaign, {}],
    [campaign, { save: "file" }],
    [campaign, { save: noSave, concurrency: 0 }],
    [campaign, { save: noSave, concurrency: 2.5 }],
    [campaign, { save: noSave, onProgress: 1 }],
    [campaign, { save: noSave, signal: {} }],
    [campaign, { save: noSave, deadlineMs: 0 }],
    [campaign, { save: noSave, deadlineMs: "1" }],
    [campaign, { save: noSave, signal: { aborted: false, addEventListener() {} } }],
    [campaign, { save: noSave, signal: { get aborted() { throw new Error("secret"); } } }],
    [campaign, { save: noSave, get signal() { throw new Error("secret"); } }],
    [campaign, new Proxy({}, { get: () => { throw new Error("secret"); } })],
    [undefined, { save: noSave }],
    [{ toBytes: () => new Uint8Array() }, { save: noSave }],
  ]) {
    const error = await rejection(client.placeCampaign(given, options));
    assert.ok(error instanceof ConfigError, error.message);
    assert.doesNotMatch(error.message, /secret/);
  }
  assert.equal(requests.length, 0);
  assert.deepEqual(states(campaign), ["planned"]);
});

test("an option of placeCampaign that is null is absent", LIMIT, async () => {
  const { client } = setUp();

  const progress = await client.placeCampaign(planned(people(2)), { save: noSave, concurrency: null, signal: null, deadlineMs: null, onProgress: null });

  assert.equal(progress.placed.orders, 2);
});

test("one handle is placed by one run at a time", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const campaign = planned(people(3));

  const [first, second] = await Promise.allSettled([
    client.placeCampaign(campaign, { save: noSave }),
    client.placeCampaign(campaign, { save: noSave }),
  ]);

  assert.equal(first.value.created, 3);
  assert.ok(second.reason instanceof ConfigError);
  assert.equal(sandbox.orders().length, 3);
});

test("a campaign over limits.maxCampaignValue is refused before anything is sent", LIMIT, async () => {
  const { client, sent } = setUp({ limits: { maxCampaignValue: "39.99" } });
  let saves = 0;

  const error = await rejection(client.placeCampaign(planned(people(4)), { save: async () => (saves += 1) }));

  assert.ok(error instanceof ValidationError);
  assert.equal(error.outcome, "not-sent");
  assert.equal(error.issues[0].code, "over_limit");
  assert.deepEqual([saves, sent("POST", "/v1/Orders").length], [0, 0]);
  const within = await client.placeCampaign(planned(people(3)), { save: noSave });
  assert.equal(within.created, 3);
});

test("a grown file pays nobody twice", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const first = planned(people(5), { maxLinesPerOrder: 2 });
  await client.placeCampaign(first, { save: noSave });

  // One row is mended, the rows are in another order, one recipient stands there twice, and two are new.
  const grown = ["r6", ...people(5).reverse(), "r5", "r0"];
  const second = planned(grown, { maxLinesPerOrder: 3, after: first, duplicates: "accept", message: (place) => (place === 2 ? "Well done" : "") });
  await client.placeCampaign(second, { save: noSave });

  assert.equal(second.alreadyPlanned, 5);
  assert.deepEqual(paid(sandbox.orders()), ["r0", "r0", "r1", "r2", "r3", "r4", "r5", "r6"]);
  const third = planned(grown, { after: Campaign.fromBytes(second.toBytes()), duplicates: "accept" });
  assert.equal(third.alreadyPlanned, 8);
  assert.deepEqual([...third.orders()], []);
  assert.equal(third.progress().done, true);
});

test("of payments that are all the same, one changed row changes its own order only, and each line has a name of its own", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const plan = (values) => {
    const rows = new RecipientImport({ type: "Links", defaults: { ProductId: "INKWHISTLE" } });
    rows.push(new TextEncoder().encode(`Value\n${values.join("\n")}\n`));
    return rows.finish().plan({ campaign: "links", maxLinesPerOrder: 3 });
  };
  const values = Array(12).fill(25);
  const before = plan(values);
  await client.placeCampaign(before, { save: noSave });

  for (const [place, value] of Object.entries({ 0: 50, 5: 10, 11: 100 })) {
    const after = plan(Object.assign([...values], { [place]: value }));
    const known = new Set([...before.orders()].map(({ poNumber }) => poNumber));
    assert.equal([...after.orders()].filter(({ poNumber }) => !known.has(poNumber)).length, 1, `row ${place}`);
  }
  await client.placeCampaign(plan([50, ...values.slice(1)]), { save: noSave });

  assert.equal(sandbox.orders().length, 5);
  for (const { LineItems } of bodies(before)) assert.equal(new Set(LineItems.map(({ ExternalId }) => ExternalId)).size, 3);
});

test("what is mended in a row beside recipient, product and value pays nobody again", () => {
  const plan = (type, file, after) => {
    const rows = new RecipientImport({ type });
    rows.push(new TextEncoder().encode(file));
    return rows.finish().plan({ campaign: "mended", ...(after ? { after } : {}) });
  };
  const paid = plan("DigitalDelivery", "email,product,value\na@b.co,Abc,5\n");
  for (const { poNumber } of paid.next()) paid.record(poNumber, "created");

  const mended = [
    ["DigitalDelivery", "email,sms,product,value\na@b.co,+15555555555,Abc,5\n"],
    ["DigitalDelivery", "email,product,value,message\nA@B.CO,ABC,5.00,Hello\n"],
    ["Links", "email,product,value\na@b.co,Abc,5\n"],
  ].map(([type, file]) => plan(type, file, paid));

  assert.deepEqual(mended.map(({ alreadyPlanned }) => alreadyPlanned), [1, 1, 1]);
  assert.equal(plan("DigitalDelivery", "email,product,value\na@b.co,Abc,6\n", paid).alreadyPlanned, 0);
});

test("of rows that pay the same, those are left out that were paid, wherever they stand", () => {
  const plan = (type, file, after) => {
    const rows = new RecipientImport({ type, duplicates: "accept" });
    rows.push(encoder.encode(file));
    return rows.finish().plan({ campaign: "alike", maxLinesPerOrder: 1, ...(after ? { after } : {}) });
  };
  const pay = (campaign) => {
    for (const { poNumber } of campaign.next()) campaign.record(poNumber, "created");
    return Campaign.fromBytes(campaign.toBytes());
  };
  const lines = (campaign) => bodies(campaign).flatMap(({ LineItems }) => LineItems.map(({ Quantity, Personalization }) => Personalization?.To ?? Quantity));

  const paid = pay(plan("Links", "To,Product,Value\nAnn,CVS,1O\nBob,CVS,10\nCid,CVS,10\n"));
  const mended = plan("Links", "To,Product,Value\nDan,CVS,10\nAnn,CVS,10\nBob,CVS,10\nCid,CVS,10\n", paid);
  assert.deepEqual(lines(mended), ["Dan", "Ann"]);
  // What campaigns before it paid is known by the rows too.
  assert.deepEqual(lines(plan("Links", "To,Product,Value\nEve,CVS,10\nCid,CVS,10\nDan,CVS,10\nAnn,CVS,10\nBob,CVS,10\n", pay(mended))), ["Eve"]);

  for (const [type, address] of [["DigitalDelivery", "a@example.org"], ["Links", ""]]) {
    const file = (value, message = "") => `Email,Product,Value,Quantity,Message\n${address},CVS,${value},1,${message}\n${address},CVS,10,100,${message}\n`;
    const hundred = pay(plan(type, file("1O")));
    assert.deepEqual(lines(plan(type, file("10"), hundred)), [1]);
    // Also where more was mended in both.
    assert.deepEqual(lines(plan(type, file("10", "Hello"), hundred)), [1]);
  }
});

test("ledgers merge in both directions to the same", () => {
  const campaign = planned(people(3));
  const [a, b, c] = [...campaign.orders()].map(({ poNumber }) => poNumber);
  const bytes = campaign.toBytes();
  const [left, right] = [Campaign.fromBytes(bytes), Campaign.fromBytes(bytes)];
  left.record(a, "created", "ORDER-1");
  left.record(b, "short");
  right.record(a, "unknown");
  right.record(b, "sent");
  right.record(c, "rejected");
  const [fromLeft, fromRight] = [left.ledger(), right.ledger()];

  left.applyLedger(fromRight);
  right.applyLedger(fromLeft);

  assert.deepEqual(left.ledger(), right.ledger());
  assert.deepEqual(states(left), ["created", "sent", "rejected"]);
  assert.ok(!decoder.decode(left.ledger()).includes("example.org"));
});

test("bytes that are cut, altered or another plan's are refused", () => {
  const campaign = planned(people(3));
  const ledger = campaign.ledger();
  const altered = ledger.slice();
  altered[10] ^= 1;
  for (const bytes of [ledger.slice(0, -1), altered, new Uint8Array(), planned(people(4)).ledger(), campaign.toBytes(), "ledger", undefined]) {
    assert.ok(thrown(() => campaign.applyLedger(bytes)) instanceof ConfigError);
  }
  assert.deepEqual(states(campaign), ["planned", "planned", "planned"]);
  for (const bytes of [ledger, campaign.toBytes().slice(0, -1), new Uint8Array(), null]) {
    assert.ok(thrown(() => Campaign.fromBytes(bytes)) instanceof ConfigError);
  }
});

test("a link of another amount is nobody's, though its ExternalId is the same", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const recipients = new RecipientImport({ type: "Links", defaults: { ProductId: "INKWHISTLE" } });
  recipients.push(new TextEncoder().encode("Name,Value,ExternalId\nBob,50,E1\nBob,25,E1\n"));
  const campaign = recipients.finish().plan({ campaign: "claims" });
  await client.placeCampaign(campaign, { save: noSave });
  const [order] = sandbox.orders();
  const reversed = [...order.LineItems].reverse();
  const rows = (LineItems) => decoder.decode(claimsCsv(campaign, [{ ...order, LineItems }])).trimEnd().split("\r\n").slice(1);

  const silent = rows(reversed.map(({ Value, Quantity, ...line }) => line));
  const told = rows(reversed);

  assert.deepEqual(silent.map((row) => /,not matched,/.test(row)), [true, true]);
  assert.deepEqual(
    told.map((row, place) => row.includes(order.LineItems[place].ClaimData[0].ClaimLink)),
    [true, true],
  );
});

test("claim links are joined to the rows of the spreadsheet", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const campaign = planned(people(3), { maxLinesPerOrder: 2 });
  await client.placeCampaign(campaign, { save: noSave });
  const [first] = campaign.orders();
  const orders = sandbox.orders().filter(({ PONumber }) => PONumber === first.poNumber);
  const [link] = orders[0].LineItems[0].ClaimData.map(({ ClaimLink }) => ClaimLink);

  const file = claimsCsv(campaign, orders);

  assert.deepEqual([...file.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  const [header, ...rows] = decoder.decode(file).trimEnd().split("\r\n").map((row) => row.split(","));
  const cell = (row, name) => row[header.indexOf(name)];
  assert.deepEqual(rows.map((row) => cell(row, "Line")), ["2", "3", "4"]);
  assert.deepEqual(rows.map((row) => cell(row, "Email")), people(3).map((name) => `${name}@example.org`));
  assert.equal(cell(rows[0], "ClaimLink"), link);
  assert.equal(cell(rows[2], "ClaimLink"), "");
  assert.equal(cell(rows[2], "Status"), "created");
  for (const orders of [undefined, 7, [1], {}]) {
    assert.ok(thrown(() => claimsCsv(campaign, orders)) instanceof ConfigError);
  }
});

test("a campaign is quoted against a catalog and a balance", LIMIT, async () => {
  const { client, sandbox } = setUp({ sandbox: { available: "45.00" } });
  const catalog = Catalog.from((await client.listProducts()).Items);
  const campaign = planned(people(6), { maxLinesPerOrder: 2 });

  const [quote, ...others] = campaign.quote(catalog, await client.accountBalance());

  assert.deepEqual(others, []);
  const { orders, lines, faceValue, available, covered } = quote;
  assert.deepEqual({ orders, lines, faceValue, available }, { orders: 3, lines: 6, faceValue: "60.00", available: "45.00" });
  assert.ok(quote.assumptions.length > 0);
  // As many as the quote says are placed.
  await client.placeCampaign(campaign, { save: noSave, concurrency: 1 });
  assert.equal(sandbox.orders().length, covered);
  assert.equal(campaign.quote(catalog)[0].orders, 3 - covered);
  assert.deepEqual(campaign.quote(catalog, null), campaign.quote(catalog));
  const foreign = orderEntry.Catalog.from(catalog.toBytes());
  assert.deepEqual(campaign.quote(foreign), campaign.quote(catalog));
  for (const act of [() => campaign.quote(), () => campaign.quote(catalog, {})]) {
    assert.ok(thrown(act) instanceof ConfigError);
  }
  assert.ok(thrown(() => campaign.quote(Catalog.from([{ Id: "OTHER" }]))) instanceof ValidationError);
});

test("the ledger is held against the history", LIMIT, async () => {
  const { client, sandbox } = setUp();
  const campaign = planned(people(4));
  await client.placeCampaign(campaign, { save: noSave });
  const orders = sandbox.orders();
  assert.equal(campaign.reconcile(orders).matched, 4);

  const [a, b] = campaign.orders();
  const changed = { ...orders.find(({ PONumber }) => PONumber === b.poNumber), Type: "PhysicalShipment" };
  const report = campaign.reconcile(new Set([changed, { Id: "OTHER", PONumber: "PO-1" }]));

  assert.equal(report.missing.length, 3);
  assert.equal(report.missing[0].poNumber, a.poNumber);
  assert.deepEqual(report.different.map(({ poNumber }) => poNumber), [b.poNumber]);
  assert.deepEqual([report.extra.length, report.matched, report.others], [0, 0, 1]);
});

test("whom a lost order may have paid is left out, also where the API shows its texts otherwise than they were sent", LIMIT, async () => {
  const { sandbox } = setUp();
  // An API that escapes what it shows: the order that is there looks like another one.
  const fetch = async (request) => {
    const answer = await sandbox.fetch(request);
    if (request.method !== "GET") return answer;
    return new Response((await answer.text()).replaceAll(" & ", " &amp; "), answer);
  };
  const client = new GiftCardPartners({ baseUrl: sandbox.baseUrl, credentials: sandbox.credentials, fetch });
  const thanks = { message: () => "Thanks & enjoy", maxLinesPerOrder: 2 };
  const first = planned(people(2), thanks);
  sandbox.inject("drop-response");
  const progress = await client.placeCampaign(first, { save: noSave });
  const restored = Campaign.fromBytes(first.toBytes());
  const merged = planned(people(2), thanks);
  merged.applyLedger(first.ledger());

  assert.deepEqual([progress.conflict, progress.refused.orders, progress.done], [1, 1, true]);
  assert.deepEqual(states(first), ["conflict"]);
  for (const after of [first, restored, merged]) {
    const second = planned(people(3), { ...thanks, after });
    assert.deepEqual([second.alreadyPlanned, second.progress().lines], [2, 1]);
    assert.deepEqual(after.progress(), progress);
  }
  // By hand, as a loop of one's own would say it.
  const known = planned(people(2), thanks);
  for (const word of ["sent", "unknown", "conflict"]) known.record(known.next(1)[0].poNumber, word);
  const clean = planned(people(2), thanks);
  for (const word of ["sent", "conflict"]) clean.record(clean.next(1)[0].poNumber, word);
  assert.deepEqual([known, clean].map((after) => planned(people(3), { ...thanks, after }).alreadyPlanned), [2, 0]);
});

test("a listener that rejects later is its own affair", LIMIT, async (t) => {
  const unhandled = [];
  const heard = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", heard);
  t.after(() => process.off("unhandledRejection", heard));
  const listener = async () => {
    throw new Error("a dashboard that is down");
  };
  const { client } = setUp({ sandbox: { asyncThreshold: 0, fulfillmentMs: 1 }, onEvent: listener });

  const progress = await client.placeCampaign(planned(people(2)), { save: noSave, onProgress: listener });
  const order = await client.waitForOrder((await client.createOrder({ Type: "Links", PONumber: "LATER", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }] })).order.Id, {
    onUpdate: listener,
  });
  await new Promise(setImmediate);

  assert.deepEqual([progress.done, order.PONumber, unhandled], [true, "LATER", []]);
});

test("five thousand small campaigns out of their bytes are held at once", () => {
  const bytes = planned(people(2)).toBytes();

  const held = Array.from({ length: 5_000 }, () => Campaign.fromBytes(bytes));

  assert.equal(held.at(-1).progress().lines, 2);
  for (const campaign of held) campaign.free();
});
