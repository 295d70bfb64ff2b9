// Declared here, exported by the root, /order and /slim: what makes, names and sums up orders.
import type { Order } from "./index.js";
import type { Issue, IssueCode, LineItem, OrderRequest, ValidateOptions } from "./order.js";

/**
 * An order in any form: an object, JSON text, or the bytes of it. An object that JSON cannot say, such as a `Map`, a `Blob` or a promise,
 * counts as one text, and is `invalid_type`.
 */
export type OrderInput = OrderRequest | string | Uint8Array | ArrayBuffer | object;

/**
 * Reads an order: a new object, which is the order as it was checked, whatever happens to the input later. Optional texts that are empty
 * (`""`), and objects that have nothing else in them, are not in it.
 *
 * ```js
 * const order = parseOrder(await request.text());
 * ```
 *
 * @throws {ValidationError} where the order has errors; `issues` has them and the warnings. Warnings alone do not throw.
 * @throws {ConfigError} for options that cannot be used.
 */
export declare function parseOrder(input: OrderInput, options?: ValidateOptions): OrderRequest;

/**
 * The validator as a [Standard Schema](https://standardschema.dev): for Hono's validator, React Hook Form's resolver, tRPC, TanStack
 * Form, the AI SDK, MCP servers and whatever else takes one. Its value is what {@link parseOrder} returns. Its issues are the errors
 * alone, each with `message` and `path`; use {@link validateOrder} for codes and warnings.
 *
 * ```js
 * app.post("/orders", sValidator("json", orderSchema), (context) => place(context.req.valid("json")));
 * ```
 */
export declare const orderSchema: OrderSchema;

export interface OrderSchema extends StandardSchemaV1<OrderRequest, OrderRequest> {
  readonly "~standard": StandardSchemaV1<OrderRequest, OrderRequest>["~standard"] & {
    /**
     * The schema as JSON Schema, for those who hand it to a model or make a form of it: `order.schema.json` without what it asks of the order
     * as a whole, which is in its description. Input and output are the same.
     *
     * The AI SDK's `tool` and `@modelcontextprotocol/server` take {@link orderSchema} as it is. `McpServer` of `@modelcontextprotocol/sdk` 1 takes zod alone:
     * answer its `tools/list` with this, by `Server`.
     *
     * @throws {ConfigError} for a `target` other than `"draft-2020-12"`, `"draft-07"` and `"openapi-3.0"`.
     */
    readonly jsonSchema: {
      readonly input: (options: StandardJsonSchemaOptions) => Record<string, unknown>;
      readonly output: (options: StandardJsonSchemaOptions) => Record<string, unknown>;
    };
  };
  /**
   * The same schema, whose messages are for a person at the field, as {@link messageOf} makes them.
   *
   * @throws {ConfigError} for options that cannot be used.
   */
  with(options: MessageOptions): OrderSchema;
}

export interface StandardJsonSchemaOptions {
  readonly target: "draft-2020-12" | "draft-07" | "openapi-3.0" | (string & {});
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/**
 * What a person at a field is told of an issue: `"Enter an e-mail address."` An issue's own `message` is for whoever writes the program.
 *
 * ```js
 * const { issues } = validateOrder(order);
 * for (const issue of issues) show(issue.path, messageOf(issue, { locale: "de" }));
 * ```
 *
 * English is built in. German, French and Spanish are in `giftcard-partners/locales`, which a page or a Worker imports once; Node finds it by
 * itself. A language that is not there is English.
 *
 * @throws {ConfigError} for what is no issue, and for options that cannot be used.
 */
export declare function messageOf(issue: Issue, options?: MessageOptions): string;

export interface MessageOptions {
  /**
   * What fields are called in your form, by path: `{ "LineItems.*.Value": "Amount" }`. `*` is any one part; of two that fit, the one with fewer
   * of them counts. A label stands in front of its message: `"Amount: Enter an amount such as 25.50."`
   */
  labels?: Record<string, string> | undefined;
  /** A language tag, such as `"de-AT"`: of the messages, and of the numbers in them. Default: English. */
  locale?: string | undefined;
  /**
   * Your own words, asked first; `undefined` leaves a message to the package. `params` are those of the issue; `label` is the field's label, or its
   * name where it has none.
   */
  translate?: ((code: IssueCode, params: Record<string, unknown>, label: string) => string | undefined) | undefined;
}

/**
 * The amount that a person has typed at a form, read as the import reads its cells: `25`, `25.50`, `25,50`, `1,000.00`, `1 000`, `$25`, `25 €`,
 * `25 USD`. `<input type="number">` would make 2550 of `25,50` in an English browser: use `<input inputmode="decimal">`.
 *
 * ```js
 * const line = { ProductId: "CVS", Value: parseAmount(input.value, { currency: "USD", locale: "en-US" }), Quantity: 1 };
 * ```
 *
 * `undefined` is what is no amount; what could be two, such as `1,000` without a locale; an amount that names another currency; one with more
 * decimals than its currency has (by ISO 4217: none for yen, three for dinars); and one of more than any order takes. {@link validateOrder} calls such a
 * `Value` `required`. Zero and amounts below it are handed out, and are `not_positive` there.
 *
 * @throws {ConfigError} for a `text` that is none, and for options that cannot be used.
 */
export declare function parseAmount(text: string, options?: AmountOptions): number | undefined;

export interface AmountOptions {
  /** The ISO 4217 code of what is sold, in any case. Default: what the text names, if anything; then up to three decimals are taken. */
  currency?: string | undefined;
  /**
   * A language tag, such as `"de-AT"`: how people write numbers there. It settles what `1,000` and `1.000` are, unless the currency has it otherwise, and
   * nothing else. Default: none, also not the browser's.
   */
  locale?: string | undefined;
}

/** The [Standard Schema](https://standardschema.dev) interface, version 1: what of it this package has. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    /** Never throws for what the value is, and never returns a promise. */
    readonly validate: (value: unknown) => StandardSchemaResult<Output>;
    /** For the compiler alone. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What a {@link StandardSchemaV1} answers: the value, or what is wrong. */
export type StandardSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardSchemaIssue[] };

