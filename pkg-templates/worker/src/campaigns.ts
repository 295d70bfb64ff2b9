// How far campaigns are, and what can be done to them once they run.
import { auditOf } from "./audit-log.js";
import { tellEvents } from "./bookkeeping.js";
import { childrenOf } from "./campaign-ids.js";
import { listOf } from "./campaign-list.js";
import type { Quote, Totals } from "./campaign-quote.js";
import { ensureRun, tell } from "./campaign-run.js";
import type { CampaignStatus, Progress } from "./campaign-store.js";
import type { Env } from "./env.js";
import { noted } from "./failures.js";

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
export async function approve(env: Env, id: string, totals: Totals, by: string): Promise<"approved" | "other" | undefined> {
  const store = env.CAMPAIGNS.getByName(id);
  const verdict = await store.approve(totals, by);
  await tellEvents(env, id).catch(noted);
  const summary = await store.summary();
  if (verdict === "approved" && summary && summary.status !== "done") await ensureRun(env, id, summary.children);
  return verdict;
}

/** Forgets a campaign that nobody has approved. False for any other. */
export async function forget(env: Env, id: string, by: string): Promise<boolean> {
  await tellEvents(env, id);
  const store = env.CAMPAIGNS.getByName(id);
  const summary = await store.summary();
  if (summary?.status !== "review" || !(await store.discard(summary.import))) return false;
  await env.PAYMENTS.getByName(summary.series).leave(id, summary.import);
  for (const child of childrenOf(id, summary.children)) await env.CAMPAIGNS.getByName(child).discard(summary.import);
  await auditOf(env).append([{ once: `${id} ${summary.import} deleted`, entry: { ...(by ? { who: by } : {}), what: "deleted", campaign: id } }]);
  await listOf(env).removed(id);
  return true;
}

export async function pause(env: Env, id: string, by: string): Promise<boolean> {
  if (!(await runningChildren(env, id))) return false;
  await env.CAMPAIGNS.getByName(id).change("paused", "paused", by);
  await tellEvents(env, id).catch(noted);
  return true;
}

/** Goes on: after a pause, after funds arrived, or where a run has failed. */
export async function resume(env: Env, id: string, by: string): Promise<boolean> {
  const children = await runningChildren(env, id);
  if (!children) return false;
  await env.CAMPAIGNS.getByName(id).change("running", "resumed", by);
  await tellEvents(env, id).catch(noted);
  await wake(env, id, children);
  return true;
}

/** Makes sure that whatever has to run does, and looks. */
export async function wake(env: Env, id: string, children: string[]): Promise<void> {
  await ensureRun(env, id, children.length);
  // It looks at its children once more; and an instance that sleeps on a developer's machine wakes up.
  await tell(env, id, "child");
  for (const child of children) {
    const summary = await env.CAMPAIGNS.getByName(child).summary();
    if (!summary || summary.runs === 0 || summary.status === "done") continue;
    await ensureRun(env, child, 0);
    await tell(env, child, "resume");
  }
}

/** Of a campaign that was approved and is not done. */
export async function runningChildren(env: Env, id: string): Promise<string[] | undefined> {
  const summary = await env.CAMPAIGNS.getByName(id).summary();
  const isRunning = summary && !["importing", "review", "done"].includes(summary.status);
  return isRunning ? childrenOf(id, summary.children) : undefined;
}
