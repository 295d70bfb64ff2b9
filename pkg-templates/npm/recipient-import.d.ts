/** From a spreadsheet of recipients to the lines of orders: no network, no credentials. */
import type { Campaign, PlanOptions } from "./campaign.js";
import type { Catalog } from "./catalog.js";
import type { Handle } from "./handle.js";
import type { IssueCode, LineItem, OrderType } from "./order.js";

/**
 * Reads CSV as it streams, checks each row by the rules of `validateOrder`, and keeps the valid ones as lines of orders.
 *
 * ```js
 * const recipients = new RecipientImport({ type: "DigitalDelivery", defaults: { ProductId: "CVS", Value: 25 } });
 * for await (const chunk of file.stream()) recipients.push(chunk);
 * const report = recipients.finish();
 * ```
 *
 * **What is read.** UTF-8, UTF-16 and Windows-1252, recognised by themselves; comma, semicolon or tab, told from the header (a
 * first line `sep=;` decides); quotes, with line breaks in them; LF, CRLF and CR. A line with no character on it is no row. It
 * never throws for what the file holds: each row is accepted or rejected, and `rows` is their sum.
 *
 * **Columns** are known by their headers, whatever their case, spaces, `_`, `-` and `:`, and what cannot be seen, such as a second byte
 * order mark; a note in parentheses or brackets at the end does not count: `email (required)`. They are `email`; `sms`, `phone`; `product`, `product id`;
 * `value`, `amount`; `quantity`, `qty` (without such a column it is 1); `to`, `name`; `from name`; `from email`; `message`;
 * `delivery date`; `branding id`; `external id`; `culture`. For a `PhysicalShipment` also `shipping method`, `carrier`, `name`, `address`,
 * `city`, `state`, `zip` or `postal code`, `country`. Any field is known by its path too: `PhysicalDeliveryAddress.AddressLine1`.
 * Other columns, and those of an address that the type does not use, are listed in `ignoredColumns`. Under an empty header nothing may
 * stand, since an unquoted `1,000` would: such a row is rejected as `too_many_columns`, unless `columns` has `"": ""`.
 *
 * **Rows that are for nobody** are rejected as `required`, whatever `defaults` there are: those with nothing in a column that is read, those
 * that repeat the header, and of `Links` those whose one text is the name of a sum, such as `Total`. A cell that is an error of the
 * spreadsheet, such as `#N/A`, is rejected as `invalid_type`.
 *
 * **Amounts** may be written `25`, `25.00`, `25,50`, `$1,000.00`, `1.000,00`, `25 USD`, `€25`. `1.000` and `1,000` can be read in two
 * ways and are rejected as `ambiguous_amount`. A `$` alone is the
 * kind of dollar that the product is sold in, by the catalog; without one it counts as USD. A header `Value (EUR)` says it of all its
 * rows, those that `defaults` fill as well; one whose note may mean something else, `Value (cents)`, has every row rejected as
 * `unknown_column`, unless `columns` names it as it stands.
 *
 * **Limits.** A row of 256 KiB, 1,000 columns, 5,000,000 rows, 1,000,000 rejected rows. Memory grows by the accepted rows (the
 * line's JSON and 48 bytes each) and the rejected ones, not by the file.
 */
export declare class RecipientImport {
  /** @throws {ConfigError} for options that cannot be used, such as a mapping to a field that does not exist. */
  constructor(options: RecipientImportOptions);
  /**
   * Reads a piece of the file, cut anywhere: inside a character, a quote or a line break.
   *
   * @throws {ConfigError} for what is not bytes, after `finish()`, and where the file is over the limits above.
   */
  push(chunk: Uint8Array): ImportProgress;
  /**
   * Ends the file, and uses the import up.
   *
   * @throws {ConfigError} as `push()`.
   */
  finish(): ImportReport;
  /**
   * Gives the memory back at once; an import that is forgotten gives it back when it is collected, where the engine can. Twice is
   * fine; anything else afterwards is a `ConfigError`.
   */
  free(): void;
}
export interface RecipientImport extends Handle {}

