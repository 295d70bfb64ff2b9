// Where memory cannot be had: calls that are waiting reject, calls that follow say why, and the process lives on.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { LIMIT, LINKS } from "./support.js";

const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners")));
const PAGE = 64 * 1024;
const MEMORY_SECTION = 5;

/** A copy of the package whose client's wasm may grow by 1 MB and no further, and that of lists by so many pages. */
async function small(t, pages = (1024 * 1024) / PAGE) {
  const folder = mkdtempSync(join(tmpdir(), "giftcard-partners-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(PACKAGE, folder, { recursive: true });
  const slim = await import(pathToFileURL(join(folder, "slim.js")).href);
  const wasm = (job) => readFileSync(join(folder, `giftcard_partners${job}.wasm`));
  slim.initSync(withMaximum(wasm(""), (1024 * 1024) / PAGE));
  slim.initBulkSync(withMaximum(wasm("_bulk"), pages));
  return slim;
}

/** The wasm with a most that its memory may grow by, in pages. */
function withMaximum(wasm, pages) {
  for (let at = 8; at < wasm.length; ) {
    const [size, start] = number(wasm, at + 1);
    if (wasm[at] === MEMORY_SECTION) {
      const [least] = number(wasm, start + 2);
      const limits = [1, 1, ...bytes(least), ...bytes(least + pages)];
      return Buffer.concat([wasm.subarray(0, at), Buffer.from([MEMORY_SECTION, ...bytes(limits.length), ...limits]), wasm.subarray(start + size)]);
    }
    at = start + size;
  }
  return assert.fail("the wasm has no memory of its own");
}

/** A LEB128 number, and where it ends. */
function number(wasm, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7, at += 1) {
    value |= (wasm[at] & 127) << shift;
    if (wasm[at] < 128) return [value, at + 1];
  }
}

function bytes(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...bytes(value >>> 7)];
}

const isStopped = (error) => error instanceof RangeError && /has stopped: there was no memory/.test(error.message);
const MUCH = new Uint8Array(8 * 1024 * 1024).fill(0x20);

for (const [name, much] of [
  ["bytes", MUCH],
  ["a text", " ".repeat(MUCH.length)],
  ["an order with many mistakes", JSON.stringify({ ...LINKS, LineItems: Array(20_000).fill({}) })],
]) {
  test(`a call that has no memory for ${name} throws, and so do those after it`, LIMIT, async (t) => {
    const { GiftCardPartners, validateOrder } = await small(t);
    const client = new GiftCardPartners({ baseUrl: "https://api.example" });
    assert.equal(validateOrder(LINKS).valid, true);

    assert.throws(() => validateOrder(much, { maxIssues: 1_000_000 }), isStopped);

    assert.throws(() => validateOrder(LINKS), isStopped);
    assert.throws(() => new GiftCardPartners({ baseUrl: "https://api.example" }), isStopped);
    client.free();
  });
}

test("an answer that there is no memory for rejects its call and those that wait", LIMIT, async (t) => {
  const { GiftCardPartners } = await small(t);
  const unhandled = [];
  const collect = (error) => unhandled.push(error);
  for (const event of ["unhandledRejection", "uncaughtException"]) {
    process.on(event, collect);
    t.after(() => process.off(event, collect));
  }
  const fetch = (request) => (request.url.endsWith("/AccountBalance") ? Promise.resolve(new Response(MUCH)) : new Promise(() => {}));
  const client = new GiftCardPartners({ baseUrl: "https://api.example", fetch, timeoutMs: 2_000 });

  const ends = await Promise.allSettled([client.createOrder(LINKS), client.accountBalance()]);

  for (const { reason } of ends) assert.ok(isStopped(reason), String(reason));
  await assert.rejects(client.accountBalance(), isStopped);
  await new Promise(setImmediate);
  assert.deepEqual(unhandled, []);
});

test("another copy of the package, and another entry, are not stopped", LIMIT, async (t) => {
  const { validateOrder } = await small(t);
  const other = await small(t);
  assert.throws(() => validateOrder(MUCH), isStopped);

  assert.equal(other.validateOrder(LINKS).valid, true);
});

test("where lists have no memory the client goes on, and the other way round", LIMIT, async (t) => {
  const file = (slim) => new slim.RecipientImport({ type: "DigitalDelivery" });
  const rows = Buffer.concat([Buffer.from("Email,Product,Value\n"), MUCH]);
  const [first, second] = [await small(t), await small(t)];
  const early = file(first);

  assert.throws(() => early.push(rows), isStopped);
  assert.throws(() => second.validateOrder(MUCH), isStopped);

  assert.throws(() => file(first), isStopped);
  early.free();
  assert.equal(first.validateOrder(LINKS).valid, true);
  assert.equal(file(second).finish().rows, 0);
});

test("a report that nobody freed keeps what it says, and no spare megabyte", LIMIT, async (t) => {
  const { RecipientImport } = await small(t, (8 * 1024 * 1024) / PAGE);
  const reports = [];

  for (let count = 0; count < 100; count += 1) {
    const recipients = new RecipientImport({ type: "Links", defaults: { ProductId: "CVS", Value: 5 } });
    recipients.push(new TextEncoder().encode("Name\nAnn\n"));
    reports.push(recipients.finish());
  }

  assert.ok(reports.every(({ accepted }) => accepted === 1));
});
