// Declared here, exported by the root, /order and /slim: what makes, names and sums up orders.
import type { Order } from "./index.js";
import type { Issue, IssueCode, LineItem, OrderRequest, ValidateOptions } from "./order.js";

/**
 * An order in any form: an object, JSON text, or the bytes of JSON. An object that JSON cannot express, such as a `Map`, a `Blob`
 * or a promise, is `invalid_type`; in a field that the API documents it is an error too, with its path.
 */
export type OrderInput = OrderRequest | string | Uint8Array | ArrayBuffer | object;

/**
 * Reads and checks an order. Returns a new object with what was checked, whatever happens to the input later. Optional texts that
 * are empty (`""`), and objects with nothing else in them, are left out.
 *
 * ```js
 * const order = parseOrder(await request.text());
 * ```
 *
 * @throws {ValidationError} If the order has errors; `issues` has them and the warnings. Warnings alone do not throw.
 * @throws {ConfigError} For options that cannot be used.
 */
export declare function parseOrder(input: OrderInput, options?: ValidateOptions): OrderRequest;

/**
 * The validator as a [Standard Schema](https://standardschema.dev): for Hono's validator, React Hook Form's resolver, tRPC,
 * TanStack Form, the AI SDK, MCP servers and whatever else takes one. Its value is what {@link parseOrder} returns. Its issues are
 * errors only, each with `message` and `path`; for codes and warnings, use {@link validateOrder}.
 *
 * ```js
 * app.post("/orders", sValidator("json", orderSchema), (context) => place(context.req.valid("json")));
 * ```
 */
export declare const orderSchema: OrderSchema;

/** What {@link orderSchema} is. */
export interface OrderSchema extends StandardSchemaV1<OrderRequest, OrderRequest> {
  /** For libraries that take a Standard Schema. */
  readonly "~standard": StandardSchemaV1<OrderRequest, OrderRequest>["~standard"] & {
    /**
     * The schema as JSON Schema, for programs that give it to a model or make a form of it. It is `order.schema.json` without the
     * rules for the order as a whole, which are in its description. Input and output are the same.
     *
     * The AI SDK's `tool` and `@modelcontextprotocol/server` take {@link orderSchema} as it is. `McpServer` of
     * `@modelcontextprotocol/sdk` 1 takes zod only: there, answer `tools/list` with this schema, by `Server`.
     *
     * @throws {ConfigError} For a `target` other than `"draft-2020-12"`, `"draft-07"` and `"openapi-3.0"`.
     */
    readonly jsonSchema: {
      readonly input: (options: StandardJsonSchemaOptions) => Record<string, unknown>;
      readonly output: (options: StandardJsonSchemaOptions) => Record<string, unknown>;
    };
  };
  /**
   * The same schema with messages for the person at a form, as {@link messageOf} makes them.
   *
   * @throws {ConfigError} For options that cannot be used.
   */
  with(options: MessageOptions): OrderSchema;
}

/** What a JSON Schema is asked for with. */
export interface StandardJsonSchemaOptions {
  /** The dialect. Another one than those named is a `ConfigError`. */
  readonly target: "draft-2020-12" | "draft-07" | "openapi-3.0" | (string & {});
  /** Ignored. */
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/**
 * The sentence for the person at a form: `"Enter an e-mail address."` (An issue's own `message` is for whoever writes the program.)
 *
 * ```js
 * const { issues } = validateOrder(order);
 * for (const issue of issues) show(issue.path, messageOf(issue, { locale: "de" }));
 * ```
 *
 * English is built in. German, French and Spanish are in `giftcard-partners/locales`: a page or a Worker imports it once, Node
 * finds it by itself. In any other language the sentence is English.
 *
 * @throws {ConfigError} For an argument that is not an issue, and for options that cannot be used.
 */
export declare function messageOf(issue: Issue, options?: MessageOptions): string;

/** How messages for people are written. */
export interface MessageOptions {
  /**
   * What fields are called in your form, by path: `{ "LineItems.*.Value": "Amount" }`. `*` stands for any one part of the path. If
   * two paths fit, the one with fewer `*` counts. The label stands before the message: `"Amount: Enter an amount such as 25.50."`
   */
  labels?: Record<string, string> | undefined;
  /** A language tag, such as `"de-AT"`: of the messages, and of the numbers in them. Default: English. */
  locale?: string | undefined;
  /**
   * Your own words. It is asked first; if it returns `undefined`, the package's sentence is used. `params` are those of the issue.
   * `label` is the field's label; if it has none, its name.
   */
  translate?: ((code: IssueCode, params: Record<string, unknown>, label: string) => string | undefined) | undefined;
}

/**
 * The amount that a person typed at a form, read as the import reads its cells: `25`, `25.50`, `25,50`, `1,000.00`, `1 000`, `$25`,
 * `25 €`, `25 USD`. Use `<input inputmode="decimal">`: in an English browser, `<input type="number">` makes 2550 of `25,50`.
 *
 * ```js
 * const line = { ProductId: "CVS", Value: parseAmount(input.value, { currency: "USD", locale: "en-US" }), Quantity: 1 };
 * ```
 *
 * Returns `undefined` for a text that is not an amount; that can be read as two amounts, such as `1,000` without a locale; that
 * names another currency than `currency`; that has more decimals than its currency by ISO 4217 (yen none, dinars three); or that is
 * more than any order takes. {@link validateOrder} reports such a `Value` as `required`. Zero and amounts below it are returned,
 * and are `not_positive` there.
 *
 * @throws {ConfigError} For a `text` that is not a text, and for options that cannot be used.
 */
export declare function parseAmount(text: string, options?: AmountOptions): number | undefined;

/** How an amount is read. */
export interface AmountOptions {
  /**
   * The ISO 4217 code of what is sold, in any case. Default: the currency that the text names, if it names one; then up to three
   * decimals are taken.
   */
  currency?: string | undefined;
  /**
   * A language tag such as `"de-AT"`, which says how people write numbers there. It decides only what `1,000` and `1.000` are,
   * unless the currency decides that already. Default: none; the browser's language is not used.
   */
  locale?: string | undefined;
}

/** The part of the [Standard Schema](https://standardschema.dev) interface, version 1, that this package has. */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  /** For libraries that take a Standard Schema. */
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    /** Never throws because of the value, and never returns a promise. */
    readonly validate: (value: unknown) => StandardSchemaResult<Output>;
    /** Only for the compiler. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** What validation returns: the value, or what is wrong. */
export type StandardSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardSchemaIssue[] };