export interface RecipientImportOptions {
  /** The type of every order that will be made of the rows. */
  type: OrderType;
  /**
   * Which header is which field, where the usual spellings do not tell: `{ "E-Mail Adresse": "DigitalDeliveryAddress.Email" }`. The
   * field is the way to it in a line, or one of the usual spellings; an empty text leaves the column out. A header that the file does not
   * have is one of the `issues`; where its field has a default, which would stand for all rows, every row is rejected as `unknown_column`.
   */
  columns?: Record<string, string>;
  /** What a field is where the row has no cell for it or an empty one: `{ Quantity: 1, Personalization: { FromName: "Acme" } }`. */
  defaults?: Partial<LineItem>;
  /** What can be ordered: each row is held to it, and an amount that names a currency to that of its product. */
  catalog?: Catalog;
}

/**
 * Reads a list of recipients as a person has it: a workbook (`.xlsx`), or a CSV as {@link RecipientImport} reads it. Which it is, its first
 * bytes tell, and never its name. What reads workbooks (30 KB) is loaded when the first one comes.
 *
 * ```js
 * const report = await importRecipients(file, { type: "DigitalDelivery", sheet: "Recipients" });
 * ```
 *
 * **A cell of a workbook** is what it holds and how it is shown: a number with all its digits, `25.1` where the file has
 * `25.100000000000001`; with the zeros of its format (`02134` by `00000`) and its currency (`25 $`, `25 €`); a date as `2026-12-24`, with a
 * time as `2026-12-24T09:30:00`; a percentage as `50%`. **No value**, for which no default stands either, are: an error such as `#N/A`; a
 * formula whose result is not in the file, as files have it that no spreadsheet program has saved; a formula whose result is 0, which some
 * programs write for one that they did not compute; a cell that a merged one covers; and a number that is shown as another one, since its
 * format rounds it, counts in thousands or hides it. `line` of a row is its number in the sheet; rows that are hidden or filtered out
 * are rejected as `hidden_row`, unless `hidden: "accept"`.
 *
 * **What cannot be read** is an issue of the report, `unsupported_file`, with what to do, and no row is accepted: `.xls`, `.xlsb`, `.ods`,
 * `.numbers`, a password, another document, an archive, and a workbook that is cut off or damaged, of which the checksums are compared.
 *
 * **Limits of a workbook:** 256 MiB; 10,000 parts; a sheet of 256 MiB, 1,048,576 rows and 16,384 columns, of which the first 1,000 are looked at; 64 MiB
 * of shared texts; 16 MiB of any other part; a compression of 250 : 1 beyond the first 4 MiB; 1,000 sheets; 5,000 number formats; 100,000
 * merged ranges, 1,024 across one row; 1 MiB a cell. It is held in memory as it is, and its sheet is uncompressed as it is read.
 *
 * @throws {ConfigError} for options that cannot be used, for a list that is not bytes, and where it has more rows than an import takes. What
 * a stream fails with is thrown as it is.
 */
export declare function importRecipients(source: RecipientSource, options: ImportRecipientsOptions): Promise<ImportReport>;

/** Where a list comes from: a `File` or another `Blob`, its bytes, a stream of them such as a request's body, or what gives them piece by piece. */
export type RecipientSource =
  | ArrayBufferView
  | ArrayBuffer
  | { stream(): ByteStream }
  | ByteStream
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>;

/** As much of a `ReadableStream` of bytes as is used. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<unknown>;
    releaseLock(): void;
  };
}

export interface ImportRecipientsOptions extends RecipientImportOptions {
  /**
   * The sheet of a workbook: what its tab says, in any case, or its place among all sheets of cells, hidden ones included, from 0. Default:
   * the first that is not hidden. Of a CSV it says nothing.
   */
  sheet?: string | number;
  /** Hears how far the import has come, after each piece of a CSV and each mebibyte of a workbook's rows; of a workbook `bytes` are those of the file. */
  onProgress?: (progress: ImportProgress) => void;
}

