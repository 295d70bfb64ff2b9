// The starter Worker's campaigns in real workerd: Workflow, Durable Objects and KV, stopped and started, unfunded, paused, and lied to.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, afterEach, before, test } from "node:test";

import { Campaign, RecipientImport, verifyCallbackUrl } from "giftcard-partners";

import { LIMIT, ORIGIN, SECRET, TOKEN, assertEachOnce, csv, piecesOf, startWorker } from "./worker.js";

let worker;
before(async () => (worker = await startWorker({ sandbox: { available: "1000000.00", asyncThreshold: 1_000 } })), LIMIT);
afterEach(() => (worker.api.before = undefined));
after(() => worker?.dispose());

/** A plan as another program makes it. */
function planned(campaign, rows, { maxLinesPerOrder = 10, ...more } = {}) {
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  recipients.push(new TextEncoder().encode(csv(rows, more)));
  return recipients.finish().plan({ campaign, maxLinesPerOrder });
}

const OCTETS = { "content-type": "Application/Octet-Stream; charset=binary" };
const sendPlan = (name, plan) => worker.campaign(name, plan.toBytes(), "", OCTETS);
const poNumbersOf = (plan) => [...plan.orders()].map(({ poNumber }) => poNumber);
/** The sandbox's orders of a plan. */
const ordersOf = (plan) => {
  const own = new Set(poNumbersOf(plan));
  return worker.sandbox.orders().filter(({ PONumber }) => own.has(PONumber));
};
const assertPlaced = (plan) => assertEachOnce({ orders: () => ordersOf(plan) }, poNumbersOf(plan));
const emailsOf = (orders) => orders.flatMap(({ LineItems }) => LineItems.map(({ DigitalDeliveryAddress: { Email } }) => Email)).sort();

test("a streamed file becomes a campaign that is placed, each row once", LIMIT, async () => {
  const bytes = new TextEncoder().encode(csv(700));
  const chunks = Array.from({ length: 40 }, (_, part) => bytes.slice(part * 1_000, (part + 1) * 1_000)).filter(({ length }) => length);
  const stream = new ReadableStream({ pull: (controller) => (chunks.length ? controller.enqueue(chunks.shift()) : controller.close()) });
  const seen = worker.sandbox.orders().length;

  const [status, started] = await worker.campaign("spring", stream);
  const done = await worker.reach(started.id, "done");

  assert.deepEqual([status, started.rows, started.accepted, started.orders], [202, 700, 700, 2]);
  assert.deepEqual([done.states, done.lines, done.pending, done.refused], [{ created: 2 }, 700, 0, []]);
  const emails = emailsOf(worker.sandbox.orders().slice(seen));
  assert.deepEqual(emails, Array.from({ length: 700 }, (_, row) => `person${row}@example.org`).sort());
});

test("the same file again is the same campaign; another one under its name, or for another value, is refused", LIMIT, async () => {
  const [, first] = await worker.campaign("summer", csv(5));
  await worker.reach(first.id, "done");
  const seen = worker.sandbox.orders().length;

  const [again, progress] = await worker.campaign("summer", csv(5));
  const [other, refused] = await worker.campaign("summer", csv(6));
  const [otherDefaults] = await worker.campaign("summer", csv(5), "&productId=CVS");

  assert.deepEqual([again, progress.id, progress.status], [200, first.id, "done"]);
  assert.deepEqual([other, refused.code, otherDefaults], [409, "conflict", 409]);
  assert.equal(worker.sandbox.orders().length, seen);
});

