// What happens to campaigns is told: to the audit, to the list of campaigns, to people. The campaign's Durable Object says what is not told
// yet, so that it is told once, and later where it could not be told at once.
import { alert, overcome } from "./alerts.js";
import type { AuditEntry } from "./audit-chain.js";
import { auditOf, type NewEntry } from "./audit-log.js";
import { settle } from "./budgets.js";
import { childrenOf, parentOf } from "./campaign-ids.js";
import { listOf } from "./campaign-list.js";
import type { Quote } from "./campaign-quote.js";
import type { CampaignStatus } from "./campaign-store.js";
import type { Env } from "./env.js";
import { LINES_PER_PAGE } from "./limits.js";

/** Tells what was done to a campaign. What cannot be told now is told by the scheduled handler. */
export async function tellEvents(env: Env, id: string): Promise<void> {
  const store = env.CAMPAIGNS.getByName(id);
  const events = await store.untoldEvents();
  const summary = await store.summary();
  const last = events.at(-1);
  if (!summary || !last) return;

  const quotes = JSON.parse(summary.quote || "[]") as Quote[];
  const told = events.flatMap(({ n, what, who }): NewEntry[] => {
    const entry = { ...(who ? { who } : {}), what, campaign: id };
    // An approval is of a sum; so is what is posted.
    const sums = what === "posted" || what === "approved" ? quotes : [];
    if (sums.length === 0) return [{ once: `${id} ${summary.import} ${n}`, entry }];
    return sums.map(({ total: amount, currency }, sum) => ({
      once: `${id} ${summary.import} ${n}.${sum}`,
      entry: { ...entry, amount, ...(currency ? { currency } : {}) },
    }));
  });
  await auditOf(env).append(told);
  const list = listOf(env);
  for (const { what, who, at } of events) {
    if (what === "posted") await list.posted(id, { name: summary.name, series: summary.series, quote: summary.quote, by: who, at });
    else if (what === "approved") await list.approved(id, who, at);
    else if (what === "resumed") await Promise.all([list.moved(id, "running", at), overcome(env, id)]);
    else if (what !== "expired") await list.moved(id, what, at);
  }
  await store.toldEvents(last.n);
}

/** Tells what became of orders of a child. */
export async function tellOrders(env: Env, campaign: string): Promise<void> {
  const store = env.CAMPAIGNS.getByName(campaign);
  const id = parentOf(campaign) ?? campaign;
  let [placed, refused] = [0, 0];
  for (;;) {
    const orders = await store.untoldOrders(LINES_PER_PAGE);
    if (orders.length === 0) break;
    const told = orders.map(({ place, poNumber, state, orderId, amount, currency }) => {
      const what = state === "created" || state === "reconciled" ? ("placed" as const) : ("refused" as const);
      if (what === "placed") placed += 1;
      else refused += 1;
      const entry: AuditEntry = { what, campaign: id, poNumber, ...(orderId ? { orderId } : {}), ...(amount ? { amount } : {}), ...(currency ? { currency } : {}), outcome: state };
      return { once: `${campaign} ${place} ${state}`, entry };
    });
    await auditOf(env).append(told);
    await settle(env, orders.filter(({ state }) => state === "created" || state === "reconciled").map(({ poNumber }) => poNumber));
    await store.toldOrders(orders.map(({ place }) => place));
    if (orders.length < LINES_PER_PAGE) break;
  }
  if (placed + refused > 0) await listOf(env).moved(id, "running", Date.now(), { byItself: true });
  if (placed > 0) await overcome(env, id);
  if (refused > 0) await alert(env, { once: `${id} refused`, kind: "refused", campaign: id, text: `Campaign ${id} has orders that the API refuses. A person has to look at them.` });
}

/** Tells how a campaign stands, a child or the whole; of a child only what concerns the whole. */
export async function tellStatus(env: Env, campaign: string, status: CampaignStatus): Promise<void> {
  const parent = parentOf(campaign);
  const id = parent ?? campaign;
  if (parent && (status === "waiting" || status === "done")) return;
  await listOf(env).moved(id, status, Date.now(), { byItself: true });
  if (status === "unfunded") {
    await alert(env, { once: `${id} unfunded`, kind: "unfunded", campaign: id, text: `Campaign ${id} waits for funds. Fund the account and resume it.` });
  } else if (status === "stuck") {
    await alert(env, { once: `${id} stuck`, kind: "stuck", campaign: id, text: `Campaign ${id} is stuck: the API refuses the credentials, or nothing works. Mend it and resume it.` });
  } else if (status === "over_budget") {
    await alert(env, { once: `${id} over_budget`, kind: "budget", campaign: id, text: `Campaign ${id} is stopped by a budget. Raise it and resume the campaign, or cancel it.` });
  } else if (status === "done") {
    const { placed, refused } = await countsOf(env, id);
    const text = `Campaign ${id} is done: ${placed} orders placed, ${refused} refused.`;
    await alert(env, { once: `${id} done`, kind: "done", campaign: id, text });
  }
}

async function countsOf(env: Env, id: string): Promise<{ placed: number; refused: number }> {
  const summary = await env.CAMPAIGNS.getByName(id).summary();
  let [placed, refused] = [0, 0];
  for (const child of childrenOf(id, summary?.children ?? 0)) {
    const { created = 0, reconciled = 0, conflict = 0, rejected = 0 } = (await env.CAMPAIGNS.getByName(child).progress()).states;
    placed += created + reconciled;
    refused += conflict + rejected;
  }
  return { placed, refused };
}

/** A file of a campaign is handed out. That is told before. */
export async function tellDownload(env: Env, id: string, who: string, file: string): Promise<void> {
  await auditOf(env).append([{ once: crypto.randomUUID(), entry: { who, what: "downloaded", campaign: id, outcome: file } }]);
}
