// The bulk job as the page knows it. The Web Worker lives as long as the page, whatever section is shown.
import { signal } from "@preact/signals";
import type { CampaignProgress, CampaignQuote, ImportProgress } from "giftcard-partners/slim";

import { note, refreshBalance } from "../desk";
import { startWorker } from "../trusted";
import type { Command, News, Report } from "./messages";
import workerUrl from "./worker?worker&url";

export type Ending = Extract<News, { news: "ended" }>;

export const reading = signal<{ progress: ImportProgress; size: number }>();
export const report = signal<Report>();
export const plan = signal<{ name: string; progress: CampaignProgress }>();
export const quotes = signal<CampaignQuote[]>([]);
export const running = signal(false);
export const ending = signal<Ending>();
export const problem = signal<string>();

let worker: Worker | undefined;

export function order(command: Command): void {
  if (!worker) {
    worker = startWorker(workerUrl);
    worker.onmessage = ({ data }: MessageEvent<News>) => learn(data);
    worker.onerror = () => (problem.value = "The Web Worker could not be loaded. Load the page again.");
  }
  worker.postMessage(command);
}

function learn(news: News): void {
  switch (news.news) {
    case "reading":
      reading.value = { progress: news.progress, size: news.size };
      return;
    case "report":
      reading.value = undefined;
      report.value = news.report;
      return;
    case "planned":
      plan.value = { name: news.name, progress: news.progress };
      return;
    case "nothing-kept":
      plan.value = undefined;
      quotes.value = [];
      ending.value = undefined;
      return;
    case "quote":
      quotes.value = news.quotes;
      return;
    case "running":
      running.value = true;
      ending.value = undefined;
      problem.value = undefined;
      return;
    case "progress":
      if (plan.value) plan.value = { ...plan.value, progress: news.progress };
      return;
    case "event":
      return note("page", news.event);
    case "ended":
      running.value = false;
      ending.value = news;
      if (plan.value) plan.value = { ...plan.value, progress: news.progress };
      void refreshBalance().catch(() => undefined);
      return;
    case "failed":
      reading.value = undefined;
      problem.value = news.problem;
      return;
  }
}
