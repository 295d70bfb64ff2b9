/** From a spreadsheet of recipients to the lines of orders: no network, no credentials. */
import type { Campaign, PlanOptions } from "./campaign.js";
import type { Catalog } from "./catalog.js";
import type { Handle } from "./handle.js";
import type { ClientOptions } from "./index.js";
import type { Issue, IssueCode, LineItem, OrderType } from "./order.js";

/**
 * Reads CSV piece by piece, checks each row by the rules of `validateOrder`, and keeps the valid ones as lines of orders. For a
 * whole file, and for workbooks, use {@link importRecipients}.
 *
 * ```js
 * const recipients = new RecipientImport({ type: "DigitalDelivery", defaults: { ProductId: "CVS", Value: 25 } });
 * for await (const chunk of file.stream()) recipients.push(chunk);
 * const report = recipients.finish();
 * ```
 *
 * It never throws because of what the file holds: each row is accepted or rejected, and `rows` is the sum of both.
 *
 * **Encoding and delimiter.** UTF-8, UTF-16 and Windows-1252 are recognised; any other encoding needs `encoding`. The delimiter is
 * comma, semicolon, tab or `|`: the one with which columns are recognised, unless a first line `sep=;` or the option `delimiter`
 * names it. Cells may be quoted and then have line breaks in them. Lines end in LF, CRLF or CR. A line without any character is not
 * a row, and neither is an empty one below the last row that has something in it.
 *
 * **Columns** are recognised by the words of their headers, in any case and with anything between the words, in English, German,
 * French, Spanish, Italian, Portuguese, Dutch and Polish: `Work Email`, `E-Mail-Adresse`, `Gift Amount (USD)`, `Betrag in €`,
 * `Montant`, `Recipient First Name`, `Handynummer`, `Qty`. First and last name are joined. A field's own name and its path are
 * recognised too (`fromName`, `PhysicalDeliveryAddress.AddressLine1`). If only some words of a header are recognised, the column is
 * *likely*: it is read, unless it seems to hold an amount, a quantity or a product. These are reported as `unknown_column`, once
 * for the file, with the guess in the message. Two columns for one field are `duplicate_field`; choose one by its place,
 * `columns: { "#3": "email" }`. The header is the first line, or is found below a title of fewer cells. `report.columns` says what
 * each column was taken for. A row may have no cell beyond the header's last one, not even an empty cell, and no text below an
 * empty header: `too_many_columns`. (An unquoted `1,000` would look like that.)
 *
 * **Defaults** never replace what the file says. A column that is not read is `unknown_column` if it speaks of money while a
 * default would fill the amount: by its header (`Bonus`, `Сумма`, `金額`) or by its cells (`$500`, `500 euros`, `500.00`, `1,000`).
 * So is one that speaks of another number of cards than would be ordered (`3 cards`, a `Count`, 10 under `#`). Numbers that go up
 * by one with each row are the rows' own, and say nothing; nor do numbers of 1,000 and more under `#` and `No.`. A column that only
 * names a currency (`Currency`, or `JPY` under any header) must agree with the amount and the product, or the row is
 * `mixed_currencies`. Say `"ignore"` in `columns` if a column does not matter.
 *
 * **Repeated rows** pay the same recipient the same product and value as an earlier row; case, spaces and the encoding of accents
 * do not matter. They are rejected as `duplicate_row`, unless `duplicates` is `"accept"`. Two rows have the same recipient if they
 * have the same e-mail address, or, if one of them has none, the same phone number: two addresses with one number are two people. A
 * row without a recipient repeats nothing.
 *
 * **Rows for nobody** are rejected as `required`, whatever `defaults` say: rows with nothing in any column that is read, rows that
 * repeat the header, rows whose only text is the name of a sum, such as `Total`, in whatever column, and the example row of
 * `recipientTemplate`. Below a header that names the columns in another order every row is `unknown_column`. A cell
 * that no person wrote is `invalid_type`: an error of a spreadsheet in any language (`#N/A`, `#WERT!`, `Err:502`), what programs
 * write for nothing (`NULL`, `\\N`, `[object Object]`, `1 Main St NULL`), and what they write below a list (`(2 rows)`, `Rows: 2`).
 * `NA`, `Null` and `None` are names.
 *
 * **Cells** may be wrapped as people and programs wrap them: `Ann Lee <ann@example.com>`, `mailto:ann@example.com`, `'02134`,
 * `="02134"`, `+1 (212) 555-0100`. Invisible characters are removed from addresses, numbers and ids. A product is found by its id
 * in any case, and by its exact name if only one product of the catalog has that name.
 *
 * **Amounts** may be written `25`, `25.00`, `25,50`, `$1,000.00`, `1.000,00`, `2,50,000.00`, `25 USD`, `€25`, `1 000,00 kr`,
 * `25,-`. `1.000` and `1,000` can be read in two ways and are `ambiguous_amount`, unless the currency has no decimals (`¥1,000`,
 * `1,500 JPY`); in a currency with three decimals, a point parts them (`12.345 KWD`). A sign of several currencies (`$`, `kr`, `¥`)
 * means the product's currency by the catalog; without a catalog `$` is USD, `¥` is JPY, and `kr` is no currency. A header
 * `Value (EUR)` gives the currency of all its rows, also of those that `defaults` fill. If the note may mean something else, as in
 * `Value (cents)`, every row is `unknown_column`, unless `columns` names the header as it stands.
 *
 * **Limits.** A row of 256 KiB, 1,000 columns, 5,000,000 rows, 1,000,000 rejected rows. Memory grows with the accepted rows (the
 * line's JSON and 48 bytes each) and the rejected ones, not with the file.
 */
