// What the rows of a piece of a file pay, as words of 32 bits: so the package tells it, so it crosses to the series' Durable Object and is kept
// there, without an object for each row.

/** Which words of a row hold what, as the package's `Campaign.payments` has them. */
const [KEY, CONTENT, AMOUNT, LINE, ORDER, WORDS] = [0, 3, 4, 5, 6, 7];

/** Bytes of a row. */
export const ROW_BYTES = 4 * WORDS;

/** Of a row with an address and a phone number: which row it is, and the key that it would have by the number alone. */
const [ROW, PHONE, PHONE_WORDS] = [0, 1, 4];

/** The same with the key of its phone number. */
export const PAYMENT_BYTES = ROW_BYTES + 4 * PHONE_WORDS;

/** What the word of the order says beside it: whether the row says who gets it, and whether it has an address and a phone number. */
const [HAS_RECIPIENT, HAS_PHONE, FLAGS] = [1, 2, 2];

const NO_PHONE = "0".repeat(24);

export interface PaymentRow {
  /** A keyed hash of whom it pays what, as a text. */
  key: string;
  /** Of a row with an address and a phone number, the key that it would have by the number alone; else zeros. */
  phone: string;
  /** What it comes to, in thousandths: of rows with the same key it tells the quantity. */
  quantity: number;
  /** A number that follows from all that the row says: of rows that pay the same it tells them apart. */
  content: number;
  /** Whether the row says who gets it. One that does not repeats nobody. */
  hasRecipient: boolean;
  /** Of the file; 0 for a row of another one. */
  line: number;
}

/** What rows pay, as it crosses and is kept. */
export interface PaymentWords {
  rows: Uint32Array;
  /** Of those rows that have an address and a phone number, in their order. */
  phones: Uint32Array;
}

export class PaymentRows implements PaymentWords {
  readonly length: number;
  readonly rows: Uint32Array;
  readonly phones: Uint32Array;
  /** Where in `phones` a row's is. */
  #places: Map<number, number> | undefined;

  constructor({ rows, phones }: PaymentWords) {
    [this.rows, this.phones, this.length] = [rows, phones, rows.length / WORDS];
  }

  /** Those of both. */
  with(other: PaymentRows): PaymentRows {
    return new PaymentRows({ rows: joined(this.rows, other.rows), phones: joined(this.phones, movedBy(other.phones, this.length)) });
  }

  /** Some of them, in bytes of their own. */
  slice(from: number, to: number): PaymentRows {
    if (from === 0 && to >= this.length) return this;
    const own = this.phones.filter((_, at) => {
      const row = this.phones[at - (at % PHONE_WORDS)] as number;
      return row >= from && row < to;
    });
    return new PaymentRows({ rows: this.rows.slice(from * WORDS, to * WORDS), phones: movedBy(own, -from) });
  }

  /** Without those of some orders. */
  without(orders: Set<number>): PaymentRows {
    const rows = new Uint32Array(this.rows.length);
    const phones: number[] = [];
    let left = 0;
    for (let row = 0; row < this.length; row += 1) {
      if (orders.has((this.rows[row * WORDS + ORDER] as number) >>> FLAGS)) continue;
      rows.set(this.rows.subarray(row * WORDS, (row + 1) * WORDS), left * WORDS);
      const phone = this.#phoneOf(row);
      if (phone) phones.push(left, ...phone);
      left += 1;
    }
    return new PaymentRows({ rows: rows.slice(0, left * WORDS), phones: new Uint32Array(phones) });
  }

  /** Of the file; 0 for a row of another one. */
  line(row: number): number {
    return this.rows[row * WORDS + LINE] as number;
  }

  row(row: number): PaymentRow {
    const { rows } = this;
    const at = row * WORDS;
    const phone = this.#phoneOf(row);
    return {
      key: textOf(rows.subarray(at + KEY, at + CONTENT)),
      phone: phone ? textOf(phone) : NO_PHONE,
      quantity: rows[at + AMOUNT] as number,
      content: rows[at + CONTENT] as number,
      line: this.line(row),
      hasRecipient: ((rows[at + ORDER] as number) & HAS_RECIPIENT) !== 0,
    };
  }

