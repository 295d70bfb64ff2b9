// By hand: `node tests/workerd/compare-run.js FOLDER [rounds] [rows]`. The starter Worker beside that of an earlier build of the package,
// which FOLDER holds unpacked: in one run, one after the other, how long the import of a list takes, and what a campaign takes beside the
// API's answers.
import assert from "node:assert/strict";
import { resolve } from "node:path";

import { BINDINGS, csv, startWorker, usedByRuntime } from "./worker.js";

const [folder, rounds = 5, rows = 100_000] = process.argv.slice(2);
assert.ok(folder, "say the folder of the earlier package");
const ROWS = Number(rows);
const LINES = 500;
const list = csv(ROWS);
const SANDBOX = { available: "100000000000.00", asyncThreshold: 1_000_000 };

/** What the earlier template was given, which had other names for it. */
function ofBefore({ email, accessToken }, baseUrl) {
  return { GCP_BASE_URL: baseUrl, GCP_EMAIL: email, GCP_ACCESS_TOKEN: accessToken, GCP_TIMEOUT_MS: "20000" };
}

const cpuSeconds = () => usedByRuntime().cpuSeconds;

const before = {
  name: "before",
  start() {
    const { ORDERS, CAMPAIGNS } = BINDINGS.durableObjects;
    return startWorker({ folder: resolve(folder), sandbox: SANDBOX, bindings: ofBefore, platform: { durableObjects: { ORDERS, CAMPAIGNS } } });
  },
  approve: async () => undefined,
};
const now = {
  name: "now",
  start: () => startWorker({ sandbox: SANDBOX, bindings: { GIFTCARD_TIMEOUT_MS: "20000" } }),
  approve: async (worker, { id, quote }) => assert.equal((await worker.approve(id, quote[0].total))[0], 202),
};

/** A list in a runtime of its own, that has read and placed a small one before. */
async function measure({ start, approve }) {
  const worker = await start();
  try {
    const [, warm] = await worker.review("warm", csv(1_000));
    await approve(worker, warm);
    await worker.reach(warm.id, "done");
    let sent = 0;
    worker.api.before = (request) => void (sent += request.startsWith("POST /v1/Orders") ? 1 : 0);

    const [begun, cpuBegun, busyBegun] = [performance.now(), cpuSeconds(), worker.api.busyMs];
    const [status, review] = await worker.review("list", list);
    const [imported, cpuImported] = [performance.now(), cpuSeconds()];
    assert.equal(status, 202, JSON.stringify(review).slice(0, 1_000));
    await approve(worker, review);
    const [approved, cpuApproved] = [performance.now(), cpuSeconds()];
    while (sent < review.orders) await new Promise((resolve) => setTimeout(resolve, 5));
    await worker.reach(review.id, "done", 600);
    const [done, cpuDone] = [performance.now(), cpuSeconds()];

    const busy = worker.api.busyMs - busyBegun;
    assert.equal(review.orders >= ROWS / LINES, true);
    return {
      importMs: imported - begun,
      importCpuMs: (cpuImported - cpuBegun) * 1_000,
      placeMs: done - approved,
      apiMs: busy,
      overheadUsPerLine: ((done - approved - busy) * 1_000) / ROWS,
      placeCpuUsPerLine: ((cpuDone - cpuApproved) * 1e6) / ROWS,
    };
  } finally {
    await worker.dispose();
  }
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const measured = { before: [], now: [] };
for (let round = 0; round < Number(rounds); round += 1) {
  for (const each of round % 2 === 0 ? [before, now] : [now, before]) {
    const figures = await measure(each);
    measured[each.name].push(figures);
    console.log(`${each.name}: ${Object.entries(figures).map(([name, value]) => `${name} ${value.toFixed(1)}`).join(", ")}`);
  }
}
console.log(`medians of ${rounds} rounds, ${ROWS} rows, ${LINES} lines an order`);
for (const name of Object.keys(measured.now[0])) {
  const [was, is] = ["before", "now"].map((which) => median(measured[which].map((figures) => figures[name])));
  console.log(`${name}: ${was.toFixed(1)} before, ${is.toFixed(1)} now, ${(is / was).toFixed(2)} of it`);
}
