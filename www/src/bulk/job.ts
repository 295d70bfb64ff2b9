// The bulk job as the page knows it. The Web Worker lives as long as the page, whatever section is shown.
import { computed, signal } from "@preact/signals";
import type { CampaignQuote, ImportProgress, Inspection, OrderType } from "giftcard-partners/slim";

import { note, refreshBalance } from "../desk";
import { download, focus } from "../parts/dom";
import { CAMPAIGN } from "../parts/store";
import { startWorker } from "../trusted";
import type { Answers, Command, List, News, Plan, Report, Results } from "./messages";
import workerUrl from "./worker/worker?worker&url";

export type Ending = Extract<News, { news: "ended" }>;
export type Step = "upload" | "match" | "fix" | "review" | "send";

/** What is done to the campaign is done one after the other. */
const ONE_AT_A_TIME: Command["do"][] = ["plan", "run", "settle", "claims", "forget"];
/** These read the list, one after the other too. */
const READING: Command["do"][] = ["inspect", "import", "again"];

export const step = signal<Step>("upload");
export const list = signal<List>();
export const inspection = signal<Inspection>();
/** How far the list is read; without rows while it is only looked at. */
export const reading = signal<{ progress?: ImportProgress; size: number }>();
export const report = signal<Report>();
/** A mended cell is being checked. */
export const checking = signal(0);
export const plan = signal<Plan>();
export const quotes = signal<CampaignQuote[]>([]);
export const results = signal<Results>();
export const doing = signal<Command["do"]>();
/** So many orders are being finished, after a pause was asked for. */
export const finishing = signal<number>();
export const ending = signal<Ending>();
export const problem = signal<string>();
/** People whom the plan that was asked for would drop. */
export const drops = signal<number>();
export const running = computed(() => doing.value === "run" || doing.value === "settle");

/** Going on was asked for while cells were being checked, and with so many rows to fix. */
let goingOn: number | undefined;

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

/** Goes on to the review; who leaves a mended cell by that very button goes on once the cell is checked, unless something is wrong with it. */
export function goOn(): void {
  if (checking.value === 0) return show("review");
  goingOn = report.value?.wrong;
}

/** Looks for what a closed tab has left. Where nothing was ever kept, nothing is loaded to find that out. */
export async function recall(): Promise<void> {
  const mayBeKept = worker || (await indexedDB.databases().then((all) => all.some(({ name }) => name === CAMPAIGN), () => true));
  if (mayBeKept) order({ do: "reopen" });
}

/** Shows a step, whose heading says where one has arrived. */
export function show(next: Step): void {
  step.value = next;
  focus("step-title");
}

/** Looks at a list; not while another is read, nor while a campaign is placed. */
export function take(file: Blob | undefined, name: string, type: OrderType): void {
  if (!file) return;
  look({ file, name, type });
}

/** Looks at it again: another sheet, another header. */
export function look(next: List): void {
  if (reading.value || doing.value) return;
  begin(next);
  order({ do: "inspect", list: next });
}

/** Reads all of the list, as it was matched; `isSame`: once more, with another answer to what is to become of its rows. */
export function read(answers: Answers, { isSame = false } = {}): void {
  if (!list.value || reading.value || doing.value) return;
  begin(list.value);
  order({ do: "import", list: list.value, answers, isSame });
}

/** Sends again what a row of the results says, to another address. */
export function sendAgain(key: number, address: Record<string, string>): void {
  if (reading.value || doing.value) return;
  begin(undefined);
  inspection.value = undefined;
  order({ do: "again", key, address });
}

function begin(next: List | undefined): void {
  problem.value = drops.value = report.value = undefined;
  list.value = next;
  goingOn = undefined;
  reading.value = { size: next?.file.size ?? 1 };
}

function learn(news: News): void {
  switch (news.news) {
    case "reading":
      reading.value = { progress: news.progress, size: news.size };
      return;
    case "inspected":
      inspection.value = news.inspection;
      return show("match");
    case "report":
      report.value = news.report;
      if (!news.isNew) return checked(news.report.wrong);
      return show(news.report.before && news.report.accepted > 0 ? "review" : "fix");
    case "planned":
      plan.value = news.plan;
      quotes.value = [];
      ending.value = undefined;
      // A page that was just loaded begins where it was left.
      if (news.isNew) show("send");
      else if (!list.value) step.value = "send";
      return;
    case "drops":
      drops.value = news.people;
      return focus("drops");
    case "nothing-kept": {
      const wasKept = plan.value !== undefined;
      plan.value = results.value = ending.value = undefined;
      quotes.value = [];
      return wasKept ? show(report.value ? "review" : "upload") : undefined;
    }
    case "quote":
      quotes.value = news.quotes;
      return;
    case "progress":
      if (plan.value) plan.value = { ...plan.value, progress: news.progress };
      return;
    case "finishing":
      finishing.value = news.orders;
      return;
    case "event":
      return note("page", news.event);
    case "ended":
      ending.value = news;
      finishing.value = undefined;
      if (plan.value) plan.value = { ...plan.value, progress: news.progress };
      void refreshBalance().catch(() => undefined);
      return;
    case "results":
      results.value = news.results;
      return;
    case "file":
      return download(news.file, news.name);
    case "failed":
      problem.value = news.problem;
      return;
    case "idle":
      return idle(news.after);
  }
}

function checked(wrong: number): void {
  checking.value -= 1;
  if (checking.value > 0 || goingOn === undefined) return;
  const isRight = wrong <= goingOn;
  goingOn = undefined;
  if (isRight) show("review");
}

function idle(after: Command["do"]): void {
  if (READING.includes(after)) reading.value = undefined;
  if (after === "mend" && problem.value) checking.value = 0;
  if (after !== doing.value) return;
  doing.value = undefined;
  // The button that was pressed may be gone; who is elsewhere is left there.
  focus("step-title", { onlyIfLost: true });
}