test("a campaign is imported once at a time, and an upload that breaks off leaves nothing", LIMIT, async () => {
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const parts = [csv(2), csv(4).split("\n").slice(3).join("\n")].map((text) => new TextEncoder().encode(text));
  const slow = new ReadableStream({
    async pull(controller) {
      if (parts.length === 1) await finished;
      if (parts.length === 0) return controller.close();
      controller.enqueue(parts.shift());
    },
  });
  const first = worker.campaign("twice", slow);
  const known = createHash("sha256").update("twice").digest("hex").slice(0, 24);
  while ((await worker.tell(`/campaigns/${known}`))[1].status !== "importing");
  const [second] = await worker.campaign("twice", csv(4));
  finish();
  const [status, { id, accepted }] = await first;
  await worker.reach(id, "done");

  const broken = new ReadableStream({
    pull(controller) {
      if (broken.begun) return controller.error(new Error("the line is cut"));
      broken.begun = true;
      controller.enqueue(new TextEncoder().encode(csv(2)));
    },
  });
  await worker.campaign("cut", broken).catch(() => undefined);
  const [again, whole] = await worker.campaign("cut", csv(3));
  await worker.reach(whole.id, "done");

  assert.deepEqual([second, status, id, accepted], [409, 202, known, 4]);
  assert.deepEqual([again, whole.accepted], [202, 3]);
  const emails = emailsOf(worker.sandbox.orders().slice(-2));
  assert.deepEqual(emails, [0, 0, 1, 1, 2, 2, 3].map((row) => `person${row}@example.org`));
});

test("an import that ended without a word leaves nobody's data, and what comes after it keeps its own", LIMIT, async () => {
  const quick = await startWorker({ changes: { limits: [["ABANDONED_MS = 5 * 60_000", "ABANDONED_MS = 1_500"]] } });
  try {
    const { CAMPAIGNS } = await quick.miniflare.getBindings();
    const store = (id) => CAMPAIGNS.get(CAMPAIGNS.idFromName(id));
    const begin = async (name, children) => {
      const id = createHash("sha256").update(name).digest("hex").slice(0, 24);
      const { import: number } = await store(id).open(name, id, { id: "caller" });
      for (let child = 0; child < children; child += 1) {
        const childStore = store(`${id}.${child}`);
        const orders = [{ poNumber: `${name}-${child}`, lineCount: 1, mayExist: false, cost: { total: "25.00" } }];
        const parts = [new TextEncoder().encode('{"a":"person"}')];
        await childStore.openChild(id, child, number, { parts, offset: 0, orders, isWhole: child > 0 });
        if (child === 0) await childStore.closeChild(number);
      }
      return { id, number };
    };
    const isEmpty = async (id) => (await store(id).summary()) === undefined && (await store(id).progress()).orders === 0;
    const gone = async (id) => {
      for (const end = Date.now() + 30_000; !(await isEmpty(id)); ) {
        assert.ok(Date.now() < end, `${id} is still there`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };

    const dead = await begin("dead", 2);
    const [busy] = await quick.campaign("dead", csv(3));
    const overtaken = await begin("overtaken", 3);
    await gone(overtaken.id);
    const [status, { id }] = await quick.campaign("overtaken", csv(3));
    for (const left of [dead.id, `${dead.id}.0`, `${dead.id}.1`, `${overtaken.id}.1`, `${overtaken.id}.2`]) await gone(left);
    const late = await store(dead.id).close(dead.number, "digest", 2, [], { sums: {}, largest: {} }, "caller").then(() => "closed", () => "refused");
    await quick.reach(id, "done");

    assert.deepEqual([busy, status, id, late], [409, 202, overtaken.id, "refused"]);
    assert.deepEqual(emailsOf(quick.sandbox.orders()), [0, 1, 2].map((row) => `person${row}@example.org`));
  } finally {
    await quick.dispose();
  }
});

test("a campaign that was imported and could not be started keeps its orders; the same file again starts it", LIMIT, async () => {
  const create = "await env.RUNS.create(";
  const once = `if (!globalThis.failed) { globalThis.failed = true; throw new Error("no Workflow today"); } ${create}`;
  const failing = await startWorker({ changes: { "campaign-run": [[create, once]] } });
  try {
    const [failed] = await failing.campaign("unstarted", csv(5));
    const [status, { id }] = await failing.campaign("unstarted", csv(5));
    await failing.reach(id, "done");

    assert.deepEqual([failed, status], [500, 200]);
    assert.equal(emailsOf(failing.sandbox.orders()).length, 5);
  } finally {
    await failing.dispose();
  }
});

test("an upload that is slow is not given up, a file's or a plan's", LIMIT, async () => {
  const quick = await startWorker({ changes: { limits: [["ABANDONED_MS = 5 * 60_000", "ABANDONED_MS = 1_500"]] } });
  const slowly = (bytes) => {
    const size = Math.ceil(bytes.length / 20);
    let at = 0;
    return new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        if (at >= bytes.length) return controller.close();
        controller.enqueue(new Uint8Array(bytes.subarray(at, (at += size))));
      },
    });
  };
  try {
    const plan = planned("slow plan", 20);
    const [file, ofPlan] = await Promise.all([
      quick.campaign("slow", slowly(Buffer.from(csv(20)))),
      quick.campaign("slow plan", slowly(plan.toBytes()), "", OCTETS),
    ]);
    for (const [, { id }] of [file, ofPlan]) await quick.reach(id, "done");

    assert.deepEqual([file[0], ofPlan[0]], [202, 202]);
    assert.equal(emailsOf(quick.sandbox.orders()).length, 40);
  } finally {
    await quick.dispose();
  }
});