/** How far an import has come. */
export interface ImportProgress {
  /** Bytes read. */
  bytes: number;
  /** Rows read, the header aside. A row counts when it has ended. */
  rows: number;
  /** Rows that are lines of orders now. */
  accepted: number;
  /** Rows to mend. */
  rejected: number;
}

/** What became of a file's rows. It is made by `RecipientImport.finish()`. Its lists are made once and frozen. */
export declare class ImportReport {
  private constructor();
  /** Rows of the file, the header aside: `accepted + rejected.length`. */
  readonly rows: number;
  /** Rows that are lines of orders now. */
  readonly accepted: number;
  /** Rows to mend, in the order of the file. */
  readonly rejected: RejectedRow[];
  /**
   * Rows that pay the same product and value to the same recipient as an earlier one. They are accepted: see whether they are
   * meant. Rows without a recipient, as `Links` have them, are not compared.
   */
  readonly duplicates: DuplicateRow[];
  /** What the accepted rows come to, one a currency. */
  readonly totals: ImportTotal[];
  /** Headers of columns that nothing was read from. */
  readonly ignoredColumns: string[];
  /** What is to be said of the file as a whole: `no_rows`, `unknown_column`, `duplicate_field`, `unsupported_file`, ... */
  readonly issues: FileIssue[];
  /** How the file's bytes were read. */
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  /**
   * The rejected rows as CSV, in UTF-8 with a byte order mark: header and rows as they came, and a column `reason`, in small letters: a last column of
   * that name is replaced, and a `Reason` is the caller's. Mend them in the whole
   * file, or add them to it, and plan that with `after`. By themselves they are a file of their own: what pays the same as a row that was
   * paid would be left out. A cell that a spreadsheet would run as a formula, such as a phone number's `+`, begins with an
   * apostrophe; the import takes it away. What could not be told apart as cells stands behind the reason, read by the file's encoding.
   */
  rejectedCsv(): Uint8Array;
  /**
   * Groups the accepted rows into orders whose PO numbers follow from the campaign's name and the rows.
   *
   * @throws {ConfigError} for options that cannot be used.
   */
  plan(options: PlanOptions): Campaign;
  /** All of the above as a plain object: for `JSON.stringify`, and where a handle cannot go. */
  toJSON(): Pick<ImportReport, "rows" | "accepted" | "rejected" | "duplicates" | "totals" | "ignoredColumns" | "issues" | "encoding">;
  /** Gives the memory back at once. A campaign that was planned lives on. Twice is fine; anything else afterwards is a `ConfigError`. */
  free(): void;
}
export interface ImportReport extends Handle {}

/** A row to mend. */
export interface RejectedRow {
  /** The line of the file that the row begins on, from 1; the header is usually line 1. */
  line: number;
  /** The line that it ends on, where that is another: a cell has line breaks, or its quote is not closed. */
  lastLine?: number;
  /** Everything that is wrong with it. */
  issues: RowIssue[];
}

/** One thing that is wrong with a row. */
export interface RowIssue {
  /** The column's header as it stands in the file; absent where no column has the field, or the whole row is meant. */
  column?: string;
  code: IssueCode;
  /** What a person can do about it, in English; no cell is repeated in it. */
  message: string;
}

/** A row that pays what an earlier one pays. */
export interface DuplicateRow {
  /** The line that it begins on. */
  line: number;
  /** The line of the first such row. */
  firstLine: number;
}

/** What the accepted rows of a currency come to. */
export interface ImportTotal {
  /** ISO 4217, as the amounts name it; absent for amounts that name none. */
  currency?: string;
  /** Value times quantity of every row, as decimal text: `"2500.00"`. */
  faceValue: string;
  /** How many rows. */
  lines: number;
}

/** Something about a file that is not about one of its rows. */
export interface FileIssue {
  /** From 1. */
  line: number;
  /** The header in question. */
  column?: string;
  code: IssueCode;
  /** What a person can do about it, in English. */
  message: string;
}
