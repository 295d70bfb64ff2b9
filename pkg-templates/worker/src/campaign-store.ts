// A campaign's ledger and the bodies of its orders, in a Durable Object's SQLite. A campaign is a parent whose children hold the orders.
// The ledger's columns hold no person, but for what the API says of an order that it refuses; bodies are deleted as soon as nothing can be
// sent any more.
import { DurableObject } from "cloudflare:workers";

import { type Cost, isAboveApproval, type Over, type Spender, type SpendingSums } from "./budgets.js";
import { childOf } from "./campaign-ids.js";
import { tellEvents } from "./bookkeeping.js";
import { CampaignEvents, type Numbered } from "./campaign-events.js";
import { isQuoted, type Quote, type Totals } from "./campaign-quote.js";
import { type Hold, type Terms, TermsTable } from "./campaign-terms.js";
import type { Env } from "./env.js";
import { type FileName, type FilePart, KeptFiles } from "./kept-files.js";
import { ABANDONED_MS, TOLD_MS } from "./limits.js";

export type OrderState = "planned" | "sent" | "unknown" | "short" | "created" | "reconciled" | "conflict" | "rejected";
export type CampaignStatus =
  | "importing" | "review" | "running" | "paused" | "unfunded" | "over_budget" | "stuck" | "waiting" | "done" | "cancelled";

export interface NewOrder {
  poNumber: string;
  lineCount: number;
  body: Uint8Array;
  /** Whether it was sent before, elsewhere. */
  mayExist: boolean;
  cost: Cost;
}

/** An order that may be begun. */
export interface Open {
  poNumber: string;
  cost: Cost;
  /** Whether an earlier send may have placed it. */
  mayExist: boolean;
}

export interface Begun {
  body: Uint8Array;
  /** Whether an earlier send may have placed it. */
  mayExist: boolean;
}

export interface Waiting {
  poNumber: string;
  orderId: string;
}

export interface Pending {
  orders: number;
  /** Of the largest of them. */
  lines: number;
  /** How often each of them was looked at, at least. */
  looks: number;
}

export interface RefusedOrder {
  poNumber: string;
  state: "conflict" | "rejected";
  orderId?: string;
  /** What the API said of one that it refused, as JSON. */
  answer?: string;
}

/** What is known of an order: no more than the package's ledger holds. */
export interface KnownOrder {
  poNumber: string;
  state: OrderState;
  orderId?: string;
}

export interface UntoldOrder extends KnownOrder {
  place: number;
  /** What it costs, and in what currency where that is known. */
  amount: string;
  currency?: string;
}

export interface Progress {
  status: CampaignStatus;
  orders: number;
  lines: number;
  states: Partial<Record<OrderState, number>>;
  /** Placed orders that are still being fulfilled. */
  pending: number;
  /** Orders that are on their way at this moment. */
  underWay: number;
  /** Which budget has stopped it. */
  over?: Over;
  /** Orders that a person has to look at; the first of them. */
  refused: RefusedOrder[];
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

/** Refused orders that a progress lists. */
const LISTED = 100;

/**
 * What goes into a column of texts. A Durable Object binds every number as REAL, so that an id of 700002 would be kept as the text
 * 700002.0.
 */
const text = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));

const OPEN = "('planned', 'sent', 'unknown', 'short')";
const DOUBTFUL = "('sent', 'unknown')";
const FINAL = "('created', 'reconciled', 'conflict')";

const mayExist = (state: OrderState) => state === "sent" || state === "unknown";

/** What somebody does by saying it. */
const WORDS = { go: "resumed", hold: "paused", close: "cancelled" } as const;

