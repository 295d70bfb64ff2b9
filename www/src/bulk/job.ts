// The bulk job as the page knows it. The Web Worker lives as long as the page, whatever section is shown.
import { computed, signal } from "@preact/signals";
import type { CampaignQuote, ImportProgress, LineItem, OrderType } from "giftcard-partners/slim";

import { note, refreshBalance } from "../desk";
import { download, focus, stem } from "../parts/dom";
import { CAMPAIGN } from "../parts/store";
import { startWorker } from "../trusted";
import type { Command, Duplicates, News, Plan, Report } from "./messages";
import workerUrl from "./worker?worker&url";

export type Ending = Extract<News, { news: "ended" }>;

/** What is done to the campaign is done one after the other. */
const ONE_AT_A_TIME: Command["do"][] = ["plan", "run", "settle", "claims", "forget"];

export const reading = signal<{ progress: ImportProgress; size: number }>();
export const report = signal<Report>();
export const plan = signal<Plan>();
export const quotes = signal<CampaignQuote[]>([]);
export const doing = signal<Command["do"]>();
export const ending = signal<Ending>();
export const problem = signal<string>();
/** People whom the plan that was asked for would drop. */
export const drops = signal<number>();
export const running = computed(() => doing.value === "run" || doing.value === "settle");

let worker: Worker | undefined;

export function order(command: Command): void {
  if (ONE_AT_A_TIME.includes(command.do)) {
    // Also the second press of a double one.
    if (doing.value) return;
    doing.value = command.do;
    problem.value = drops.value = undefined;
    if (command.do !== "claims") ending.value = undefined;
  }
  if (!worker) {
    worker = startWorker(workerUrl);
    worker.onmessage = ({ data }: MessageEvent<News>) => learn(data);
    worker.onerror = () => {
      doing.value = reading.value = undefined;
      problem.value = "The Web Worker could not be loaded. Load the page again.";
    };
  }
  worker.postMessage(command);
}

/** Looks for what a closed tab has left. Where nothing was ever kept, nothing is loaded to find that out. */
export async function recall(): Promise<void> {
  const mayBeKept = worker || (await indexedDB.databases().then((all) => all.some(({ name }) => name === CAMPAIGN), () => true));
  if (mayBeKept) order({ do: "reopen" });
}

/** Reads the last file again, in which people are or are not meant to be paid more than once. */
export let takeAgain: (duplicates: Duplicates) => void;

/** Reads a file; not while another is read, nor while a campaign is placed. */
export function take(file: File | undefined, type: OrderType, defaults: Partial<LineItem>, duplicates: Duplicates = "reject"): void {
  if (!file || reading.value || doing.value) return;
  takeAgain = (another) => take(file, type, defaults, another);
  problem.value = drops.value = undefined;
  reading.value = { progress: { bytes: 0, rows: 0, accepted: 0, rejected: 0 }, size: file.size };
  order({ do: "import", file, name: file.name, type, defaults, duplicates });
}

function learn(news: News): void {
  switch (news.news) {
    case "reading":
      reading.value = { progress: news.progress, size: news.size };
      return;
    case "report":
      reading.value = undefined;
      report.value = news.report;
      return focus("report-title");
    case "planned":
      plan.value = news.plan;
      quotes.value = [];
      ending.value = undefined;
      return news.isNew ? focus("run-title") : undefined;
    case "drops":
      drops.value = news.people;
      return focus("drops");
    case "nothing-kept": {
      const wasKept = plan.value !== undefined;
      plan.value = undefined;
      quotes.value = [];
      ending.value = undefined;
      return wasKept ? focus(report.value ? "report-title" : "drop-title") : undefined;
    }
    case "quote":
      quotes.value = news.quotes;
      return;
    case "progress":
      if (plan.value) plan.value = { ...plan.value, progress: news.progress };
      return;
    case "event":
      return note("page", news.event);
    case "ended":
      ending.value = news;
      if (plan.value) plan.value = { ...plan.value, progress: news.progress };
      void refreshBalance().catch(() => undefined);
      return;
    case "claims":
      return download(news.file, `${stem(news.name)}-claims.csv`);
    case "failed":
      problem.value = news.problem;
      return;
    case "idle":
      if (news.after === "import") reading.value = undefined;
      if (news.after !== doing.value) return;
      doing.value = undefined;
      // The button that was pressed may be gone; who is elsewhere is left there.
      return focus("run-title", { onlyIfLost: true });
  }
}
