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
  /** @throws {ConfigError} For an option that does not exist or cannot be used. */
  constructor(options: ClientOptions);

  /**
   * Asks for a new token: `POST /v1/Tokens`. The client uses it from now on. You rarely need this: calls get their token by
   * themselves, share it, and replace it before it expires or when the API refuses it.
   */
  createToken(options?: RequestOptions): Promise<Token>;

  /** What the deposit account holds: `GET /v1/AccountBalance`. It is funded in the portal, not by the API. */
  accountBalance(options?: RequestOptions): Promise<AccountBalance>;

  /** Whether the API is up: `GET /v1/Status`. */
  status(options?: RequestOptions): Promise<ApiStatus>;

  /**
   * What can be ordered: `GET /v1/Products`. `await` gives a page, `for await` every product of every page. This list, `getProduct` and
   * the lists below are asked for at each call; only {@link catalog} is kept. They rarely change, and the API asks that what it answers
   * be kept for a week.
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
   * It is loaded once and kept in this client and in {@link ClientOptions.cache}. It is fresh for
   * {@link ClientOptions.catalogTtlSeconds}. For three times as long after that the old one is returned at once while a new one is
   * loaded; if the load fails, the next call tries again. Calls at the same time share one load. The `signal` of a call ends its
   * own wait, not the load.
   *
   * An empty catalog is not kept. One with fewer products than the API's `TotalCount` is kept for five minutes, in this client
   * only.
   *
   * In a Worker, a load in the background ends with the request that began it. A cron trigger can keep the catalog fresh:
   * `ctx.waitUntil(client.catalog({ refresh: true }))`.
   */
  catalog(options?: CatalogOptions): Promise<Catalog>;

  /**
   * Places an order, exactly once: `POST /v1/Orders`.
   *
   * Every attempt sends the same bytes under the same PO number. After a 409 the original order is fetched and compared. Bytes and
   * text are sent as they are, an object as `JSON.stringify` writes it, but for optional texts that are empty (`""`): those are left
   * out. An order that breaks a rule is refused before anything is sent.
   *
   * It rejects with a {@link ValidationError}, {@link InsufficientFundsError}, {@link PoNumberConflictError} or another
   * {@link GiftCardError}. The error's `outcome` says what is known of the order. After `"unknown"`, call again with the same order
   * and the same PO number.
   *
   * When an answer is lost and no later answer names the order, the client looks for the PO number in the history: 10 pages of 100
   * orders at a time, 30 pages in all, within the deadline. An order further back stays `"unknown"`; {@link findOrder} reads to the
   * end. All reading for one order shares `maxRetries` retries.
   */
  createOrder(order: OrderRequest | string | Uint8Array | ArrayBuffer, options?: RequestOptions): Promise<PlacedOrder>;

  /**
   * Exactly what {@link createOrder} would send, without sending it: to store, sign or show it.
   *
   * @throws {ValidationError} At once, for an order that breaks a rule or one of `limits`.
   */
  prepareOrder(order: OrderRequest | string | Uint8Array | ArrayBuffer): PreparedOrder;

  /**
   * One order: `GET /v1/Orders/{id}`. An unknown id rejects with `code` `"not_found"`.
   *
   * @throws {ConfigError} For an id that is not a text. A number up to 2^53 is taken for its digits; JavaScript has rounded a
   *   larger one to another order's id.
   */
  getOrder(id: string, options?: RequestOptions): Promise<Order>;

  /**
   * The history: `GET /v1/Orders`. `await` gives a page, `for await` every order of every page. In which order they come is not
   * documented.
   */
  listOrders(params?: ListOrdersParams, options?: RequestOptions): PagePromise<Order>;

  /**
   * The order with this PO number, in full; `undefined` if the history has none. The API cannot search by PO number, so pages of
   * the history are read until one has it. PO numbers are compared letter for letter.
   *
   * Rejects with a {@link DecodeError} if nobody can tell: no order in the history shows a PO number, or the pages end before their
   * `TotalCount`.
   *
   * After a lost request, `undefined` does not prove that there will be no order: it may still be on its way. Call
   * {@link createOrder} again with the same PO number instead.
   */
  findOrder(poNumber: string, options?: FindOrderOptions): Promise<Order | undefined>;

  /**
   * Waits until an order is no longer `Pending`. It looks after 1 s and 10 ms a line, then less and less often, as
   * {@link pollDelayMs} says.
   *
   * There is no deadline unless you give one; `deadlineMs` ends the wait itself with a {@link TimeoutError}. Without a deadline, a
   * `Retry-After` of more than ten minutes ends it. If an order that was there is suddenly missing or unreadable, it is looked at
   * three more times before that is an error.
   *
   * @param order An order as answered, or an order's id.
   */
  waitForOrder(order: Order | string, options?: WaitOptions): Promise<Order>;

  /**
   * Places every order of a campaign that is still to be sent, each exactly once. For each order it records `"sent"`, saves the
   * ledger, sends the order and records the answer. It resolves when nothing more can be sent now. Call it again to go on: in this
   * process, or in another one from the saved ledger. There is no deadline for the whole run unless you give one.
   *
   * - A 422 (the account is short): orders under way end, no more are sent, and it resolves. Fund the account and call again.
   * - An order whose fate is not known stays `unknown`. The next call sends it again under the same PO number.
   * - A `rejected` or conflicting order does not stop the others.
   * - What would fail the other orders too (credentials, address, rate limit, your signal) ends the run, and the call rejects with
   *   it. The ledger is saved first, and an order that was not sent stays as it was.
   *
   * Rejects with a {@link ValidationError} before anything is sent if all orders together exceed `limits.maxCampaignValue`.
   *
   * ```js
   * await client.placeCampaign(campaign, { save: (ledger) => storage.put("ledger", ledger) });
   * ```
   */
  placeCampaign(campaign: Campaign, options: PlaceCampaignOptions): Promise<CampaignProgress>;

  /**
   * The order that a `FulfillmentComplete` notification is about, fetched from the API. Whether it is finished, its `Status` says.
   *
   * A notification is not signed and its body is not documented, so it is only a hint: `OrderId` or `Id` is read from it, in any
   * casing, at the top or one level down, and the order is always fetched. An `Id` may be the notification's own: if the API knows no
   * order by it, the order is looked up by `poNumber`. Repeats and forgeries are harmless. First check the URL
   * that was called, with `verifyCallbackUrl`.
   *
   * Rejects with a {@link PoNumberConflictError} if the order has another PO number than the option `poNumber`; the error's
   * `orderId` is the order that the notification named. Rejects with a {@link DecodeError} if the order shows no PO number to
   * compare, if the notification names no order and `poNumber` is absent, and if the notification is longer than 1 MB. A
   * notification that names no order, or one that the API does not know, is looked up in the history by `poNumber`; `"not_found"` if it
   * is not there, and without `poNumber`.
   *
   * @param hook The `Request`, or its body: text, bytes, or what `await request.json()` gave. The body of a `Request` is read
   *   within `timeoutMs`. A `Request` that was already read or is locked is a {@link ConfigError}. With options that cannot be
   *   used, the call is a {@link ConfigError} too, and the `Request` is not read.
   */
  confirmFulfillment(hook: HookRequest | string | Uint8Array | ArrayBuffer | object, options?: ConfirmOptions): Promise<Order>;

  /**
   * How plastic cards can be shipped: `GET /v1/ShippingMethods`. Paging is not documented for this list and the next three. So the
   * first page is asked for without a number, and another one only if the answer says that there may be one. Each call asks the API:
   * keep the answer for a week, as the API asks.
   */
  listShippingMethods(options?: RequestOptions): PagePromise<ShippingMethod>;

  /** The paper holders that plastic cards come in: `GET /v1/Carriers`. */
  listCarriers(options?: RequestOptions): PagePromise<Carrier>;

  /** The templates of deliveries: `GET /v1/Brandings`. */
  listBrandings(options?: RequestOptions): PagePromise<Branding>;

  /** The departments of the account: `GET /v1/Departments`. */
  listDepartments(options?: RequestOptions): PagePromise<Department>;

  /**
   * A request for what the API adds tomorrow, with the client's token.
   *
   * ```js
   * const { body } = await client.request("GET", "/v1/Invoices", { query: { pageIndex: 1 } });
   * ```
   *
   * GET and HEAD are retried like every call. Other methods are sent once, because nobody knows what a second time would do; only
   * after a 401, which did nothing, is the request sent once more with a fresh token. Any status but 2xx rejects with the error of
   * that status.
   *
   * Orders are placed with {@link createOrder}. A `POST /v1/Orders` is a {@link ConfigError}, unless its `Type` is one that
   * `createOrder` does not know, such as `"Codes"`. Such an order is not checked, not held to `limits`, not retried and not
   * reconciled. If an error leaves it open, look for its PO number with {@link findOrder}. After a 409 the error's `orderId` is the
   * order that the API names.
   *
   * @param path A path of the API, percent-encoded, with or without its first slash; it may have a query. A path that could lead
   *   elsewhere is a {@link ConfigError}: a scheme, `//`, a segment `.` or `..` in any encoding, a backslash, a space, a control
   *   character, a fragment.
   */
  request(method: HttpMethod | Lowercase<HttpMethod>, path: string, init?: ApiRequestInit): Promise<ApiResponse>;

  /**
   * Gives the client's memory back at once. You need not call it: a client that is forgotten is collected. Calls under way go on; later ones
   * fail with a {@link ConfigError}. Calling it twice is fine.
   */
  free(): void;
}
export interface GiftCardPartners extends Handle {}