export declare class RecipientImport {
  /** @throws {ConfigError} For options that cannot be used, such as a column mapped to a field that does not exist. */
  constructor(options: RecipientImportOptions);
  /**
   * Reads a piece of the file. It may be cut anywhere: inside a character, a quote or a line break.
   *
   * @throws {ConfigError} For a chunk that is not bytes, after `finish()`, and if the file is over the limits above.
   */
  push(chunk: Uint8Array): ImportProgress;
  /**
   * Ends the file. The import cannot be used any more afterwards.
   *
   * @throws {ConfigError} As `push()`.
   */
  finish(): ImportReport;
  /**
   * Gives its memory back at once. You need not call it: an import that is forgotten is collected. Calling it twice is fine; any other use
   * afterwards is a `ConfigError`.
   */
  free(): void;
}
export interface RecipientImport extends Handle {}

/** Options of `RecipientImport` and `importRecipients()`. */
export interface RecipientImportOptions {
  /** The `Type` of every order that will be made from the rows. */
  type: OrderType;
  /**
   * Which column is which field, if the headers do not tell: `{ "Gift Amt": "value", "First Name": "to", "Last Name": "to" }`. A
   * key is a header, or a place: `"#3"` is the third column. Several columns of one text field are joined with a space, in the
   * order of `columns`. `"ignore"` (or an empty text) leaves a column out.
   *
   * For a file without a header, name all columns by their places: if then the first row has an address or a number, it is a row as
   * the others are, and reports call the columns `#1`, `#2` and so on.
   *
   * A header that the file does not have is reported in `issues`. If its field has a default, which would then fill all rows, every
   * row is rejected as `unknown_column`.
   */
  columns?: Columns;
  /** What a field is if the row has no cell for it, or an empty one: `{ Quantity: 1, Personalization: { FromName: "Acme" } }`. */
  defaults?: Partial<LineItem>;
  /** What can be ordered. Each row is checked against it, and an amount that names a currency against its product's. */
  catalog?: Catalog;
  /**
   * The encoding of the file, as `TextDecoder` names it: `"windows-1250"`, `"shift_jis"`. Default: what a byte order mark says,
   * else UTF-8 if the bytes are that, else Windows-1252 with an issue `uncertain_encoding`.
   */
  encoding?: string;
  /** The character between cells. Default: found. */
  delimiter?: "," | ";" | "\t" | "|";
  /** The line of the header, from 1. Default: found. */
  headerRow?: number;
  /** What happens to a row that pays the same recipient the same as an earlier row. Default: `"reject"`, as `duplicate_row`. */
  duplicates?: "reject" | "accept";
  /**
   * What happens to rows of a workbook that are hidden or filtered out, and to columns that are hidden or have no width, where they would
   * be read. Default: `"reject"`, as `hidden_row`.
   */
  hidden?: "reject" | "accept";
  /**
   * The country of phone numbers without `+`, as two letters. With `"US"`, `(212) 555-0100`, `12125550100` and a spreadsheet's
   * `12125550100.0` become E.164. Default: none; such a number is rejected as `invalid_phone`. So is one that can be read with the
   * country code in front and without, such as `436641234567` with `"AT"`.
   */
  defaultCountry?: string;
  /**
   * Time and zone of a delivery for which only the day is given: `"09:00-05:00"`. Default: none; a day alone is rejected as
   * `invalid_date_time`.
   */
  deliveryTime?: string;
  /** Whether `04/05/2026` begins with the month or with the day. Default: a date that can be read in two ways is rejected. */
  dateOrder?: "mdy" | "dmy";
  /**
   * The most that a row may come to, value times quantity, as decimal text: `"500.00"`. More is rejected as `over_limit`. Default:
   * no limit.
   */
  maxValue?: string;
  /**
   * The `limits` of your client. Only `maxCampaignValue` counts here: if the accepted rows come to more, `issues` has an
   * `over_limit`, long before `placeCampaign` would refuse. Default: none.
   */
  limits?: ClientOptions["limits"];
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
 * A CSV to fill in, UTF-8 with a byte order mark: the headers for the type, and one row of example. Replace the example; if it is
 * left in, the import rejects it. With a catalog, the product and the value of the example can be ordered.
 *
 * @throws {ConfigError} For options that cannot be used.
 */
export declare function recipientTemplate(options: { type: OrderType; catalog?: Catalog }): Uint8Array;

/**
 * Reads a list of recipients: a workbook (`.xlsx`), or a CSV as {@link RecipientImport} reads it. Its first bytes tell which it is,
 * not its name. The reader of workbooks (36 KB) is loaded when the first workbook comes.
 *
 * ```js
 * const report = await importRecipients(file, { type: "DigitalDelivery", sheet: "Recipients" });
 * ```
 *
 * **A cell of a workbook** counts as it is shown: a number with all its digits (`25.1` if the file has `25.100000000000001`), with
 * the zeros of its format (`02134` by `00000`) and its currency (`25 $`, `25 €`); a date as `2026-12-24`, with a time as
 * `2026-12-24T09:30:00`; a percentage as `50%`. The `line` of a row is its number in the sheet. Rows that are hidden or filtered
 * out are `hidden_row`, unless `hidden: "accept"`, and so are all rows where a column is hidden from which something would be read.
 *
 * **Not a value**, and not filled by a default either, are: an error such as `#N/A`; a formula without a result in the file, as in
 * files that no spreadsheet program saved; a formula with the result 0, which some programs write for one that they did not
 * compute; a cell that a merged one covers; a number that is shown as another one, because its format rounds it, counts in
 * thousands, hides it or puts it into parentheses or behind a minus; and a text or a number that is struck through, as a whole or in
 * part, or of which a letter or a digit is superscript or subscript beside others. What a condition or a style of tables strikes
 * through is not known.
 *
 * **A file that cannot be read** gives a report without rows and with an issue `unsupported_file` that says what to do: `.xls`,
 * `.xlsb`, `.ods`, `.numbers`, a file with a password, another document, an archive, and a workbook that was cut or damaged (its
 * checksums are compared).
 *
 * **Limits of a workbook:** 256 MiB; 10,000 parts; a sheet of 256 MiB, 1,048,576 rows and 16,384 columns, of which the first 1,000
 * are looked at; 64 MiB of shared texts; 16 MiB of any other part; a compression of 250 : 1 beyond the first 4 MiB; 1,000 sheets;
 * 5,000 number formats; 100,000 merged ranges, 1,024 across one row; 1 MiB a cell. The file is held in memory as it is, and its
 * sheet is uncompressed as it is read.
 *
 * @throws {ConfigError} For options that cannot be used, for a source that is not bytes, and for more rows than an import takes. If
 *   a stream fails, its own error is thrown.
 */
export declare function importRecipients(source: RecipientSource, options: ImportRecipientsOptions): Promise<ImportReport>;

/**
 * Reads the beginning of a list, and says what it is and what its columns seem to be: for a page on which a person matches columns
 * to fields. Sheets of a workbook are read whole, because their rows are counted.
 *
 * ```js
 * const { columns, missing } = await inspectRecipients(file, { type: "DigitalDelivery" });
 * ```
 *
 * @throws {ConfigError} For options that cannot be used, for a source that is not bytes, and for a workbook that cannot be read;
 *   the message says what is wrong with it, and what to do.
 */
export declare function inspectRecipients(source: RecipientSource, options?: InspectRecipientsOptions): Promise<Inspection>;

/** The options that decide what the columns are. Without `type` it is `"DigitalDelivery"`. */
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
  /** Fields that a line needs and that no column has. */
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

/** The part of a `ReadableStream` of bytes that is used. */
export interface ByteStream {
  /** As of a `ReadableStream`. */
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<unknown>;
    releaseLock(): void;
  };
}

