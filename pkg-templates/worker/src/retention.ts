// What is done without anyone asking: campaigns that have not moved are looked at, what was not told is told, and people are deleted when a
// campaign has been over for RETENTION_DAYS.
import { alert } from "./alerts.js";
import { tellEvents, tellOrders } from "./bookkeeping.js";
import { resultsOf } from "./campaign-files.js";
import { childrenOf } from "./campaign-ids.js";
import { listOf } from "./campaign-list.js";
import { forget, wakeAll } from "./campaigns.js";
import type { Env } from "./env.js";
import { noted } from "./failures.js";
import { partsOf } from "./kept-files.js";
import { RETENTION_DAYS, STILL_MS } from "./limits.js";

const DAY = 24 * 60 * 60_000;

/** The scheduled handler. What fails of one campaign keeps no other from its turn. */
export async function lookAround(env: Env, now: number): Promise<void> {
  const list = listOf(env);
  for (const { id, status } of await list.still(now - STILL_MS)) await attempt(() => look(env, id, status));
  for (const id of await list.toEmpty(now - retentionMs(env))) await attempt(() => empty(env, id));
}

/** Days of RETENTION_DAYS, in milliseconds. What is no number of days deletes nothing sooner than the default. */
function retentionMs({ RETENTION_DAYS: said }: Env): number {
  const days = said === undefined || !/^\d{1,5}$/.test(said.trim()) ? RETENTION_DAYS : Number(said);
  return days * DAY;
}

async function attempt(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    noted(error);
  }
}

async function look(env: Env, id: string, status: string): Promise<void> {
  const summary = await env.CAMPAIGNS.getByName(id).summary();
  if (!summary) return listOf(env).removed(id);
  const children = childrenOf(id, summary.children);
  for (const child of children) await tellOrders(env, child);
  await tellEvents(env, id);
  const hasEnded = summary.status === "done" || summary.status === "cancelled";
  await listOf(env).moved(id, hasEnded ? summary.status : status, Date.now(), { byItself: true });
  if (hasEnded) return;
  await wakeAll(env, id, children);
  // Who waits for cards to be made waits as long as that takes.
  if (status === "waiting") return;
  await alert(env, { once: `${id} still`, kind: "still", campaign: id, text: `Campaign ${id} has not moved for ${STILL_MS / 3_600_000} hours. It was woken.` });
}

/** Deletes the people of a campaign: of its plans the results without recipients are left. One that nobody approved is forgotten. */
async function empty(env: Env, id: string): Promise<void> {
  const store = env.CAMPAIGNS.getByName(id);
  const summary = await store.summary();
  if (!summary) return listOf(env).removed(id);
  if (summary.status === "review") {
    await forget(env, id, "");
    return;
  }
  const children = childrenOf(id, summary.children);
  // An order in doubt, of a campaign that was cancelled, is settled with its body.
  for (const child of children) {
    const { sent = 0, unknown = 0 } = (await env.CAMPAIGNS.getByName(child).progress()).states;
    if (sent + unknown > 0) return;
  }
  for (const child of children) {
    const store = env.CAMPAIGNS.getByName(child);
    if (!(await store.file("plan", 0))) continue;
    const csv = new TextEncoder().encode(await resultsOf(env, child, { isWithoutRecipients: true }));
    for (const [part, bytes] of partsOf(csv).entries()) await store.keepResults(part, bytes);
    await store.empty();
  }
  await store.empty({ isWhole: true });
  await tellEvents(env, id);
  await listOf(env).emptied(id);
}
