// How far campaigns are, and what can be done to them once they run.
import { childrenOf } from "./campaign-ids.js";
import type { Quote, Totals } from "./campaign-quote.js";
import { ensureRun, tell } from "./campaign-run.js";
import type { CampaignStatus, KnownOrder, Progress } from "./campaign-store.js";
import type { Env } from "./env.js";
import { ORDERS_PER_LIST } from "./limits.js";

/** Refused orders that a progress lists. */
const LISTED = 1_000;

/** How far a campaign is: the sum of its children. */
export async function progressOf(env: Env, id: string): Promise<Record<string, unknown> | undefined> {
  const summary = await env.CAMPAIGNS.getByName(id).summary();
  if (!summary) return undefined;
  const children = await Promise.all(childrenOf(id, summary.children).map((child) => env.CAMPAIGNS.getByName(child).progress()));
  const sum = (count: (child: Progress) => number) => children.reduce((total, child) => total + count(child), 0);
  const states: Record<string, number> = {};
  for (const child of children) {
    for (const [state, count] of Object.entries(child.states)) states[state] = (states[state] ?? 0) + count;
  }
  return {
    id,
    name: summary.name,
    status: summary.status === "running" ? statusOf(children) : summary.status,
    ...(summary.quote ? { quote: JSON.parse(summary.quote) as Quote[] } : {}),
    orders: sum(({ orders }) => orders),
    lines: sum(({ lines }) => lines),
    states,
    pending: sum(({ pending }) => pending),
    refused: children
      .flatMap(({ refused }) => refused)
      .slice(0, LISTED)
      .map(({ answer, ...order }) => (answer ? { ...order, answer: JSON.parse(answer) } : order)),
  };
}

/**
 * What is known of each order of a campaign that was imported, in the order of the file: what a plan of the same rows takes by
 * `Campaign.record()`, so that a grown file can be planned after it. No person is in it.
 */
export async function ordersOf(env: Env, id: string): Promise<Record<string, unknown> | undefined> {
  const summary = await env.CAMPAIGNS.getByName(id).summary();
  if (!summary || summary.status === "importing") return undefined;
  const orders: KnownOrder[] = [];
  let lines = 0;
  for (const child of childrenOf(id, summary.children)) {
    const store = env.CAMPAIGNS.getByName(child);
    const progress = await store.progress();
    lines += progress.lines;
    for (let from = 0; from < progress.orders; from += ORDERS_PER_LIST) {
      for (const order of await store.known(from, ORDERS_PER_LIST)) orders.push(order);
    }
  }
  return { id, name: summary.name, digest: summary.digest, pieces: summary.children, lines, orders };
}

/** The parent's own word counts where it has one; what a child waits for is the whole's affair. */
function statusOf(children: Progress[]): CampaignStatus {
  const said = children.map(({ status }) => status);
  const stopped = said.find((status) => status === "unfunded" || status === "stuck");
  if (stopped) return stopped;
  return said.every((status) => status === "waiting" || status === "done") ? "waiting" : "running";
}

/**
 * Lets a campaign run, for the total that was quoted. Whoever approves again changes nothing; a run that could not be started then is
 * started now.
 */
export async function approve(env: Env, id: string, totals: Totals): Promise<"approved" | "other" | undefined> {
  const store = env.CAMPAIGNS.getByName(id);
  const verdict = await store.approve(totals);
  const summary = await store.summary();
  if (verdict === "approved" && summary && summary.status !== "done") await ensureRun(env, id, summary.children);
  return verdict;
}

/** Forgets a campaign that nobody has approved. False for any other. */
export async function forget(env: Env, id: string): Promise<boolean> {
  const store = env.CAMPAIGNS.getByName(id);
  const summary = await store.summary();
  if (summary?.status !== "review" || !(await store.discard(summary.import))) return false;
  await env.PAYMENTS.getByName(summary.series).leave(id, summary.import);
  for (const child of childrenOf(id, summary.children)) await env.CAMPAIGNS.getByName(child).discard(summary.import);
  return true;
}

export async function pause(env: Env, id: string): Promise<boolean> {
  if (!(await runningChildren(env, id))) return false;
  await env.CAMPAIGNS.getByName(id).setStatus("paused");
  return true;
}

/** Goes on: after a pause, after funds arrived, or where a run has failed. */
export async function resume(env: Env, id: string): Promise<boolean> {
  const children = await runningChildren(env, id);
  if (!children) return false;
  await env.CAMPAIGNS.getByName(id).setStatus("running");
  await ensureRun(env, id, children.length);
  // It looks at its children once more; and an instance that sleeps on a developer's machine wakes up.
  await tell(env, id, "child");
  for (const child of children) {
    const summary = await env.CAMPAIGNS.getByName(child).summary();
    if (!summary || summary.runs === 0 || summary.status === "done") continue;
    await ensureRun(env, child, 0);
    await tell(env, child, "resume");
  }
  return true;
}

/** Of a campaign that was approved and is not done. */
async function runningChildren(env: Env, id: string): Promise<string[] | undefined> {
  const summary = await env.CAMPAIGNS.getByName(id).summary();
  const isRunning = summary && !["importing", "review", "done"].includes(summary.status);
  return isRunning ? childrenOf(id, summary.children) : undefined;
}