test("rows to mend are listed by their lines and nothing is sent; what is right can be sent without them", LIMIT, async () => {
  const file = `${csv(3)}not an address,X,INKWHISTLE,25\nmiddle@example.org,"Y\nZ",INKWHISTLE,25\nlast@example.org,Z,INKWHISTLE,\n`;
  const seen = worker.sandbox.orders().length;

  const [status, answer] = await worker.campaign("mend", file);
  const [missing] = await worker.tell(`/campaigns/${"0".repeat(24)}`);
  const [noId] = await worker.tell("/campaigns/x");
  assert.equal(worker.sandbox.orders().length, seen);
  const [skipped, started] = await worker.campaign("mend", file, "&skipRejected=true");
  const done = await worker.reach(started.id, "done");

  assert.deepEqual([status, answer.code, answer.accepted, answer.rejected, missing, noId], [400, "validation_failed", 3, 3, 404, 404]);
  assert.deepEqual(answer.rejectedRows.map(({ line, issues: [{ code }] }) => [line, code]), [[5, "invalid_email"], [6, "control_character"], [8, "required"]]);
  assert.doesNotMatch(JSON.stringify(answer), /not an address|example\.org/);
  assert.deepEqual([skipped, done.lines], [202, 3]);
});

test("what is no file to import is refused with the reason, and its name stays free", LIMIT, async () => {
  const refusals = [
    await worker.campaign("odd", ""),
    await worker.campaign("odd", "email,value\n"),
    await worker.campaign("odd", Buffer.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0])),
    await worker.campaign("odd", csv(2), "&type=Nothing"),
    await worker.campaign("odd", csv(2), "&value=much"),
    await worker.campaign("odd", `${csv(2)}"${"x".repeat(300_000)}`),
    await worker.campaign("odd", "no plan at all", "", OCTETS),
    await worker.campaign("", csv(2)),
    await worker.campaign("x".repeat(201), csv(2)),
  ];
  const [status, { id }] = await worker.campaign("odd", csv(2));

  assert.deepEqual(refusals.map(([status]) => status), [400, 400, 415, 400, 400, 400, 400, 400, 400]);
  assert.ok(refusals.every(([, { code, message }]) => code && message.length > 20), JSON.stringify(refusals));
  assert.equal(status, 202);
  await worker.reach(id, "done");
});

test("a file that was cut wrongly is refused before anything starts", LIMIT, async () => {
  // As if a cell's line breaks were rows: each row's second line is a row of its own then.
  const changes = { "csv-records": [["QUOTE = 0x22", "QUOTE = 0x00"]], limits: piecesOf(200) };
  const wrong = await startWorker({ changes });
  try {
    const file = `email,name,product,value\n${'a@example.org,"Ada\nL.",INKWHISTLE,25\n'.repeat(40)}`;

    const [status, { code, line }] = await wrong.campaign("wrong", file, "&skipRejected=true");
    const [free] = await wrong.campaign("wrong", csv(2));

    assert.deepEqual([status, code, line], [400, "unsupported_file", 2]);
    assert.equal(free, 202);
  } finally {
    await wrong.dispose();
  }
});

