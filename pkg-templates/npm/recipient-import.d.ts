/** From a spreadsheet of recipients to the lines of orders: no network, no credentials. */
import type { Campaign, PlanOptions } from "./campaign.js";
import type { Catalog } from "./catalog.js";
import type { Handle } from "./handle.js";
import type { Issue, IssueCode, LineItem, OrderType } from "./order.js";

/**
 * Reads CSV as it streams, checks each row by the rules of `validateOrder`, and keeps the valid ones as lines of orders.
 *
 * ```js
 * const recipients = new RecipientImport({ type: "DigitalDelivery", defaults: { ProductId: "CVS", Value: 25 } });
 * for await (const chunk of file.stream()) recipients.push(chunk);
 * const report = recipients.finish();
 * ```
 *
 * **What is read.** UTF-8, UTF-16 and Windows-1252, recognised by themselves, or what `encoding` says; comma, semicolon, tab or `|`: the one
 * by which columns are known, or what a first line `sep=;` or `delimiter` says; quotes, with line breaks in them; LF, CRLF and CR. A line with no
 * character on it is no row, and neither is an empty one below the last that holds something. It
 * never throws for what the file holds: each row is accepted or rejected, and `rows` is their sum.
 *
 * **Columns** are known by the words of their headers, in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish, in any case and
 * with whatever stands between them: `Work Email`, `E-Mail-Adresse`, `Gift Amount (USD)`, `Betrag in €`, `Montant`, `Recipient First Name`,
 * `Handynummer`, `Qty`. First and last name are joined. Any field is known by its name and its path too (`fromName`,
 * `PhysicalDeliveryAddress.AddressLine1`). What some words of a header say is *likely*, and read, unless it is an amount, a quantity or a product:
 * these are asked about as `unknown_column`, once for the file, with the guess in the message. Two columns that claim one field are `duplicate_field`, and
 * `columns` chooses by place: `{ "#3": "email" }`. The header is the first line, or is found under a title of fewer cells. `columns` of the report says what
 * each column was taken for. Under an empty header nothing may stand, since an unquoted `1,000` would, and a row may have no cell more than the header,
 * not even an empty one: `too_many_columns`.
 *
 * **No default stands for what the file says.** Where an unread column speaks of money, by its header (`Bonus`, `Сумма`, `金額`) or in its cells (`$500`,
 * `500 euros`, `500.00`, `1,000`), while a default would stand for the amount, or of another number of cards than would stand for it (`3 cards`, a `Count`, 10 under
 * `#`): `unknown_column`. Numbers that go up by one with each row are those of the rows, and stay silent, as numbers of 1,000 and more under `#` and `No.` do.
 * A column that only says a currency (`Currency`, or `JPY` under any header) must agree with that of the amount and of its product, or the row is rejected as
 * `mixed_currencies`. `"ignore"` in `columns` says of a column that it is meant.
 *
 * **Rows that repeat** what an earlier one pays (same recipient, product and value; case, spaces and the spelling of accents aside) are rejected as
 * `duplicate_row`, unless `duplicates` is `"accept"`. A recipient is the same by the e-mail address, or by the phone number where one of the two rows has no
 * address: two addresses with one number are two people. A row without a recipient repeats nothing.
 *
 * **Rows that are for nobody** are rejected as `required`, whatever `defaults` there are: those with nothing in a column that is read, those
 * that repeat the header, those whose one text is the name of a sum, such as `Total`, and the example of `recipientTemplate`. A cell that no person wrote is rejected as
 * `invalid_type`: an error of a spreadsheet in any language (`#N/A`, `#WERT!`, `Err:502`), what programs write for nothing (`NULL`, `\\N`,
 * `[object Object]`, `1 Main St NULL`), and what they write below a list (`(2 rows)`, `Rows: 2`). `NA`, `Null` and `None` stay names.
 *
 * **Cells** may be wrapped as people and programs do: `Ann Lee <ann@example.com>`, `mailto:ann@example.com`, `'02134`, `="02134"`, `+1 (212) 555-0100`.
 * Characters that cannot be seen come off addresses, numbers and ids. A product is found by its id in any case, and by its exact name where the catalog has it once.
 *
 * **Amounts** may be written `25`, `25.00`, `25,50`, `$1,000.00`, `1.000,00`, `2,50,000.00`, `25 USD`, `€25`, `1 000,00 kr`, `25,-`. `1.000` and `1,000` can be
 * read in two ways and are rejected as `ambiguous_amount`, but not of a currency without decimals: `¥1,000`, `1,500 JPY`; of one with three a point parts
 * them: `12.345 KWD`. A sign that several currencies have (`$`,
 * `kr`, `¥`) is the one that the product is sold in, by the catalog; without one `$` counts as USD, `¥` as JPY, and `kr` as none. A header `Value (EUR)` says it of all its
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
   * Which header is which field, where its words do not tell: `{ "Gift Amt": "value", "First Name": "to", "Last Name": "to" }`. A key is a header, or a
   * place: `"#3"` is the third column. Several columns of one text are joined with a space, in the order of `columns`. `"ignore"` (or an
   * empty text) leaves a column out. A header that the file does not
   * have is one of the `issues`; where its field has a default, which would stand for all rows, every row is rejected as `unknown_column`.
   */
  columns?: Columns;
  /** What a field is where the row has no cell for it or an empty one: `{ Quantity: 1, Personalization: { FromName: "Acme" } }`. */
  defaults?: Partial<LineItem>;
  /** What can be ordered: each row is held to it, and an amount that names a currency to that of its product. */
  catalog?: Catalog;
  /**
   * What the bytes mean, as `TextDecoder` knows it: `"windows-1250"`, `"shift_jis"`. Default: by a byte order mark, else UTF-8 where it is that, else
   * Windows-1252 with an issue `uncertain_encoding`.
   */
  encoding?: string;
  /** What stands between cells. Default: found. */
  delimiter?: "," | ";" | "\t" | "|";
  /** The line of the header, from 1. Default: found. */
  headerRow?: number;
  /** What becomes of a row that pays the same recipient what an earlier one pays. Default: `"reject"`, as `duplicate_row`. */
  duplicates?: "reject" | "accept";
  /** What becomes of rows of a workbook that are hidden or filtered out. Default: `"reject"`, as `hidden_row`. */
  hidden?: "reject" | "accept";
  /**
   * Where phone numbers without `+` are, as two letters: `"US"` makes `(212) 555-0100`, `12125550100` and a spreadsheet's `12125550100.0` a number in
   * E.164. Default: such a number is rejected as `invalid_phone`.
   */
  defaultCountry?: string;
  /** The time and zone of a delivery of which only the day is said: `"09:00-05:00"`. Default: a day alone is rejected as `invalid_date_time`. */
  deliveryTime?: string;
  /** What `04/05/2026` begins with. Default: a date that can be read in two ways is rejected. */
  dateOrder?: "mdy" | "dmy";
  /** What a row may come to, value times quantity, as decimal text: `"500.00"`. More is rejected as `over_limit`. Default: no limit. */
  maxValue?: string;
}

