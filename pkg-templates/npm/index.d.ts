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
import type { Catalog } from "./catalog.js";
import type { Handle } from "./handle.js";
import type { Campaign, CampaignProgress, PlaceCampaignOptions } from "./campaign.js";
import type { OrderRequest, OrderType } from "./order.js";
import type {
  ApiRequestInit,
  ApiResponse,
  ApiStatus,
  Branding,
  Carrier,
  ConfirmOptions,
  Department,
  FindOrderOptions,
  HookRequest,
  HttpMethod,
  ListOrdersParams,
  PreparedOrder,
  ShippingMethod,
  Token,
} from "./resources.js";

export * from "./campaign.js";
export * from "./order.js";
export * from "./recipient-import.js";
export * from "./resources.js";

/** The API's client. Nothing is sent until a method is called; a call gets its token by itself. */
export declare class GiftCardPartners {
  /** @throws {ConfigError} for options that cannot be used. */
  constructor(options: ClientOptions);

  /**
   * A new token: `POST /v1/Tokens`. The client uses it from now on. Rarely needed: calls get their token by themselves, share it, and
   * replace it before its end and where it is refused.
   */
  createToken(options?: RequestOptions): Promise<Token>;

  /** What the deposit account holds: `GET /v1/AccountBalance`. Funding is requested in the portal. */
  accountBalance(options?: RequestOptions): Promise<AccountBalance>;

  /** Whether the API is up: `GET /v1/Status`. */
  status(options?: RequestOptions): Promise<ApiStatus>;

  /**
   * What can be ordered: `GET /v1/Products`. `await` gives a page, `for await` every product of every page.
   *
   * ```js
   * for await (const product of client.listProducts({ productType: "Digital" })) console.log(product.Id);
   * ```
   */
  listProducts(params?: ListProductsParams, options?: RequestOptions): PagePromise<Product>;

  /** One product: `GET /v1/Products/{id}`. An unknown id rejects with `code` `"not_found"`. */
  getProduct(id: string, options?: RequestOptions): Promise<Product>;

  /**
   * All products as a {@link Catalog}: to choose from, to check orders with, to quote.
   *
   * One that is empty is not kept, and one that has fewer products than the API's `TotalCount` is fresh for five minutes, in this client
   * alone. Any other is loaded once and kept, in this client and in {@link ClientOptions.cache}, for
   * {@link ClientOptions.catalogTtlSeconds}. Then it is handed out for three times as long while a new one is loaded; where
   * that fails, the next call tries again. Calls at the same time share one load; the `signal` of one ends its wait alone.
   *
   * The handle is yours: `free()` it. In a Worker, a load behind a stale copy ends with its request, unless
   * `ctx.waitUntil(client.catalog({ refresh: true }))`, from a cron trigger for instance, does it for all.
   */
  catalog(options?: CatalogOptions): Promise<Catalog>;

  /**
   * Places an order: `POST /v1/Orders`, exactly once.
   *
   * Every attempt sends the same bytes under the same PO number. A 409 is reconciled: the original is fetched and compared.
   * Bytes and text are sent as they are. An order that breaks a rule is refused before anything is sent.
   *
   * Rejects with {@link ValidationError}, {@link InsufficientFundsError}, {@link PoNumberConflictError} and the rest; the
   * error's `outcome` says what is known of the order. After `"unknown"`, call again with the same PO number.
   *
   * An order in doubt whose id no answer names is looked for in the history, also where the retries have run out: on at most 10 pages of
   * 100 orders at a time and 30 in all, while the deadline lasts. One that stands further back stays `"unknown"`; {@link findOrder} reads
   * to the end. What is read to place one order shares `maxRetries` retries.
   */
  createOrder(order: OrderRequest | string | Uint8Array | ArrayBuffer, options?: RequestOptions): Promise<PlacedOrder>;

  /**
   * Exactly what {@link createOrder} would send, which is not sent: to store it first, to sign it, to show it.
   *
   * @throws {ValidationError} At once, for an order that breaks a rule or one of `limits`.
   */
  prepareOrder(order: OrderRequest | string | Uint8Array | ArrayBuffer): PreparedOrder;

  /**
   * One order: `GET /v1/Orders/{id}`.
   *
   * @throws {ConfigError} For an id that is no text. A number is taken for its digits, up to 2^53: beyond, JavaScript has rounded it to
   * somebody else's.
   */
  getOrder(id: string, options?: RequestOptions): Promise<Order>;

  /** The history: `GET /v1/Orders`. `await` gives a page, `for await` every order of every page. Its order is not documented. */
  listOrders(params?: ListOrdersParams, options?: RequestOptions): PagePromise<Order>;

