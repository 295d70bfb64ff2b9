/**
 * Order tools: no network, no credentials. The same wasm checks an order in a form, at the edge and in the client.
 *
 * ```js
 * import { validateOrder } from "giftcard-partners/order";
 *
 * const { valid, issues } = validateOrder(order);
 * ```
 */
import type { Catalog } from "./catalog.js";

export * from "./callback.js";
export * from "./catalog.js";
export * from "./errors.js";
export * from "./order-tools.js";

import type { OrderInput } from "./order-tools.js";

/**
 * Checks an order against the rules of the API and reports everything that is wrong at once. It never throws for what the
 * order holds, and no message repeats a value of it.
 *
 * Bytes are the fast path: check a request's body as it came, then send the same bytes.
 *
 * @param input An object, JSON text, or the bytes of it. More than 64 MiB is `too_large`.
 * @throws {ConfigError} for options that cannot be used.
 */
export declare function validateOrder(
  input: OrderInput,
  options?: ValidateOptions,
): ValidationReport;

/**
 * How long to wait before look number `attempt` (from 0) at an order that is not finished, in milliseconds: 1 s and 10 ms a
 * line, at most 30 s, doubled with each attempt up to 5 minutes, ±10 % as the seed decides.
 *
 * @param seed A whole number; default 0. The same seed waits the same.
 * @throws {ConfigError} for what is no whole number from 0.
 */
export declare function pollDelayMs(lineCount: number, attempt: number, seed?: number): number;

export interface ValidateOptions {
  /** What can be ordered: then product, value, delivery type, carrier and currency are checked too. Default: none. */
  catalog?: Catalog;
  /** Issues that are listed, errors before warnings; the others are counted in `omitted`. Default: 1000. */
  maxIssues?: number;
}

export interface ValidationReport {
  /** Whether there is no error. Warnings do not count. */
  valid: boolean;
  /**
   * Present fields in document order; behind those of an object, its absent ones in the reference's order. A warning is listed only
   * where there is room for every error.
   */
  issues: Issue[];
  /** Elements of `LineItems`. */
  lineCount: number;
  /** Sum of value times quantity, as decimal text such as `"75.00"`; with the decimals of the currency where a catalog tells it (`"1500"` yen). */
  faceValue: string;
  /** Issues beyond `maxIssues`; absent where there are none. */
  omitted?: number;
}

export interface Issue {
  /** An order with an `"error"` is not sent. */
  severity: "error" | "warning";
  code: IssueCode;
  /** The way to the field: `["LineItems", 0, "Value"]`. For an absent field, the way that it would have. */
  path: (string | number)[];
  /** What is wrong and what can be done, in English, for whoever writes the program. `messageOf` has a sentence for a person at a form. */
  message: string;
  /** What the message says, for a translation. */
  params?: Record<string, unknown>;
}

