// A file that has grown, with the runtime ended at every step of its way, and with a store that fails once at each call: in the end everybody
// is paid once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { csv, piecesOf, startWorker } from "./worker.js";

const LIMIT = { timeout: 300_000 };
const [FIRST, GROWN] = [300, 360];

/** A failure of the nth call of a method, of all that are made after it is armed. */
const failing = (head) => [head, `${head} if (globalThis.failAt !== undefined && globalThis.failAt-- === 0) throw new Error("fails once");`];
const METHODS = {
  "payment-index": [
    "join({ campaign, import: opened, after, gone, unpaid }: Joining): { member: number; secret: ArrayBuffer } | { latest: string | undefined } {",
    "take(member: number, child: number, words: PaymentWords, rejects: boolean): Verdicts {",
    "add(member: number, child: number, words: PaymentWords): void {",
    "members(): Member[] {",
  ],
  "campaign-store": [
    "keepFile(opened: number, name: FileName, part: number, bytes: Uint8Array, offset: number): void {",
    "closeChild(opened: number): void {",
    "async openChild(parent: string, child: number, opened: number, { parts, offset, orders, isWhole }: ChildContent): Promise<void> {",
    "unpaid(): number[] {",
  ],
};
const ARM = ['app.get("/catalog"', 'app.get("/fail/:at", ({ req }) => { globalThis.failAt = Number(req.param("at")); return new Response(); });\napp.get("/catalog"'];

let worker;
before(async () => {
  worker = await startWorker({
    sandbox: { available: "10000000.00", asyncThreshold: 100_000 },
    changes: {
      limits: [...piecesOf(4_000), ["ABANDONED_MS = 5 * 60_000", "ABANDONED_MS = 400"], ["PARTS_PER_CALL = 3", "PARTS_PER_CALL = 0"]],
      index: [ARM],
      ...Object.fromEntries(Object.entries(METHODS).map(([file, heads]) => [file, heads.map(failing)])),
    },
  });
}, LIMIT);
after(() => worker?.dispose());

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const people = (start, rows) => csv(rows).replaceAll(/person(?=\d)/g, start);

async function begin(name) {
  const [status, { id }] = await worker.campaign(name, people(name, FIRST));
  assert.equal(status, 202);
  await worker.reach(id, "done");
  return id;
}

/** Sends the grown file until it is taken, approves it, and sees it done. */
async function finish(name, after) {
  for (const end = Date.now() + 30_000; ; await pause(100)) {
    const [status, told] = await worker.review(name, people(name, GROWN), `&after=${after}`);
    if (status === 202 || status === 200) {
      if (told.status === "review") assert.equal((await worker.approve(told.id, told.quote[0].total))[0], 202);
      else await worker.tell(`/campaigns/${told.id}/resume`, { method: "POST" });
      await worker.reach(told.id, "done");
      return told.id;
    }
    assert.ok(Date.now() < end && [409, 500].includes(status), JSON.stringify([status, told]));
  }
}

function assertOnce(name) {
  const times = new Map();
  for (const { LineItems } of worker.sandbox.orders()) {
    for (const { DigitalDeliveryAddress: { Email } } of LineItems) if (Email.startsWith(name)) times.set(Email, (times.get(Email) ?? 0) + 1);
  }
  assert.deepEqual([times.size, Math.max(...times.values())], [GROWN, 1], name);
}

/** The file, a chunk at a time; before each the function is asked, which may end the runtime. */
function chunked(text, act) {
  const lines = text.match(/.*\n/g);
  let from = 0;
  return new ReadableStream({
    async pull(controller) {
      if (from >= lines.length) return controller.close();
      await act(from);
      controller.enqueue(Buffer.from(lines.slice(from, (from += 60)).join("")));
    },
  });
}

test("the runtime may end at any piece of a grown file", LIMIT, async () => {
  let restarts = 0;
  for (const at of [0, 60, 120, 240, 300, 360]) {
    const name = `piece${at}x`;
    const id = await begin(name);
    const restart = async (from) => {
      if (from !== at) return;
      await pause(50);
      await worker.stop();
      restarts += 1;
    };
    await worker.review(name, chunked(people(name, GROWN), restart), `&after=${id}`).catch(() => undefined);
    await worker.start();
    await finish(name, id);
    assertOnce(name);
  }
  assert.equal(restarts, 6);
});

test("the runtime may end while a grown file waits, is approved, and while its orders are on their way", LIMIT, async () => {
  for (const step of ["review", "approved", "placing"]) {
    const name = `${step}x`;
    const id = await begin(name);
    const [, told] = await worker.review(name, people(name, GROWN), `&after=${id}`);
    assert.equal(told.alreadyPaid, FIRST);
    if (step !== "review") {
      worker.api.before = (request) => (request === "POST /v1/Orders" ? pause(step === "placing" ? 300 : 5) : undefined);
      await worker.approve(told.id, told.quote[0].total);
      await pause(step === "placing" ? 100 : 0);
    }
    await worker.stop();
    worker.api.before = undefined;
    await worker.start();
    await finish(name, id);
    assertOnce(name);
  }
});

test("a store that fails once, at whichever of its calls, keeps nobody from being paid once", LIMIT, async () => {
  let failed = 0;
  for (let at = 0; at < 40; at += 3) {
    const name = `fails${at}x`;
    const id = await begin(name);
    await worker.open(`/fail/${at}`);
    const [status] = await worker.review(name, people(name, GROWN), `&after=${id}`);
    failed += status === 500 ? 1 : 0;
    await worker.open("/fail/1000000");
    await finish(name, id);
    assertOnce(name);
  }
  assert.ok(failed >= 8, `${failed} failed`);
});
