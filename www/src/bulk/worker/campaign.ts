// The campaign that is kept in this browser: planned, placed, paused, settled, found again.
import { Campaign, type CampaignProgress, type LineItem, type OrderType, isGiftCardError } from "giftcard-partners/slim";

import { CAMPAIGN, storeOf } from "../../parts/store";
import { claimsFile } from "../../snippets/campaign-claims.js";
import { keepPlan, plan, reopen, run } from "../../snippets/campaign.js";
import { settle } from "../../snippets/settle.js";
import { type About, type Command, hasPaid, isOf, mayExist, open } from "../messages";
import { reading } from "./list";
import { catalog, client } from "./needs";
import { newest, pace, tell } from "./port";

/** Whoever places, plans or forgets holds it: two tabs, or two commands, must not do so to one campaign at a time. */
const LOCK = "order-desk-campaign";

/** A campaign that was sent, as far as it was, and that another plan follows. */
interface Earlier {
  name: string;
  type: OrderType;
  placed: number;
  since: number;
  bytes: Uint8Array;
}

const store = storeOf(CAMPAIGN);

/** As the store has it, too. `dates`: when the answer for an order came. */
export let kept: { campaign: Campaign; about: About; earlier: Earlier[]; dates: Record<string, string> } | undefined;
let pausing: AbortController | undefined;

/** While nobody else does anything to the campaign, in this tab or another, and with what the store has of it now. */
export async function alone(act: () => Promise<void>): Promise<void> {
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) throw new Error("A campaign is being placed, perhaps in another tab. Pause it there first.");
    const about = (await store.read("about")) as About | undefined;
    if (about?.id !== kept?.about.id) {
      await recall(true);
      throw new Error("The campaign was changed in another tab. Look at it as it is now, and press again.");
    }
    const ledger = await store.read("ledger");
    if (ledger) kept?.campaign.applyLedger(ledger as Uint8Array);
    return act();
  });
}

/**
 * What was sent of the campaign that is kept is kept on, and its rows are left out. Before that it has to be known what was sent; and
 * what remains of another file is never dropped: that one is finished or forgotten first. A file of the same name may lack people, too:
 * they are dropped only where that was agreed to.
 */
export async function replan({ name, poPrefix, linesPerOrder, leaveOut, drop }: Command & { do: "plan" }): Promise<void> {
  if (!reading) return;
  const { final, list } = reading;
  const before = kept;
  const progress = before?.campaign.progress();
  const isSent = before !== undefined && progress !== undefined && hasPaid({ progress, earlier: before.earlier });
  if (isSent && open(progress) > 0) throw new Error(`Orders of campaign ${before.about.name} may be placed already: settle them first.`);
  if (isSent && !progress.done && !isOf(before.about, list)) throw new Error(`Finish or forget campaign ${before.about.name} first.`);

  const earlier = [...(before?.earlier ?? [])];
  const isBegun = before !== undefined && progress !== undefined && mayExist(progress) > 0;
  if (isBegun) {
    const { name, type, since } = before.about;
    earlier.push({ name, type, since, placed: progress.placed.orders, bytes: before.campaign.toBytes() });
  }
  // It knows what it was planned after itself, and no more: one that paid everybody again knows of nobody before it.
  const last = earlier.at(-1);
  const after = last && (leaveOut || (isBegun && !progress.done)) ? Campaign.fromBytes(last.bytes) : undefined;
  const campaign = plan(final, { name, linesPerOrder, after, poPrefix: poPrefix || undefined }) as Campaign;
  after?.free();
  const people = isSent && !progress.done ? dropped(before.campaign, campaign) : 0;
  if (people > drop) {
    campaign.free();
    return tell({ news: "drops", people });
  }
  const about = { id: crypto.randomUUID(), name, file: list.name, type: list.type, since: last && after ? last.since : earlier.length };
  const dates = before?.dates ?? {};
  await keepPlan(campaign, store, { about, earlier, dates });
  before?.campaign.free();
  kept = { campaign, about, earlier, dates };
  tellPlan(true);
  return quote();
}

/** How many rows of the old plan that are not placed are in no order of the new one. */
function dropped(old: Campaign, next: Campaign): number {
  const left = new Map<string, number>();
  for (const { state, body } of old.orders()) {
    if (state === "planned" || state === "short") for (const row of rowsOf(body)) left.set(row, (left.get(row) ?? 0) + 1);
  }
  for (const { body } of next.orders()) for (const row of rowsOf(body)) left.set(row, (left.get(row) ?? 0) - 1);
  return [...left.values()].reduce((sum, rows) => sum + Math.max(0, rows), 0);
}

