// A campaign in a Durable Object's SQLite. A campaign is a parent, of which people speak, whose children hold the orders: their plan and their
// ledger.
import { DurableObject } from "cloudflare:workers";

import { isAboveApproval, type Over, type Spender, type SpendingSums } from "./budgets.js";
import { childOf } from "./campaign-ids.js";
import { tellEvents } from "./bookkeeping.js";
import { CampaignEvents, type Numbered } from "./campaign-events.js";
import {
  type Begun, type KnownOrder, type NewOrder, type Open, type OrderCounts, OrderLedger, type Pending, text, type UntoldOrder, type Waiting,
} from "./campaign-ledger.js";
import { isQuoted, type Quote, type Totals } from "./campaign-quote.js";
import { type Hold, type Terms, TermsTable } from "./campaign-terms.js";
import type { Env } from "./env.js";
import { type FileName, type FilePart, KeptFiles } from "./kept-files.js";
import { ABANDONED_MS, TOLD_MS } from "./limits.js";

export type CampaignStatus =
  | "importing" | "review" | "running" | "paused" | "unfunded" | "over_budget" | "stuck" | "waiting" | "done" | "cancelled";

export interface Progress extends OrderCounts {
  status: CampaignStatus;
  /** Which budget has stopped it. */
  over?: Over;
}

export interface Summary {
  name: string;
  /** The campaign that a child is of; empty for one that is no child. */
  parent: string;
  /** Which of its parent's children it is. */
  child: number;
  /** SHA-256 of what was posted: the same file again is the same campaign, another one is refused. */
  digest: string;
  /** Child campaigns. */
  children: number;
  status: CampaignStatus;
  /** How many runs were started. */
  runs: number;
  /** Which import it is of. */
  import: number;
  /** When that import was last heard of. */
  heard: number;
  /** The first campaign of those that follow each other; of a child it is empty. */
  series: string;
  /** What it would cost, as JSON: a list of {@link Quote}. Of a child it is empty. */
  quote: string;
}

/** What a child is made of. */
export interface ChildContent {
  /** Of its plan, as files are kept in parts. */
  parts: Uint8Array[];
  /** How many lines further down the posted file has what the plan has. */
  offset: number;
  orders: NewOrder[];
  /** Whether nothing more follows. */
  isWhole: boolean;
}

/** What somebody does by saying it. */
const WORDS = { go: "resumed", hold: "paused", close: "cancelled" } as const;

