// A store that fails once, at whichever of the calls by which a campaign is placed: each row is paid once, and counted once in the budgets.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { csv, startWorker } from "./worker.js";

const LIMIT = { timeout: 300_000 };
const ROWS = 12;
/** Calls of a campaign of three orders, and some more. */
const CALLS = 48;

/** A failure of the nth call of a method, of all that are made after it is armed; it fails before it does anything, or behind that. */
const failing = (head) => [head, `${head} globalThis.fails?.();`];
const METHODS = {
  "campaign-store": [
    "toSend(limit: number, said?: { epoch: number; hold: Hold }): Open[] {",
    'begin(poNumber: string): Begun | "held" | undefined {',
    'record(...outcome: Parameters<OrderLedger["record"]>): void {',
    "hear(epoch: number, hold: Hold): number {",
    "untoldOrders(limit: number): UntoldOrder[] {",
    "toldOrders(places: number[]): void {",
    "setStatus(status: CampaignStatus): void {",
    "pending(): Pending {",
    "runAfter(run: number): number {",
  ],
  "budget-book": [
    "async reserve(claim: Claim, limits: Limits): Promise<Over | undefined> {",
    "giveBack(owner: string, poNumbers: string[]): void {",
    "settle(poNumbers: string[]): void {",
  ],
  "audit-log": ["async append(entries: NewEntry[]): Promise<void> {"],
  "campaign-list": ["moved(id: string, status: string, at: number, { byItself = false } = {}): void {"],
};
/** What is done has been done, and the answer is lost. */
const BEHIND = {
  "campaign-run": [
    ["const begun = await store.begin(poNumber);", "const begun = await store.begin(poNumber); globalThis.fails?.();"],
    ["const over = await reserve(this.env, campaign, spender, { poNumber, cost, mayExist });", "const over = await reserve(this.env, campaign, spender, { poNumber, cost, mayExist }); globalThis.fails?.();"],
    ["await store.record(poNumber, outcome, order.Id, isPending(order.Status));", "globalThis.fails?.(); await store.record(poNumber, outcome, order.Id, isPending(order.Status)); globalThis.fails?.();"],
    ['delay: "5 seconds"', 'delay: "20 milliseconds"'],
  ],
};
const ARM = `app.get("/fail/:at", ({ req }) => {
  let left = Number(req.param("at"));
  globalThis.failed = 0;
  globalThis.fails = () => { if (left-- === 0) { globalThis.failed += 1; throw new Error("fails once"); } };
  return new Response();
});
app.get("/failed", () => Response.json(globalThis.failed ?? 0));
app.get("/catalog"`;

let worker;
before(async () => {
  worker = await startWorker({
    sandbox: { available: "10000000.00", asyncThreshold: 100_000 },
    bindings: { BUDGET_TOTAL: "1000000.00" },
    changes: {
      limits: [["LINES_PER_ORDER = 500", "LINES_PER_ORDER = 4"]],
      index: [['app.get("/catalog"', ARM]],
      ...BEHIND,
      ...Object.fromEntries(Object.entries(METHODS).map(([file, heads]) => [file, heads.map(failing)])),
    },
  });
}, LIMIT);
after(() => worker?.dispose());

test("each row is paid once, and counted once, at whichever call the store fails", LIMIT, async (t) => {
  let failed = 0;
  for (let at = 0; at < CALLS; at += 1) {
    const [status, { id, quote }] = await worker.review(`fails ${at}`, csv(ROWS, { from: at * ROWS }));
    assert.equal(status, 202);
    await worker.open(`/fail/${at}`);
    let approved = 500;
    for (let time = 0; time < 3 && approved === 500; time += 1) [approved] = await worker.approve(id, quote[0].total);
    assert.equal(approved, 202);
    for (const end = Date.now() + 60_000; ; ) {
      const [asked, progress] = await worker.tell(`/campaigns/${id}`);
      if (asked === 200 && progress.status === "done") break;
      assert.ok(Date.now() < end, `at call ${at}: ${JSON.stringify(progress)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    failed += await (await worker.open("/failed")).json();
  }
  const { BUDGETS } = await worker.miniflare.getBindings();
  const { sums } = await BUDGETS.get(BUDGETS.idFromName("budgets")).spent();

  t.diagnostic(`${failed} of ${CALLS} calls failed`);
  assert.ok(failed > CALLS / 2, `${failed} failed`);
  const emails = worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map(({ DigitalDeliveryAddress: { Email } }) => Email));
  assert.deepEqual([emails.length, new Set(emails).size], [ROWS * CALLS, ROWS * CALLS]);
  const total = sums.find(({ span }) => span === "total");
  assert.deepEqual([total.spent, total.inDoubt], [String(ROWS * CALLS * 25 * 10_000), "0"]);
});
