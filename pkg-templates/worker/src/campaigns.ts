// How far campaigns are, and what can be done to them once they run.
import { auditOf } from "./audit-log.js";
import { tellEvents } from "./bookkeeping.js";
import { giveBack, Spending } from "./budgets.js";
import { childrenOf } from "./campaign-ids.js";
import { listOf } from "./campaign-list.js";
import type { Quote, Totals } from "./campaign-quote.js";
import { ensureRun, tell } from "./campaign-run.js";
import type { CampaignStatus, Progress } from "./campaign-store.js";
import type { Hold } from "./campaign-terms.js";
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
  const over = children.find((child) => child.over)?.over;
  return {
    id,
    name: summary.name,
    digest: summary.digest,
    status: summary.status === "running" ? statusOf(children) : summary.status,
    ...(summary.quote ? { quote: JSON.parse(summary.quote) as Quote[] } : {}),
    orders: sum(({ orders }) => orders),
    lines: sum(({ lines }) => lines),
    states,
    pending: sum(({ pending }) => pending),
    underWay: sum(({ underWay }) => underWay),
    ...(over ? { over } : {}),
    refused: children
      .flatMap(({ refused }) => refused)
      .slice(0, LISTED)
      .map(({ answer, ...order }) => (answer ? { ...order, answer: JSON.parse(answer) } : order)),
  };
}

/** The parent's own word counts where it has one; what a child waits for is the whole's affair. */
function statusOf(children: Progress[]): CampaignStatus {
  const said = children.map(({ status }) => status);
  const stopped = said.find((status) => status === "unfunded" || status === "over_budget" || status === "stuck");
  if (stopped) return stopped;
  return said.every((status) => status === "waiting" || status === "done") ? "waiting" : "running";
}

export interface Approval {
  totals: Totals;
  /** Of the file that was looked at, where whoever approves says it. */
  digest?: string;
  approver: string;
}

/**
 * Lets a campaign run, for the total that was quoted. Whoever approves again changes nothing; a run that could not be started then is
 * started now. Answers which budget it would exceed by now.
 */
export async function approve(env: Env, id: string, { totals, digest, approver }: Approval) {
  const store = env.CAMPAIGNS.getByName(id);
  const terms = await store.terms();
  if (terms?.status === "review" && terms.spending) {
    const { over } = await Spending.from(env, terms.poster, terms.spending).judge();
    if (over) return over;
  }
  const verdict = await store.approve(totals, approver, digest);
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

/** What a word to a whole campaign came to. */
export interface Said {
  hold: Hold;
  /** Orders that are on their way all the same, and end. */
  underWay: number;
}

/** Nothing more is begun. Those under way end. */
export async function pause(env: Env, id: string, by: string): Promise<Said | undefined> {
  return (await say(env, id, "hold", by))?.said;
}

/** Nothing more is begun, for ever. Those under way end, and what is in doubt is followed until it is known. */
export async function cancel(env: Env, id: string, by: string): Promise<Said | undefined> {
  const heard = await say(env, id, "close", by);
  if (!heard) return undefined;
  const spender = (await env.CAMPAIGNS.getByName(id).terms())?.poster ?? { id: "" };
  for (const child of heard.children) await giveBack(env, child, spender, await env.CAMPAIGNS.getByName(child).unsent());
  await wakeAll(env, id, heard.children);
  return heard.said;
}

/** Goes on: after a pause, after funds arrived, or where a run has failed. */
export async function resume(env: Env, id: string, by: string): Promise<Said | undefined> {
  const heard = await say(env, id, "go", by);
  if (!heard) return undefined;
  await wakeAll(env, id, heard.children);
  return heard.said;
}

/** Makes sure that whatever has to run does, and looks. */
export async function wakeAll(env: Env, id: string, children: string[]): Promise<void> {
  await ensureRun(env, id, children.length);
  // It looks at its children once more; and an instance that sleeps on a developer's machine wakes up.
  await tell(env, id, "child");
  for (const child of children) await wake(env, child);
}

/** Says it to a campaign that was approved and is not done, and then to its children. */
async function say(env: Env, id: string, word: Hold, by: string): Promise<{ said: Said; children: string[] } | undefined> {
  const store = env.CAMPAIGNS.getByName(id);
  const said = await store.say(word, by);
  await tellEvents(env, id).catch(noted);
  const summary = await store.summary();
  if (!said || !summary) return undefined;
  const children = childrenOf(id, summary.children);
  const counts = await Promise.all(children.map((child) => env.CAMPAIGNS.getByName(child).hear(said.epoch, said.hold)));
  return { said: { hold: said.hold, underWay: counts.reduce((sum, count) => sum + count, 0) }, children };
}

/** A child that has begun goes on by itself; on a developer's machine, and where the platform has ended it, it does not. */
async function wake(env: Env, child: string): Promise<void> {
  const summary = await env.CAMPAIGNS.getByName(child).summary();
  if (!summary || summary.runs === 0 || summary.status === "done") return;
  await ensureRun(env, child, 0);
  await tell(env, child, "resume");
}
