// A clock that jumps, forward and back, under the starter Worker: nothing is paid twice or over a budget, nobody is let in, and nothing is
// deleted too early.
import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { afterEach, test } from "node:test";

import { LIMIT, csv, links, startWorker } from "./worker.js";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const TEAM = "https://acme.cloudflareaccess.com";

/** The Worker's own clock, which a route sets. */
const CLOCK = `
const SystemDate = globalThis.Date;
let shift = 0;
globalThis.Date = class extends SystemDate {
  constructor(...given) {
    super(...(given.length === 0 ? [SystemDate.now() + shift] : given));
  }
  static now() {
    return SystemDate.now() + shift;
  }
};
const app = new Hono`;
const changes = {
  index: [
    ["const app = new Hono", CLOCK],
    ['app.get("/catalog"', 'app.get("/clock/:shift", ({ req }) => { shift = Number(req.param("shift")); return new Response(); });\napp.get("/catalog"'],
    ["lookAround(env, scheduledTime)", "lookAround(env, scheduledTime + shift)"],
  ],
};

const workers = [];
async function start(options = {}) {
  const worker = await startWorker({ sandbox: { available: "1000000.00", asyncThreshold: 1_000 }, changes, ...options });
  workers.push(worker);
  worker.clock = (shift) => worker.open(`/clock/${shift}`);
  worker.scheduled = async () => (await worker.miniflare.getWorker()).scheduled({ cron: "*/15 * * * *" });
  return worker;
}
afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.dispose())));

const orders = (worker, from, count) => Promise.all(Array.from({ length: count }, async (_, place) => (await worker.order(links(`CLOCK-${from + place}`)))[0]));
const sumOf = (worker) => worker.sandbox.orders().reduce((sum, { LineItems }) => sum + LineItems.reduce((all, { Value, Quantity }) => all + Value * Quantity, 0), 0);
const emails = (worker) => worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map((line) => line.DigitalDeliveryAddress.Email));

test("a day has its budget once, wherever the clock goes in between, and an order is counted once", LIMIT, async () => {
  const worker = await start({ bindings: { BUDGET_CALLER_DAY: "100.00", BUDGET_TOTAL: "225.00" } });
  const statuses = [];
  for (const [shift, from] of [[0, 0], [DAY, 10], [0, 20], [DAY, 30], [0, 0], [-DAY, 40], [0, 50]]) {
    await worker.clock(shift);
    const answers = await orders(worker, from, 6);
    statuses.push(answers.filter((status) => status === 201).length);
  }

  // Four of today and of tomorrow; today's again are the same; and of yesterday the one that the whole budget has left.
  assert.deepEqual(statuses, [4, 4, 0, 0, 0, 1, 0]);
  assert.equal(sumOf(worker), 225);
});

test("what is given back goes to the day on which it was counted", LIMIT, async () => {
  const worker = await start({ bindings: { BUDGET_CALLER_DAY: "50.00" } });
  await orders(worker, 0, 1);
  worker.api.before = (request) => (request === "POST /v1/Orders" ? new Promise((resolve) => setTimeout(() => resolve({ status: 400, body: {} }), 200)) : undefined);
  const refused = worker.order(links("CLOCK-REFUSED"));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await worker.clock(DAY);
  const [status] = await refused;
  worker.api.before = undefined;

  const tomorrow = await orders(worker, 10, 3);
  await worker.clock(0);
  const today = await orders(worker, 20, 2);

  assert.equal(status, 400);
  assert.deepEqual([tomorrow, today].map((answers) => answers.filter((one) => one === 201).length), [2, 1]);
});