/** One error: a message for a person, and the way to the field. */
export interface StandardSchemaIssue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/**
 * Puts an order together, line by line. Nothing is checked before {@link build} or {@link toBytes}, which check everything and
 * use the builder up: calling anything but `free()` afterwards is a `ConfigError`, also where they threw.
 *
 * ```js
 * const order = OrderBuilder.links("PO-1").addLine({ ProductId: "CVS", Value: 25, Quantity: 10 }).build();
 * ```
 */
export declare class OrderBuilder {
  private constructor();
  /**
   * Cards that the API sends by e-mail or text message.
   *
   * @param poNumber Yours to choose and to keep: see {@link OrderRequest.PONumber}. Nothing makes one up: without it the order is
   * not valid (`required`). {@link derivePoNumber} and {@link randomPoNumber} make them.
   */
  static digitalDelivery(poNumber?: string): OrderBuilder;
  /** Claim links, handed to you. */
  static links(poNumber?: string): OrderBuilder;
  /** Plastic, shipped. */
  static physicalShipment(poNumber?: string): OrderBuilder;
  /** Sets `Note`; the last one counts. @throws {ConfigError} for a symbol or a function. */
  note(text: string): this;
  /** Sets `WebhookSettings.FulfillmentComplete`: an `https:` URL that is called when the order is finished. The last one counts. */
  fulfillmentWebhook(url: string | { toString(): string }): this;
  /**
   * Adds a line as it is now: a later change of the object changes nothing.
   *
   * @throws {ConfigError} for a line that JSON cannot hold: one that holds itself, a BigInt or a function that throws.
   */
  addLine(line: LineItem): this;
  /** The order, checked. @throws {ValidationError} */
  build(): OrderRequest;
  /** The same as the bytes of its JSON, the fastest thing to send. @throws {ValidationError} */
  toBytes(): Uint8Array;
  /** Lets go of the lines; needed only where neither `build()` nor `toBytes()` is called. Twice is fine. */
  free(): void;
}

/**
 * A PO number made from parts: the same parts and options give the same one, at any time and place. Derive it from what the order
 * is for (a campaign's and a chunk's name, a row's id, a {@link fingerprintOrder}), so that a job that runs again after a crash
 * repeats its order instead of placing another.
 *
 * It is the prefix, a hyphen unless the prefix is empty or ends in one, and 16 to 26 characters of the SHA-256 of the parts, as
 * many as fit: 80 to 130 bits, in digits and capitals without I, L, O and U. Where one part ends counts: `["ab", "c"]` is not
 * `["a", "bc"]`. How an accent is written does not: `Noël` is the same part with `ë` as one character and as two, as in a file name of a
 * Mac. What only looks alike is another part.
 *
 * @throws {ConfigError} for no parts, a part that is no text, a prefix with anything but `A-Z`, `0-9` and `-`, and a `maxLength` that
 * cannot hold the prefix and 80 bits.
 */
export declare function derivePoNumber(parts: readonly string[], options?: PoNumberOptions): string;

/** How {@link derivePoNumber} writes its PO numbers. */
export interface PoNumberOptions {
  /** What they begin with, of `A-Z`, `0-9` and `-`. Default: nothing. */
  prefix?: string;
  /** Most characters. Default: 36. More than 255 is 255. */
  maxLength?: number;
}

/**
 * A PO number of 130 random bits (fewer where the prefix is longer than 9 characters, at least 80), written as
 * {@link derivePoNumber} writes it. Keep it before the order is sent: a new one for a retry is a second order.
 *
 * Where random values are refused, as at a Worker's global scope, it throws what the runtime throws.
 *
 * @param prefix Of `A-Z`, `0-9` and `-`; at most 19 characters, or 20 with a hyphen at the end. Default: nothing.
 * @throws {ConfigError} for another prefix.
 */
export declare function randomPoNumber(prefix?: string): string;

/**
 * What an order orders, as 52 characters: every field that is compared after a 409, and not the PO number, which need not be there.
 * The order of keys and lines, the spelling of a number, the case of identifiers and e-mail addresses, and space around a text do
 * not count. Two orders with the same fingerprint are the same to the comparison.
 *
 * @throws {ValidationError} for an order with another error than a PO number that is absent or wrong.
 */
export declare function fingerprintOrder(input: OrderInput): string;

/**
 * How much of an order is delivered, in lines: `lines = fulfilled + missing`. That an order is not `Pending` any more does not say
 * that each card is there.
 *
 * A line is fulfilled when its `Status` (the order's, where the line has none) is there and is not `Pending`, and it has an
 * element of `ClaimData` for each of its cards. Only `Links` orders are known to show their cards: a line of another order that
 * shows none is judged by its status alone. Keys are read in any casing. An element of `LineItems` that is no object is missing.
 *
 * @throws {ConfigError} for what is no order, or has `LineItems` that are no array.
 */
export declare function orderSummary(order: Order): OrderSummary;

export interface OrderSummary {
  /** Lines of the order. */
  lines: number;
  /** Lines of which every card is there. */
  fulfilled: number;
  /** The others. */
  missing: number;
}