/** A closed set: switch on it, key translations by it. */
export type IssueCode =
  /**
   * Not JSON. `params`: `reason`, a few words of a closed set (`"the text ends too early"`); where there was a text to read also
   * `offset` in bytes, `line` and `column` from 1.
   */
  | "invalid_json"
  /** Import: characters of a row that are not in the encoding of the rest of the file, or a header that is no text. */
  | "invalid_encoding"
  /** Import: a file that is not CSV, such as a workbook. */
  | "unsupported_file"
  /** Import: a row that pays the same recipient the same product and value as an earlier one. `params`: `firstLine`, the first such line. */
  | "duplicate_row"
  /** Import: a row of a sheet that is hidden or filtered out. */
  | "hidden_row"
  /** Import: a file that is neither UTF-8 nor UTF-16, whose encoding was guessed. `params`: `encoding`, the guess; `sample`, a word as it was read. */
  | "uncertain_encoding"
  /** Import: a file without a row under its header, where that could be read. */
  | "no_rows"
  /**
   * Import: a header of which no column is known, a column of `columns` that the file does not have, or one that seems to hold an amount, a
   * quantity or a product and is not read, by its header or by its cells. `params`: `field`, what it seems to hold.
   */
  | "unknown_column"
  /** Import: a row with more cells than the header has columns. */
  | "too_many_columns"
  /** Import: a cell with something behind its closing quote. */
  | "malformed_quotes"
  /** Import: a cell whose quote is never closed. */
  | "unclosed_quote"
  /** Import: an amount that can be read in two ways, such as `1.000`. */
  | "ambiguous_amount"
  /** Another JSON type than the field's, or a cell that is no number. `params`: `expected`, `received`. */
  | "invalid_type"
  /** A required field that is absent or empty. */
  | "required"
  /** An optional field that is there and has nothing but space in it. One that is empty counts as absent. */
  | "empty"
  /**
   * Not a documented field (warning), or a known name in another case (error). `params`: `nearest`, where one is near.
   */
  | "unknown_field"
  /** A key that stands twice, also inside a field that is not documented. Import: two columns for one field. */
  | "duplicate_field"
  /** `Type` is none of the three. `params`: `allowed`. */
  | "unknown_order_type"
  /** An amount or a quantity of zero or less. */
  | "not_positive"
  /** More decimals that count than the currency has. `params`: `maximum`; `currency`, where a catalog tells it. */
  | "too_many_decimals"
  /** A quantity that is not a whole number. */
  | "not_integer"
  /** A number that is too large. `params`: `maximum`. */
  | "out_of_range"
  /** A text that is too long. `params`: `maximum`, in characters. */
  | "too_long"
  /** A control character; line feeds are allowed in `Message` and `Note`. */
  | "control_character"
  /** Space at the start or the end of a text (warning). */
  | "surrounding_space"
  /**
   * Not an e-mail address, by the rule of `<input type=email>`. `params`: `reason`, where there is one: `"surrounding_space"`, `"space"`,
   * `"invisible_character"` or `"domain_not_ascii"`, for a domain that must be written in its `xn--` form.
   */
  | "invalid_email"
  /**
   * Not E.164: `+`, country code, number; 7 to 15 digits. `params`, as of the next four: `reason`, where it cannot be seen:
   * `"surrounding_space"` or `"invisible_character"`.
   */
  | "invalid_phone"
  /** Not an ISO 3166-1 alpha-2 code in capitals. */
  | "invalid_country"
  /**
   * Not a postal code of the address's country. `params`: `reason`: `"lost_zero"` (with `digits`, how many there must be), `"number"` (what a
   * spreadsheet makes of one), `"guarded"` (`'` or `=` in front) or `"form"` (with an `example`, where one is known).
   */
  | "invalid_zip"
  /** Not an `https:` URL (`http:` for loopback only). */
  | "invalid_url"
  /** Not RFC 3339 with a zone. */
  | "invalid_date_time"
  /** A delivery date that is past, by a minute or more (warning). */
  | "date_in_past"
  /** A delivery date more than a year ahead (warning). */
  | "date_far_ahead"
  /** An e-mail address whose domain has no dot (warning). */
  | "domain_without_dot"
  /**
   * A character that nobody sees in an identifier, a postal code, a name or an address (warning); also a space in an identifier that is none
   * of ASCII. `params`: `character`, such as `"U+200B"`.
   */
  | "invisible_character"
  /** A text that was read in another encoding than it was written in, such as `JosÃ©`, or that has U+FFFD in it (warning). */
  | "garbled_text"
  /** No address of the kind that `Type` needs; at the e-mail address or phone number that is there and empty, where one is. `params`: `orderType`. */
  | "missing_delivery_address"
  /** An address that `Type` does not use (warning). `params`: `orderType`. */
  | "unused_delivery_address"
  /**
   * The same product for the same recipient as in a line before (warning): the same e-mail address and phone number, or, of a
   * `PhysicalShipment`, the same address as it is written, key by key. Case does not count. `params`: `firstLine`, that line's
   * index in `LineItems`.
   */
  | "duplicate_line"
  /** More than 1,000 lines (warning), or more than the client's `limits.maxLines` (error). `params`: `maximum`. */
  | "too_many_lines"
  /** More than 4 MB (warning; an error in the client). `params`: `maximum`, in bytes. Import: a row of more than 256 KiB. */
  | "too_large"
  /** Not a product of the catalog. `params`: `nearest`, where one is near. */
  | "unknown_product"
  /** Not a value that the product offers. `params`: `offered`, all of them; of a Variable product `minimum` and `maximum`. */
  | "denomination_not_offered"
  /** The product is not delivered as `Type` says. `params`: `offered`. */
  | "delivery_type_not_offered"
  /**
   * Sold in another currency than the order's first product. `params`: `expected`, `received`. Import: an amount, its header or a column beside it
   * names another currency than the product's.
   */
  | "mixed_currencies"
  /** More than the client's `limits.maxOrderValue`. `params`: `maximum`. */
  | "over_limit";