test("a file of several pieces is paid as it stands: a stray quote in its header, one encoding in all", LIMIT, async () => {
  const small = await startWorker({ changes: { limits: piecesOf(200) } });
  const windows = (text) => Buffer.from(text, "latin1");
  const people = (name) => csv(12).replaceAll("Person", name);
  try {
    const [status, { id, accepted }] = await small.campaign("stray", csv(60).replace("name", 'Prize 5" screen'));
    await small.reach(id, "done");
    const placed = emailsOf(small.sandbox.orders());
    const mixes = [
      Buffer.concat([Buffer.from(people("Zoé")), windows(people("Zoé").replace(/.*\n/, ""))]),
      Buffer.concat([windows(people("Zoé")), Buffer.from(people("Zoé").replace(/.*\n/, ""))]),
    ];
    const mixed = [];
    for (const file of mixes) mixed.push(await small.campaign("mixed", file, "&skipRejected=true"));
    const seen = small.sandbox.orders().length;
    const [alike, { id: likeId }] = await small.campaign("mixed", windows(people("Zoé")));
    const [open, refused] = await small.campaign("open", `email,"name\n${csv(3_000)}`);
    await small.reach(likeId, "done");

    assert.deepEqual([status, accepted], [202, 60]);
    assert.deepEqual(placed, Array.from({ length: 60 }, (_, row) => `person${row}@example.org`).sort());
    assert.deepEqual(mixed.map(([status, { code }]) => [status, code]), Array(2).fill([400, "invalid_encoding"]));
    assert.equal(alike, 202);
    const names = new Set(small.sandbox.orders().slice(seen).flatMap(({ LineItems }) => LineItems.map((line) => line.Personalization.To.slice(0, 3))));
    assert.deepEqual([...names], ["Zoé"]);
    assert.deepEqual([open, refused.code, refused.line], [400, "validation_failed", 1]);
  } finally {
    await small.dispose();
  }
});

test("a plan's bytes are placed as planned, and what it has placed already is left out", LIMIT, async () => {
  const plan = planned("autumn", 50);
  const [first, second] = poNumbersOf(plan);
  plan.record(first, "created", "order-1");
  plan.record(second, "unknown");

  const [status, { id, accepted }] = await sendPlan("autumn", plan);
  const done = await worker.reach(id, "done");
  const [again] = await sendPlan("autumn", plan);

  assert.deepEqual([status, accepted, done.orders, again], [202, 4, 4, 200]);
  assertEachOnce({ orders: () => ordersOf(plan) }, poNumbersOf(plan).slice(1));
});

test("orders carry a signed callback; one that may exist keeps the bytes that it was sent with", LIMIT, async () => {
  const plan = planned("callbacks", 20);
  const [first, second] = plan.next();
  plan.record(first.poNumber, "unknown");

  const [, { id }] = await sendPlan("callbacks", plan);
  await worker.reach(id, "done");

  const sent = (poNumber) => worker.posts().find(({ body }) => JSON.parse(body).PONumber === poNumber).body;
  assert.equal(sent(first.poNumber), Buffer.from(first.body).toString());
  const { WebhookSettings, ...order } = JSON.parse(sent(second.poNumber));
  assert.deepEqual(order, JSON.parse(Buffer.from(second.body).toString()));
  assert.deepEqual(await verifyCallbackUrl(WebhookSettings.FulfillmentComplete, SECRET), { poNumber: second.poNumber });
});

