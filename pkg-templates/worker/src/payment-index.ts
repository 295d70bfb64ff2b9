// Whom a campaign and all that were planned after it have paid, or may have: a Durable Object for each such series, with keyed hashes of
// payments and no person. It tells a file's rows that were paid before, and those that repeat a row of another piece of the file. Rows are
// kept in pages of thousands, and all pages are read for each piece: that takes less than a row of the database for each.
import { DurableObject } from "cloudflare:workers";

import type { Env } from "./env.js";
import { PAYMENTS_PER_PAGE } from "./limits.js";
import { PaymentLookup, PaymentRows } from "./payment-rows.js";
import { judge, type Made, type Repeated } from "./payment-verdicts.js";

/** An import of a campaign of the series. */
export interface Member {
  number: number;
  campaign: string;
  /** As in the campaign's summary. */
  import: number;
}

/** Orders of a child that have paid nobody and never will. */
export interface Unpaid {
  member: number;
  child: number;
  /** Among the orders of the child. */
  places: number[];
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

/** Rows that orders of a child pay. */
interface Page {
  member: number;
  child: number;
  page: number;
  rows: ArrayBuffer;
  /** For each row the line of the file that is being imported, where a row of that is taken for the same payment; else 0. */
  taken: ArrayBuffer | null;
}

/** A row of a page. */
interface Found extends Made {
  page: Omit<Page, "rows"> & { length: number };
  row: number;
}

export class PaymentIndex extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS secret (one INTEGER PRIMARY KEY CHECK (one = 1), bytes BLOB NOT NULL);
      CREATE TABLE IF NOT EXISTS members (number INTEGER PRIMARY KEY AUTOINCREMENT, campaign TEXT NOT NULL, import INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS pages (
        member INTEGER NOT NULL, child INTEGER NOT NULL, page INTEGER NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (member, child, page));
      CREATE TABLE IF NOT EXISTS taken (
        member INTEGER NOT NULL, child INTEGER NOT NULL, page INTEGER NOT NULL, lines BLOB NOT NULL, PRIMARY KEY (member, child, page))`);
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
    this.#leaveOut(unpaid);
    // What the import before has taken for what, is its own affair.
    this.#sql.exec("DELETE FROM taken");
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

  /** Judges the rows of a piece, as `PaymentRows` has them. `rejects`: one that repeats another one of the file is not meant. */
  judge(member: number, words: Uint32Array, rejects: boolean): Verdicts {
    this.#mustBe(member);
    const rows = new PaymentRows(words);
    const [byKey, byPhone] = [PaymentLookup.byKey(rows), PaymentLookup.byPhone(rows)];
    // By the first row with their key.
    const made = new Map<number, Found[]>();
    // By the lines of rows, those of rows in pieces before with the same phone number, where one of the two has no address.
    const alike = new Map<number, number[]>();
    const groups = new Set<number>();
    const isAlike = (other: number, line: number) => {
      put(alike, rows.line(other), line);
      groups.add(byKey.withKeyOf(rows, other));
    };
    for (const { rows: kept, ...of } of this.#pages()) {
      const payments = new PaymentRows(new Uint32Array(kept));
      const page = { ...of, length: payments.length };
      const taken = page.taken && new Uint32Array(page.taken);
      for (let row = 0; row < payments.length; row += 1) {
        const isOwn = page.member === member || (taken?.[row] ?? 0) > 0;
        const first = byKey.withKeyOf(payments, row);
        if (first < 0 && !isOwn) continue;
        const line = page.member === member ? payments.line(row) : (taken?.[row] ?? 0);
        if (first >= 0) {
          put(made, first, { ...payments.row(row), page, row, isOwn, line });
          groups.add(first);
        }
        if (!isOwn) continue;
        for (const other of byPhone.all(byPhone.withKeyOf(payments, row))) isAlike(other, line);
        if (!payments.hasPhone(row)) continue;
        for (const other of byKey.all(byKey.withPhoneOf(payments, row))) if (!rows.hasPhone(other)) isAlike(other, line);
      }
    }

    const verdicts: Verdicts = { paid: [], repeated: [] };
    const changed = new Map<Found["page"], Uint32Array>();
    for (const first of groups) {
      const same = byKey.all(first).map((row) => rows.row(row));
      const { paid, repeated } = judge(same, made.get(first) ?? [], rejects, ({ line }) => alike.get(line) ?? []);
      for (const { line, made: { page, row } } of paid) {
        verdicts.paid.push(line);
        // A later row of the file is neither taken for the same payment again, nor does it repeat nobody.
        const lines = changed.get(page) ?? (page.taken ? new Uint32Array(page.taken) : new Uint32Array(page.length));
        lines[row] = line;
        changed.set(page, lines);
      }
      for (const pair of repeated) verdicts.repeated.push(pair);
    }
    for (const [{ member, child, page }, lines] of changed) {
      this.#sql.exec("INSERT OR REPLACE INTO taken VALUES (?, ?, ?, ?)", member, child, page, lines.buffer);
    }
    return verdicts;
  }

  /** Notes what the orders of a child pay. */
  add(member: number, child: number, words: Uint32Array): void {
    this.#mustBe(member);
    const rows = new PaymentRows(words);
    for (let page = 0; page * PAYMENTS_PER_PAGE < rows.length; page += 1) {
      this.#keep(member, child, page, rows.slice(page * PAYMENTS_PER_PAGE, (page + 1) * PAYMENTS_PER_PAGE));
    }
  }

  /** What orders were to pay that have paid nobody. */
  #leaveOut(unpaid: Unpaid[]): void {
    for (const { member, child, places } of unpaid) {
      const orders = new Set(places);
      const pages = this.#sql.exec<{ page: number; rows: ArrayBuffer }>("SELECT page, rows FROM pages WHERE member = ? AND child = ?", member, child);
      for (const { page, rows } of pages.toArray()) this.#keep(member, child, page, new PaymentRows(new Uint32Array(rows)).without(orders));
    }
  }

  #keep(member: number, child: number, page: number, { words }: PaymentRows): void {
    if (words.length > 0) this.#sql.exec("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", member, child, page, words.buffer);
    else this.#sql.exec("DELETE FROM pages WHERE member = ? AND child = ? AND page = ?", member, child, page);
  }

  /** One after the other: together they would be too much for the memory. */
  #pages(): Iterable<Page> {
    return this.#sql.exec<Page & Record<string, SqlStorageValue>>(
      "SELECT member, child, page, rows, lines AS taken FROM pages LEFT JOIN taken USING (member, child, page) ORDER BY member, child, page",
    );
  }

  #secret(): ArrayBuffer {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    this.#sql.exec("INSERT OR IGNORE INTO secret VALUES (1, ?)", bytes.buffer);
    return this.#sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM secret").one().bytes;
  }

  #forget(numbers: number[]): void {
    if (numbers.length === 0) return;
    const list = JSON.stringify(numbers);
    for (const table of ["pages", "taken"]) this.#sql.exec(`DELETE FROM ${table} WHERE member IN (SELECT value FROM json_each(?))`, list);
    this.#sql.exec("DELETE FROM members WHERE number IN (SELECT value FROM json_each(?))", list);
  }

  #mustBe(member: number): void {
    if (this.members().at(-1)?.number !== member) throw new Error("another import has this series");
  }
}

function put<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
