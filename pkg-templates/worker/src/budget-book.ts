// What orders have spent, in one Durable Object: each order is counted once, by its PO number, before it is sent, and given back where it was
// refused. An order in doubt stays counted. It knows POs, callers and sums, and no recipient.
import { DurableObject } from "cloudflare:workers";

import { alert } from "./alerts.js";
import { decimal, spendable } from "./amounts.js";
import type { Claim, Left, Limits, Over, Span } from "./budgets.js";
import type { Env } from "./env.js";
import { noted } from "./failures.js";

interface Counted extends Record<string, SqlStorageValue> {
  po: string;
  currency: string;
  owner: string;
  /** Whether somebody else has sent an order under this number too. */
  shared: number;
  caller: string;
  day: string;
  amount: string;
}

/** What is spent of a budget, in ten-thousandths. */
export interface Spent {
  span: Span;
  /** Whose day it is. */
  caller?: string;
  currency: string;
  spent: string;
  /** Of it, what orders come to that are on their way or in doubt. */
  inDoubt: string;
}

/** What a claim adds to, and what is left there. */
interface Bucket {
  span: Span;
  name: string;
  spent: bigint;
}

const SPANS: readonly Span[] = ["day", "month", "total"];

/** The share of a budget, in hundredths, at which people are told. */
const NEARLY = 80n;

const WARNINGS: Record<Span, string> = { day: "what a caller may spend in a day", month: "this month's budget", total: "the whole budget" };

/** Names that one statement takes. */
const NAMES = 1_000;

/** Ends a transaction that would spend too much. */
class Exceeded extends Error {
  constructor(readonly over: Over) {
    super("over budget");
  }
}

