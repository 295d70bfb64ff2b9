// What the page and its Web Worker say to each other. People stay in the Web Worker: none of this holds a row's cells.
import type { CampaignProgress, CampaignQuote, ClientEvent, DuplicateRow, FileIssue, ImportProgress, ImportTotal, LineItem, OrderType, RejectedRow } from "giftcard-partners/slim";

export type Command =
  | { do: "import"; file: File; name: string; type: OrderType; defaults: Partial<LineItem>; duplicates: Duplicates }
  | { do: "plan"; name: string; linesPerOrder: number; leaveOut: boolean; /** So many people of the campaign that is kept may be dropped. */ drop: number }
  | { do: "reopen" }
  | { do: "quote" }
  | { do: "run" }
  | { do: "settle" }
  | { do: "pause" }
  /** Of the campaign that is kept, or of an earlier one by its place. */
  | { do: "claims"; earlier?: number }
  | { do: "forget" };

/** What becomes of a row that pays a person what an earlier row pays. */
export type Duplicates = "reject" | "accept";

export interface Report {
  name: string;
  type: OrderType;
  rows: number;
  accepted: number;
  rejected: number;
  /** The first of them. */
  rejectedRows: RejectedRow[];
  duplicates: number;
  /** What became of them. */
  duplicatesWere: Duplicates;
  duplicateRows: DuplicateRow[];
  totals: ImportTotal[];
  ignoredColumns: string[];
  issues: FileIssue[];
  /** The rows to mend, as CSV. */
  mend: Blob | undefined;
}

/** What a campaign is called, and what it was made of. */
export interface About {
  /** Another one with each plan. */
  id: string;
  name: string;
  file: string;
  type: OrderType;
  /** The first of those before it that it knows of: it was planned after that one, and without those before that. */
  since: number;
}

export interface Plan extends About {
  progress: CampaignProgress;
  /** Rows of the file that are in no order, because an earlier plan has paid them. */
  leftOut: number;
  /** Those before it that were sent, as far as they were. */
  earlier: { name: string; type: OrderType; placed: number; since: number }[];
}

export type News =
  | { news: "reading"; progress: ImportProgress; size: number }
  | { news: "report"; report: Report }
  | { news: "planned"; plan: Plan; isNew: boolean }
  /** Nothing was planned: people of the campaign that is kept would be in no order, and that was not agreed to. */
  | { news: "drops"; people: number }
  | { news: "nothing-kept" }
  | { news: "quote"; quotes: CampaignQuote[] }
  | { news: "progress"; progress: CampaignProgress }
  | { news: "event"; event: ClientEvent }
  | { news: "ended"; how: "done" | "short" | "open" | "paused" | "failed" | "settled"; problem?: string; progress: CampaignProgress }
  | { news: "claims"; name: string; file: Blob }
  | { news: "failed"; problem: string }
  /** A command has ended, however it did. */
  | { news: "idle"; after: Command["do"] };

/** Whether a plan was made of a file that is called this: what it holds may be another thing. */
export function isOf({ file, type }: Pick<About, "file" | "type">, report: Pick<Report, "name" | "type">): boolean {
  return file === report.name && type === report.type;
}

/** Orders that are placed, or may be. */
export function mayExist({ placed, sent, unknown }: CampaignProgress): number {
  return placed.orders + sent + unknown;
}

/** Whether somebody is paid, or may be, by this plan or one before it. */
export function hasPaid({ progress, earlier }: { progress: CampaignProgress; earlier: unknown[] }): boolean {
  return mayExist(progress) > 0 || earlier.length > 0;
}

/** Campaigns whose people the next plan leaves out, and those whose people it cannot: it goes by the last one that paid somebody. */
export function known({ name, progress, since, earlier }: Plan): { paid: string[]; missed: string[] } {
  const all = mayExist(progress) > 0 ? [...earlier, { name, since }] : earlier;
  // A store of before does not have it: then no more is claimed than the last.
  const from = all.at(-1)?.since ?? Math.max(0, all.length - 1);
  const names = all.map((one) => one.name);
  return { paid: names.slice(from), missed: names.slice(0, from) };
}

/** Orders that were sent and of which nobody knows whether they are placed. */
export function open({ sent, unknown }: CampaignProgress): number {
  return sent + unknown;
}