/** Options of `importRecipients()`. */
export interface ImportRecipientsOptions extends RecipientImportOptions {
  /**
   * The sheet of a workbook: the name on its tab, in any case, or its place from 0 among all sheets of cells, hidden ones included.
   * Default: the first that is not hidden; where other visible sheets hold something too, a warning `no_rows` names them. For a CSV it is
   * ignored.
   */
  sheet?: string | number;
  /**
   * Called with how far the import is: after each piece of a CSV, and after each MiB of a workbook's rows. Of a workbook, `bytes`
   * counts bytes of the file.
   */
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

/**
 * What became of a list's rows. {@link importRecipients} and `RecipientImport.finish()` make it. Its lists are made once and
 * frozen.
 */
export declare class ImportReport {
  private constructor();
  /** Rows of the file, the header aside: `accepted + rejected.length`. */
  readonly rows: number;
  /** Rows that are lines of orders now. */
  readonly accepted: number;
  /** Rows to mend, in the order of the file. */
  readonly rejected: RejectedRow[];
  /**
   * Rows that pay the same recipient the same product and value as an earlier row. They are among the rejected ones, unless
   * `duplicates` is `"accept"`. Rows without a recipient, as `Links` have them, are not compared.
   */
  readonly duplicates: DuplicateRow[];
  /** What the accepted rows come to, one total for each currency. */
  readonly totals: ImportTotal[];
  /** What each column was taken for. */
  readonly columns: ImportColumn[];
  /** Headers of columns from which nothing was read. */
  readonly ignoredColumns: string[];
  /**
   * What is wrong with the file as a whole: `no_rows`, `unknown_column`, `duplicate_field`, `unsupported_file`, `over_limit`, … And what is
   * worth a look in accepted rows or beside them, each thing once, as a warning: `domain_without_dot`, `garbled_text`, `date_in_past`, …
   */
  readonly issues: FileIssue[];
  /** The encoding in which the file was read, as `TextDecoder` names it. */
  readonly encoding: string;
  /**
   * What is wrong with the rejected rows, then what is worth a look in the accepted ones. The same thing in several rows is said
   * once; the most frequent comes first.
   */
  summary(): ImportIssueGroup[];
  /**
   * The rejected rows as a CSV, UTF-8 with a byte order mark: header and rows as they came, and a last column `reason`. A last
   * column that is already called `reason`, in small letters, is replaced; one called `Reason` is yours and stays.
   *
   * Mend the rows in the whole file, or add them to it, and plan that file with `after`. A file of the mended rows alone is a list
   * of its own: a row in it that pays the same as a row that was paid would be left out.
   *
   * It is safe to open in a spreadsheet: a cell that would be run as a formula, such as a phone number with its `+`, begins with an
   * apostrophe, which the import takes away again. A row that could not be split into cells stands behind the reason, as text.
   */
  rejectedCsv(): Uint8Array;
  /**
   * Groups the accepted rows into orders. Their PO numbers follow from the campaign's name and the rows.
   *
   * @throws {ConfigError} For options that cannot be used.
   */
  plan(options: PlanOptions): Campaign;
  /** All of the above as a plain object: for `JSON.stringify`, and for places where a class cannot go. */
  toJSON(): Pick<ImportReport, "rows" | "accepted" | "rejected" | "duplicates" | "totals" | "columns" | "ignoredColumns" | "issues" | "encoding">;
  /**
   * Gives its memory back at once. You need not call it. A campaign that was planned from it lives on. Calling it twice is fine; any other use
   * afterwards is a `ConfigError`.
   */
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
  /** What is wrong, for programs. */
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

/** One thing that is wrong with some of the rows, or worth a look. */
export interface ImportIssueGroup {
  /** `"error"`: the rows were rejected. `"warning"`: they were accepted, and are worth a look. */
  severity: "error" | "warning";
  /** What is wrong, for programs. */
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

/** Something about a file that does not concern one of its rows alone: an {@link Issue} with its place in the file. */
export interface FileIssue extends Issue {
  /** The line where it is first seen, from 1. */
  line: number;
  /** The header in question. */
  column?: string;
  /** The way to the field within a line of an order, such as `["DigitalDeliveryAddress", "Email"]`. Empty if the file is meant. */
  path: string[];
  /**
   * The values that the message mentions, for a program: `field`, `encoding`, `maximum`, `sample` (a word of the file, which may be
   * a person's name). For a warning about accepted rows: how many there are (`count`), and up to five of their lines
   * (`firstLines`).
   */
  params?: { field?: Field; encoding?: string; sample?: string; maximum?: string; count?: number; firstLines?: number[] };
}