/** Options of {@link GiftCardPartners}. An option that does not exist is a {@link ConfigError}; `undefined` counts as absent. */
export interface ClientOptions {
  /**
   * Where the API is. Its documents name no host; your account manager does. Paths such as `/v1/Orders` are appended to it, and a
   * trailing `/v1` is left out. A relative one, such as `"/api"`, is resolved against the page. With credentials, `http:` is
   * allowed for loopback only, unless {@link allowHttp} is set.
   */
  baseUrl: string | { readonly href: string };
  /**
   * What tokens are made with; or a function that returns it, at once or as a promise, and is called once for each token. ASCII
   * only, because they are sent as headers. Leave it out behind a proxy that adds them.
   *
   * A client is for one account: the function may return a new secret, but not another account. In a browser, credentials are a
   * {@link ConfigError}: everyone could read them.
   */
  credentials?: Credentials | (() => Credentials | Promise<Credentials>);
  /**
   * Headers of every request, for a proxy of yours; or a function that returns them. An object, or pairs: `Headers`, a `Map`, an
   * array. If a name comes twice, the last one counts. They are never logged. Default: none.
   */
  headers?: HeaderFields | (() => HeaderFields | Promise<HeaderFields>);
  /**
   * The function that sends requests: any {@link FetchLike}, or an object with a method `fetch`, such as a service binding
   * (`env.API`). Default: `globalThis.fetch`, looked up at each call. Redirects are never followed.
   */
  fetch?: FetchLike | { fetch: FetchLike };
  /** For one attempt, body included, in milliseconds. Default: 30,000. */
  timeoutMs?: number;
  /** For a whole call, waits included, from its start, in milliseconds. Default: 120,000. */
  deadlineMs?: number;
  /**
   * Attempts after the first one, 0 to 100. Default: 3. Retried are: a lost connection, a timeout, the statuses 408, 429, 500, 502,
   * 503, 504 and 520 to 530, an answer without a body, and the answer to an order that cannot be read, names no order or shows another PO number.
   * `Retry-After` is obeyed; if it is past the deadline, the call ends at once.
   */
  maxRetries?: number;
  /**
   * What an order or a campaign may not exceed. More is refused with a {@link ValidationError} before anything is sent. A plain
   * object: an unknown name in it, a `Map` or an array is a {@link ConfigError}.
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
   * Where the catalog is kept beside this client's memory; with {@link cacheToken} the token too. A Cloudflare KV namespace fits as
   * it is. Entries of other base URLs and accounts are kept apart. Default: none.
   *
   * A store that fails, throws or hangs does not fail a call: each use of it waits for a quarter of the call's remaining time, and
   * at most a second. An entry that is broken or foreign is ignored and replaced.
   */
  cache?: CacheStore;
  /**
   * Keeps the token in {@link cache} too, unencrypted, while it has 60 s or more to live. Whoever can read the store can use the
   * API until the token expires. Default: false; tokens stay in this client.
   */
  cacheToken?: boolean;
  /** How long a catalog is fresh, in seconds. Default: 604,800, a week; the API asks for at least that. */
  catalogTtlSeconds?: number;
  /**
   * What is known of this API beyond its reference, as `npx giftcard-partners doctor` finds it. It saves calls. It is needed for an
   * API that counts its pages from 0: the first page of products and orders is not read without it, and that shows only where the
   * answers have a `TotalCount`. Default: nothing.
   */
  profile?: ApiProfile;
  /**
   * Called with what the client does, for your logs. No event has a header, a body, a query or a person in it. What the function
   * throws is ignored.
   */
  onEvent?: (event: ClientEvent) => void;
  /**
   * Allows credentials over `http:` to other machines than this one, where everyone on the way can read them. It is for a sandbox
   * in a container of its own. Default: false.
   */
  allowHttp?: boolean;
  /** Allows credentials in a browser, where everyone who uses the page can read them. Default: false. */
  dangerouslyAllowBrowser?: boolean;
}

