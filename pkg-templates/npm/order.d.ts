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
 * Checks an order against the rules of the API and reports everything that is wrong at once. It never throws because of what the
 * order holds, and no message repeats a value of it.
 *
 * Bytes are fastest: check a request's body as it came, then send the same bytes.
 *
 * @param input An object, JSON text, or its bytes. More than 64 MiB is `too_large`.
 * @throws {ConfigError} For options that cannot be used.
 */
export declare function validateOrder(
  input: OrderInput,
  options?: ValidateOptions,
): ValidationReport;

/**
 * How long to wait before looking again at an order that is not finished, in milliseconds. Look 0 comes after 1 s and 10 ms a line,
 * at most 30 s. Each further look waits twice as long, at most 5 minutes. The seed varies that by up to 10 %.
 *
 * @param attempt The number of the look, from 0.
 * @param seed A whole number. The same seed gives the same waits. Default: 0.
 * @throws {ConfigError} For an argument that is not a whole number from 0.
 */
export declare function pollDelayMs(lineCount: number, attempt: number, seed?: number): number;

/** Options of `validateOrder()` and `parseOrder()`. */
export interface ValidateOptions {
  /** What can be ordered. With it, product, value, delivery type, carrier and currency are checked too. Default: none. */
  catalog?: Catalog;
  /** How many issues are listed, errors before warnings. The others are counted in `omitted`. Default: 1,000. */
  maxIssues?: number;
}

/** What `validateOrder()` found. */
export interface ValidationReport {
  /** Whether there is no error. Warnings do not count. */
  valid: boolean;
  /**
   * What is wrong. Of each object, the fields that are present come first, in the order of the document, then its absent ones in
   * the order of the API's reference. A warning is listed only if there is room for every error.
   */
  issues: Issue[];
  /** How many elements `LineItems` has. */
  lineCount: number;
  /**
   * The sum of value times quantity, as decimal text such as `"75.00"`. With a catalog it has the decimals of the currency:
   * `"1500"` yen.
   */
  faceValue: string;
  /** Issues beyond `maxIssues`; absent where there are none. */
  omitted?: number;
}

/** One thing that is wrong with an order, or worth a look. */
export interface Issue {
  /** An order with an `"error"` is not sent. */
  severity: "error" | "warning";
  /** What is wrong, for programs. */
  code: IssueCode;
  /** The way to the field: `["LineItems", 0, "Value"]`. The path of an absent field is the one that it would have. */
  path: (string | number)[];
  /** What is wrong and what to do, in English, for whoever writes the program. For a person at a form, see `messageOf`. */
  message: string;
  /** The values that the message mentions, for a translation. */
  params?: Record<string, unknown>;
}

/** A closed set: switch on it, key translations by it. */
export type IssueCode =
  /**
   * Not JSON. `params`: `reason`, a few words of a closed set (`"the text ends too early"`); if there was a text to read, also `offset` in
   * bytes, `line` and `column` from 1.
   */
  | "invalid_json"
  /** Import: characters of a row that are not in the encoding of the rest of the file, or a header that is no text. */
  | "invalid_encoding"
  /** Import: a file that cannot be read: of `RecipientImport` anything but CSV, of `importRecipients` anything but CSV and `.xlsx`. */
  | "unsupported_file"
  /** Import: a row that pays the same recipient the same product and value as an earlier one. `params`: `firstLine`, the first such line. */
  | "duplicate_row"
  /** Import: a row of a sheet that is hidden or filtered out, or a column that would be read and is hidden. */
  | "hidden_row"
  /** Import: a file that is neither UTF-8 nor UTF-16, whose encoding was guessed. `params`: `encoding`, the guess; `sample`, a word as it was read. */
  | "uncertain_encoding"
  /** Import: the header was read, and there is no row under it. As a warning: other visible sheets hold rows, and are not read. */
  | "no_rows"
  /**
   * Import: no column of the header is known; a column that `columns` names is not in the file; or a column seems to hold an amount, a quantity
   * or a product, by its header or by its cells, and is not read. `params`: `field`, what it seems to hold.
   */
  | "unknown_column"
  /** Import: a row with more cells than the header has columns. */
  | "too_many_columns"
  /** Import: something stands behind a cell's closing quote. */
  | "malformed_quotes"
  /** Import: a cell whose quote is never closed. */
  | "unclosed_quote"
  /** Import: an amount that can be read in two ways, such as `1.000`. */
  | "ambiguous_amount"
  /** The value has another type than the field, or a cell is not a number. `params`: `expected`, `received`. */
  | "invalid_type"
  /** A required field that is absent or empty. */
  | "required"
  /** An optional field has nothing but space in it. (An empty text counts as absent.) */
  | "empty"
  /** Not a documented field (warning), or a known name in another case (error). `params`: `nearest`, if a known name is near. */
  | "unknown_field"
  /** A key stands twice; also inside a field that is not documented. Import: two columns claim one field. */
  | "duplicate_field"
  /** `Type` is none of the three. `params`: `allowed`. */
  | "unknown_order_type"
  /** An amount or a quantity of zero or less. */
  | "not_positive"
  /** More decimals than the currency has, zeros at the end aside. `params`: `maximum`; `currency`, if a catalog tells it. */
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
   * Not an e-mail address, by the rule of `<input type=email>`. `params`: `reason`, if one is known: `"surrounding_space"`, `"space"`,
   * `"invisible_character"`, or `"domain_not_ascii"` for a domain that must be written in its `xn--` form.
   */
  | "invalid_email"
  /**
   * Not E.164: `+`, country code, number; 7 to 15 digits. `params` of this code and of the next four: `reason`, if the cause cannot be seen:
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
  /** The delivery date is a minute or more in the past (warning). */
  | "date_in_past"
  /** A delivery date more than a year ahead (warning). */
  | "date_far_ahead"
  /** An e-mail address whose domain has no dot (warning). */
  | "domain_without_dot"
  /**
   * An identifier, a postal code, a name or an address has a character in it that nobody sees, or an identifier has a space that is not ASCII's
   * (warning). `params`: `character`, such as `"U+200B"`.
   */
  | "invisible_character"
  /** A text was read in another encoding than it was written in, such as `JosÃ©`, or has U+FFFD in it (warning). */
  | "garbled_text"
  /** No address of the kind that `Type` needs. If an e-mail address or phone number is there and empty, the path is that field's. `params`: `orderType`. */
  | "missing_delivery_address"
  /** The line has an address that `Type` does not use (warning). `params`: `orderType`. */
  | "unused_delivery_address"
  /**
   * The same product for the same recipient as in an earlier line (warning). The recipient is the e-mail address and phone number; of a
   * `PhysicalShipment`, the whole address. Case does not matter. `params`: `firstLine`, the earlier line's index in `LineItems`.
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
 * The body of `POST /v1/Orders`, spelled as in the API's documents, so it can be copied from them. `Type` decides which address
 * each line must have.
 *
 * An optional text that is empty (`""`, as forms have it) counts as absent and is not sent.
 */