/**
 * A field of a line as `columns` and reports call it, or its path: `DigitalDeliveryAddress.Email`. The names are `product`, `value`, `quantity`, `email`, `sms`,
 * `shippingMethodId`, `carrierId`, `name`, `addressLine1`, `city`, `state`, `zip`, `country`, `to`, `fromName`, `fromEmail`, `message`, `deliveryDate`,
 * `brandingId`, `culture`, `externalId`.
 */
export type Field = string;

/** Which column is which field: by its header, or by its place, such as `"#3"`. */
export type Columns = Record<string, Field | "ignore">;

/**
 * A CSV to fill in, in UTF-8 with a byte order mark: the headers of the type, and one row of example, to be replaced: left in, the import rejects it. With a catalog its product and
 * value are ones that can be ordered.
 *
 * @throws {ConfigError} for options that cannot be used.
 */
export declare function recipientTemplate(options: { type: OrderType; catalog?: Catalog }): Uint8Array;

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

/**
 * Reads the beginning of a list, and says what it is and what its columns seem to be: for a page on which a person matches columns. Of a
 * workbook each sheet is read as a whole, since its rows are counted.
 *
 * ```js
 * const { columns, missing } = await inspectRecipients(file, { type: "DigitalDelivery" });
 * ```
 *
 * @throws {ConfigError} for options that cannot be used, for a list that is not bytes, and for a workbook that cannot be read; what is wrong
 * with it, and what to do, is in the message.
 */
