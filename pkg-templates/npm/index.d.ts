/**
 * Gift cards in bulk through the GiftCard Partners B2B API, each order exactly once.
 *
 * ```js
 * import { GiftCardPartners } from "giftcard-partners";
 *
 * const client = new GiftCardPartners({ baseUrl, credentials: { email, accessToken } });
 * const { order, outcome } = await client.createOrder({
 *   Type: "Links",
 *   LineItems: [{ ProductId: "CVS", Value: 10, Quantity: 5 }],
 *   PONumber: "LINKS-14001",
 * });
 * ```
 */
import type { OrderRequest } from "./order.js";

export * from "./order.js";

/** The API's client. Nothing is sent until a method is called; a call gets its token by itself. */
export declare class GiftCardPartners {
  /** @throws {ConfigError} for options that cannot be used. */
  constructor(options: ClientOptions);

  /** What the deposit account holds: `GET /v1/AccountBalance`. Funding is requested in the portal. */
  accountBalance(options?: RequestOptions): Promise<AccountBalance>;

  /**
   * What can be ordered: `GET /v1/Products`. `await` gives a page, `for await` every product of every page.
   *
   * ```js
   * for await (const product of client.listProducts({ productType: "Digital" })) console.log(product.Id);
   * ```
   */
  listProducts(params?: ListProductsParams, options?: RequestOptions): PagePromise<Product>;

  /**
   * Places an order: `POST /v1/Orders`, exactly once.
   *
   * Every attempt sends the same bytes under the same PO number. A 409 is reconciled: the original is fetched and compared.
   * Bytes and text are sent as they are. An order that breaks a rule is refused before anything is sent.
   *
   * Rejects with {@link ValidationError}, {@link InsufficientFundsError}, {@link PoNumberConflictError} and the rest; the
   * error's `outcome` says what is known of the order. After `"unknown"`, call again with the same PO number.
   */
  createOrder(order: OrderRequest | string | Uint8Array | ArrayBuffer, options?: RequestOptions): Promise<PlacedOrder>;

  /** One order: `GET /v1/Orders/{id}`. */
  getOrder(id: string, options?: RequestOptions): Promise<Order>;

  /**
   * Waits until an order is not `Pending` any more, looking again after {@link pollDelayMs}. It has no deadline unless you
   * give one, which then ends the wait itself with a {@link TimeoutError}.
   *
   * @param order An order as answered, or the id of one.
   */
  waitForOrder(order: Order | string, options?: WaitOptions): Promise<Order>;

  /** Gives the client's memory back. Calls under way are not disturbed; later ones throw. */
  free(): void;
}

export interface ClientOptions {
  /**
   * Where the API is; its documents name no host, your account manager does. Paths are appended to it. A relative one such as
   * `"/api"` is resolved against the page. `http:` with credentials is taken for loopback only.
   */
  baseUrl: string | { readonly href: string };
  /**
   * What tokens are made with, or a function that returns it (now or later), asked for each token. Leave it out behind a
   * proxy that adds them. In a browser they are a {@link ConfigError}: everyone could read them.
   */
  credentials?: Credentials | (() => Credentials | Promise<Credentials>);
  /** Headers of every request, for a proxy of yours; or a function that returns them. They are never logged. Default: none. */
  headers?: Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>);
  /**
   * Who sends. An object is called as its method, so a service binding (`env.API`) works. Default: `globalThis.fetch`, looked
   * up at each call. Redirects are never followed.
   */
  fetch?: FetchLike | { fetch: FetchLike };
  /** For one attempt, body included, in milliseconds. Default: 30,000. */
  timeoutMs?: number;
  /** For a whole call, waits included, from its start, in milliseconds. Default: 120,000. */
  deadlineMs?: number;
  /**
   * Attempts after the first, 0 to 100. Default: 3. What is tried again: a lost connection, a timeout, 408, 429, 500, 502,
   * 503, 504, and an answer that cannot be read. `Retry-After` is obeyed; one past the deadline ends the call at once.
   */
  maxRetries?: number;
  /** What an order may not exceed; more is refused before anything is sent. */
  limits?: {
    /** Face value, as decimal text such as `"500.00"`. Default: none. */
    maxOrderValue?: string;
    /** Lines. Default: 1000. */
    maxLines?: number;
  };
  /** What the client does, for your logs: never a header, a body, a query or a person. What it throws is ignored. */
  onEvent?: (event: ClientEvent) => void;
  /** Allows credentials in a browser, where everyone who uses it can read them. Default: false. */
  dangerouslyAllowBrowser?: boolean;
}

/** From the user management portal. */
export interface Credentials {
  email: string;
  accessToken: string;
}

