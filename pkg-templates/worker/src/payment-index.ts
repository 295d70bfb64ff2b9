// Whom a campaign and all that were planned after it have paid, or may have: a Durable Object for each such series, with keyed hashes of
// payments and no person. It tells a file's rows that were paid before, and those that repeat a row of another piece of the file.
import { DurableObject } from "cloudflare:workers";

import type { Env } from "./env.js";
import { ROWS_PER_STATEMENT } from "./limits.js";
import { judge, type Repeated, type Row } from "./payment-verdicts.js";

/** An import of a campaign of the series. */
export interface Member {
  number: number;
  campaign: string;
  /** As in the campaign's summary. */
  import: number;
}

/** An order that has paid nobody and never will. */
export interface Unpaid {
  member: number;
  child: number;
  /** Its place among the orders of the child. */
  place: number;
}

export interface Joining {
  campaign: string;
  import: number;
  /** The campaign that has to be the last of the series; nothing for the first one. */
  after?: string | undefined;
  /** Members that are gone. */
  gone: number[];
  unpaid: Unpaid[];
}

/** What is odd about the rows of a piece; all others are to be paid. */
export interface Verdicts {
  /** Lines of rows that campaigns before have paid, or may have. */
  paid: number[];
  /** Rows that pay what an earlier piece of the file pays, each with the first line that does. */
  repeated: Repeated[];
}

/** A row that an order of a child pays. */
export interface Added {
  key: string;
  byPhone?: string | undefined;
  quantity: number;
  content: number;
  line: number;
  /** The order's place in its child; 0 for one that was placed elsewhere. */
  place: number;
}

interface Found extends Record<string, SqlStorageValue> {
  key: string;
  member: number;
  child: number;
  row: number;
  quantity: number;
  content: number;
  line: number;
  own: number;
}