/** How an API returns its lists. A value other than those below is a {@link ConfigError}. */
export interface ApiProfile {
  /** The number that the API gives its first page. Your own `pageIndex` counts from 1 in any case. Default: 1. */
  firstPageIndex?: 0 | 1;
  /**
   * The largest page that the API hands out, from 1. Products and orders are asked for in pages of it unless a call says another size, and
   * no page is asked for that is larger. Default: what the API does without being asked, and at most 500.
   */
  pageSize?: number;
  /** `"bare"`: a list is one array, and is asked for without a page. `"envelope"`: a list comes in pages. Default: `"envelope"`. */
  lists?: "envelope" | "bare";
}

/** Names and values of headers. */
export type HeaderFields = Record<string, string> | Iterable<readonly [string, string]>;

/** What the user management portal gave you. */
export interface Credentials {
  /** The e-mail address of the API user. */
  email: string;
  /** Its access token. */
  accessToken: string;
}

/** Options of every call. */
export interface RequestOptions {
  /**
   * Ends the call with an {@link AbortedError}. It ends {@link GiftCardPartners.createOrder} at once too, with `outcome` `"unknown"` where
   * an attempt is in doubt: the history is not searched then.
   */
  signal?: AbortSignalLike;
  /** Instead of the client's, for this call. */
  timeoutMs?: number;
  /** Instead of the client's, for this call. It bounds a whole `for await` over a list, where the client's is for each page. */
  deadlineMs?: number;
}