export class CampaignStore extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  readonly #orders: OrderLedger;
  readonly #files: KeptFiles;
  readonly #events: CampaignEvents;
  readonly #terms: TermsTable;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS summary (
        one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, parent TEXT NOT NULL, child INTEGER NOT NULL, digest TEXT NOT NULL,
        children INTEGER NOT NULL, status TEXT NOT NULL, runs INTEGER NOT NULL, import INTEGER NOT NULL, heard INTEGER NOT NULL,
        quote TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS lineage (one INTEGER PRIMARY KEY CHECK (one = 1), series TEXT NOT NULL)`);
    this.#orders = new OrderLedger(this.#sql);
    this.#files = new KeptFiles(this.#sql);
    this.#events = new CampaignEvents(this.#sql);
    this.#terms = new TermsTable(this.#sql);
  }

  /** Opens a campaign for an import, and names the import; unless the campaign is there already, which is the answer then. */
  async open(name: string, series: string, poster: Spender): Promise<{ import: number } | { known: Summary }> {
    const known = this.#summary();
    if (known && (known.status !== "importing" || Date.now() - known.heard < ABANDONED_MS)) return { known };
    const opened = Math.max(Date.now(), (known?.import ?? 0) + 1);
    this.#begin(name, "", 0, opened);
    this.#sql.exec("INSERT INTO lineage VALUES (1, ?)", series);
    this.#terms.begin(poster);
    await this.#watch();
    return { import: opened };
  }

  /** Makes a child of an import, with its beginning or all of it. Not for an import that another has overtaken, and never where something was sent. */
  async openChild(parent: string, child: number, opened: number, { parts, offset, orders, isWhole }: ChildContent): Promise<void> {
    const known = this.#summary();
    if (known && (known.runs > 0 || known.import > opened)) throw new Error("another import has this campaign");
    this.#begin(childOf(parent, child), parent, child, opened);
    this.#terms.begin({ id: "" });
    for (const [part, bytes] of parts.entries()) this.#files.keep("plan", part, bytes, offset);
    this.#orders.add(orders);
    if (isWhole) this.closeChild(opened);
    await this.#watch();
  }

  /**
   * Looks whether an import still goes on. One that ended without a word left people here, whom nobody would ever send anything or
   * forget; a child may have no place in the import that came after it.
   */
  override async alarm(): Promise<void> {
    // What was done to the campaign and could not be told at once.
    if (this.#events.untold().length > 0) await tellEvents(this.env, this.ctx.id.name ?? "");
    const known = this.#summary();
    if (!known || known.runs > 0) return;
    if (known.parent === "") {
      if (known.status !== "importing") return;
      // From here on the import is over, should it still be there: its next word is refused, and then it discards its children.
      if (Date.now() - known.heard < ABANDONED_MS) return this.#watch();
      this.discard(known.import);
      await this.env.PAYMENTS.getByName(known.series).leave(this.ctx.id.name ?? "", known.import);
      return;
    }
    const parent = await this.env.CAMPAIGNS.getByName(known.parent).summary();
    if (parent?.import === known.import && parent.status === "importing") return this.#watch();
    const isOfCampaign = parent?.import === known.import && known.child < parent.children;
    if (!isOfCampaign) this.discard(known.import);
  }

  /** The import goes on. */
  touch(opened: number): void {
    this.#mustBe(opened);
    this.#sql.exec("UPDATE summary SET heard = ?", Date.now());
  }

  /** Adds orders behind those that are there. */
  add(opened: number, orders: NewOrder[]): void {
    this.#mustBe(opened);
    this.#orders.add(orders);
  }

  /** Keeps a part of a file. `offset`: how many lines further down the posted file has what this one has. */
  keepFile(opened: number, name: FileName, part: number, bytes: Uint8Array, offset: number): void {
    this.#mustBe(opened);
    this.#files.keep(name, part, bytes, offset);
  }

  file(name: FileName, part: number): FilePart | undefined {
    return this.#files.part(name, part);
  }

  /** What is to be left of a plan whose people are deleted: its results without them. */
  keepResults(part: number, bytes: Uint8Array): void {
    this.#files.keep("results", part, bytes, 0);
  }

  /** Deletes whatever holds people: plans, rejected rows, and what the API said of orders. */
  empty({ isWhole = false } = {}): void {
    this.ctx.storage.transactionSync(() => {
      this.#files.clearPeople();
      this.#orders.clearPeople();
      if (isWhole) this.#note("expired", "");
    });
  }

  /** The import of a child is whole. */
  closeChild(opened: number): void {
    this.#mustBe(opened);
    this.#sql.exec("UPDATE summary SET status = 'running'");
  }

  /** The import is whole: from here on somebody may approve what it costs. */
  close(opened: number, digest: string, children: number, quotes: Quote[], spending: SpendingSums, by: string): void {
    this.#mustBe(opened);
    this.#note("posted", by);
    this.#terms.keepSpending(spending);
    const quote = JSON.stringify(quotes);
    this.#sql.exec("UPDATE summary SET digest = ?, children = ?, status = 'review', quote = ?", text(digest), children, quote);
  }

  /**
   * Whoever agrees to exactly what was quoted lets the campaign run; again, it does nothing. `digest`: of the file that was looked at, where
   * that is said. `"alone"`: it is too much for the one who posted it to approve.
   */
  approve(totals: Totals, approver: string, digest?: string): "approved" | "other" | "alone" | "cancelled" | undefined {
    const known = this.#summary();
    if (!known || known.parent !== "" || known.status === "importing") return undefined;
    if (known.status === "cancelled") return "cancelled";
    const quotes = JSON.parse(known.quote) as Quote[];
    if (!isQuoted(quotes, totals) || (digest !== undefined && digest !== known.digest)) return "other";
    if (known.status !== "review") return "approved";
    if (approver === this.#terms.terms()?.poster.id && isAboveApproval(this.env, quotes)) return "alone";
    this.#terms.approvedBy(approver);
    this.setStatus("running");
    this.#note("approved", approver);
    return "approved";
  }

  /** On what terms the campaign runs. */
  terms(): (Terms & { status: CampaignStatus; epoch: number; hold: Hold }) | undefined {
    const [known, terms] = [this.#summary(), this.#terms.terms()];
    return known && terms && { ...terms, ...this.#terms.held(), status: known.status };
  }

  /** Stops or lets go the whole campaign, once it is approved; what it said last is what its children are to hear. */
  say(hold: Hold, by: string): { epoch: number; hold: Hold } | undefined {
    const known = this.#summary();
    if (!known || ["importing", "review", "done"].includes(known.status)) return undefined;
    const wasClosed = this.#terms.held().hold === "close";
    const said = this.#terms.say(hold);
    if (!wasClosed) this.#note(WORDS[said.hold], by);
    this.setStatus(said.hold === "close" ? "cancelled" : said.hold === "hold" ? "paused" : "running");
    return said;
  }

  /** What the whole campaign says. No order is begun after a hold, and the number of those under way is the answer. */
  hear(epoch: number, hold: Hold): number {
    this.#terms.hear(epoch, hold);
    return this.#orders.underWay();
  }

  /** Which budget has stopped it. */
  setOver(over: Over): void {
    this.#terms.setOver(over);
  }

  /** Forgets an import. False where it runs already, or may: then something may have been sent, and nothing is forgotten. */
  discard(opened: number): boolean {
    const known = this.#summary();
    if (known?.import !== opened) return true;
    const isApproved = known.parent === "" && known.status !== "importing" && known.status !== "review";
    if (known.runs > 0 || isApproved) return false;
    this.#sql.exec("DELETE FROM summary");
    this.#clear();
    return true;
  }

  summary(): Summary | undefined {
    return this.#summary();
  }

  setStatus(status: CampaignStatus): void {
    // What is cancelled stays so, whatever ends.
    this.#sql.exec("UPDATE summary SET status = ? WHERE parent != '' OR status != 'cancelled'", status);
  }

  untoldEvents(): Numbered[] {
    return this.#events.untold();
  }

  toldEvents(last: number): void {
    this.#events.told(last);
  }

  /** The number of the run that follows another. Whoever asks at the same time is told the same one. */
  runAfter(run: number): number {
    this.#sql.exec("UPDATE summary SET runs = ? WHERE runs = ?", run + 1, run);
    return this.#summary()?.runs ?? run + 1;
  }

  // The ledger, as those who run and look at the campaign ask for it: `campaign-ledger.ts` says what each of these is.

  unsent(): string[] {
    return this.#orders.unsent();
  }

  untoldOrders(limit: number): UntoldOrder[] {
    return this.#orders.untoldOrders(limit);
  }

  toldOrders(places: number[]): void {
    this.#orders.toldOrders(places);
  }

  /** `said`: what the whole campaign says, as `hear` takes it. */
  toSend(limit: number, said?: { epoch: number; hold: Hold }): Open[] {
    if (said) this.#terms.hear(said.epoch, said.hold);
    if (said?.hold === "hold") return [];
    return this.#orders.toSend(limit, this.#terms.held().hold);
  }

  begin(poNumber: string): Begun | "held" | undefined {
    return this.#orders.begin(poNumber, this.#terms.held().hold);
  }

  record(...outcome: Parameters<OrderLedger["record"]>): void {
    this.#orders.record(...outcome);
  }

  finished(poNumber: string, orderId: string): boolean {
    return this.#orders.finished(poNumber, orderId);
  }

  pending(): Pending {
    return this.#orders.pending();
  }

  look(limit: number): Waiting[] {
    return this.#orders.look(limit);
  }

  known(from: number, limit: number): KnownOrder[] {
    return this.#orders.known(from, limit);
  }

  unpaid(): number[] {
    return this.#orders.unpaid(this.#terms.held().hold);
  }

  progress(): Progress {
    const status = this.#summary()?.status ?? "importing";
    const over = status === "over_budget" ? this.#terms.over() : undefined;
    return { status, ...this.#orders.counts(), ...(over ? { over } : {}) };
  }

  #begin(name: string, parent: string, child: number, opened: number): void {
    this.#clear();
    this.#sql.exec(
      "INSERT OR REPLACE INTO summary VALUES (1, ?, ?, ?, '', 0, 'importing', 0, ?, ?, '')",
      text(name), text(parent), child, opened, Date.now(),
    );
  }

  #clear(): void {
    this.#orders.clear();
    this.#sql.exec("DELETE FROM lineage");
    this.#files.clear();
    this.#events.clear();
    this.#terms.clear();
  }

  /** It is told soon, should whoever did it go away. */
  #note(what: Numbered["what"], by: string): void {
    this.#events.add(what, by);
    void this.ctx.storage.setAlarm(Date.now() + TOLD_MS);
  }

  async #watch(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + ABANDONED_MS);
  }

  #mustBe(opened: number): void {
    const known = this.#summary();
    if (known?.import !== opened || known.status !== "importing") throw new Error("another import has this campaign");
  }

  #summary(): Summary | undefined {
    const [row] = this.#sql.exec<Summary & Record<string, SqlStorageValue>>(
      `SELECT name, parent, child, digest, children, status, runs, import, heard, quote,
         coalesce((SELECT series FROM lineage), '') AS series FROM summary`,
    );
    return row;
  }
}