/** How the cards reach people. */
export type OrderType = "DigitalDelivery" | "Links" | "PhysicalShipment";

/**
 * The body of `POST /v1/Orders`, in the spelling of the API's documents: it can be copied from them. `Type` decides which address each line
 * must have.
 *
 * An optional text that is empty (`""`, as a form has it) counts as absent, and is not sent.
 */
export type OrderRequest = DigitalDeliveryOrder | LinksOrder | PhysicalShipmentOrder;

/** Cards that the API sends by e-mail or text message. */
export interface DigitalDeliveryOrder extends OrderFields {
  Type: "DigitalDelivery";
  /** At least one line. */
  LineItems: DigitalDeliveryLine[];
}

/** Claim links, handed to you. */
export interface LinksOrder extends OrderFields {
  Type: "Links";
  /** At least one line. */
  LineItems: LineItem[];
}

/** Plastic, shipped. */
export interface PhysicalShipmentOrder extends OrderFields {
  Type: "PhysicalShipment";
  /** At least one line. */
  LineItems: PhysicalShipmentLine[];
}

/** What orders of each type have. */
export interface OrderFields {
  /**
   * Your own name for the order, never used before: the only thing by which the API tells a repeated order from a new one.
   * Keep it, and use it again for every retry of this order. At most 255 characters.
   */
  PONumber: string;
  /** Free text; at most 10,000 characters. */
  Note?: string;
  WebhookSettings?: {
    /** An `https:` URL that is called when the order is finished. */
    FulfillmentComplete: string;
  };
}

/** A line whose cards are sent. */
export interface DigitalDeliveryLine extends LineItem {
  DigitalDeliveryAddress: DigitalDeliveryAddress;
}

/** A line whose cards are shipped. */
export interface PhysicalShipmentLine extends LineItem {
  PhysicalDeliveryAddress: PhysicalDeliveryAddress;
}

/** Some cards of one product, for one person. */
export interface LineItem {
  /** `Id` of a product. */
  ProductId: string;
  /**
   * Face value of each card, in the product's currency; below 2^46, where a number still tells cents. It has at most the decimals of its
   * currency by ISO 4217 (`JPY` none, `KWD` three), where a catalog tells it; at most two where not.
   */
  Value: number;
  /** How many cards; a whole number from 1 to 1,000,000. */
  Quantity: number;
  /** Where a `DigitalDelivery` goes; a `Links` order may have it too. */
  DigitalDeliveryAddress?: DigitalDeliveryAddress;
  /** Where a `PhysicalShipment` goes. */
  PhysicalDeliveryAddress?: PhysicalDeliveryAddress;
  Personalization?: Personalization;
  /** `Id` of a branding. */
  BrandingId?: string;
  /** Your own name for the line. */
  ExternalId?: string;
  /** Language of the delivery, such as `en-US`. */
  Culture?: string;
}

/** At least one of the two. */
export interface DigitalDeliveryAddress {
  Email?: string;
  /** In E.164: `+15555555555`. */
  Sms?: string;
}

export interface PhysicalDeliveryAddress {
  /** `Id` of a shipping method. */
  ShippingMethodId: string;
  /** `Id` of a card carrier; only some products need one. */
  CarrierId?: string;
  Name: string;
  AddressLine1: string;
  City: string;
  /** Required in the US and Canada. */
  State?: string;
  /**
   * Required in the US and Canada, and in the form of the country there and in Britain: `02134`, `02134-1234`, `K1A 0B1`, `SW1A 1AA`. Of
   * other countries only what is surely wrong is refused, such as `2134.0`.
   */
  Zip?: string;
  /** ISO 3166-1 alpha-2, in capitals: `US`. */
  Country: string;
}

/** Nothing in it is required. */
export interface Personalization {
  To?: string;
  FromName?: string;
  FromEmail?: string;
  /** May have line feeds; at most 10,000 characters. */
  Message?: string;
  /** RFC 3339 with a zone: `2026-12-01T09:00:00Z`. */
  DeliveryDate?: string;
}
