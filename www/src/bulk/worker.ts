// The Web Worker that does the bulk job: it reads the file, plans, quotes and places, and the page only shows what it is told.
import bulk from "giftcard-partners/giftcard_partners_bulk.wasm?url";
import core from "giftcard-partners/giftcard_partners.wasm?url";
import { Campaign, type Catalog, type GiftCardPartners, type ImportReport, type LineItem, type OrderType, init, initBulk, isGiftCardError } from "giftcard-partners/slim";

import { CAMPAIGN, storeOf } from "../parts/store";
import { claimsFile } from "../snippets/campaign-claims.js";
import { keepPlan, plan, reopen, run } from "../snippets/campaign.js";
import { loadCatalog } from "../snippets/catalog.js";
import { importFile } from "../snippets/import.js";
import { connect } from "../snippets/place.js";
import { settle } from "../snippets/settle.js";
import { type About, type Command, type News, hasPaid, isOf, mayExist, open } from "./messages";

/** Rows that the page lists; the file to download has them all. */
const LISTED = 200;
/** Milliseconds between two pieces of news about progress: more than a person can see would only cost frames. */
const PACE = 100;
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

const port = self as unknown as { postMessage(news: News): void; onmessage: (event: MessageEvent<Command>) => void };

const store = storeOf(CAMPAIGN);

let client: GiftCardPartners;
let catalog: Catalog;
let report: { rows: ImportReport; name: string; type: OrderType } | undefined;
/** As the store has it, too. */
let kept: { campaign: Campaign; about: About; earlier: Earlier[] } | undefined;
let pausing: AbortController | undefined;

const ready = (async () => {
  await Promise.all([init(fetch(core)), initBulk(fetch(bulk))]);
  client = connect((event: never) => tell({ news: "event", event }));
  catalog = await loadCatalog();
})();

port.onmessage = ({ data }) => {
  obey(data)
    .catch((error: unknown) => tell({ news: "failed", problem: sentenceOf(error) }))
    .finally(() => tell({ news: "idle", after: data.do }));
};

async function obey(command: Command): Promise<void> {
  await ready;
  switch (command.do) {
    case "import":
      return read(command);
    case "plan":
      return alone(() => replan(command));
    case "reopen":
      return recall(false);
    case "quote":
      return quote();
    case "run":
      return alone(place);
    case "settle":
      return alone(close);
    case "pause":
      return pausing?.abort();
    case "claims":
      return claims(command);
    case "forget":
      return alone(forget);
  }
}

