// What the page and its Web Worker say to each other. People stay in the Web Worker: none of this holds a row's cells.
import type { CampaignProgress, CampaignQuote, ClientEvent, DuplicateRow, FileIssue, ImportProgress, ImportTotal, OrderType, RejectedRow } from "giftcard-partners/slim";

export type Command =
  | { do: "import"; file: File; name: string; type: OrderType; defaults: { ProductId?: string; Value?: number } }
  | { do: "plan"; name: string; linesPerOrder: number }
  | { do: "reopen" }
  | { do: "quote" }
  | { do: "run" }
  | { do: "pause" }
  | { do: "forget" };

export interface Report {
  name: string;
  rows: number;
  accepted: number;
  rejected: number;
  /** The first of them. */
  rejectedRows: RejectedRow[];
  duplicates: number;
  duplicateRows: DuplicateRow[];
  totals: ImportTotal[];
  ignoredColumns: string[];
  issues: FileIssue[];
  /** The rows to mend, as CSV. */
  mend: Blob | undefined;
}

export type News =
  | { news: "reading"; progress: ImportProgress; size: number }
  | { news: "report"; report: Report }
  | { news: "planned"; name: string; progress: CampaignProgress }
  | { news: "nothing-kept" }
  | { news: "quote"; quotes: CampaignQuote[] }
  | { news: "progress"; progress: CampaignProgress }
  | { news: "running" }
  | { news: "event"; event: ClientEvent }
  | { news: "ended"; how: "done" | "short" | "open" | "paused" | "failed"; problem?: string; progress: CampaignProgress }
  | { news: "failed"; problem: string };
