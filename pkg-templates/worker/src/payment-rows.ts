// What the rows of a piece of a file pay, as words of 32 bits: so it crosses to the series' Durable Object and is kept there, without an object
// for each row.

/** Which words of a row hold what: first those of the package's `Campaign.payments`, then the key by the phone number alone. */
const [KEY, CONTENT, AMOUNT, LINE, ORDER, PHONE, WORDS] = [0, 3, 4, 5, 6, 7, 10];

/** Bytes of a row. */
export const PAYMENT_BYTES = 4 * WORDS;

/** Bytes of a row as the package tells it: in the word of its order it says whether the row says who gets it, and whether it has a phone number beside the address. */
export const TOLD_BYTES = 4 * PHONE;

const [HAS_RECIPIENT, HAS_PHONE, FLAGS] = [1, 2, 2];

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

/** What the lines of an order pay. */
export interface OrderPayments {
  /** As the package tells it. */
  payments: Uint32Array;
  /** By the places of lines, the keys that they would have by the phone number alone. */
  phones: Map<number, Uint32Array>;
  /** Which line of the posted file a line of the plan is; 0 for none. */
  lineOf: (line: number) => number;
  /** Among the orders of its child, from 1; 0 for one that was placed elsewhere. */
  order: number;
}

export class PaymentRows {
  readonly length: number;

  constructor(readonly words: Uint32Array) {
    this.length = words.length / WORDS;
  }

  static of(orders: OrderPayments[]): PaymentRows {
    const count = orders.reduce((sum, { payments }) => sum + payments.length / PHONE, 0);
    const words = new Uint32Array(count * WORDS);
    let at = 0;
    for (const { payments, phones, lineOf, order } of orders) {
      for (let told = 0; told < payments.length; told += PHONE) {
        for (let word = 0; word < PHONE; word += 1) words[at + word] = payments[told + word] as number;
        words[at + LINE] = lineOf(payments[told + LINE] as number);
        words[at + ORDER] = (payments[told + ORDER] as number) + (order << FLAGS);
        at += WORDS;
      }
      for (const [place, key] of phones) words.set(key, at - (payments.length / PHONE - place) * WORDS + PHONE);
    }
    return new PaymentRows(words);
  }

  /** Those of both. */
  with(other: PaymentRows): PaymentRows {
    const words = new Uint32Array(this.words.length + other.words.length);
    words.set(this.words);
    words.set(other.words, this.words.length);
    return new PaymentRows(words);
  }

  /** Some of them, in bytes of their own. */
  slice(from: number, to = this.length): PaymentRows {
    return new PaymentRows(this.words.slice(from * WORDS, to * WORDS));
  }

  /** Without those of some orders. */
  without(orders: Set<number>): PaymentRows {
    const left = new Uint32Array(this.words.length);
    let length = 0;
    for (let row = 0; row < this.length; row += 1) {
      if (orders.has(this.#word(row, ORDER) >>> FLAGS)) continue;
      left.set(this.words.subarray(row * WORDS, (row + 1) * WORDS), length);
      length += WORDS;
    }
    return new PaymentRows(left.slice(0, length));
  }

  /** Of the file; 0 for a row of another one. */
  line(row: number): number {
    return this.#word(row, LINE);
  }

  /** Whether it has an address and a phone number. */
  hasPhone(row: number): boolean {
    return (this.#word(row, PHONE) | this.#word(row, PHONE + 1) | this.#word(row, PHONE + 2)) !== 0;
  }

  row(row: number): PaymentRow {
    return {
      key: this.#text(row, KEY),
      phone: this.#text(row, PHONE),
      quantity: this.#word(row, AMOUNT),
      content: this.#word(row, CONTENT),
      line: this.line(row),
      hasRecipient: (this.#word(row, ORDER) & HAS_RECIPIENT) !== 0,
    };
  }

  #text(row: number, word: number): string {
    return [0, 1, 2].map((next) => this.#word(row, word + next).toString(16).padStart(8, "0")).join("");
  }

  #word(row: number, word: number): number {
    return this.words[row * WORDS + word] ?? 0;
  }
}

/** Finds rows by their keys, or by those of their phone numbers. */
export class PaymentLookup {
  readonly #rows: PaymentRows;
  readonly #word: number;
  /** By the lowest bits of a key, the row behind the one that was put there last, and so on; -1 for none. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;

  private constructor(rows: PaymentRows, word: number) {
    [this.#rows, this.#word] = [rows, word];
    this.#heads = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows.length + 1))).fill(-1);
    this.#next = new Int32Array(rows.length).fill(-1);
    for (let row = 0; row < rows.length; row += 1) {
      if (word === PHONE && !rows.hasPhone(row)) continue;
      const slot = (rows.words[row * WORDS + word] as number) & (this.#heads.length - 1);
      this.#next[row] = this.#heads[slot] as number;
      this.#heads[slot] = row;
    }
  }

  static byKey(rows: PaymentRows): PaymentLookup {
    return new PaymentLookup(rows, KEY);
  }

  static byPhone(rows: PaymentRows): PaymentLookup {
    return new PaymentLookup(rows, PHONE);
  }

  /** The first row with the key of another one, -1 for none. */
  withKeyOf(other: PaymentRows, row: number): number {
    return this.#find(other.words, row * WORDS + KEY);
  }

  withPhoneOf(other: PaymentRows, row: number): number {
    return this.#find(other.words, row * WORDS + PHONE);
  }

  /** All rows with the same as one that was found. */
  all(first: number): number[] {
    const { words } = this.#rows;
    const found: number[] = [];
    for (let row = first; row >= 0; row = this.#from(this.#next[row] as number, words, first * WORDS + this.#word)) found.push(row);
    return found;
  }

  #find(words: Uint32Array, at: number): number {
    return this.#from(this.#heads[(words[at] as number) & (this.#heads.length - 1)] as number, words, at);
  }

  #from(row: number, words: Uint32Array, at: number): number {
    const own = this.#rows.words;
    for (let found = row; found >= 0; found = this.#next[found] as number) {
      const place = found * WORDS + this.#word;
      if (own[place] === words[at] && own[place + 1] === words[at + 1] && own[place + 2] === words[at + 2]) return found;
    }
    return -1;
  }
}

/** The rows as the package tells them, each by itself. */
export function* paymentWords(payments: Uint32Array): Generator<Uint32Array, void> {
  for (let at = 0; at < payments.length; at += PHONE) yield payments.subarray(at, at + PHONE);
}

/** Whether such a row has a phone number beside its address. */
export function hasPhone(told: Uint32Array): boolean {
  return ((told[ORDER] as number) & HAS_PHONE) !== 0;
}

export function lineOf(told: Uint32Array): number {
  return told[LINE] as number;
}

export function keyWords(told: Uint32Array): Uint32Array {
  return told.slice(KEY, CONTENT);
}