export class CampaignStore extends DurableObject<Env> {
  readonly #sql: SqlStorage;
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
      CREATE TABLE IF NOT EXISTS lineage (one INTEGER PRIMARY KEY CHECK (one = 1), series TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS orders (
        place INTEGER PRIMARY KEY, po TEXT UNIQUE NOT NULL, lines INTEGER NOT NULL, body BLOB, state TEXT NOT NULL,
        currency TEXT,
        cost TEXT NOT NULL, busy INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, id TEXT, answer TEXT,
        pending INTEGER NOT NULL DEFAULT 0, looks INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0);
      CREATE INDEX IF NOT EXISTS by_state ON orders (state, tries, place);
      CREATE INDEX IF NOT EXISTS by_told ON orders (place) WHERE told = 0;
      CREATE INDEX IF NOT EXISTS by_pending ON orders (pending, looks, place)`);
    this.#files = new KeptFiles(this.#sql);
    this.#events = new CampaignEvents(this.#sql);
    this.#terms = new TermsTable(this.#sql);
  }

  /** Opens a campaign for an import, and names the import; unless the campaign is there already, which is the answer then. */
  async open(name: string, series: string, poster: Spender): Promise<{ import: number } | { known: Summary }> {
    const known = this.#summary();
    if (known && (known.status !== "importing" || Date.now() - known.heard < ABANDONED_MS)) return { known };
    const opened = Math.max(Date.now(), (known?.import ?? 0) + 1);
    this.#clear(name, "", 0, opened);
    this.#sql.exec("INSERT INTO lineage VALUES (1, ?)", series);
    this.#terms.begin(poster);
    await this.#watch();
    return { import: opened };
  }

  /** Empties a child for an import. Not for one that another has overtaken, and never where something was sent. */
  async openChild(parent: string, child: number, opened: number): Promise<void> {
    const known = this.#summary();
    if (known && (known.runs > 0 || known.import > opened)) throw new Error("another import has this campaign");
    this.#clear(childOf(parent, child), parent, child, opened);
    this.#terms.begin({ id: "" });
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
    for (const { poNumber, lineCount, body, mayExist, cost } of orders) {
      const bytes = body.slice().buffer as ArrayBuffer;
      const state: OrderState = mayExist ? "unknown" : "planned";
      this.#sql.exec(
        "INSERT INTO orders (po, lines, body, state, currency, cost) VALUES (?, ?, ?, ?, ?, ?)",
        text(poNumber), lineCount, bytes, state, text(cost.currency), text(cost.total),
      );
    }
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

  /** Deletes whatever holds people: plans, bodies, rejected rows, and what the API said of orders. */
  empty({ isWhole = false } = {}): void {
    this.ctx.storage.transactionSync(() => {
      this.#files.clearPeople();
      this.#sql.exec("UPDATE orders SET body = NULL, answer = NULL WHERE body IS NOT NULL OR answer IS NOT NULL");
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
    this.#forgetUnsent();
    return this.#underWay();
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
    this.#sql.exec("DELETE FROM orders");
    this.#sql.exec("DELETE FROM summary");
    this.#sql.exec("DELETE FROM lineage");
    this.#files.clear();
    this.#events.clear();
    this.#terms.clear();
    return true;
  }

  summary(): Summary | undefined {
    return this.#summary();
  }

  setStatus(status: CampaignStatus): void {
    // What is cancelled stays so, whatever ends.
    this.#sql.exec("UPDATE summary SET status = ? WHERE parent != '' OR status != 'cancelled'", status);
  }

  /** PO numbers of a cancelled campaign that are never sent. */
  unsent(): string[] {
    return this.#sql.exec<{ po: string }>("SELECT po FROM orders WHERE state IN ('planned', 'short')").toArray().map(({ po }) => po);
  }

  untoldEvents(): Numbered[] {
    return this.#events.untold();
  }

  toldEvents(last: number): void {
    this.#events.told(last);
  }

  /** Orders whose fate is certain and not told yet. */
  untoldOrders(limit: number): UntoldOrder[] {
    const rows = this.#sql.exec<{ place: number; po: string; state: OrderState; id: string | null; amount: string; currency: string | null }>(
      "SELECT place, po, state, id, cost AS amount, currency FROM orders WHERE told = 0 AND state NOT IN ('planned', 'sent', 'unknown', 'short') ORDER BY place LIMIT ?",
      limit,
    );
    return rows.toArray().map(({ po: poNumber, id, currency, ...order }) => ({
      poNumber, ...order, ...(currency ? { currency } : {}), ...(id ? { orderId: id } : {}),
    }));
  }

  toldOrders(places: number[]): void {
    this.#sql.exec("UPDATE orders SET told = 1 WHERE place IN (SELECT value FROM json_each(?))", JSON.stringify(places));
  }

  /** The number of the run that follows another. Whoever asks at the same time is told the same one. */
  runAfter(run: number): number {
    this.#sql.exec("UPDATE summary SET runs = ? WHERE runs = ?", run + 1, run);
    return this.#summary()?.runs ?? run + 1;
  }

  /**
   * Orders that are safe to send now: those that were tried least, in file order. Whoever asks has none under way. Of a cancelled campaign
   * these are the ones in doubt.
   */
  toSend(limit: number): Open[] {
    this.#sql.exec("UPDATE orders SET busy = 0 WHERE busy = 1");
    const states = this.#terms.held().hold === "close" ? DOUBTFUL : OPEN;
    const rows = this.#sql.exec<{ po: string; state: OrderState; currency: string | null; cost: string }>(
      `SELECT po, state, currency, cost FROM orders WHERE state IN ${states} ORDER BY tries, place LIMIT ?`,
      limit,
    );
    return rows.toArray().map(({ po, state, currency, cost }) => {
      return { poNumber: po, cost: { ...(currency ? { currency } : {}), total: cost }, mayExist: mayExist(state) };
    });
  }

  /**
   * An order that is about to be sent; that is written down before its bytes are handed out. Whoever was handed them before and said no
   * more of it may have sent it. `"held"`: nothing is begun any more.
   */
  begin(poNumber: string): Begun | "held" | undefined {
    const [order] = this.#sql.exec<{ body: ArrayBuffer | null; state: OrderState }>(
      `SELECT body, state FROM orders WHERE po = ? AND state IN ${OPEN}`,
      poNumber,
    );
    if (!order) return undefined;
    const { hold } = this.#terms.held();
    if (!order.body || hold === "hold" || (hold === "close" && !mayExist(order.state))) return "held";
    const doubtful = mayExist(order.state);
    this.#sql.exec("UPDATE orders SET state = ?, busy = 1, tries = tries + 1 WHERE po = ?", doubtful ? "unknown" : "sent", poNumber);
    return { body: new Uint8Array(order.body), mayExist: doubtful };
  }

  /**
   * Writes down what became of an order. A success is never forgotten. Once it is not known whether an order exists, only an order
   * that is found changes that. `answer` is what the API said of one that it refused, as JSON.
   */
  record(poNumber: string, state: OrderState, orderId?: string, pending = false, answer?: string): void {
    const isPlaced = state === "created" || state === "reconciled";
    const isFound = isPlaced || state === "conflict";
    this.#sql.exec("UPDATE orders SET busy = 0 WHERE po = ?", text(poNumber));
    this.#sql.exec(
      `UPDATE orders SET state = ?, id = coalesce(?, id), answer = ?, pending = ?, body = CASE WHEN ? THEN NULL ELSE body END
       WHERE po = ? AND state NOT IN ${FINAL} AND (state != 'unknown' OR ?)`,
      state, text(orderId), text(answer), isPlaced && pending ? 1 : 0, isFound || state === "rejected" ? 1 : 0, text(poNumber), isFound ? 1 : 0,
    );
    this.#forgetUnsent();
  }

  /** An order is no longer pending. Says whether it was the last one. */
  finished(poNumber: string, orderId: string): boolean {
    const changed = this.#sql.exec(
      "UPDATE orders SET pending = 0 WHERE po = ? AND id = ? AND pending = 1 RETURNING po",
      text(poNumber), text(orderId),
    );
    return changed.toArray().length > 0 && this.pending().orders === 0;
  }

  pending(): Pending {
    return this.#sql
      .exec<Pending & Record<string, number>>(
        "SELECT count(*) AS orders, coalesce(max(lines), 0) AS lines, coalesce(min(looks), 0) AS looks FROM orders WHERE pending = 1",
      )
      .one();
  }

  /** Those that were looked at least often; this counts as a look. */
  look(limit: number): Waiting[] {
    const rows = this.#sql.exec<{ po: string; id: string }>(
      `UPDATE orders SET looks = looks + 1
       WHERE place IN (SELECT place FROM orders WHERE pending = 1 ORDER BY looks, place LIMIT ?) RETURNING po, id`,
      limit,
    );
    return rows.toArray().map(({ po, id }) => ({ poNumber: po, orderId: id }));
  }

  progress(): Progress {
    const states: Progress["states"] = {};
    let orders = 0;
    let lines = 0;
    const rows = this.#sql.exec<{ state: OrderState; orders: number; lines: number }>(
      "SELECT state, count(*) AS orders, sum(lines) AS lines FROM orders GROUP BY state",
    );
    for (const row of rows) {
      states[row.state] = row.orders;
      orders += row.orders;
      lines += row.lines;
    }
    const status = this.#summary()?.status ?? "importing";
    const over = status === "over_budget" ? this.#terms.over() : undefined;
    const underWay = this.#underWay();
    return { status, orders, lines, states, pending: this.pending().orders, underWay, ...(over ? { over } : {}), refused: this.#refused() };
  }

  /** What is known of each order, in file order: so many, behind so many. */
  known(from: number, limit: number): KnownOrder[] {
    const rows = this.#sql.exec<{ po: string; state: OrderState; id: string | null }>(
      "SELECT po, state, id FROM orders WHERE place > ? ORDER BY place LIMIT ?",
      from, limit,
    );
    return rows.toArray().map(({ po, state, id }) => ({ poNumber: po, state, ...(id ? { orderId: id } : {}) }));
  }

  /** The places of orders that have paid nobody and never will: refused ones, and where nothing is begun any more, those that were not. */
  unpaid(): number[] {
    const states = this.#terms.held().hold === "close" ? ["rejected", "planned", "short"] : ["rejected"];
    const rows = this.#sql.exec<{ place: number }>("SELECT place FROM orders WHERE state IN (SELECT value FROM json_each(?))", JSON.stringify(states));
    return rows.toArray().map(({ place }) => place);
  }

  /** Of a cancelled campaign: what is never sent names nobody any more. */
  #forgetUnsent(): void {
    if (this.#terms.held().hold === "close") this.#sql.exec("UPDATE orders SET body = NULL WHERE state IN ('planned', 'short') AND body IS NOT NULL");
  }

  #underWay(): number {
    return this.#sql.exec<{ orders: number }>("SELECT count(*) AS orders FROM orders WHERE busy = 1").one().orders;
  }

  #refused(): RefusedOrder[] {
    const rows = this.#sql.exec<{ po: string; state: RefusedOrder["state"]; id: string | null; answer: string | null }>(
      "SELECT po, state, id, answer FROM orders WHERE state IN ('conflict', 'rejected') ORDER BY place LIMIT ?",
      LISTED,
    );
    return rows.toArray().map(({ po, state, id, answer }) => ({
      poNumber: po,
      state,
      ...(id ? { orderId: id } : {}),
      ...(answer ? { answer } : {}),
    }));
  }

  #clear(name: string, parent: string, child: number, opened: number): void {
    this.#sql.exec("DELETE FROM orders");
    this.#sql.exec("DELETE FROM lineage");
    this.#files.clear();
    this.#events.clear();
    this.#terms.clear();
    this.#sql.exec(
      "INSERT OR REPLACE INTO summary VALUES (1, ?, ?, ?, '', 0, 'importing', 0, ?, ?, '')",
      text(name), text(parent), child, opened, Date.now(),
    );
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