  #phoneOf(row: number): Uint32Array | undefined {
    if (this.phones.length === 0) return undefined;
    if (!this.#places) {
      this.#places = new Map();
      for (let at = 0; at < this.phones.length; at += PHONE_WORDS) this.#places.set(this.phones[at + ROW] as number, at);
    }
    const at = this.#places.get(row);
    return at === undefined ? undefined : this.phones.subarray(at + PHONE, at + PHONE_WORDS);
  }

  /** The rows with an address and a phone number, each with where the key of the number is in `phones`. */
  *withPhones(): Generator<{ row: number; at: number }, void> {
    for (let at = 0; at < this.phones.length; at += PHONE_WORDS) yield { row: this.phones[at + ROW] as number, at: at + PHONE };
  }

  hasPhone(row: number): boolean {
    return this.#phoneOf(row) !== undefined;
  }
}

/** Puts together what the orders of a plan pay. */
export class PaymentTeller {
  /** How many rows are taken, and where the next order's are told. */
  #taken = 0;
  #next = 0;
  readonly #phones: number[] = [];

  /** `told`: by the package, of each row of each order. It is written over. */
  constructor(readonly told: Uint32Array) {}

  /** The places of the next order's rows that have an address and a phone number. */
  phonesOf(rows: number): number[] {
    const { told } = this;
    const places: number[] = [];
    let at = this.#next * WORDS + ORDER;
    for (let row = 0; row < rows; row += 1, at += WORDS) if (((told[at] as number) & HAS_PHONE) !== 0) places.push(row);
    return places;
  }