export declare function inspectRecipients(source: RecipientSource, options?: InspectRecipientsOptions): Promise<Inspection>;

/** As far as they say what the columns are; `type` is `"DigitalDelivery"` where it is not said. */
export interface InspectRecipientsOptions
  extends Pick<ImportRecipientsOptions, "sheet">,
    Partial<Pick<RecipientImportOptions, "type" | "columns" | "encoding" | "delimiter" | "headerRow">> {}

/** What a list is. */
export interface Inspection {
  /** By its first bytes. */
  kind: "csv" | "xlsx";
  /** Of a CSV: as it is read, by the label that `TextDecoder` has for it. */
  encoding?: string;
  /** Of a CSV: what parts its cells. */
  delimiter?: string;
  /** Of a workbook: its sheets of cells, in the order of their tabs. The place of one in this list is what `sheet` takes. */
  sheets?: { name: string; hidden: boolean; rows: number }[];
  /** The row of the header, from 1; absent where none is found. */
  headerRow?: number;
  /** The columns, from left to right. */
  columns: {
    /** As it stands. */
    header: string;
    /** The first three texts below it, as they stand: data of persons. */
    samples: string[];
    /** What is read from it; absent where that is nothing. */
    field?: Field;
    certainty: "sure" | "likely" | "none";
  }[];
  /** Fields that a line needs and no column has. */
  missing: Field[];
}

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
   * Rows that pay the same product and value to the same recipient as an earlier one: among the rejected ones, unless `duplicates` is `"accept"`.
   * Rows without a recipient, as `Links` have them, are not compared.
   */
  readonly duplicates: DuplicateRow[];
  /** What the accepted rows come to, one a currency. */
  readonly totals: ImportTotal[];
  /** What each column was taken for. */
  readonly columns: ImportColumn[];
  /** Headers of columns that nothing was read from. */
  readonly ignoredColumns: string[];
  /**
   * What is to be said of the file as a whole: `no_rows`, `unknown_column`, `duplicate_field`, `unsupported_file`, ... And the warnings of accepted
   * rows, each once: `domain_without_dot`, `garbled_text`, `date_in_past`, ...
   */
  readonly issues: FileIssue[];
  /** How the file's bytes were read, as `TextDecoder` calls it. */
  readonly encoding: string;
  /** What is wrong with the rejected rows, each thing once, the most frequent first; then what there is to look at in the accepted ones. */
  summary(): ImportIssueGroup[];
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
  toJSON(): Pick<ImportReport, "rows" | "accepted" | "rejected" | "duplicates" | "totals" | "columns" | "ignoredColumns" | "issues" | "encoding">;
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
  /** Never there: a cell is data of a person. */
  value?: never;
  /** Of a `duplicate_row`: the first line that pays the same. */
  params?: { firstLine: number };
}

/** What a column was taken for. */
export interface ImportColumn {
  /** As it stands in the file. */
  header: string;
  /** The field that it seems to hold; absent where nothing is known of it. */
  field?: Field;
  /** How sure that is: `likely` is read, unless it is an amount, a quantity or a product. What the caller says is sure. */
  certainty: "sure" | "likely" | "none";
}

/** A thing that is wrong with some of the rows. */
export interface ImportIssueGroup {
  /** An error rejects the rows; a warning is something to look at in accepted ones. */
  severity: "error" | "warning";
  code: IssueCode;
  /** The column's header as it stands in the file; absent where no column has the field, or the whole row is meant. */
  column?: string;
  /** What a person can do about it, in English. */
  message: string;
  /** How many rows. */
  count: number;
  /** Up to five of their lines. */
  firstLines: number[];
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

/** Something about a file that is not about one of its rows alone: an {@link Issue} with its place in the file. */
export interface FileIssue extends Issue {
  /** Where it is seen first, from 1. */
  line: number;
  /** The header in question. */
  column?: string;
  /** The way to the field from a line of an order, such as `["DigitalDeliveryAddress", "Email"]`; empty where it is the file that is meant. */
  path: string[];
  /**
   * What the message says, for a program: `field`, `encoding`, `sample` (a word of the file, which may be a person's name). Of a warning of
   * accepted rows: how many there are, `count`, and up to five of their lines, `firstLines`.
   */
  params?: { field?: Field; encoding?: string; sample?: string; count?: number; firstLines?: number[] };
}