test("a campaign whose clock jumps while it is placed pays each row once, within its budgets", LIMIT, async () => {
  const worker = await start({ bindings: { BUDGET_CALLER_DAY: "1250.00", BUDGET_TOTAL: "2500.00" }, changes: { ...changes, limits: [["LINES_PER_ORDER = 500", "LINES_PER_ORDER = 5"]] } });
  const jumps = [DAY, -DAY, 40 * DAY, 0, 2 * HOUR, 0];
  worker.api.before = async (request) => {
    if (request === "POST /v1/Orders" && jumps.length > 0) await worker.clock(jumps.shift());
  };

  const [, { id }] = await worker.campaign("jumps", csv(50));
  for (const end = Date.now() + 60_000; ; ) {
    const { status } = await worker.until(id, ({ status }) => status === "done" || status === "over_budget");
    if (status === "done") break;
    assert.ok(Date.now() < end);
    await worker.clock(DAY * 3);
    await worker.tell(`/campaigns/${id}/resume`, { method: "POST" });
  }
  const { BUDGETS } = await worker.miniflare.getBindings();
  const { sums } = await BUDGETS.get(BUDGETS.idFromName("budgets")).spent();

  assert.deepEqual([emails(worker).length, new Set(emails(worker)).size], [50, 50]);
  assert.equal(sums.find(({ span }) => span === "total").spent, "12500000");
});

test("a scheduled look under a clock that is a month ahead wakes what runs and deletes nothing of it; one that is behind does nothing", LIMIT, async () => {
  const worker = await start();
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  worker.api.before = (request) => (request === "POST /v1/Orders" ? opened : undefined);
  const [, { id }] = await worker.campaign("runs", csv(40));
  await worker.until(id, ({ underWay }) => underWay > 0);

  for (const shift of [31 * DAY, -31 * DAY, 3 * HOUR, 0]) {
    await worker.clock(shift);
    await worker.scheduled();
  }
  open();
  await worker.reach(id, "done");
  const kept = async () => (await worker.ask(`/campaigns/${id}/claims.csv`)).status;
  const atOnce = await kept();
  await worker.clock(-31 * DAY);
  await worker.scheduled();
  const behind = await kept();
  await worker.clock(31 * DAY);
  await worker.scheduled();

  assert.deepEqual([atOnce, behind, await kept()], [200, 200, 410]);
  assert.deepEqual([emails(worker).length, new Set(emails(worker)).size], [40, 40]);
});

test("a campaign that was posted under a clock that was ahead is posted again under the right one, and the import of another is not taken for it", LIMIT, async () => {
  const worker = await start();
  await worker.clock(DAY);
  const [, early] = await worker.review("ahead", csv(3));
  await worker.tell(`/campaigns/${early.id}`, { method: "DELETE" });
  await worker.clock(0);

  const [status, { id }] = await worker.campaign("ahead", csv(4));
  await worker.reach(id, "done");

  assert.equal(status, 202);
  assert.equal(emails(worker).length, 4);
});

test("a token of Access is over when the clock says so, not yet when it is set back, and new keys are found though the clock was ahead", LIMIT, async () => {
  const newKey = (kid) => ({ kid, ...generateKeyPairSync("rsa", { modulusLength: 2_048 }) });
  const published = ({ kid, publicKey }) => ({ ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" });
  const [first, second] = [newKey("first"), newKey("second")];
  const keys = [published(first)];
  const worker = await start({
    bindings: { ACCESS_TEAM: "acme", ACCESS_AUD: "aud", ACCESS_ROLES: { "eve@example.com": ["read"] } },
    platform: { outboundService: ({ url }) => (url.startsWith(TEAM) ? Response.json({ keys }) : Response.json({}, { status: 404 })) },
  });
  const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1_000);
  const token = ({ kid, privateKey }) => {
    const text = `${base64({ alg: "RS256", kid })}.${base64({ aud: ["aud"], iss: TEAM, email: "eve@example.com", iat: now, nbf: now, exp: now + 600 })}`;
    return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
  };
  const asked = async (shift, by) => {
    await worker.clock(shift);
    return (await worker.open("/campaigns", { headers: { "cf-access-jwt-assertion": token(by) } })).status;
  };

  const statuses = [await asked(0, first), await asked(HOUR, first), await asked(-HOUR, first), await asked(0, first)];
  await asked(DAY, first);
  keys.push(published(second));
  const rotated = await asked(0, second);

  assert.deepEqual(statuses, [200, 401, 401, 200]);
  assert.equal(rotated, 200);
});
