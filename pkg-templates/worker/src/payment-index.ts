// Whom a campaign and all that were planned after it have paid, or may have: a Durable Object for each such series, with keyed hashes of
// payments and no person. It tells a file's rows that were paid before, and those that repeat a row of another piece of the file. Rows are
// kept in pages of thousands, which takes less than a row of the database for each. All pages are read for a piece of which any row may be
// among them.
import { DurableObject } from "cloudflare:workers";

import type { Env } from "./env.js";
import { PAYMENTS_PER_PAGE } from "./limits.js";
import { FILTER_KEYS, PaymentFilter, PaymentLookup, PaymentRows, type PaymentWords, ROW_BYTES } from "./payment-rows.js";
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
  phones: ArrayBuffer;
  /** For each row the line of the file that is being imported, where a row of that is taken for the same payment; else 0. */
  taken: ArrayBuffer | null;
}

/** A row of a page. */
interface Found extends Made {
  page: Omit<Page, "rows" | "phones"> & { length: number };
  row: number;
}

export class PaymentIndex extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  /** The keys of all that is kept, and of pieces that were judged, while it is known. */
  #filter: PaymentFilter | undefined;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS secret (one INTEGER PRIMARY KEY CHECK (one = 1), bytes BLOB NOT NULL);
      CREATE TABLE IF NOT EXISTS members (number INTEGER PRIMARY KEY AUTOINCREMENT, campaign TEXT NOT NULL, import INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS pages (
        member INTEGER NOT NULL, child INTEGER NOT NULL, page INTEGER NOT NULL, rows BLOB NOT NULL, phones BLOB NOT NULL,
        PRIMARY KEY (member, child, page));
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

  /**
   * Judges the rows of a piece. Where nothing is odd about them, they are going to be paid by the orders of a child. `rejects`: one that repeats
   * another one of the file is not meant.
   */
  take(member: number, child: number, words: PaymentWords, rejects: boolean): Verdicts {
    this.#mustBe(member);
    const verdicts = this.#mayHave(words) ? this.#judge(member, new PaymentRows(words), rejects) : { paid: [], repeated: [] };
    if (verdicts.paid.length === 0 && verdicts.repeated.length === 0) this.#keepAll(member, child, words);
    return verdicts;
  }

  #judge(member: number, rows: PaymentRows, rejects: boolean): Verdicts {
    const [byKey, byPhone] = [PaymentLookup.byKey(rows), PaymentLookup.byPhone(rows)];
    // By the first row with their key.
    const made = new Map<number, Found[]>();
    // By the lines of rows, those of rows in pieces before with the same phone number, where one of the two has no address.
    const alike = new Map<number, number[]>();
    const groups = new Set<number>();
    const isAlike = (other: number, line: number) => {
      put(alike, rows.line(other), line);
      groups.add(byKey.firstWithKeyOf(rows, other));
    };
    for (const { rows: kept, phones, ...of } of this.#pages()) {
      const payments = rowsOf({ rows: kept, phones });
      const keysOfPhones = new Map([...payments.withPhones()].map(({ row, at }) => [row, at]));
      const page = { ...of, length: payments.length };
      const taken = page.taken && new Uint32Array(page.taken);
      for (let row = 0; row < payments.length; row += 1) {
        const isOwn = page.member === member || (taken?.[row] ?? 0) > 0;
        const first = byKey.firstWithKeyOf(payments, row);
        if (first < 0 && !isOwn) continue;
        const line = page.member === member ? payments.line(row) : (taken?.[row] ?? 0);
        if (first >= 0) {
          put(made, first, { ...payments.row(row), page, row, isOwn, line });
          groups.add(first);
        }
        if (!isOwn) continue;
        for (const other of byPhone.withKeyOf(payments, row)) isAlike(other, line);
        const at = keysOfPhones.get(row);
        if (at === undefined) continue;
        for (const other of byKey.with(payments.phones, at)) if (!rows.hasPhone(other)) isAlike(other, line);
      }
    }

    const verdicts: Verdicts = { paid: [], repeated: [] };
    const changed = new Map<Found["page"], Uint32Array>();
    for (const first of groups) {
      const same = byKey.withKeyOf(rows, first).map((row) => rows.row(row));
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
  add(member: number, child: number, words: PaymentWords): void {
    this.#mustBe(member);
    // Where there is no room for them all are counted anew.
    if (this.#filter?.add(words) === undefined) this.#filter = undefined;
    this.#keepAll(member, child, words);
  }

  #keepAll(member: number, child: number, words: PaymentWords): void {
    const rows = new PaymentRows(words);
    for (let page = 0; page * PAYMENTS_PER_PAGE < rows.length; page += 1) {
      this.#keep(member, child, page, rows.slice(page * PAYMENTS_PER_PAGE, (page + 1) * PAYMENTS_PER_PAGE));
    }
  }

  /** Whether any row that pays the same as one of these may be there. From now on they are. */
  #mayHave(words: PaymentWords): boolean {
    const had = this.#filter?.add(words);
    if (had !== undefined) return had;
    // With room for as many again: so each key is put there twice or thrice, however many pieces come.
    const { rows } = this.#sql.exec<{ rows: number }>("SELECT coalesce(sum(length(rows) + length(phones)), 0) AS rows FROM pages").one();
    const keys = Math.ceil((rows + words.rows.byteLength + words.phones.byteLength) / ROW_BYTES);
    this.#filter = keys > FILTER_KEYS ? undefined : new PaymentFilter(2 * keys);
    if (!this.#filter) return true;
    for (const page of this.#pages()) this.#filter.add(rowsOf(page));
    return this.#filter.add(words) ?? true;
  }

  /** What orders were to pay that have paid nobody. */
  #leaveOut(unpaid: Unpaid[]): void {
    for (const { member, child, places } of unpaid) {
      const orders = new Set(places);
      const pages = this.#sql.exec<Pick<Page, "page" | "rows" | "phones"> & Record<string, SqlStorageValue>>(
        "SELECT page, rows, phones FROM pages WHERE member = ? AND child = ?",
        member, child,
      );
      for (const page of pages.toArray()) this.#keep(member, child, page.page, rowsOf(page).without(orders));
    }
  }

  #keep(member: number, child: number, page: number, { rows, phones }: PaymentRows): void {
    if (rows.length > 0) this.#sql.exec("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", member, child, page, rows.buffer, phones.buffer);
    else this.#sql.exec("DELETE FROM pages WHERE member = ? AND child = ? AND page = ?", member, child, page);
  }

  /** One after the other: together they would be too much for the memory. */
  #pages(): Iterable<Page> {
    return this.#sql.exec<Page & Record<string, SqlStorageValue>>(
      "SELECT member, child, page, rows, phones, lines AS taken FROM pages LEFT JOIN taken USING (member, child, page) ORDER BY member, child, page",
    );
  }

  #secret(): ArrayBuffer {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    this.#sql.exec("INSERT OR IGNORE INTO secret VALUES (1, ?)", bytes.buffer);
    return this.#sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM secret").one().bytes;
  }

  #forget(numbers: number[]): void {
    if (numbers.length === 0) return;
    this.#filter = undefined;
    const list = JSON.stringify(numbers);
    for (const table of ["pages", "taken"]) this.#sql.exec(`DELETE FROM ${table} WHERE member IN (SELECT value FROM json_each(?))`, list);
    this.#sql.exec("DELETE FROM members WHERE number IN (SELECT value FROM json_each(?))", list);
  }

  #mustBe(member: number): void {
    if (this.members().at(-1)?.number !== member) throw new Error("another import has this series");
  }
}

function rowsOf({ rows, phones }: Pick<Page, "rows" | "phones">): PaymentRows {
  return new PaymentRows({ rows: new Uint32Array(rows), phones: new Uint32Array(phones) });
}

function put<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