export class BudgetBook extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    // Sums are texts: this database hands integers over as floats.
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS counted (
        po TEXT NOT NULL, currency TEXT NOT NULL, owner TEXT NOT NULL, shared INTEGER NOT NULL, caller TEXT NOT NULL, day TEXT NOT NULL,
        amount TEXT NOT NULL, sure INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (po, currency)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS in_doubt ON counted (day) WHERE sure = 0;
      CREATE TABLE IF NOT EXISTS spent (bucket TEXT NOT NULL, currency TEXT NOT NULL, amount TEXT NOT NULL, PRIMARY KEY (bucket, currency)) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS warned (bucket TEXT NOT NULL, currency TEXT NOT NULL, PRIMARY KEY (bucket, currency)) WITHOUT ROWID`);
  }

  /**
   * Counts an order that is about to be sent, or says which budget it would exceed. Again, it is counted already; one that was never sent
   * may have changed since. One that may exist is counted whatever is left.
   */
  async reserve(claim: Claim, limits: Limits): Promise<Over | undefined> {
    try {
      this.ctx.storage.transactionSync(() => this.#reserve(claim, limits));
    } catch (error) {
      if (error instanceof Exceeded) return error.over;
      throw error;
    }
    await this.#warn(claim, limits);
    return undefined;
  }

  /** Gives back what was counted for orders that are certainly not there. What somebody else sent under the same number stays. */
  giveBack(owner: string, poNumbers: string[]): void {
    this.ctx.storage.transactionSync(() => {
      for (const poNumber of poNumbers) for (const row of this.#rows(poNumber)) if (row.owner === owner) this.#remove(row);
    });
  }

  /** Orders that are known to be placed. */
  settle(poNumbers: string[]): void {
    for (const names of batches(poNumbers)) this.#sql.exec("UPDATE counted SET sure = 1 WHERE po IN (SELECT value FROM json_each(?))", names);
  }

  /** Those of some orders that are not counted yet. */
  uncounted(poNumbers: string[]): string[] {
    const counted = new Set<string>();
    for (const names of batches(poNumbers)) {
      for (const { po } of this.#sql.exec<{ po: string }>("SELECT po FROM counted WHERE po IN (SELECT value FROM json_each(?))", names)) counted.add(po);
    }
    return poNumbers.filter((poNumber) => !counted.has(poNumber));
  }

  /** What is left of each budget that is limited. */
  left(caller: string, currency: string, limits: Limits): Left {
    const left: Left = limits.order === undefined ? {} : { order: decimal(spendable(limits.order, currency)) };
    for (const { span, spent } of this.#buckets(caller, today(), currency)) {
      const limit = limits[span];
      if (limit !== undefined) left[span] = decimal(atLeastZero(spendable(limit, currency) - spent));
    }
    return left;
  }

  /** What is spent: by each caller today, by all this month, and ever. */
  spent(): { day: string; sums: Spent[] } {
    const day = today();
    const rows = this.#sql.exec<{ bucket: string; currency: string; amount: string }>(
      "SELECT bucket, currency, amount FROM spent WHERE bucket >= ?1 || ' ' AND bucket < ?1 || '!' OR bucket IN (?2, 'total') ORDER BY bucket, currency",
      day, monthOf(day),
    );
    // Of the orders that are not known to be placed there are few at a time.
    const doubts = this.#sql.exec<Counted>("SELECT * FROM counted WHERE sure = 0").toArray();
    const sums = rows.toArray().map(({ bucket, currency, amount }) => {
      const span: Span = bucket === "total" ? "total" : bucket === monthOf(day) ? "month" : "day";
      const inDoubt = doubts.filter((order) => order.currency === currency && namesOf(order.caller, order.day)[span] === bucket);
      const caller = span === "day" ? { caller: bucket.slice(day.length + 1) } : {};
      return { span, ...caller, currency, spent: amount, inDoubt: String(inDoubt.reduce((sum, order) => sum + BigInt(order.amount), 0n)) } satisfies Spent;
    });
    return { day, sums };
  }

  #reserve({ poNumber, owner, caller, currency, amount, mayExist }: Claim, limits: Limits): void {
    const rows = this.#rows(poNumber);
    if (mayExist && rows.some((row) => row.currency === currency)) return;
    if (!mayExist) for (const row of rows) if (row.owner === owner) this.#remove(row);
    const wanted = BigInt(amount);
    const [row] = this.#rows(poNumber).filter((one) => one.currency === currency);
    // Of two senders of one number the API takes one order: the larger sum is enough for both.
    const more = row ? atLeastZero(wanted - BigInt(row.amount)) : wanted;
    const buckets = this.#buckets(row?.caller ?? caller, row?.day ?? today(), currency);
    if (!mayExist) mustFit(limits, currency, wanted, more, buckets);
    if (row) {
      this.#sql.exec("UPDATE counted SET amount = ?, shared = shared OR ? WHERE po = ? AND currency = ?", String(BigInt(row.amount) + more), row.owner === owner ? 0 : 1, poNumber, currency);
    } else {
      this.#sql.exec("INSERT INTO counted VALUES (?, ?, ?, 0, ?, ?, ?, 0)", poNumber, currency, owner, caller, today(), String(wanted));
    }
    this.#add(buckets, currency, more);
  }

  /** Tells people of a budget that is nearly spent, once. It is spent all the same where that cannot be told. */
  async #warn({ caller, currency }: Claim, limits: Limits): Promise<void> {
    for (const { span, name, spent } of this.#buckets(caller, today(), currency)) {
      const limit = limits[span];
      if (limit === undefined || spent * 100n < spendable(limit, currency) * NEARLY) continue;
      const [known] = this.#sql.exec("SELECT 1 AS known FROM warned WHERE bucket = ? AND currency = ?", name, currency);
      if (known) continue;
      try {
        const text = `${NEARLY} % of ${WARNINGS[span]} is spent${currency ? `, in ${currency}` : ""}.`;
        await alert(this.env, { once: `budget ${name} ${currency}`, kind: "budget", text });
        this.#sql.exec("INSERT OR IGNORE INTO warned VALUES (?, ?)", name, currency);
      } catch (error) {
        noted(error);
      }
    }
  }

  #remove({ po, currency, shared, caller, day, amount }: Counted): void {
    if (shared) return;
    this.#sql.exec("DELETE FROM counted WHERE po = ? AND currency = ?", po, currency);
    this.#add(this.#buckets(caller, day, currency), currency, -BigInt(amount));
  }

  #rows(poNumber: string): Counted[] {
    return this.#sql.exec<Counted>("SELECT po, currency, owner, shared, caller, day, amount FROM counted WHERE po = ?", poNumber).toArray();
  }

  #buckets(caller: string, day: string, currency: string): Bucket[] {
    const names = namesOf(caller, day);
    return SPANS.map((span) => {
      const name = names[span];
      const [row] = this.#sql.exec<{ amount: string }>("SELECT amount FROM spent WHERE bucket = ? AND currency = ?", name, currency);
      return { span, name, spent: BigInt(row?.amount ?? "0") };
    });
  }

  #add(buckets: Bucket[], currency: string, amount: bigint): void {
    for (const { name, spent } of buckets) {
      this.#sql.exec("INSERT OR REPLACE INTO spent VALUES (?, ?, ?)", name, currency, String(spent + amount));
    }
  }
}

function mustFit(limits: Limits, currency: string, wanted: bigint, more: bigint, buckets: Bucket[]): void {
  const asked = { ...(currency ? { currency } : {}), asked: decimal(wanted) };
  if (limits.order !== undefined && wanted > spendable(limits.order, currency)) {
    throw new Exceeded({ budget: "order", ...asked, left: decimal(spendable(limits.order, currency)) });
  }
  for (const { span, spent } of buckets) {
    const limit = limits[span];
    if (limit === undefined || more <= 0n) continue;
    const left = atLeastZero(spendable(limit, currency) - spent);
    if (more > left) throw new Exceeded({ budget: span, ...asked, left: decimal(left) });
  }
}

function atLeastZero(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

/** What the sums are called that an order adds to. */
function namesOf(caller: string, day: string): Record<Span, string> {
  return { day: `${day} ${caller}`, month: monthOf(day), total: "total" };
}

function monthOf(day: string): string {
  return day.slice(0, "2026-11".length);
}

/** Texts as JSON, as many as a statement takes. */
function batches(texts: string[]): string[] {
  const count = Math.ceil(texts.length / NAMES);
  return Array.from({ length: count }, (_, batch) => JSON.stringify(texts.slice(batch * NAMES, (batch + 1) * NAMES)));
}

/** In UTC. */
function today(): string {
  return new Date().toISOString().slice(0, "2026-11-30".length);
}