test("without enough funds it stops, and goes on when it is funded and resumed", LIMIT, async () => {
  const poor = await startWorker({ sandbox: { available: "1100.00" } });
  try {
    const plan = planned("poor", 100);
    const [, { id }] = await poor.campaign("poor", plan.toBytes(), "", OCTETS);

    const unfunded = await poor.reach(id, "unfunded");
    const early = poor.sandbox.orders().length;
    poor.sandbox.fund("5000.00");
    poor.sandbox.settle("5000.00");
    const [resumed] = await poor.tell(`/campaigns/${id}/resume`, { method: "POST" });
    const done = await poor.reach(id, "done");

    assert.deepEqual([early, unfunded.states.created, resumed], [4, 4, 202]);
    assert.deepEqual(done.states, { created: 10 });
    assertEachOnce(poor.sandbox, poNumbersOf(plan));
  } finally {
    await poor.dispose();
  }
});

test("a paused campaign sends nothing until it is resumed; one that has ended cannot be paused", LIMIT, async () => {
  const plan = planned("pausing", 300, { maxLinesPerOrder: 3 });
  let hold;
  let arrive;
  const held = new Promise((resolve) => (hold = resolve));
  const arrived = new Promise((resolve) => (arrive = resolve));
  let waiting = 0;
  worker.api.before = (request) => (request === "POST /v1/Orders" ? ((waiting += 1) === 4 && arrive(), held) : undefined);
  const [, { id }] = await sendPlan("pausing", plan);
  await arrived;

  const [paused, { underWay }] = await worker.tell(`/campaigns/${id}/pause`, { method: "POST" });
  hold();
  const { states } = await worker.until(id, ({ states, underWay }) => states.created >= 4 && underWay === 0);
  const [, { status }] = await worker.tell(`/campaigns/${id}`);
  await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  await worker.reach(id, "done");
  const [late] = await worker.tell(`/campaigns/${id}/pause`, { method: "POST" });

  assert.deepEqual([paused, status, underWay, states.created, states.planned], [202, "paused", 4, 4, 96]);
  assert.equal(late, 404);
  assertPlaced(plan);
});

test("an order whose fate is unknown is sent again under the same PO number with the same bytes", LIMIT, async () => {
  const plan = planned("lost", 30);
  let lost = 0;
  // The first is placed and its answer lost; then nothing answers for a while.
  worker.sandbox.inject("drop-response");
  worker.api.before = (request) => (request.includes("/v1/Orders") && (lost += 1) > 1 && lost <= 14 ? { status: 503 } : undefined);

  const [, { id }] = await sendPlan("lost", plan);
  const unknown = await worker.until(id, ({ states }) => states.unknown > 0);
  const done = await worker.reach(id, "done");

  assert.ok(unknown.states.unknown >= 1);
  assert.equal((done.states.created ?? 0) + done.states.reconciled, 3);
  assertPlaced(plan);
  for (const poNumber of poNumbersOf(plan)) {
    const bodies = worker.posts().map(({ body }) => body).filter((body) => JSON.parse(body).PONumber === poNumber);
    assert.equal(new Set(bodies).size, 1);
  }
});

test("an order whose answer was lost and that took the last funds is found, though the API says that they are short", LIMIT, async () => {
  const plan = planned("last", 10);
  let posts = 0;
  worker.sandbox.inject("drop-response");
  worker.api.before = (request) => {
    if (request === "POST /v1/Orders" && (posts += 1) === 1) return undefined;
    // Nothing answers while it is lost; then every order is one too many.
    return posts <= 4 ? { status: 503 } : request === "POST /v1/Orders" ? { status: 422 } : undefined;
  };

  const [, { id }] = await sendPlan("last", plan);
  const done = await worker.reach(id, "done");

  assert.deepEqual(done.states, { reconciled: 1 });
  assertPlaced(plan);
});

test("an order that is in doubt is not called short where the history does not have it", LIMIT, async () => {
  const plan = planned("doubt", 10);
  let posts = 0;
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: (posts += 1) <= 4 ? 503 : 422 } : undefined);

  const [, { id }] = await sendPlan("doubt", plan);
  const unfunded = await worker.reach(id, "unfunded");
  worker.api.before = undefined;
  await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  const done = await worker.reach(id, "done");

  assert.deepEqual([unfunded.states, done.states], [{ unknown: 1 }, { created: 1 }]);
  assertPlaced(plan);
});

