// By hand: `node tests/workerd/large-run.js 1000000`. So many rows through the starter Worker in workerd, with 5 % faults and three restarts;
// then whether everybody is paid once, what was counted, and the memory. The figures of the template's README come from here.
import assert from "node:assert/strict";

import WebSocket from "ws";

import { startWorker, usedByRuntime } from "./worker.js";

const ROWS = Number(process.argv[2] ?? 60_000);
const RESTARTS = 3;
const started = Date.now();
const seconds = () => ((Date.now() - started) / 1_000).toFixed(0);

/** Counts calls of Durable Objects, and rows that their statements read and write. */
const COUNTING = `
globalThis.counts ??= { calls: {}, rowsRead: 0, rowsWritten: 0, requests: 0 };
const cursors = [];
globalThis.fold = () => { for (const cursor of cursors.splice(0)) { counts.rowsRead += cursor.rowsRead; counts.rowsWritten += cursor.rowsWritten; } };
globalThis.counted = (sql) => ({ exec: (...given) => { if (cursors.length > 100) fold(); const cursor = sql.exec(...given); cursors.push(cursor); return cursor; } });
`;
const storage = ["context.storage.sql;", "globalThis.counted(context.storage.sql);"];
const counting = (name) => [[`export class ${name}`, `${COUNTING}\nexport class ${name}`], storage];
const calls = `
for (const each of [AlertDesk, AuditLog, CampaignList, CampaignStore, PaymentIndex]) {
  for (const name of Object.getOwnPropertyNames(each.prototype)) {
    if (name === "constructor") continue;
    const method = each.prototype[name];
    each.prototype[name] = function (...given) {
      const key = each.name + "." + name;
      globalThis.counts.calls[key] = (globalThis.counts.calls[key] ?? 0) + 1;
      return method.apply(this, given);
    };
  }
}
export default {`;
const imports = `import { AlertDesk } from "./alerts.js"; import { AuditLog } from "./audit-log.js"; import { CampaignList } from "./campaign-list.js";
import { CampaignStore } from "./campaign-store.js"; import { PaymentIndex } from "./payment-index.js";
`;
const changes = {
  "audit-log": counting("AuditLog"),
  "campaign-list": counting("CampaignList"),
  "campaign-store": counting("CampaignStore"),
  "payment-index": counting("PaymentIndex"),
  index: [["const app = new Hono", `${imports}\nconst app = new Hono`], ["export default {", calls]],
  "record-routes": [["records.get(\"/audit\"", 'records.get("/counts", () => { globalThis.fold(); return Response.json(globalThis.counts); });\n\nrecords.get("/audit"']],
};

const worker = await startWorker({
  sandbox: { available: "100000000000.00", asyncThreshold: 1_000_000, faults: { rate: 0.05, seed: 3 } },
  bindings: { GIFTCARD_TIMEOUT_MS: "20000" },
  changes,
  platform: { inspectorPort: 9_230 },
});

/** The most that the isolate of the Worker and its Durable Objects has held: its heap, garbage included, and what is outside of it. */
let isolateMb = 0;
async function watchIsolate() {
  const url = new URL(await worker.miniflare.getInspectorURL());
  const [{ webSocketDebuggerUrl }] = await (await fetch(`http://${url.host}/json`)).json();
  const socket = new WebSocket(webSocketDebuggerUrl);
  socket.on("error", () => undefined);
  socket.on("open", () => {
    const timer = setInterval(() => socket.send(JSON.stringify({ id: 1, method: "Runtime.getHeapUsage" })), 100);
    socket.on("close", () => clearInterval(timer));
  });
  socket.on("message", (message) => {
    const { usedSize = 0, embedderHeapUsedSize = 0, backingStorageSize = 0 } = JSON.parse(message).result ?? {};
    isolateMb = Math.max(isolateMb, (usedSize + embedderHeapUsedSize + backingStorageSize) / 1e6);
  });
}
await watchIsolate();

const total = { calls: {}, rowsRead: 0, rowsWritten: 0, cpuSeconds: 0, residentMb: 0, isolateMb: 0 };
/** Adds what the runtime has counted since it was started. */
async function count(label) {
  const [, { calls, rowsRead, rowsWritten }] = await worker.tell("/counts");
  const { residentMb, cpuSeconds } = usedByRuntime();
  for (const [name, times] of Object.entries(calls)) total.calls[name] = (total.calls[name] ?? 0) + times;
  total.rowsRead += rowsRead;
  total.rowsWritten += rowsWritten;
  total.cpuSeconds += cpuSeconds;
  total.residentMb = Math.max(total.residentMb, residentMb);
  total.isolateMb = Math.max(total.isolateMb, isolateMb);
  console.log(`${seconds()} s, ${label}: ${JSON.stringify({ rowsRead, rowsWritten, isolateMb: Math.round(isolateMb), residentMb: Math.round(residentMb), cpuSeconds })}`);
  isolateMb = 0;
}

function* file() {
  const at = 5_000;
  yield new TextEncoder().encode("email,name,product,value\n");
  for (let from = 0; from < ROWS; from += at) {
    const rows = Array.from({ length: Math.min(at, ROWS - from) }, (_, row) => `person${from + row}@example.org,Person ${from + row},INKWHISTLE,25\n`);
    yield new TextEncoder().encode(rows.join(""));
  }
}

const [status, review] = await worker.review("large run", ReadableStream.from(file()));
assert.equal(status, 202, JSON.stringify(review).slice(0, 1_000));
const importedS = (Date.now() - started) / 1_000;
console.log(`imported in ${importedS.toFixed(1)} s, ${((importedS * 1e6) / ROWS).toFixed(1)} µs a row`, JSON.stringify(review.quote));
await count("imported");
// Another runtime: its memory is that of placing.
await worker.stop();
await worker.start();
await watchIsolate();
const approvedAt = Date.now();
const [approved] = await worker.approve(review.id, review.quote[0].total);
assert.equal(approved, 202);

let restarts = 0;
const placedOf = ({ states: { created = 0, reconciled = 0 } }) => created + reconciled;
for (;;) {
  const [, progress] = await worker.tell(`/campaigns/${review.id}`);
  if (progress.status === "done") break;
  if (restarts < RESTARTS && placedOf(progress) > (progress.orders * (restarts + 1)) / (RESTARTS + 1)) {
    restarts += 1;
    await count(`restart ${restarts}, ${placedOf(progress)} of ${progress.orders} orders`);
    await worker.stop();
    await worker.start();
    await watchIsolate();
    await worker.tell(`/campaigns/${review.id}/resume`, { method: "POST" });
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}
const placedS = (Date.now() - approvedAt) / 1_000;
await count("done");
const [, done] = await worker.tell(`/campaigns/${review.id}`);

// Everybody once: a bit for each person.
const seen = new Uint8Array(ROWS);
let lines = 0;
for (const { LineItems } of worker.sandbox.orders()) {
  for (const { DigitalDeliveryAddress } of LineItems) {
    seen[Number(/^person(\d+)@/.exec(DigitalDeliveryAddress.Email)[1])] += 1;
    lines += 1;
  }
}
assert.equal(lines, ROWS);
assert.ok(seen.every((times) => times === 1), "somebody was not paid once");
const answers = worker.sandbox.requests();
console.log(JSON.stringify({
  rows: ROWS, restarts, importedS, placedS, states: done.states, orders: done.orders,
  apiRequests: answers.length, faults: answers.filter(({ fault }) => fault).length,
  ...total, calls: Object.values(total.calls).reduce((sum, times) => sum + times, 0), byCall: total.calls,
}, null, 1));
await worker.dispose();
