// How far campaigns are, and what can be done to them once they run.
import { giveBack, Spending } from "./budgets.js";
import { childrenOf } from "./campaign-ids.js";
import type { Quote, Totals } from "./campaign-quote.js";
import { ensureRun, tell } from "./campaign-run.js";
import type { CampaignStatus, KnownOrder, Progress } from "./campaign-store.js";
import type { Hold } from "./campaign-terms.js";
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

/** What a word to a whole campaign came to. */
export interface Said {
  hold: Hold;
  /** Orders that are on their way all the same, and end. */
  underWay: number;
}

/** Nothing more is begun. Those under way end. */
export async function pause(env: Env, id: string): Promise<Said | undefined> {
  return (await say(env, id, "hold"))?.said;
}

/** Nothing more is begun, for ever. Those under way end, and what is in doubt is followed until it is known. */
export async function cancel(env: Env, id: string): Promise<Said | undefined> {
  const heard = await say(env, id, "close");
  if (!heard) return undefined;
  const spender = (await env.CAMPAIGNS.getByName(id).terms())?.poster ?? { id: "" };
  for (const child of heard.children) {
    await giveBack(env, child, spender, await env.CAMPAIGNS.getByName(child).unsent());
    await wake(env, child);
  }
  return heard.said;
}

/** Goes on: after a pause, after funds arrived, or where a run has failed. */
export async function resume(env: Env, id: string): Promise<Said | undefined> {
  const heard = await say(env, id, "go");
  if (!heard) return undefined;
  await ensureRun(env, id, heard.children.length);
  // It looks at its children once more; and an instance that sleeps on a developer's machine wakes up.
  await tell(env, id, "child");
  for (const child of heard.children) await wake(env, child);
  return heard.said;
}

/** Says it to a campaign that was approved and is not done, and then to its children. */
async function say(env: Env, id: string, word: Hold): Promise<{ said: Said; children: string[] } | undefined> {
  const store = env.CAMPAIGNS.getByName(id);
  const said = await store.say(word);
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