  /**
   * The order of a PO number, in full, or `undefined` where the history has none. The API has no such filter: pages of the history are
   * read until one has it. PO numbers are compared letter for letter. Where no order of the history shows a PO number, or the pages end
   * before their `TotalCount`, nobody can tell, and it rejects with a {@link DecodeError}.
   *
   * `undefined` after a lost request is no proof that there will be no order: it may still be on its way. Place it again under the same PO
   * number instead.
   */
  findOrder(poNumber: string, options?: FindOrderOptions): Promise<Order | undefined>;

  /**
   * Waits until an order is not `Pending` any more, looking again after {@link pollDelayMs}. It has no deadline unless you
   * give one, which then ends the wait itself with a {@link TimeoutError}. Without one, a `Retry-After` of more than ten minutes ends it.
   * An order that was there and is not, or is answered with something else, is looked at three times more.
   *
   * @param order An order as answered, or the id of one.
   */
  waitForOrder(order: Order | string, options?: WaitOptions): Promise<Order>;

  /**
   * Places every order of a campaign that is to be sent, each exactly once: records that it will be, saves the ledger, sends it, and
   * records the answer. It resolves once nothing more can be sent now; call it again to go on, in this process or, from the saved
   * ledger, in another. There is no deadline but each order's own, unless you give one.
   *
   * - 422: orders under way end, no more are sent, and it resolves; fund the account and call again.
   * - What is not known to be placed stays `unknown`, and is sent again under the same PO number by the next call.
   * - A `rejected` or conflicting order does not stop the others.
   * - Whatever would fail the others too (credentials, address, rate limit, the signal) ends the run and is what it rejects with; the
   *   ledger is saved, and nothing is held against an order that was not sent.
   *
   * Over `limits.maxCampaignValue`, all orders together, it rejects with a {@link ValidationError} before anything is sent.
   *
   * ```js
   * await client.placeCampaign(campaign, { save: (ledger) => storage.put("ledger", ledger) });
   * ```
   */
  placeCampaign(campaign: Campaign, options: PlaceCampaignOptions): Promise<CampaignProgress>;

  /**
   * The order that a `FulfillmentComplete` notification is about, as the API has it now.
   *
   * A notification is not signed and its body is not documented, so it is a hint: `OrderId` or `Id` is read from it, in any casing, at the
   * top or one level down, and the order is always fetched. Whether it is finished, its `Status` says. Repeats and forgeries are harmless.
   * Check the URL that was called first: `verifyCallbackUrl`.
   *
   * With `poNumber`, an order with another PO number rejects with a {@link PoNumberConflictError} (`code` `"po_number_conflict"`,
   * `orderId` the one that was named), and a notification that names no order is looked up by it in the history (`"not_found"` where that
   * has none). Where the API's answer shows no PO number to compare, it rejects with a {@link DecodeError}. Without `poNumber`, a
   * notification that names no order is a {@link DecodeError}; so is one over 1 MB, whose rest is not read.
   *
   * @param hook The `Request`, whose body is read within `timeoutMs`, or its body: text, bytes, or what `await request.json()` gave. A request that is
   *   read or locked already is a {@link ConfigError}; of options that cannot be used, too, and then it is left unread.
   */
  confirmFulfillment(hook: HookRequest | string | Uint8Array | ArrayBuffer | object, options?: ConfirmOptions): Promise<Order>;

  /**
   * How plastic can be shipped: `GET /v1/ShippingMethods`. Paging is not documented for this list and the next three, so their first page
   * is asked for without a number; a further one only where the answer is an envelope that may have one.
   */
  listShippingMethods(options?: RequestOptions): PagePromise<ShippingMethod>;

  /** The paper holders that plastic cards come in: `GET /v1/Carriers`. */
  listCarriers(options?: RequestOptions): PagePromise<Carrier>;

  /** The templates of deliveries: `GET /v1/Brandings`. */
  listBrandings(options?: RequestOptions): PagePromise<Branding>;

  /** The departments of the account: `GET /v1/Departments`. */
  listDepartments(options?: RequestOptions): PagePromise<Department>;

