// The Web Worker that does the bulk job: it reads the file, plans, quotes and places, and the page only shows what it is told.
import wasm from "giftcard-partners/giftcard_partners.wasm?url";
import { type Campaign, type Catalog, type GiftCardPartners, type ImportReport, init, isGiftCardError } from "giftcard-partners/slim";

import { keepPlan, reopen, run } from "../snippets/campaign.js";
import { loadCatalog } from "../snippets/catalog.js";
import { importFile } from "../snippets/import.js";
import { connect } from "../snippets/place.js";
import type { Command, News } from "./messages";
import { store } from "./store";

/** Rows that the page lists; the file to download has them all. */
const LISTED = 200;
/** Milliseconds between two pieces of news about progress: more than a person can see would only cost frames. */
const PACE = 100;
/** Two tabs must not place one campaign at a time. */
const LOCK = "order-desk-campaign";

const port = self as unknown as { postMessage(news: News): void; onmessage: (event: MessageEvent<Command>) => void };

let client: GiftCardPartners;
let catalog: Catalog;
let report: ImportReport | undefined;
let campaign: Campaign | undefined;
let pausing: AbortController | undefined;

const ready = (async () => {
  await init(fetch(wasm));
  client = connect((event: never) => tell({ news: "event", event }));
  catalog = await loadCatalog();
})();

port.onmessage = ({ data }) => {
  obey(data).catch((error: unknown) => tell({ news: "failed", problem: sentenceOf(error) }));
};

async function obey(command: Command): Promise<void> {
  await ready;
  switch (command.do) {
    case "import":
      return read(command);
    case "plan":
      return plan(command);
    case "reopen":
      return recall();
    case "quote":
      return quote();
    case "run":
      return place();
    case "pause":
      return pausing?.abort();
    case "forget":
      campaign?.free();
      campaign = undefined;
      await store.clear();
      return tell({ news: "nothing-kept" });
  }
}

async function read({ file, name, type, defaults }: Command & { do: "import" }): Promise<void> {
  report?.free();
  const paced = pace();
  report = (await importFile(file, { type, catalog, defaults }, (progress: never) => {
    if (paced()) tell({ news: "reading", progress, size: file.size });
  })) as ImportReport;
  const { rows, accepted, totals, ignoredColumns, issues } = report;
  const rejected = report.rejected;
  const duplicates = report.duplicates;
  const mend = rejected.length > 0 ? new Blob([report.rejectedCsv() as Uint8Array<ArrayBuffer>], { type: "text/csv" }) : undefined;
  tell({
    news: "report",
    report: {
      name,
      rows,
      accepted,
      rejected: rejected.length,
      rejectedRows: rejected.slice(0, LISTED),
      duplicates: duplicates.length,
      duplicateRows: duplicates.slice(0, LISTED),
      totals,
      ignoredColumns,
      issues,
      mend,
    },
  });
}

async function plan({ name, linesPerOrder }: Command & { do: "plan" }): Promise<void> {
  if (!report) return;
  campaign?.free();
  campaign = report.plan({ campaign: name, maxLinesPerOrder: linesPerOrder });
  await keepPlan(campaign, store);
  await store.keep("name", name);
  tell({ news: "planned", name, progress: campaign.progress() });
  return quote();
}

/** What a tab that was closed, or a page that was loaded again, has left. */
async function recall(): Promise<void> {
  const name = await store.read("name");
  if (typeof name !== "string") return tell({ news: "nothing-kept" });
  campaign = await reopen(store);
  tell({ news: "planned", name, progress: campaign.progress() });
  return quote();
}

async function quote(): Promise<void> {
  if (!campaign) return;
  tell({ news: "quote", quotes: campaign.quote(catalog, await client.accountBalance()) });
}

async function place(): Promise<void> {
  const running = campaign;
  if (!running || pausing) return;
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock) return tell({ news: "failed", problem: "Another tab is placing a campaign. Pause it there first." });
    pausing = new AbortController();
    tell({ news: "running" });
    const paced = pace();
    const onProgress = (progress: never) => {
      if (paced()) tell({ news: "progress", progress });
    };
    try {
      await run(client, running, store, { signal: pausing.signal, onProgress });
      const progress = running.progress();
      tell({ news: "ended", how: progress.done ? "done" : progress.short > 0 ? "short" : "open", progress });
    } catch (error) {
      const how = pausing.signal.aborted ? "paused" : "failed";
      tell({ news: "ended", how, problem: sentenceOf(error), progress: running.progress() });
    } finally {
      pausing = undefined;
    }
    return quote();
  });
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
