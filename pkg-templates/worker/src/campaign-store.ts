// A campaign's ledger and the bodies of its orders, in a Durable Object's SQLite. A campaign of many rows is a parent whose children
// hold the orders. The ledger's columns hold no person; bodies are deleted as soon as their order exists.
import { DurableObject } from "cloudflare:workers";

import type { Env } from "./env.js";

export type OrderState = "planned" | "sent" | "unknown" | "short" | "created" | "reconciled" | "conflict" | "rejected";
export type CampaignStatus = "importing" | "running" | "paused" | "unfunded" | "stuck" | "waiting" | "done";

export interface StoredOrder {
  poNumber: string;
  lineCount: number;
  faceValue: string;
  body: Uint8Array;
}

export interface Waiting {
  poNumber: string;
  orderId: string;
  lineCount: number;
}

export interface Progress {
  status: CampaignStatus;
  orders: number;
  lines: number;
  states: Partial<Record<OrderState, number>>;
  /** Placed orders that are still being fulfilled. */
  pending: number;
}

export interface Summary {
  name: string;
  /** SHA-256 of what was posted: the same file again is the same campaign, another one is refused. */
  digest: string;
  /** Child campaigns. */
  children: number;
  status: CampaignStatus;
  /** How many runs were started. */
  runs: number;
}

/** What of an import that never ended may be thrown away, in milliseconds: nothing of it was sent. */
const ABANDONED = 15 * 60_000;

const OPEN = "('planned', 'sent', 'unknown', 'short')";

export class CampaignStore extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS summary (one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT, digest TEXT, children INTEGER, status TEXT, runs INTEGER, opened INTEGER);
      CREATE TABLE IF NOT EXISTS orders (
        place INTEGER PRIMARY KEY, po TEXT UNIQUE NOT NULL, lines INTEGER NOT NULL, face TEXT NOT NULL,
        body BLOB, state TEXT NOT NULL, id TEXT, pending INTEGER NOT NULL DEFAULT 0);
      CREATE INDEX IF NOT EXISTS by_state ON orders (state, place);
      CREATE INDEX IF NOT EXISTS by_pending ON orders (pending, place)`);
  }

  /** Opens a campaign for an import, unless it is there already: then nothing is changed, and it is the answer. */
  open(name: string): Summary | undefined {
    const known = this.#summary();
    if (known && !(known.status === "importing" && Date.now() - this.#opened() > ABANDONED)) return known;
    this.#sql.exec("DELETE FROM orders");
    this.#sql.exec("INSERT OR REPLACE INTO summary VALUES (1, ?, '', 0, 'importing', 0, ?)", name, Date.now());
    return undefined;
  }

  /** The import is whole: from here on the campaign may run. */
  close(digest: string, children: number): void {
    this.#sql.exec("UPDATE summary SET digest = ?, children = ?, status = 'running'", digest, children);
  }

  /** Forgets a campaign of which nothing was sent. */
  discard(): void {
    if (this.#summary()?.runs) return;
    this.#sql.exec("DELETE FROM orders");
    this.#sql.exec("DELETE FROM summary");
  }

  summary(): Summary | undefined {
    return this.#summary();
  }

  setStatus(status: CampaignStatus): void {
    this.#sql.exec("UPDATE summary SET status = ?", status);
  }

  nextRun(): number {
    return this.#sql.exec<{ runs: number }>("UPDATE summary SET runs = runs + 1 RETURNING runs").one().runs;
  }

  /** Adds orders behind those that are there; one that is there already stays as it is. */
  add(orders: StoredOrder[]): void {
    for (const { poNumber, lineCount, faceValue, body } of orders) {
      const bytes = body.slice().buffer as ArrayBuffer;
      this.#sql.exec(
        "INSERT OR IGNORE INTO orders (po, lines, face, body, state) VALUES (?, ?, ?, ?, 'planned')",
        poNumber, lineCount, faceValue, bytes,
      );
    }
  }

  /** What is safe to send now, in file order. Who took something before and said nothing more of it may have sent it. */
  take(limit: number): StoredOrder[] {
    this.#sql.exec("UPDATE orders SET state = 'unknown' WHERE state = 'sent'");
    const rows = this.#sql.exec<{ po: string; lines: number; face: string; body: ArrayBuffer }>(
      `SELECT po, lines, face, body FROM orders WHERE state IN ${OPEN} ORDER BY place LIMIT ?`,
      limit,
    );
    return rows.toArray().map(({ po, lines, face, body }) => ({
      poNumber: po,
      lineCount: lines,
      faceValue: face,
      body: new Uint8Array(body),
    }));
  }

  /** Written down before an order is sent. */
  sent(poNumber: string): void {
    this.#sql.exec("UPDATE orders SET state = 'sent' WHERE po = ? AND state IN ('planned', 'short')", poNumber);
  }

  /**
   * Writes down what became of an order. A success is never forgotten, and its body is not needed any more. Once it is not known
   * whether an order exists, only an order that is found changes that.
   */
  record(poNumber: string, state: OrderState, orderId?: string, pending = false): void {
    const placed = state === "created" || state === "reconciled";
    const final = placed || state === "conflict";
    this.#sql.exec(
      `UPDATE orders SET state = ?, id = coalesce(?, id), pending = ?, body = CASE WHEN ? THEN NULL ELSE body END
       WHERE po = ? AND state NOT IN ('created', 'reconciled', 'conflict') AND (state != 'unknown' OR ?)`,
      state, orderId ?? null, placed && pending ? 1 : 0, placed ? 1 : 0, poNumber, final ? 1 : 0,
    );
  }

  /** An order is no longer pending. Says whether it was the last one. */
  finished(poNumber: string, orderId: string): boolean {
    const changed = this.#sql.exec("UPDATE orders SET pending = 0 WHERE po = ? AND id = ? AND pending = 1", poNumber, orderId);
    return changed.rowsWritten > 0 && this.#count("pending = 1") === 0;
  }

  waiting(limit: number): Waiting[] {
    const rows = this.#sql.exec<{ po: string; id: string; lines: number }>(
      "SELECT po, id, lines FROM orders WHERE pending = 1 ORDER BY place LIMIT ?", limit,
    );
    return rows.toArray().map(({ po, id, lines }) => ({ poNumber: po, orderId: id, lineCount: lines }));
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
    return { status: this.#summary()?.status ?? "importing", orders, lines, states, pending: this.#count("pending = 1") };
  }

  #opened(): number {
    return this.#sql.exec<{ opened: number }>("SELECT opened FROM summary").one().opened;
  }

  #count(where: "pending = 1"): number {
    return this.#sql.exec<{ n: number }>(`SELECT count(*) AS n FROM orders WHERE ${where}`).one().n;
  }

  #summary(): Summary | undefined {
    const [row] = this.#sql.exec<{ name: string; digest: string; children: number; status: CampaignStatus; runs: number }>(
      "SELECT name, digest, children, status, runs FROM summary",
    );
    return row;
  }
}