/** Options of `catalog()`. */
export interface CatalogOptions extends RequestOptions {
  /** Loads it now, even if a fresh one is kept. Default: false. */
  refresh?: boolean;
}

/** A store of texts by key, as far as it is used. Cloudflare's `KVNamespace` is one. */
export interface CacheStore {
  /** The text of a key, or `null`. */
  get(key: string): Promise<string | null>;
  /** `expirationTtl`: in seconds, 60 or more. */
  put(key: string, value: string, options?: { expirationTtl?: number }): Promise<unknown>;
  /** Not used: entries expire by themselves, or are overwritten. */
  delete?(key: string): Promise<unknown>;
}

/** Options of `waitForOrder()`. */
export interface WaitOptions extends RequestOptions {
  /** Called with the order each time it is looked at. What it throws is ignored. */
  onUpdate?: (order: Order) => void;
}

/** What `listProducts()` asks for. */
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

/** One page of a list. */
export interface Page<T> {
  /** The items of this page as the API answered them. An item that is `null` or a number there is that here too. */
  Items: T[];
  /** From 1. */
  PageIndex: number;
  /** Items on a page, as the API says it. */
  PageSize: number;
  /** Items of all pages, where the API says so. */
  TotalCount?: number;
  [field: string]: unknown;
}

/** An order that is placed. */
export interface PlacedOrder {
  /** The order as answered. */
  order: Order;
  /** `"created"` by this call, or `"reconciled"`: it was there already, and it is the same. */
  outcome: "created" | "reconciled";
  /**
   * Only after `"reconciled"`. `"full"`: the recipients were compared too. `"partial"`: the API did not show them, and everything
   * else is the same.
   */
  compared?: "full" | "partial";
  /** How many order requests were answered or lost. */
  attempts: number;
  /** The API's name for the request, such as its `X-Request-Id`: support will ask for it. */
  requestId?: string;
}

/**
 * An order as answered. Keys have the documented spelling, whatever casing the API used; unknown keys are kept, with their first
 * letter raised. Values are as answered, and may be ones that are not documented.
 *
 * Ids are texts, here and in every other answer: `Id`, `PONumber`, and every key that ends in `Id` or `Ids`. If the API wrote a
 * number, it is that number's digits.
 */
export interface Order {
  /** The API's id of the order. */
  Id: string;
  /** `"Pending"` while it is being fulfilled. */
  Status?: OrderStatus;
  /** How the cards reach people. */
  Type?: OrderType | (string & {});
  /** Your own name for the order. */
  PONumber?: string;
  /** As you sent it. */
  Note?: string;
  /** Its lines, if the answer shows them. */
  LineItems?: OrderLine[];
  [field: string]: unknown;
}

