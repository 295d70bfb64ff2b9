// A file that has grown, as the starter Worker's README has it: what was posted, what the Worker knows of it, the new file planned after
// it; and nobody is paid twice.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { promisify } from "node:util";

import { RecipientImport } from "giftcard-partners";

import { LIMIT, TOKEN, csv, piecesOf, startWorker } from "./worker.js";

const README = readFileSync(new URL("../../pkg-templates/worker/README.md", import.meta.url), "utf8");
const OCTETS = { "content-type": "application/octet-stream" };

let worker;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "grown-"));
  const [, script] = README.match(/```js\n(\/\/ grown\.mjs[\s\S]*?)```/);
  // Nothing is installed there.
  writeFileSync(join(folder, "grown.mjs"), script.replace('"giftcard-partners"', JSON.stringify(import.meta.resolve("giftcard-partners"))));
  const sandbox = { available: "10000000.00", asyncThreshold: 1_000 };
  worker = await startWorker({ sandbox, changes: { limits: piecesOf(60_000) } });
}, LIMIT);
beforeEach(() => (worker.api.before = undefined));
after(async () => {
  await worker?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the README's program: what it prints, and the plan that it writes. */
async function grow(id, posted, grown, { isPlan = false } = {}) {
  const [before, out] = [isPlan ? "before.bin" : "before.csv", "out.bin"];
  rmSync(join(folder, out), { force: true });
  writeFileSync(join(folder, before), posted);
  writeFileSync(join(folder, "grown.csv"), grown);
  const url = (await worker.miniflare.ready).origin;
  const env = { ...process.env, URL: url, AUTH: `Authorization: Bearer ${TOKEN}` };
  const { stdout } = await promisify(execFile)(process.execPath, ["grown.mjs", id, before, "grown.csv", out], { cwd: folder, env });
  return { said: stdout.trim(), plan: readFileSync(join(folder, out)) };
}

async function post(name, file, headers) {
  const [status, { id }] = await worker.campaign(name, file, "", headers);
  assert.equal(status, 202);
  return id;
}

/** How often people were paid, of those whose addresses begin so. */
function paid(start) {
  const times = {};
  for (const { LineItems } of worker.sandbox.orders()) {
    for (const { DigitalDeliveryAddress: { Email } } of LineItems) if (Email.startsWith(start)) times[Email] = (times[Email] ?? 0) + 1;
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

test("a posted file that has grown pays the new people only, and once; the next time too", LIMIT, async () => {
  const id = await post("short", file("short", 700));
  await worker.reach(id, "done");

  const more = await grow(id, file("short", 700), grownFile("short", 760));
  const moreId = await post("short-more", more.plan, OCTETS);
  await worker.reach(moreId, "done");
  const most = await grow(moreId, more.plan, grownFile("short", 800), { isPlan: true });
  await worker.reach(await post("short-more-more", most.plan, OCTETS), "done");

  assert.deepEqual([more.said, most.said], ["700 rows are paid, 60 are to be paid.", "760 rows are paid, 40 are to be paid."]);
  assert.deepEqual(paid("short"), once("short", 800));
});

test("who was in an order that was refused is paid by the grown file, once", LIMIT, async () => {
  let first = true;
  worker.api.before = (request) => {
    if (request !== "POST /v1/Orders" || !first) return undefined;
    first = false;
    return { status: 400, body: {} };
  };
  const id = await post("refused", file("refused", 700));
  const { refused } = await worker.reach(id, "done");

  const { plan } = await grow(id, file("refused", 700), grownFile("refused", 720));
  await worker.reach(await post("refused-more", plan, OCTETS), "done");

  assert.equal(refused.length, 1);
  assert.deepEqual(paid("refused"), once("refused", 720));
});

test("a posted plan that has grown pays the new people only, and once", LIMIT, async () => {
  const recipients = new RecipientImport({ type: "DigitalDelivery" });
  recipients.push(Buffer.from(file("plan", 100)));
  const plan = recipients.finish().plan({ campaign: "mine", maxLinesPerOrder: 30 }).toBytes();
  const id = await post("plan", plan, OCTETS);
  await worker.reach(id, "done");

  const more = await grow(id, plan, grownFile("plan", 130), { isPlan: true });
  await worker.reach(await post("plan-more", more.plan, OCTETS), "done");

  assert.deepEqual(paid("plan"), once("plan", 130));
});

test("a file of several pieces that has grown pays the new people only, and once", LIMIT, async () => {
  const id = await post("long", file("long", 3_000));
  const { orders } = await worker.reach(id, "done");

  const { plan } = await grow(id, file("long", 3_000), grownFile("long", 3_100));
  await worker.reach(await post("long-more", plan, OCTETS), "done");

  assert.ok(orders > 6, `${orders}: in one piece it would be 6`);
  assert.deepEqual(paid("long"), once("long", 3_100));
});

test("nothing is planned after a file that was not posted, or while an order is open", LIMIT, async () => {
  const id = await post("other", file("other", 20));
  const longId = await post("other long", file("mended", 3_000));
  await Promise.all([worker.reach(id, "done"), worker.reach(longId, "done")]);
  worker.api.before = (request) => (request === "POST /v1/Orders" ? { status: 503 } : undefined);
  const openId = await post("open", file("open", 20));
  await worker.until(openId, ({ states }) => states.unknown > 0);

  const attempts = [
    [id, file("other", 21), grownFile("other", 30)],
    [longId, file("mended", 3_000).replace("mended0@", "another@"), grownFile("mended", 3_100)],
    [openId, file("open", 20), grownFile("open", 30)],
  ];
  const ends = [];
  for (const attempt of attempts) ends.push(await grow(...attempt).then(() => "planned", ({ stderr }) => /Error: (.*)/.exec(stderr)?.[1]));
  // Nothing goes on behind the tests to come.
  worker.api.before = undefined;
  await worker.reach(openId, "done");

  const notPosted = "This is not the file that was posted, or not what was said with it.";
  assert.deepEqual(ends, [notPosted, notPosted, "Wait until the campaign is waiting or done."]);
});

test("what is told of orders is for those who may order, and holds no person", LIMIT, async () => {
  const id = await post("told", file("told", 20));
  await worker.reach(id, "done");

  const answer = await worker.open(`/campaigns/${id}/orders`);
  await answer.text();
  const [status, { orders, ...campaign }] = await worker.tell(`/campaigns/${id}/orders`);
  const [missing] = await worker.tell(`/campaigns/${"0".repeat(24)}/orders`);

  assert.deepEqual([answer.status, status, missing], [401, 200, 404]);
  assert.deepEqual(Object.keys(campaign), ["id", "name", "digest", "pieces", "lines"]);
  const { PONumber, Id } = worker.sandbox.orders().at(-1);
  assert.deepEqual(orders, [{ poNumber: PONumber, state: "created", orderId: Id }]);
});

test("nobody is paid again by an order that was lost and that the API shows otherwise than it was sent", LIMIT, async () => {
  worker.api.before = (request) => {
    const [, id] = /^GET \/v1\/Orders\/(\w+)$/.exec(request) ?? [];
    return id && { status: 200, body: { ...worker.sandbox.orders().find(({ Id }) => Id === id), Note: "as the API shows it" } };
  };
  worker.sandbox.inject("drop-response");
  const id = await post("shown", file("shown", 20));
  const { states } = await worker.reach(id, "done");
  worker.api.before = undefined;

  const { plan } = await grow(id, file("shown", 20), grownFile("shown", 30));
  await worker.reach(await post("shown-more", plan, OCTETS), "done");

  assert.equal(states.conflict, 1);
  assert.deepEqual(paid("shown"), once("shown", 30));
});