export type OrderRequest = DigitalDeliveryOrder | LinksOrder | PhysicalShipmentOrder;

/** Cards that the API sends by e-mail or text message. */
export interface DigitalDeliveryOrder extends OrderFields {
  /** Sent by e-mail or text message. */
  Type: "DigitalDelivery";
  /** At least one line. */
  LineItems: DigitalDeliveryLine[];
}

/** Claim links, handed to you. */
export interface LinksOrder extends OrderFields {
  /** Claim links in the answer. */
  Type: "Links";
  /** At least one line. */
  LineItems: LineItem[];
}

/** Plastic, shipped. */
export interface PhysicalShipmentOrder extends OrderFields {
  /** Plastic, by mail. */
  Type: "PhysicalShipment";
  /** At least one line. */
  LineItems: PhysicalShipmentLine[];
}

/** What orders of each type have. */
export interface OrderFields {
  /**
   * Your own name for the order, never used before. It is the only thing by which the API tells a repeated order from a new one:
   * store it, and use it again for every retry of this order. At most 255 characters.
   */
  PONumber: string;
  /** Free text; at most 10,000 characters. */
  Note?: string;
  /** Who is called about the order. Default: nobody. */
  WebhookSettings?: {
    /** An `https:` URL that is called when the order is finished. */
    FulfillmentComplete: string;
  };
}

/** A line whose cards are sent. */
export interface DigitalDeliveryLine extends LineItem {
  /** Where the cards are sent. */
  DigitalDeliveryAddress: DigitalDeliveryAddress;
}

/** A line whose cards are shipped. */
export interface PhysicalShipmentLine extends LineItem {
  /** Where the cards are shipped. */
  PhysicalDeliveryAddress: PhysicalDeliveryAddress;
}

/** Some cards of one product, for one person. */
export interface LineItem {
  /** `Id` of a product. */
  ProductId: string;
  /**
   * Face value of each card, in the product's currency. Below 2^46; beyond that a number cannot tell cents. At most the decimals of
   * its currency by ISO 4217 (`JPY` none, `KWD` three) if a catalog tells the currency, else at most two.
   */
  Value: number;
  /** How many cards: a whole number from 1 to 1,000,000. */
  Quantity: number;
  /** Where a `DigitalDelivery` goes. A `Links` order may have it too. */
  DigitalDeliveryAddress?: DigitalDeliveryAddress;
  /** Where a `PhysicalShipment` goes. */
  PhysicalDeliveryAddress?: PhysicalDeliveryAddress;
  /** What the recipient reads. Default: nothing of yours. */
  Personalization?: Personalization;
  /** `Id` of a branding. */
  BrandingId?: string;
  /** Your own name for the line. */
  ExternalId?: string;
  /** Language of the delivery, such as `en-US`. */
  Culture?: string;
}

/** An e-mail address, a phone number, or both. */
export interface DigitalDeliveryAddress {
  /** By the rule of `<input type=email>`; at most 254 characters. */
  Email?: string;
  /** In E.164: `+15555555555`. */
  Sms?: string;
}

/** A postal address. */
export interface PhysicalDeliveryAddress {
  /** `Id` of a shipping method. */
  ShippingMethodId: string;
  /** `Id` of a carrier, the paper holder of a card. Only some products need one: their `HasRequiredCardCarriers` is true. */
  CarrierId?: string;
  /** Who receives the parcel. */
  Name: string;
  /** Street and number. */
  AddressLine1: string;
  /** The town. */
  City: string;
  /** Required in the US and Canada. */
  State?: string;
  /**
   * Required in the US and Canada. There and in Britain it must have the country's form: `02134`, `02134-1234`, `K1A 0B1`,
   * `SW1A 1AA`. In other countries only what is surely wrong is refused, such as `2134.0`.
   */
  Zip?: string;
  /** ISO 3166-1 alpha-2, in capitals: `US`. */
  Country: string;
}

/** What the recipient reads. No field of it is required. */
export interface Personalization {
  /** The recipient's name. */
  To?: string;
  /** The sender's name. */
  FromName?: string;
  /** The sender's e-mail address. */
  FromEmail?: string;
  /** May have line feeds; at most 10,000 characters. */
  Message?: string;
  /** RFC 3339 with a zone: `2026-12-01T09:00:00Z`. */
  DeliveryDate?: string;
}