/** `"Pending"` while it is being fulfilled; no other value is documented. */
export type OrderStatus = "Pending" | (string & {});

/** A line of an order as answered. */
export interface OrderLine {
  /** The API's id of the line. */
  Id?: string;
  /** `Id` of the product. */
  ProductId?: string;
  /** Face value of each card. */
  Value?: number;
  /** What the account pays. */
  Cost?: number;
  /** How many cards. */
  Quantity?: number;
  /** Of this line; the order's, where it is absent. */
  Status?: OrderStatus;
  /** The cards of a `Links` order; absent or empty while it is `Pending`. */
  ClaimData?: ClaimData[];
  [field: string]: unknown;
}

/** A card. Link and answer together are the card: whoever has them can spend it. Keep them out of logs. */
export interface ClaimData {
  /** The API's id of the card. */
  Id?: string;
  /** The link that the recipient opens. */
  ClaimLink?: string;
  /** What the recipient must type. */
  ClaimLinkChallengeAnswer?: string;
  /** Where the barcode's picture is, if the card has one. */
  BarcodePath?: string;
  /** What kind of barcode it is. */
  BarcodeType?: string;
  [field: string]: unknown;
}

/** What the deposit account holds. */
export interface AccountBalance {
  /** Funding that was received and not yet applied. */
  Pending?: number;
  /** What pays for orders. */
  Available?: number;
  [field: string]: unknown;
}

/** A product as answered. */
export interface Product {
  /** Its code in orders: the `ProductId` of a line. */
  Id: string;
  /** What people call it. */
  Name?: string;
  /** HTML, as are the other texts: sanitise before showing. */
  ShortDescription?: string;
  /** HTML. */
  LongDescription?: string;
  /** HTML. */
  Terms?: string;
  /** HTML. */
  Disclaimer?: string;
  /** HTML. */
  RedemptionNote?: string;
  /** Such as `"Digital"`. */
  Type?: string;
  /** `"Fixed"`: the values on offer. `"Variable"`: the least and the most. */
  DenominationType?: "Fixed" | "Variable" | (string & {});
  /** Face values, by {@link Product.DenominationType}. */
  Denominations?: number[];
  /** The values of an order's `Type` that it can be ordered with. */
  AvailableDeliveryTypes?: (OrderType | (string & {}))[];
  /** ISO 4217, such as `"USD"`. */
  CurrencyCode?: string;
  /** Pictures: their URLs. */
  Media?: {
    /** Pictures of the card. */
    Faceplates?: { Name?: string; Path?: string; [field: string]: unknown }[];
    Logo?: string;
    [field: string]: unknown;
  };
  /** How it is applied is not documented: see {@link Quote.assumptions}. */
  Cost?: { Fee?: number; DiscountPercentage?: number; [field: string]: unknown };
  [field: string]: unknown;
}

export type ClientEvent = {
  method: HttpMethod;
  /** Without its query, and with `…` for a segment that is more than an identifier, such as an e-mail address. */
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
 * `fetch`, as far as it is used: the platform's, undici's, node-fetch's, or your own function `(request) => …` or
 * `(url, init) => …`.
 *
 * A function that declares two parameters is called with the URL as text and with `init`. Any other function is called with the
 * platform's `Request`, which also works as its URL, and with the same `init`.
 *
 * Your function must send each request once. If it retries by itself, an order that its first attempt placed may be reported as not
 * sent.
 */
export type FetchLike = (input: PlatformRequest & string, init: FetchInit) => Promise<PlatformResponse>;

/** What goes with the URL of a request. Its types are such that the `fetch` of every library takes it. */
export interface FetchInit {
  /** The HTTP method. */
  method: HttpMethod;
  /** One value for each name. */
  headers: Record<string, string>;
  /** JSON, as a `Uint8Array`; absent where there is none. */
  body?: Uint8Array & string;
  /** Redirects are never followed. */
  redirect: "manual";
  /** Aborts when the call gives the request up. */
  signal: PlatformSignal;
}

/**
 * The `AbortSignal` of the platform's types; without such types, {@link AbortSignalLike}. It is taken from `Request`, because
 * Workers types do not declare `AbortSignal` on `globalThis`.
 */
export type PlatformSignal = typeof globalThis extends { Request: { prototype: { signal: infer S } } } ? S : AbortSignalLike;

/** The platform's `Request`; without its types, the part of it that you can rely on. */
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