test("where the API asks to be left alone for long, nothing more is sent until somebody resumes", LIMIT, async () => {
  const plan = planned("alone", 200);
  worker.sandbox.inject({ fault: "429", retryAfterSeconds: 400 * 24 * 3_600, times: 4 });
  const seen = worker.posts().length;

  const [, { id }] = await sendPlan("alone", plan);
  await worker.until(id, () => worker.posts().length >= seen + 4);
  await worker.until(id, ({ states }) => states.planned === 20);
  const early = worker.posts().length;
  const [resumed] = await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  await worker.reach(id, "done");

  assert.deepEqual([early, resumed], [seen + 4, 202]);
  assertPlaced(plan);
});

test("however long the API asks to be left alone, it is asked again in an hour", LIMIT, async () => {
  const hourly = await startWorker({ changes: { "campaign-run": [["HOUR = 60 * 60_000", "HOUR = 1_000"]] } });
  try {
    const plan = planned("hourly", 20);
    hourly.sandbox.inject({ fault: "429", retryAfterSeconds: 400 * 24 * 3_600, times: 4 });

    const [, { id }] = await hourly.campaign("hourly", plan.toBytes(), "", OCTETS);
    await hourly.reach(id, "done");

    assertEachOnce(hourly.sandbox, poNumbersOf(plan));
  } finally {
    await hourly.dispose();
  }
});

test("a single refusal of the credentials stops no campaign", LIMIT, async () => {
  const plan = planned("refused once", 60);
  let posts = 0;
  worker.api.before = (request) => (request === "POST /v1/Orders" && (posts += 1) === 1 ? { status: 403 } : undefined);

  const [, { id }] = await sendPlan("refused once", plan);
  const done = await worker.reach(id, "done");

  assert.deepEqual(done.states, { created: 6 });
  assertPlaced(plan);
});

test("a refusal of the token is held against no order", LIMIT, async () => {
  const other = await startWorker();
  try {
    for (const status of [400, 409, 422]) {
      const plan = planned(`token ${status}`, 20);
      let refusals = 0;
      other.api.before = (request) => {
        if (request === "POST /v1/Orders") return { status: 401 };
        return request === "POST /v1/Tokens" && (refusals += 1) <= 2 ? { status } : undefined;
      };
      const [, { id }] = await other.campaign(`token ${status}`, plan.toBytes(), "", OCTETS);
      await other.until(id, () => refusals >= 2);
      other.api.before = undefined;
      const done = await other.reach(id, "done");

      assert.deepEqual(done.states, { created: 2 }, String(status));
    }
  } finally {
    await other.dispose();
  }
});

test("an order that the API refuses for what it holds is named, and the others are placed", LIMIT, async () => {
  const plan = planned("refusal", 30);
  let first = true;
  worker.api.before = (request) => {
    if (request !== "POST /v1/Orders" || !first) return undefined;
    first = false;
    return { status: 400, body: { Message: "person0@example.org is refused" } };
  };

  const [, { id }] = await sendPlan("refusal", plan);
  const done = await worker.reach(id, "done");

  assert.deepEqual(done.states, { created: 2, rejected: 1 });
  assert.deepEqual(done.refused.map(({ state, answer }) => [state, answer]), [["rejected", { Message: "person0@example.org is refused" }]]);
  assert.ok(poNumbersOf(plan).includes(done.refused[0].poNumber));
});