export class PaymentIndex extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS secret (one INTEGER PRIMARY KEY CHECK (one = 1), bytes BLOB NOT NULL);
      CREATE TABLE IF NOT EXISTS members (number INTEGER PRIMARY KEY AUTOINCREMENT, campaign TEXT NOT NULL, import INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS payments (
        key TEXT NOT NULL, member INTEGER NOT NULL, child INTEGER NOT NULL, row INTEGER NOT NULL, place INTEGER NOT NULL,
        quantity INTEGER NOT NULL, content INTEGER NOT NULL, line INTEGER NOT NULL, seen INTEGER NOT NULL DEFAULT 0,
        by_phone TEXT NOT NULL DEFAULT '', PRIMARY KEY (key, member, child, row)) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS by_phone ON payments (by_phone) WHERE by_phone != ''`);
  }

  /** The imports of the series, the oldest first. */
  members(): Member[] {
    return this.#sql.exec<Member & Record<string, SqlStorageValue>>("SELECT number, campaign, import FROM members ORDER BY number").toArray();
  }

  /** Takes an import into the series, and gives it the secret of the keys; or names the campaign that it has to come after. */
  join({ campaign, import: opened, after, gone, unpaid }: Joining): { member: number; secret: ArrayBuffer } | { latest: string | undefined } {
    this.#forget(gone);
    const latest = this.members().at(-1)?.campaign;
    if (latest !== after) return { latest };
    for (const orders of batchesOf(unpaid)) {
      this.#sql.exec(
        "DELETE FROM payments WHERE (member, child, place) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))",
        JSON.stringify(orders.map(({ member, child, place }) => [member, child, place])),
      );
    }
    const { number } = this.#sql
      .exec<{ number: number }>("INSERT INTO members (campaign, import) VALUES (?, ?) RETURNING number", campaign, opened)
      .one();
    return { member: number, secret: this.#secret() };
  }

  /** Forgets what an import has left here. */
  leave(campaign: string, opened: number): void {
    const members = this.members().filter((member) => member.campaign === campaign && member.import === opened);
    this.#forget(members.map(({ number }) => number));
  }

  /** Judges the rows of a piece. `rejects`: one that repeats another one of the file is not meant. */
  judge(member: number, rows: Row[], rejects: boolean): Verdicts {
    this.#mustBe(member);
    const verdicts: Verdicts = { paid: [], repeated: [] };
    const byKey = Map.groupBy(rows, ({ key }) => key);
    const alike = this.#alike(member, rows);
    for (const keys of batchesOf([...byKey.keys()])) {
      const found = this.#sql.exec<Found>(
        `SELECT p.key, p.member, p.child, p.row, p.quantity, p.content, p.line, p.member = ?1 OR p.seen = ?1 AS own
         FROM json_each(?2) AS wanted CROSS JOIN payments AS p ON p.key = wanted.value`,
        member, JSON.stringify(keys),
      );
      const seen: [...unknown[], line: number][] = [];
      const known = Map.groupBy(found, ({ key }) => key);
      for (const key of keys) {
        const payments = known.get(key) ?? [];
        if (payments.length === 0 && alike.size === 0) continue;
        const made = payments.map((payment) => ({ payment, quantity: payment.quantity, content: payment.content, line: payment.line, isOwn: payment.own === 1 }));
        const { paid, repeated } = judge(byKey.get(key) ?? [], made, rejects, (row) => alike.get(row.line) ?? []);
        for (const { line, made } of paid) {
          verdicts.paid.push(line);
          seen.push([key, made.payment.member, made.payment.child, made.payment.row, line]);
        }
        for (const pair of repeated) verdicts.repeated.push(pair);
      }
      // A later row of the file is neither taken for the same payment again, nor does it repeat nobody.
      this.#sql.exec(
        `UPDATE payments SET seen = ?1, line = taken.value ->> 4 FROM json_each(?2) AS taken
         WHERE payments.key = taken.value ->> 0 AND member = taken.value ->> 1 AND child = taken.value ->> 2 AND row = taken.value ->> 3`,
        member, JSON.stringify(seen),
      );
    }
    return verdicts;
  }

  /** By the lines of rows, those of rows in pieces before with the same phone number, where one of the two has no address. */
  #alike(member: number, rows: Row[]): Map<number, number[]> {
    const alike = new Map<number, number[]>();
    const lines = (text: string, asked: [line: number, key: string][]) => {
      for (const some of batchesOf(asked)) {
        const found = this.#sql.exec<{ line: number; other: number }>(
          `SELECT wanted.value ->> 0 AS line, p.line AS other FROM json_each(?2) AS wanted CROSS JOIN payments AS p
           ON ${text} = wanted.value ->> 1 AND (p.member = ?1 OR p.seen = ?1)`,
          member, JSON.stringify(some),
        );
        for (const { line, other } of found) alike.set(line, [...(alike.get(line) ?? []), other]);
      }
    };
    lines("p.key", rows.flatMap(({ line, byPhone }) => (byPhone ? [[line, byPhone]] : [])));
    const [hasPhones] = this.#sql.exec("SELECT 1 FROM payments WHERE by_phone != '' LIMIT 1");
    if (hasPhones) lines("p.by_phone != '' AND p.by_phone", rows.flatMap(({ line, key, byPhone }) => (byPhone ? [] : [[line, key]])));
    return alike;
  }

  /** Notes what the orders of a child pay. */
  add(member: number, child: number, payments: Added[]): void {
    this.#mustBe(member);
    let before = 0;
    for (const rows of batchesOf(payments)) {
      this.#sql.exec(
        `INSERT INTO payments (key, member, child, row, place, quantity, content, line, by_phone)
         SELECT value ->> 0, ?1, ?2, ?3 + json_each.key, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?4)`,
        member, child, before,
        JSON.stringify(rows.map(({ key, place, quantity, content, line, byPhone = "" }) => [key, place, quantity, content, line, byPhone])),
      );
      before += rows.length;
    }
  }

  #secret(): ArrayBuffer {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    this.#sql.exec("INSERT OR IGNORE INTO secret VALUES (1, ?)", bytes.buffer);
    return this.#sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM secret").one().bytes;
  }

  #forget(numbers: number[]): void {
    if (numbers.length === 0) return;
    const list = JSON.stringify(numbers);
    this.#sql.exec("DELETE FROM payments WHERE member IN (SELECT value FROM json_each(?))", list);
    this.#sql.exec("DELETE FROM members WHERE number IN (SELECT value FROM json_each(?))", list);
  }

  #mustBe(member: number): void {
    if (this.members().at(-1)?.number !== member) throw new Error("another import has this series");
  }
}

/** A statement takes so many. */
function batchesOf<T>(items: T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / ROWS_PER_STATEMENT) }, (_, batch) =>
    items.slice(batch * ROWS_PER_STATEMENT, (batch + 1) * ROWS_PER_STATEMENT),
  );
}
