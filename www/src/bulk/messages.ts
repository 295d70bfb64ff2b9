// What the page and its Web Worker say to each other. Of the people in a list the page gets what it shows, and no more.
import type { CampaignProgress, CampaignQuote, ClientEvent, Columns, DuplicateRow, FileIssue, ImportProgress, ImportTotal, Inspection, LineItem, OrderType } from "giftcard-partners/slim";

export type Command =
  | { do: "inspect"; list: List }
  /** `isSame`: only what is to become of its rows was answered otherwise; what was mended stays. */
  | { do: "import"; list: List; answers: Answers; isSame: boolean }
  /** A cell of a row that was rejected, as it should be; the place of its column is counted from 0. */
  | { do: "mend"; line: number; place: number; text: string }
  /** What a person was sent, to another address: a list of one row. */
  | { do: "again"; key: number; address: Address }
  | { do: "template"; type: OrderType }
  | { do: "plan"; name: string; poPrefix: string; linesPerOrder: number; leaveOut: boolean; /** So many people of the campaign that is kept may be dropped. */ drop: number }
  | { do: "reopen" }
  | { do: "quote" }
  | { do: "run" }
  | { do: "settle" }
  | { do: "pause" }
  | { do: "results"; search: string; standing: Standing | ""; most: number }
  | { do: "results-file" }
  /** Of the campaign that is kept, or of an earlier one by its place. */
  | { do: "claims"; earlier?: number }
  | { do: "forget" };

/** A list as it came, and how it is to be read. */
export interface List {
  file: Blob;
  name: string;
  type: OrderType;
  sheet?: number;
  headerRow?: number;
  encoding?: string;
  /** Of a text: what parts its cells, as it was found. */
  delimiter?: Inspection["delimiter"];
}

/** What a person has said of a list. */
export interface Answers {
  columns: Columns;
  defaults: Partial<LineItem>;
  /** Where phone numbers without `+` are. */
  defaultCountry?: string;
  /** What becomes of a row that pays a person what an earlier row pays. */
  duplicates: Choice;
  /** What becomes of rows that a spreadsheet hides. */
  hidden: Choice;
}

export type Choice = "reject" | "accept";

export type Address = Record<string, string>;

export interface Report {
  name: string;
  type: OrderType;
  answers: Answers;
  rows: number;
  accepted: number;
  /** Rows to mend that are not mended yet, those that repeat or are hidden aside. */
  wrong: number;
  groups: MendGroup[];
  duplicates: DuplicateRow[];
  repeated: number;
  hidden: number;
  totals: ImportTotal[];
  products: ProductSum[];
  ignoredColumns: string[];
  issues: FileIssue[];
  /** The rows that were rejected, as CSV. */
  mend: Blob | undefined;
  /** What the one person of the list was sent before. */
  before?: ResultRow;
}

/** Rows with the same mistake. */
export interface MendGroup {
  message: string;
  column?: string;
  rows: MendRow[];
  /** All of them, listed or not. */
  count: number;
}

export interface MendRow {
  line: number;
  /** The person, as far as another cell says it. */
  who: string;
  /** The cells to look at; none where they cannot be told apart. */
  cells: { place: number; header: string; text: string }[];
  /** What is still wrong; nothing in a row that is mended. */
  messages: string[];
}

export interface ProductSum {
  product: string;
  currency?: string;
  cards: number;
  faceValue: string;
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

/** What became of a person's gift, in the words of whoever pays for it. */
export type Standing = "paid" | "doubt" | "refused" | "waiting";

export interface ResultRow {
  key: number;
  campaign: string;
  name: string;
  /** As a person reads it. */
  address: string;
  /** As an order has it, by field. */
  fields: Address;
  product: string;
  value: string;
  quantity: number;
  currency?: string;
  poNumber: string;
  standing: Standing;
  /** The code of what went wrong. */
  reason?: string;
  /** When the answer came. */
  date?: string;
}

export interface Results {
  rows: ResultRow[];
  /** That fit what was searched for. */
  found: number;
  all: number;
  totals: { standing: Standing; people: number; sums: { currency?: string; value: string }[] }[];
}

export type News =
  | { news: "reading"; progress: ImportProgress; size: number }
  | { news: "inspected"; inspection: Inspection }
  | { news: "report"; report: Report; isNew: boolean }
  | { news: "planned"; plan: Plan; isNew: boolean }
  /** Nothing was planned: people of the campaign that is kept would be in no order, and that was not agreed to. */
  | { news: "drops"; people: number }
  | { news: "nothing-kept" }
  | { news: "quote"; quotes: CampaignQuote[] }
  | { news: "progress"; progress: CampaignProgress }
  /** So many orders are under way, and no further one is begun. */
  | { news: "finishing"; orders: number }
  | { news: "event"; event: ClientEvent }
  | { news: "ended"; how: "done" | "short" | "open" | "paused" | "failed" | "settled"; /** Orders that ended after the pause. */ finished?: number; problem?: string; progress: CampaignProgress }
  | { news: "results"; results: Results }
  | { news: "file"; name: string; file: Blob }
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