test("pending orders end with their callbacks: repeated, early and forged ones do no harm", LIMIT, async () => {
  const slow = await startWorker({ sandbox: { asyncThreshold: 0, fulfillmentMs: 3_600_000 } });
  try {
    const [, { id }] = await slow.campaign("pending", planned("pending", 100, { value: 10 }).toBytes(), "", OCTETS);
    const waiting = await slow.reach(id, "waiting");
    const hooks = slow.posts().map(({ body }) => JSON.parse(body).WebhookSettings.FulfillmentComplete);
    const call = async (url) => {
      const { pathname, search } = new URL(url);
      const answer = await slow.open(pathname + search, { method: "POST", body: "{}" });
      await answer.text();
      return answer.status;
    };

    const early = await call(hooks[0]);
    const forged = await call(hooks[0].replace(/sig=./, "sig=_"));
    const [, untouched] = await slow.tell(`/campaigns/${id}`);
    slow.sandbox.advance(3_600_000);
    const called = [];
    for (const { url, body } of slow.sandbox.webhooks()) {
      assert.ok(url.startsWith(ORIGIN) && body.PONumber);
      called.push(await call(url), await call(url));
    }
    const done = await slow.reach(id, "done");

    assert.deepEqual([waiting.pending, early, forged, untouched.pending], [10, 204, 401, 10]);
    assert.deepEqual(called, Array(20).fill(204));
    assert.equal(done.pending, 0);
  } finally {
    await slow.dispose();
  }
});

test("without callbacks, pending orders are looked at until they are done", LIMIT, async () => {
  const slow = await startWorker({ sandbox: { asyncThreshold: 0, fulfillmentMs: 100 }, bindings: { CALLBACK_SECRET: "" } });
  try {
    const [, { id }] = await slow.campaign("looking", csv(20, { value: 10 }));

    const done = await slow.reach(id, "done");

    assert.deepEqual([done.states, done.pending], [{ created: 1 }, 0]);
    assert.equal(JSON.parse(slow.posts()[0].body).WebhookSettings, undefined);
  } finally {
    await slow.dispose();
  }
});

test("a Worker that is restarted again and again in the middle of a campaign orders everything once", LIMIT, async () => {
  const plan = planned("restarts", 400, { maxLinesPerOrder: 4 });
  const [, { id }] = await sendPlan("restarts", plan);

  for (const enough of [10, 40, 70]) {
    await worker.until(id, ({ states }) => (states.created ?? 0) + (states.reconciled ?? 0) >= enough);
    await worker.stop();
    await worker.start();
    // Cloudflare wakes the instances that were running; miniflare leaves it to the next event.
    await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  }
  const done = await worker.reach(id, "done");

  assert.equal((done.states.created ?? 0) + (done.states.reconciled ?? 0), 100);
  assertPlaced(plan);
});

test("a run that has used up its share of the platform's limits is followed by another", LIMIT, async () => {
  const plan = planned("long", 250, { maxLinesPerOrder: 1 });
  const [, { id }] = await sendPlan("long", plan);

  const done = await worker.reach(id, "done");
  const runs = (await worker.miniflare.getBindings()).RUNS;
  const statuses = await Promise.all([1, 2].map(async (run) => (await (await runs.get(`${id}_0-${run}`)).status()).status));

  assert.deepEqual([done.states, statuses[0]], [{ created: 250 }, "complete"]);
  assert.ok(["complete", "running"].includes(statuses[1]), statuses[1]);
  assertPlaced(plan);
});

test("a campaign whose runs were ended by the platform goes on when it is resumed", LIMIT, async () => {
  const plan = planned("ended", 100, { maxLinesPerOrder: 2 });
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 403 } : undefined);
  const [, { id }] = await sendPlan("ended", plan);
  const stuck = await worker.reach(id, "stuck");
  const runs = (await worker.miniflare.getBindings()).RUNS;
  for (const name of [`${id}-1`, `${id}_0-1`]) await (await runs.get(name)).terminate();
  worker.api.before = undefined;

  await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  await worker.reach(id, "done");

  assert.equal(stuck.states.created, undefined);
  assertPlaced(plan);
});

test("no log names a person or a secret", LIMIT, () => {
  const { accessToken, email } = worker.sandbox.credentials;
  assert.match(worker.said, /"type":"response"/);
  for (const secret of ["person", "Person", "example.org", TOKEN, SECRET, accessToken, email]) {
    assert.ok(!worker.said.includes(secret), `${secret} is in the log`);
  }
});