export interface RequestOptions {
  /** Ends the call with an {@link AbortedError}. */
  signal?: AbortSignalLike;
  /** Instead of the client's, for this call. */
  timeoutMs?: number;
  /** Instead of the client's, for this call. */
  deadlineMs?: number;
}

export interface WaitOptions extends RequestOptions {
  /** Called with the order at each look. What it throws is ignored. */
  onUpdate?: (order: Order) => void;
}

export interface ListProductsParams {
  /** The first page, from 1. Default: 1. */
  pageIndex?: number;
  /** Products on a page. Default: the API's, which is not documented. */
  pageSize?: number;
  /** A part of the name. */
  productName?: string;
  /** A part of the description. */
  productDescription?: string;
  /** Such as `"Digital"`. */
  productType?: string;
}

/** `await` gives the first page; `for await` walks every item of every page. */
export declare class PagePromise<T> extends Promise<Page<T>> implements AsyncIterable<T> {
  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;
}

export interface Page<T> {
  Items: T[];
  /** From 1. */
  PageIndex: number;
  PageSize: number;
  /** Items of all pages, where the API says so. */
  TotalCount?: number;
  [field: string]: unknown;
}

export interface PlacedOrder {
  /** The order as answered. */
  order: Order;
  /** `"created"` by this call, or `"reconciled"`: it was there already, and it is the same. */
  outcome: "created" | "reconciled";
  /** After a reconciliation: whether the recipients could be compared too (`"full"`), or the API did not echo them. */
  compared?: "full" | "partial";
  /** Order requests that were answered or lost. */
  attempts: number;
  /** The API's name for the request. */
  requestId?: string;
}

/**
 * An order as answered. Keys have their documented spelling in whatever case they came, unknown ones are kept with their
 * first letter raised; values are untouched, and enums are open.
 */
export interface Order {
  Id: string;
  /** `"Pending"` while it is being fulfilled; no other value is documented. */
  Status?: string;
  Type?: string;
  PONumber?: string;
  Note?: string;
  LineItems?: OrderLine[];
  [field: string]: unknown;
}

export interface OrderLine {
  Id?: string;
  ProductId?: string;
  Value?: number;
  /** What the account pays. */
  Cost?: number;
  Quantity?: number;
  Status?: string;
  /** The cards of a `Links` order; absent or empty while it is `Pending`. */
  ClaimData?: ClaimData[];
  [field: string]: unknown;
}

/** A card. Link and answer together are the card: whoever has them can spend it. Keep them out of logs. */
export interface ClaimData {
  Id?: string;
  ClaimLink?: string;
  /** What the recipient must type. */
  ClaimLinkChallengeAnswer?: string;
  BarcodePath?: string;
  BarcodeType?: string;
  [field: string]: unknown;
}

export interface AccountBalance {
  /** Funding that was received and not yet applied. */
  Pending?: number;
  /** What pays for orders. */
  Available?: number;
  [field: string]: unknown;
}

export interface Product {
  Id: string;
  Name?: string;
  /** HTML, as are the other texts: sanitise before showing. */
  ShortDescription?: string;
  LongDescription?: string;
  Terms?: string;
  Disclaimer?: string;
  RedemptionNote?: string;
  Type?: string;
  /** `"Fixed"`: the values on offer. `"Variable"`: the least and the most. */
  DenominationType?: string;
  Denominations?: number[];
  AvailableDeliveryTypes?: string[];
  CurrencyCode?: string;
  Cost?: { Fee?: number; DiscountPercentage?: number; [field: string]: unknown };
  [field: string]: unknown;
}

export type ClientEvent = {
  method: "GET" | "POST";
  /** Without its query. */
  path: string;
  /** Requests of this call so far. */
  attempt: number;
  /** Of the order that is being placed. */
  poNumber?: string;
} & (
  | { type: "request" }
  /** No `status`: no answer came. */
  | { type: "response"; status?: number; durationMs: number }
  | { type: "retry"; waitMs: number }
  | { type: "refresh" }
);

/** `fetch`, as far as it is used. */
export type FetchLike = (request: PlatformRequest) => Promise<PlatformResponse>;

/** The platform's `Request`; where its types are not loaded, what can be relied on of it. */
export type PlatformRequest = typeof globalThis extends { Request: { prototype: infer R } }
  ? R
  : {
      readonly method: string;
      readonly url: string;
      readonly headers: Iterable<readonly [string, string]>;
      arrayBuffer(): Promise<ArrayBuffer>;
    };

/** What must be there of a `Response`. */
export interface PlatformResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What must be there of an `AbortSignal`. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