  /**
   * Takes the rows of the next order. `number`: among the orders of its child, from 1; 0 for one that was placed elsewhere. `lineOf`: which
   * line of the posted file a line of the plan is. `phones`: by the places of rows, the keys that they would have by the phone number alone.
   */
  take(rows: number, number: number, { offset, phones }: { offset?: number | undefined; phones: Map<number, Uint32Array> }): void {
    const { told } = this;
    for (const [row, key] of phones) this.#phones.push(this.#taken + row, ...key);
    if (this.#taken < this.#next) told.copyWithin(this.#taken * WORDS, this.#next * WORDS, (this.#next + rows) * WORDS);
    const end = (this.#taken + rows) * WORDS;
    for (let at = this.#taken * WORDS; at < end; at += WORDS) {
      told[at + LINE] = offset === undefined ? 0 : (told[at + LINE] as number) + offset;
      told[at + ORDER] = (told[at + ORDER] as number) | (number << FLAGS);
    }
    this.#taken += rows;
    this.#next += rows;
  }

  /** Leaves the rows of the next order out. */
  skip(rows: number): void {
    this.#next += rows;
  }

  rows(): PaymentRows {
    const end = this.#taken * WORDS;
    const phones = Uint32Array.from(this.#phones);
    return new PaymentRows({ rows: end === this.told.length ? this.told : this.told.slice(0, end), phones });
  }
}

/** Finds rows by their keys, or by those of their phone numbers. */
export class PaymentLookup {
  /** Where keys stand, those of rows or of phone numbers, and whose they are. */
  readonly #words: Uint32Array;
  readonly #at: Uint32Array;
  readonly #rows: Uint32Array;
  /** By the lowest bits of a key, the one behind the one that was put there last, and so on; -1 for none. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;

  private constructor(words: Uint32Array, at: Uint32Array, rows: Uint32Array) {
    [this.#words, this.#at, this.#rows] = [words, at, rows];
    this.#heads = new Int32Array(2 ** Math.ceil(Math.log2(2 * at.length + 1))).fill(-1);
    this.#next = new Int32Array(at.length).fill(-1);
    for (let entry = 0; entry < at.length; entry += 1) {
      const slot = this.#slot(words, at[entry] as number);
      this.#next[entry] = this.#heads[slot] as number;
      this.#heads[slot] = entry;
    }
  }

  static byKey({ rows, length }: PaymentRows): PaymentLookup {
    const numbers = Uint32Array.from({ length }, (_, row) => row);
    return new PaymentLookup(rows, numbers.map((row) => row * WORDS + KEY), numbers);
  }

  static byPhone(rows: PaymentRows): PaymentLookup {
    const all = [...rows.withPhones()];
    return new PaymentLookup(rows.phones, Uint32Array.from(all, ({ at }) => at), Uint32Array.from(all, ({ row }) => row));
  }

  /** The rows with the key of another one. */
  withKeyOf({ rows }: PaymentRows, row: number): number[] {
    return this.with(rows, row * WORDS + KEY);
  }

  /** The first of them; -1 for none. */
  firstWithKeyOf({ rows }: PaymentRows, row: number): number {
    const entry = this.#find(this.#heads[this.#slot(rows, row * WORDS + KEY)] as number, rows, row * WORDS + KEY);
    return entry < 0 ? -1 : (this.#rows[entry] as number);
  }

  /** The rows with the key that stands there. */
  with(words: Uint32Array, at: number): number[] {
    const found: number[] = [];
    let entry = this.#find(this.#heads[this.#slot(words, at)] as number, words, at);
    for (; entry >= 0; entry = this.#find(this.#next[entry] as number, words, at)) found.push(this.#rows[entry] as number);
    return found;
  }

  #slot(words: Uint32Array, at: number): number {
    return (words[at] as number) & (this.#heads.length - 1);
  }

  #find(entry: number, words: Uint32Array, at: number): number {
    const own = this.#words;
    for (let found = entry; found >= 0; found = this.#next[found] as number) {
      const place = this.#at[found] as number;
      if (own[place] === words[at] && own[place + 1] === words[at + 1] && own[place + 2] === words[at + 2]) return found;
    }
    return -1;
  }
}

/** Keys that a filter holds at the most: 16 MB. */
export const FILTER_KEYS = 2 ** 21;

/**
 * Which keys there are, but for one in thousands of millions that is taken for another: rows of which none is there need not be held to all that
 * are kept.
 */
export class PaymentFilter {
  /** A word of each key, at the place that another word of it says or behind; 0 for none. */
  readonly #words: Int32Array;
  #left: number;

  constructor(keys: number) {
    this.#left = Math.min(keys, FILTER_KEYS);
    this.#words = new Int32Array(2 ** Math.ceil(Math.log2(2 * this.#left + 1)));
  }

  /** Puts the keys of rows there. Whether any of them may have been there before; nothing where not all have room. */
  add({ rows, phones }: PaymentWords): boolean | undefined {
    this.#left -= rows.length / WORDS + phones.length / PHONE_WORDS;
    if (this.#left < 0) return undefined;
    const wasThere = this.#put(rows, KEY, WORDS);
    return this.#put(phones, PHONE, PHONE_WORDS) || wasThere;
  }

  #put(keys: Uint32Array, first: number, step: number): boolean {
    const words = this.#words;
    const mask = words.length - 1;
    const own = new Int32Array(keys.buffer, keys.byteOffset, keys.length);
    let wasThere = false;
    for (let at = first; at < own.length; at += step) {
      const word = own[at] || 1;
      let place = (own[at + 1] as number) & mask;
      while (words[place] !== 0 && words[place] !== word) place = (place + 1) & mask;
      if (words[place] === word) wasThere = true;
      words[place] = word;
    }
    return wasThere;
  }
}

function textOf(words: Uint32Array): string {
  return Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
}

function joined(one: Uint32Array, other: Uint32Array): Uint32Array {
  const words = new Uint32Array(one.length + other.length);
  words.set(one);
  words.set(other, one.length);
  return words;
}

function movedBy(phones: Uint32Array, rows: number): Uint32Array {
  return phones.map((word, at) => (at % PHONE_WORDS === ROW ? word + rows : word));
}

/** The rows that the package tells of a plan that has one for each line, by their lines: their keys. */
export function keysByLine(told: Uint32Array): Map<number, Uint32Array> {
  const keys = new Map<number, Uint32Array>();
  for (let at = 0; at < told.length; at += WORDS) keys.set(told[at + LINE] as number, told.slice(at + KEY, at + CONTENT));
  return keys;
}