/** While nobody else does anything to the campaign, in this tab or another, and with what the store has of it now. */
async function alone(act: () => Promise<void>): Promise<void> {
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

async function read({ file, name, type, defaults, duplicates: duplicatesWere }: Command & { do: "import" }): Promise<void> {
  report?.rows.free();
  report = undefined;
  const paced = pace();
  const imported = (await importFile(file, { type, catalog, defaults, duplicates: duplicatesWere }, (progress: never) => {
    if (paced()) tell({ news: "reading", progress, size: file.size });
  })) as ImportReport;
  report = { rows: imported, name, type };
  const { rows, accepted, totals, ignoredColumns, issues } = imported;
  const rejected = imported.rejected;
  const duplicates = imported.duplicates;
  const mend = rejected.length > 0 ? new Blob([imported.rejectedCsv() as Uint8Array<ArrayBuffer>], { type: "text/csv" }) : undefined;
  tell({
    news: "report",
    report: {
      name,
      type,
      rows,
      accepted,
      rejected: rejected.length,
      rejectedRows: rejected.slice(0, LISTED),
      duplicates: duplicates.length,
      duplicatesWere,
      duplicateRows: duplicates.slice(0, LISTED),
      totals,
      ignoredColumns,
      issues,
      mend,
    },
  });
}

/**
 * What was sent of the campaign that is kept is kept on, and its rows are left out. Before that it has to be known what was sent; and
 * what remains of another file is never dropped: that one is finished or forgotten first. A file of the same name may lack people, too:
 * they are dropped only where that was agreed to.
 */
async function replan({ name, linesPerOrder, leaveOut, drop }: Command & { do: "plan" }): Promise<void> {
  if (!report) return;
  const before = kept;
  const progress = before?.campaign.progress();
  const isSent = before !== undefined && progress !== undefined && hasPaid({ progress, earlier: before.earlier });
  if (isSent && open(progress) > 0) throw new Error(`Orders of campaign ${before.about.name} may be placed already: settle them first.`);
  if (isSent && !progress.done && !isOf(before.about, report)) throw new Error(`Finish or forget campaign ${before.about.name} first.`);

  const earlier = [...(before?.earlier ?? [])];
  const isBegun = before !== undefined && progress !== undefined && mayExist(progress) > 0;
  if (isBegun) {
    const { name, type, since } = before.about;
    earlier.push({ name, type, since, placed: progress.placed.orders, bytes: before.campaign.toBytes() });
  }
  // It knows what it was planned after itself, and no more: one that paid everybody again knows of nobody before it.
  const last = earlier.at(-1);
  const after = last && (leaveOut || (isBegun && !progress.done)) ? Campaign.fromBytes(last.bytes) : undefined;
  const campaign = plan(report.rows, name, linesPerOrder, after) as Campaign;
  after?.free();
  const people = isSent && !progress.done ? dropped(before.campaign, campaign) : 0;
  if (people > drop) {
    campaign.free();
    return tell({ news: "drops", people });
  }
  const about = { id: crypto.randomUUID(), name, file: report.name, type: report.type, since: last && after ? last.since : earlier.length };
  await keepPlan(campaign, store, { about, earlier });
  before?.campaign.free();
  kept = { campaign, about, earlier };
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
async function recall(isNew: boolean): Promise<void> {
  const about = (await store.read("about")) as About | undefined;
  kept?.campaign.free();
  kept = undefined;
  if (!about) return tell({ news: "nothing-kept" });
  const earlier = (await store.read("earlier")) as Earlier[];
  kept = { campaign: await reopen(store), about, earlier };
  tellPlan(isNew);
  return quote();
}

async function quote(): Promise<void> {
  const balance = await client.accountBalance();
  // Only now: while that was asked for, it may have become another.
  if (kept) tell({ news: "quote", quotes: kept.campaign.quote(catalog, balance) });
}

async function place(): Promise<void> {
  if (!kept) return;
  const { campaign } = kept;
  pausing = new AbortController();
  const paced = pace();
  const onProgress = (progress: never) => {
    if (paced()) tell({ news: "progress", progress });
  };
  try {
    await run(client, campaign, store, { signal: pausing.signal, onProgress });
    const progress = campaign.progress();
    tell({ news: "ended", how: progress.done ? "done" : progress.short > 0 ? "short" : "open", progress });
  } catch (error) {
    const how = pausing.signal.aborted ? "paused" : "failed";
    tell({ news: "ended", how, problem: sentenceOf(error), progress: campaign.progress() });
  } finally {
    pausing = undefined;
  }
  return quote();
}

async function close(): Promise<void> {
  if (!kept) return;
  await settle(client, kept.campaign, store);
  const progress = kept.campaign.progress();
  tell({ news: "ended", how: open(progress) > 0 ? "open" : progress.done ? "done" : "settled", progress });
  return quote();
}

async function claims({ earlier }: Command & { do: "claims" }): Promise<void> {
  const before = earlier === undefined ? undefined : kept?.earlier[earlier];
  const campaign = before ? Campaign.fromBytes(before.bytes) : kept?.campaign;
  if (!campaign) return;
  const file = new Blob([(await claimsFile(client, campaign)) as Uint8Array<ArrayBuffer>], { type: "text/csv" });
  if (before) campaign.free();
  tell({ news: "claims", name: before?.name ?? kept?.about.name ?? "", file });
}

async function forget(): Promise<void> {
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

function tell(news: News): void {
  port.postMessage(news);
}

/** Says at most every so often that it is time. */
function pace(): () => boolean {
  let last = -PACE;
  return () => {
    const now = performance.now();
    if (now - last < PACE) return false;
    last = now;
    return true;
  };
}

function sentenceOf(error: unknown): string {
  if (isGiftCardError(error) || error instanceof Error) return error.message;
  return "It failed without saying why.";
}