/** Who gets what, in any letters. */
function rowsOf(body: Uint8Array): string[] {
  const { LineItems } = JSON.parse(new TextDecoder().decode(body)) as { LineItems: LineItem[] };
  return LineItems.map(({ DigitalDeliveryAddress: to, PhysicalDeliveryAddress, ProductId, Value, Quantity }) =>
    JSON.stringify([to?.Email ?? to?.Sms ?? PhysicalDeliveryAddress, ProductId, Value, Quantity]).toLowerCase(),
  );
}

/** What a tab that was closed, or a page that was loaded again, has left. */
export async function recall(isNew: boolean): Promise<void> {
  const about = (await store.read("about")) as About | undefined;
  kept?.campaign.free();
  kept = undefined;
  if (!about) return tell({ news: "nothing-kept" });
  const earlier = (await store.read("earlier")) as Earlier[];
  const dates = ((await store.read("dates")) ?? {}) as Record<string, string>;
  kept = { campaign: await reopen(store), about, earlier, dates };
  tellPlan(isNew);
  return quote();
}

export async function quote(): Promise<void> {
  const balance = await client.accountBalance();
  // Only now: while that was asked for, it may have become another.
  if (kept) tell({ news: "quote", quotes: kept.campaign.quote(catalog, balance) });
}

export async function place(): Promise<void> {
  if (!kept) return;
  const { campaign, dates } = kept;
  pausing = new AbortController();
  const { signal: finish } = pausing;
  let finished = 0;
  const isTimeToKeep = pace(2_000);
  const progress = newest<CampaignProgress>((progress) => tell({ news: "progress", progress }));
  // With the ledger, and so also of orders that are begun.
  const keep = (name: string, ledger: Uint8Array) => {
    progress.next(campaign.progress());
    return store.keep(name, ledger);
  };
  const onOrder = ({ poNumber }: { poNumber: string }) => {
    dates[poNumber] = new Date().toISOString();
    if (finish.aborted) finished += 1;
    if (isTimeToKeep()) void store.keep("dates", dates).catch(() => undefined);
  };
  try {
    await run(client, campaign, { keep }, { finish, onOrder });
    const ended = campaign.progress();
    const how = ended.done ? "done" : ended.short > 0 ? "short" : finish.aborted ? "paused" : "open";
    tell({ news: "ended", how, finished, progress: ended });
  } catch (error) {
    tell({ news: "ended", how: "failed", problem: sentenceOf(error), progress: campaign.progress() });
  } finally {
    progress.stop();
    pausing = undefined;
    await store.keep("dates", dates);
  }
  return quote();
}

/** No further order is begun; those under way end. */
export function pause(): void {
  if (!pausing || pausing.signal.aborted || !kept) return;
  tell({ news: "finishing", orders: kept.campaign.progress().sent });
  pausing.abort();
}

export async function close(): Promise<void> {
  if (!kept) return;
  const { dates } = kept;
  const inDoubt = [...kept.campaign.orders()].filter(({ state }) => state === "sent" || state === "unknown");
  await settle(client, kept.campaign, store);
  for (const { poNumber } of inDoubt) dates[poNumber] = new Date().toISOString();
  await store.keep("dates", dates);
  const progress = kept.campaign.progress();
  tell({ news: "ended", how: open(progress) > 0 ? "open" : progress.done ? "done" : "settled", progress });
  return quote();
}

export async function claims({ earlier }: Command & { do: "claims" }): Promise<void> {
  const before = earlier === undefined ? undefined : kept?.earlier[earlier];
  const campaign = before ? Campaign.fromBytes(before.bytes) : kept?.campaign;
  if (!campaign) return;
  const file = new Blob([(await claimsFile(client, campaign)) as Uint8Array<ArrayBuffer>], { type: "text/csv" });
  if (before) campaign.free();
  tell({ news: "file", name: `${before?.name ?? kept?.about.name}-claims.csv`, file });
}

export async function forget(): Promise<void> {
  await store.replace({});
  kept?.campaign.free();
  kept = undefined;
  tell({ news: "nothing-kept" });
}

function tellPlan(isNew: boolean): void {
  if (!kept) return;
  const { about, campaign, earlier } = kept;
  const told = earlier.map(({ name, type, placed, since }) => ({ name, type, placed, since }));
  tell({ news: "planned", isNew, plan: { ...about, progress: campaign.progress(), leftOut: campaign.alreadyPlanned, earlier: told } });
}

export function sentenceOf(error: unknown): string {
  if (isGiftCardError(error) || error instanceof Error) return error.message;
  return "It failed without saying why.";
}