  /**
   * A request for what the API adds tomorrow, authenticated like the others.
   *
   * ```js
   * const { body } = await client.request("GET", "/v1/Invoices", { query: { pageIndex: 1 } });
   * ```
   *
   * A GET and a HEAD are tried again like every call; another method is sent once, since nobody knows what a second time would do. Only a
   * 401, which did nothing, is followed by one more with a fresh token. Any status but 2xx rejects with the error of that status.
   *
   * Orders are placed by {@link createOrder}: a `POST /v1/Orders`, however it is spelled, is a {@link ConfigError} unless its one `Type` is
   * a name that `createOrder` does not know, such as `"Codes"`. Such an order is neither checked nor held to `limits`, it is not sent again
   * and not reconciled: after an error that leaves it open, look for its PO number with {@link findOrder}. After a 409 the error's `orderId`
   * has the order that the API names.
   *
   * @param path A path of the API, percent-encoded, with or without its first slash; it may have a query. A {@link ConfigError} for one that
   *   could lead elsewhere: a scheme, `//`, a segment `.` or `..` in any encoding, a backslash, a space, a control character, a fragment.
   */
  request(method: HttpMethod | Lowercase<HttpMethod>, path: string, init?: ApiRequestInit): Promise<ApiResponse>;

  /**
   * Gives the client's memory back. Calls under way are not disturbed; later ones are a {@link ConfigError}, thrown or as a
   * rejection. Twice is fine.
   */
  free(): void;
}
export interface GiftCardPartners extends Handle {}

export interface ClientOptions {
  /**
   * Where the API is; its documents name no host, your account manager does. Paths are appended to it. A relative one such as
   * `"/api"` is resolved against the page. `http:` with credentials is taken for loopback only, unless
   * {@link allowHttp}.
   * A trailing `/v1` is left out: every path begins with it.
   */
  baseUrl: string | { readonly href: string };
  /**
   * What tokens are made with, or a function that returns it (now or later), asked once for each token. A client is for one account: the
   * function may answer with a new secret, not with another account, whose catalog and tokens would be taken for the first one's. Leave
   * it out behind a proxy that adds them. In a browser they are a {@link ConfigError}: everyone could read them. ASCII alone: they are headers.
   */
  credentials?: Credentials | (() => Credentials | Promise<Credentials>);
  /**
   * Headers of every request, for a proxy of yours; or a function that returns them. An object, or pairs: `Headers`, a `Map`, an array. Of
   * one name the last counts. They are never logged. Default: none.
   */
  headers?: HeaderFields | (() => HeaderFields | Promise<HeaderFields>);
  /**
   * Who sends: any {@link FetchLike}. An object is called as its method, so a service binding (`env.API`) works. Default:
   * `globalThis.fetch`, looked up at each call. Redirects are never followed.
   */
  fetch?: FetchLike | { fetch: FetchLike };
  /** For one attempt, body included, in milliseconds. Default: 30,000. */
  timeoutMs?: number;
  /** For a whole call, waits included, from its start, in milliseconds. Default: 120,000. */
  deadlineMs?: number;
  /**
   * Attempts after the first, 0 to 100. Default: 3. What is tried again: a lost connection, a timeout, 408, 429, 500, 502,
   * 503, 504, an answer without a body, and an order's answer that cannot be read or names no order. `Retry-After` is obeyed; one
   * past the deadline ends the call at once.
   */
  maxRetries?: number;
  /**
   * What an order may not exceed; more is refused before anything is sent. A plain object: another name among them, a `Map` or an array is
   * a {@link ConfigError}.
   */
  limits?: {
    /** Face value, as decimal text such as `"500.00"`. Default: none. */
    maxOrderValue?: string;
    /** Lines. Default: 1000. */
    maxLines?: number;
    /** Face value of a whole campaign, as decimal text: `placeCampaign` refuses a dearer one, and an import with these limits says so. Default: none. */
    maxCampaignValue?: string;
  };
  /**
   * Where the catalog is kept (and the token, with {@link cacheToken}), beside this client's memory: a Cloudflare KV namespace
   * fits as it is. Base URLs and accounts do not share. One that fails, throws or hangs fails no call: each use of it waits for
   * a quarter of the time that is left to the call, and a second at most. An entry that is broken or somebody else's is ignored and replaced. Default: none.
   */
  cache?: CacheStore;
  /**
   * Keeps the token in {@link cache} too, while 60 s or more of its life are left: as it is, so whoever can read the store can use the
   * API until it expires. A boolean alone. Default: false, tokens stay in this client.
   */
  cacheToken?: boolean;
  /** For how long a catalog is fresh, in seconds. Default: 604,800, a week, which the API asks for at least. */
  catalogTtlSeconds?: number;
  /** What is known of this API beyond its reference: `npx giftcard-partners doctor` finds it. It saves calls. Default: nothing. */
  profile?: ApiProfile;
  /** What the client does, for your logs: never a header, a body, a query or a person. What it throws is ignored. */
  onEvent?: (event: ClientEvent) => void;
  /**
   * Allows credentials over `http:` to another machine, where everyone on the way can read them: for a sandbox in a container of its own. A
   * boolean alone. Default: false, to loopback alone.
   */
  allowHttp?: boolean;
  /** Allows credentials in a browser, where everyone who uses it can read them. A boolean alone. Default: false. */
  dangerouslyAllowBrowser?: boolean;
}

