// What is known of each order of a child campaign: a table of the campaign's Durable Object. It holds no person, but for what the API says of
// an order that it refuses.
import type { Cost } from "./budgets.js";
import type { Hold } from "./campaign-terms.js";

export type OrderState = "planned" | "sent" | "unknown" | "short" | "created" | "reconciled" | "conflict" | "rejected";

export interface NewOrder {
  poNumber: string;
  lineCount: number;
  /** Whether it was sent before, elsewhere. */
  mayExist: boolean;
  cost: Cost;
  /** The URL that it calls when it is fulfilled. It is kept, so that the order is the same bytes whenever it is sent. */
  callback?: string;
}

/** An order that may be begun. */
export interface Open {
  poNumber: string;
  cost: Cost;
  /** Whether an earlier send may have placed it. */
  mayExist: boolean;
}

export interface Begun {
  callback?: string;
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

/** What the orders of a child come to. */
export interface OrderCounts {
  orders: number;
  lines: number;
  states: Partial<Record<OrderState, number>>;
  /** Placed orders that are still being fulfilled. */
  pending: number;
  /** Orders that are on their way at this moment. */
  underWay: number;
  /** Orders that a person has to look at; the first of them. */
  refused: RefusedOrder[];
}

/** Refused orders that a progress lists. */
const LISTED = 100;

/**
 * What goes into a column of texts. A Durable Object binds every number as REAL, so that an id of 700002 would be kept as the text
 * 700002.0.
 */
export const text = (value: unknown): string | null => (value === undefined || value === null ? null : String(value));

const OPEN = "('planned', 'sent', 'unknown', 'short')";
const DOUBTFUL = "('sent', 'unknown')";
const FINAL = "('created', 'reconciled', 'conflict')";

const mayExist = (state: OrderState) => state === "sent" || state === "unknown";

export class OrderLedger {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`
      CREATE TABLE IF NOT EXISTS orders (
        place INTEGER PRIMARY KEY, po TEXT UNIQUE NOT NULL, lines INTEGER NOT NULL, state TEXT NOT NULL, currency TEXT, cost TEXT NOT NULL,
        busy INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, id TEXT, answer TEXT, pending INTEGER NOT NULL DEFAULT 0,
        looks INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0, callback TEXT);
      CREATE INDEX IF NOT EXISTS by_state ON orders (state, tries, place);
      CREATE INDEX IF NOT EXISTS by_told ON orders (place) WHERE told = 0;
      CREATE INDEX IF NOT EXISTS by_busy ON orders (place) WHERE busy = 1;
      CREATE INDEX IF NOT EXISTS by_pending ON orders (pending, looks, place)`);
  }

  clear(): void {
    this.#sql.exec("DELETE FROM orders");
  }

  /** Adds orders behind those that are there. */
  add(orders: NewOrder[]): void {
    for (const { poNumber, lineCount, mayExist, cost, callback } of orders) {
      const state: OrderState = mayExist ? "unknown" : "planned";
      this.#sql.exec(
        "INSERT INTO orders (po, lines, state, currency, cost, callback) VALUES (?, ?, ?, ?, ?, ?)",
        text(poNumber), lineCount, state, text(cost.currency), text(cost.total), text(callback),
      );
    }
  }

  /** Deletes what holds people: what the API said of orders. */
  clearPeople(): void {
    this.#sql.exec("UPDATE orders SET answer = NULL WHERE answer IS NOT NULL");
  }

  /** PO numbers that are never sent, once the campaign is cancelled. */
  unsent(): string[] {
    return this.#sql.exec<{ po: string }>("SELECT po FROM orders WHERE state IN ('planned', 'short')").toArray().map(({ po }) => po);
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

  /**
   * Orders that are safe to send now: those that were tried least, in file order. Whoever asks has none under way. Of a cancelled campaign
   * these are the ones in doubt.
   */
  toSend(limit: number, hold: Hold): Open[] {
    this.#sql.exec("UPDATE orders SET busy = 0 WHERE busy = 1");
    const states = hold === "close" ? DOUBTFUL : OPEN;
    const rows = this.#sql.exec<{ po: string; state: OrderState; currency: string | null; cost: string }>(
      `SELECT po, state, currency, cost FROM orders WHERE state IN ${states} ORDER BY tries, place LIMIT ?`,
      limit,
    );
    return rows.toArray().map(({ po, state, currency, cost }) => {
      return { poNumber: po, cost: { ...(currency ? { currency } : {}), total: cost }, mayExist: mayExist(state) };
    });
  }

  /**
   * An order that is about to be sent; that is written down before it is. Whoever began it before and said no more of it may have sent it.
   * `"held"`: nothing is begun any more.
   */
  begin(poNumber: string, hold: Hold): Begun | "held" | undefined {
    const [order] = this.#sql.exec<{ place: number; callback: string | null; state: OrderState }>(
      `SELECT place, callback, state FROM orders WHERE po = ? AND state IN ${OPEN}`,
      poNumber,
    );
    if (!order) return undefined;
    const doubtful = mayExist(order.state);
    if (hold === "hold" || (hold === "close" && !doubtful)) return "held";
    this.#sql.exec("UPDATE orders SET state = ?, busy = 1, tries = tries + 1 WHERE place = ?", doubtful ? "unknown" : "sent", order.place);
    return { mayExist: doubtful, ...(order.callback ? { callback: order.callback } : {}) };
  }

  /**
   * Writes down what became of an order. A success is never forgotten. Once it is not known whether an order exists, only an order
   * that is found changes that. `answer` is what the API said of one that it refused, as JSON.
   */
  record(poNumber: string, state: OrderState, orderId?: string, pending = false, answer?: string): void {
    const isPlaced = state === "created" || state === "reconciled";
    const isFound = isPlaced || state === "conflict";
    const recorded = this.#sql.exec(
      `UPDATE orders SET busy = 0, state = ?, id = coalesce(?, id), answer = ?, pending = ?
       WHERE po = ? AND state NOT IN ${FINAL} AND (state != 'unknown' OR ?) RETURNING place`,
      state, text(orderId), text(answer), isPlaced && pending ? 1 : 0, text(poNumber), isFound ? 1 : 0,
    );
    if (recorded.toArray().length === 0) this.#sql.exec("UPDATE orders SET busy = 0 WHERE po = ? AND busy = 1", text(poNumber));
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

  counts(): OrderCounts {
    const states: OrderCounts["states"] = {};
    let [orders, lines] = [0, 0];
    const rows = this.#sql.exec<{ state: OrderState; orders: number; lines: number }>(
      "SELECT state, count(*) AS orders, sum(lines) AS lines FROM orders GROUP BY state",
    );
    for (const row of rows) {
      states[row.state] = row.orders;
      orders += row.orders;
      lines += row.lines;
    }
    return { orders, lines, states, pending: this.pending().orders, underWay: this.underWay(), refused: this.#refused() };
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
  unpaid(hold: Hold): number[] {
    const states = hold === "close" ? ["rejected", "planned", "short"] : ["rejected"];
    const rows = this.#sql.exec<{ place: number }>("SELECT place FROM orders WHERE state IN (SELECT value FROM json_each(?))", JSON.stringify(states));
    return rows.toArray().map(({ place }) => place);
  }

  underWay(): number {
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
}