/** One error: a message, and the way to the field. */
export interface StandardSchemaIssue {
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** The way to the field: `["LineItems", 0, "Value"]`. */
  readonly path: readonly (string | number)[];
}

/**
 * Puts an order together, line by line. Nothing is checked until {@link build} or {@link toBytes}, which check everything. Each of
 * them uses the builder up, even if it throws: any other call afterwards, except `free()`, is a `ConfigError`.
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
   * @param poNumber Yours to choose and to keep: see {@link OrderRequest.PONumber}. Without one the order is not valid
   *   (`required`); nothing makes one up. {@link derivePoNumber} and {@link randomPoNumber} make them.
   */
  static digitalDelivery(poNumber?: string): OrderBuilder;
  /** Claim links, handed to you. */
  static links(poNumber?: string): OrderBuilder;
  /** Plastic, shipped. */
  static physicalShipment(poNumber?: string): OrderBuilder;
  /** Sets `Note`, replacing an earlier one. @throws {ConfigError} For a symbol or a function. */
  note(text: string): this;
  /**
   * Sets `WebhookSettings.FulfillmentComplete`, replacing an earlier one: an `https:` URL that is called when the order is
   * finished.
   */
  fulfillmentWebhook(url: string | { toString(): string }): this;
  /**
   * Adds a copy of a line: later changes of your object do not matter.
   *
   * @throws {ConfigError} For a line that cannot be written as JSON: one that contains itself, a BigInt, or a function that throws.
   */
  addLine(line: LineItem): this;
  /** The order, checked. @throws {ValidationError} */
  build(): OrderRequest;
  /** The same as the bytes of its JSON: the fastest form to send. @throws {ValidationError} */
  toBytes(): Uint8Array;
  /** Drops the lines. You need not call it. Calling it twice is fine. */
  free(): void;
}

/**
 * Makes a PO number from parts. The same parts and options always give the same one, anywhere. Derive it from what the order is for
 * (the name of a campaign, the id of a row, a {@link fingerprintOrder}), so that a job that runs again after a crash repeats its
 * order instead of placing another.
 *
 * It consists of the prefix, a hyphen (unless the prefix is empty or ends in one), and 16 to 26 characters of the SHA-256 of the
 * parts: as many as fit, 80 to 130 bits. They are digits and capitals without I, L, O and U. Where a part ends matters:
 * `["ab", "c"]` is not `["a", "bc"]`. How an accent is encoded does not: `Noël` is one part, whether `ë` is one character or two.
 * Letters that only look alike are different.
 *
 * @throws {ConfigError} For no parts, a part that is not a text, a prefix with anything but `A-Z`, `0-9` and `-`, and a `maxLength`
 *   that cannot hold the prefix and 80 bits.
 */
export declare function derivePoNumber(parts: readonly string[], options?: PoNumberOptions): string;

/** How {@link derivePoNumber} writes its PO numbers. */
export interface PoNumberOptions {
  /** What the PO number begins with, of `A-Z`, `0-9` and `-`. Default: nothing. */
  prefix?: string;
  /** How many characters it has at most. Default: 36. A value over 255 counts as 255. */
  maxLength?: number;
}

/**
 * A random PO number in the form of {@link derivePoNumber}, with 130 random bits; a prefix longer than 9 characters leaves fewer,
 * at least 80. Store it before the order is sent: a new one for a retry would be a second order.
 *
 * At a Worker's global scope, where random values are refused, it throws what the runtime throws.
 *
 * @param prefix Of `A-Z`, `0-9` and `-`; at most 19 characters, or 20 if the last one is a hyphen. Default: nothing.
 * @throws {ConfigError} For another prefix.
 */
export declare function randomPoNumber(prefix?: string): string;

/**
 * What an order orders, as 52 characters. Two orders with the same fingerprint are the same to the comparison after a 409. It
 * covers every field that is compared there, and not the PO number, which may be absent.
 *
 * What does not matter: the order of keys and lines, how a number is written, the case of ids and e-mail addresses, and space
 * around a text.
 *
 * @throws {ValidationError} For an order with any error other than an absent or wrong PO number.
 */
export declare function fingerprintOrder(input: OrderInput): string;

/**
 * How much of an order is delivered, in lines: `lines = fulfilled + missing`. An order that is no longer `Pending` may still have
 * cards missing.
 *
 * A line is fulfilled if its `Status` (if it has none, the order's) is there and is not `Pending`, and it has one element of
 * `ClaimData` for each of its cards. Only `Links` orders are known to show their cards; a line of another order that shows none is
 * judged by its status alone. Keys are read in any casing. An element of `LineItems` that is not an object counts as missing.
 *
 * @throws {ConfigError} For an argument that is not an order, or whose `LineItems` is not an array.
 */
export declare function orderSummary(order: Order): OrderSummary;

/** How much of an order is delivered. */
export interface OrderSummary {
  /** Lines of the order. */
  lines: number;
  /** Lines whose cards are all there. */
  fulfilled: number;
  /** All other lines. */
  missing: number;
}