/** How an API hands out its lists. Another value than those is a {@link ConfigError}. */
export interface ApiProfile {
  /** The number by which the API knows its first page. `listProducts({ pageIndex })` counts from 1 all the same. Default: 1. */
  firstPageIndex?: 0 | 1;
  /**
   * The largest page that the API hands out, from 1. Products and orders are asked for in pages of it unless a call says another size, and
   * no page is asked for that is larger. Default: what the API does without being asked, and at most 500.
   */
  pageSize?: number;
  /** `"bare"`: a list is one array, and is asked for without a page. Default: `"envelope"`. */
  lists?: "envelope" | "bare";
}

/** Names and values. */
export type HeaderFields = Record<string, string> | Iterable<readonly [string, string]>;

/** From the user management portal. */
export interface Credentials {
  email: string;
  accessToken: string;
}

export interface RequestOptions {
  /**
   * Ends the call with an {@link AbortedError}. It ends {@link GiftCardPartners.createOrder} at once too, with `outcome` `"unknown"` where
   * an attempt is in doubt: the history is not searched then.
   */
  signal?: AbortSignalLike;
  /** Instead of the client's, for this call. */
  timeoutMs?: number;
  /** Instead of the client's, for this call. */
  deadlineMs?: number;
}

export interface CatalogOptions extends RequestOptions {
  /** Loads it now, whatever is kept. Default: false. */
  refresh?: boolean;
}

/** A store of texts by key, as far as it is used. Cloudflare's `KVNamespace` is one. */
export interface CacheStore {
  get(key: string): Promise<string | null>;
  /** `expirationTtl`: in seconds, 60 or more. */
  put(key: string, value: string, options?: { expirationTtl?: number }): Promise<unknown>;
  delete?(key: string): Promise<unknown>;
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
  /** As answered, whatever it is: an element that the API answers as `null` or as a number is that here too. */
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
 * first letter raised; values are untouched, and enums are open. Here and in every other answer an id is a text, with the digits that
 * the API wrote where it wrote a number: `Id`, `PONumber`, and whatever ends in `Id` or `Ids`.
 */
export interface Order {
  Id: string;
  Status?: OrderStatus;
  Type?: OrderType | (string & {});
  PONumber?: string;
  Note?: string;
  LineItems?: OrderLine[];
  [field: string]: unknown;
}

/** `"Pending"` while it is being fulfilled; no other value is documented. */
export type OrderStatus = "Pending" | (string & {});

export interface OrderLine {
  Id?: string;
  ProductId?: string;
  Value?: number;
  /** What the account pays. */
  Cost?: number;
  Quantity?: number;
  Status?: OrderStatus;
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
  DenominationType?: "Fixed" | "Variable" | (string & {});
  Denominations?: number[];
  AvailableDeliveryTypes?: (OrderType | (string & {}))[];
  CurrencyCode?: string;
  /** Pictures: their URLs. */
  Media?: {
    /** Pictures of the card. */
    Faceplates?: { Name?: string; Path?: string; [field: string]: unknown }[];
    Logo?: string;
    [field: string]: unknown;
  };
  Cost?: { Fee?: number; DiscountPercentage?: number; [field: string]: unknown };
  [field: string]: unknown;
}

export type ClientEvent = {
  method: HttpMethod;
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

/**
 * `fetch`, as far as it is used: the platform's, undici's, node-fetch's, or a function of your own, `(request) => …` or `(url, init) => …`.
 *
 * A function that declares two parameters is called with the URL as a text, and with what goes with it. Any other is called with the platform's
 * `Request`, which reads as its URL where a text is wanted, and with the same `init`. It must send a request once: one that it sends again by
 * itself may be called not sent where the first time was.
 */
export type FetchLike = (input: PlatformRequest & string, init: FetchInit) => Promise<PlatformResponse>;

/** What goes with the URL of a request. Its types are such that the `fetch` of every library takes it. */
export interface FetchInit {
  method: HttpMethod;
  /** One value for each name. */
  headers: Record<string, string>;
  /** JSON, as a `Uint8Array`; absent where there is none. */
  body?: Uint8Array & string;
  redirect: "manual";
  /** Aborts where the call gives the request up. */
  signal: PlatformSignal;
}

/**
 * The platform's `AbortSignal`, as its `Request` has one, since Workers types declare it as a class, which is no property of `globalThis`; where
 * such types are not loaded, what can be relied on of it.
 */
export type PlatformSignal = typeof globalThis extends { Request: { prototype: { signal: infer S } } } ? S : AbortSignalLike;

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
