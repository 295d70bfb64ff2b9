/**
 * What the client's smaller calls take and give. Answers have the documented spelling in whatever case they came; where a body is
 * documented nowhere, the fields are a guess, all of them optional, and what else comes is kept.
 */
import type { RequestOptions } from "./index.js";
import type { OrderType } from "./order.js";

/** `POST /v1/Tokens`. It opens the account for as long as it lives: keep it out of logs. */
export interface Token {
  /** What goes behind `Authorization: Bearer`. */
  Value: string;
  /** Its lifetime. The unit is not documented; it is read as seconds. */
  ExpiresIn?: number;
  [field: string]: unknown;
}

/** `GET /v1/Status`. Its body is documented nowhere; a bare word, as health checks answer, is handed out as `Status`. */
export interface ApiStatus {
  Status?: string;
  [field: string]: unknown;
}

/** How plastic can be shipped. */
export interface ShippingMethod {
  /** What goes into `ShippingMethodId` of an address. */
  Id?: string;
  Name?: string;
  Description?: string;
  [field: string]: unknown;
}

/** The paper holder that a plastic card comes in; not a courier. */
export interface Carrier {
  /** What goes into `CarrierId` of an address. */
  Id?: string;
  Name?: string;
  Description?: string;
  [field: string]: unknown;
}

/** A template that deliveries are dressed in. It is made in the portal. */
export interface Branding {
  /** What goes into `BrandingId` of a line. */
  Id?: string;
  Name?: string;
  Description?: string;
  [field: string]: unknown;
}

/** A department of the account. How an order names one is documented nowhere. */
export interface Department {
  Id?: string;
  Name?: string;
  Description?: string;
  [field: string]: unknown;
}

export interface ListOrdersParams {
  /** The first page, from 1. Default: 1. */
  pageIndex?: number;
  /** Orders on a page. Default: the API's, which is not documented. */
  pageSize?: number;
}

export interface FindOrderOptions extends RequestOptions {
  /** Pages of 100 orders that are searched at most, from 1. Default: all there are; the deadline ends the search with an error. */
  maxPages?: number;
}

export interface ConfirmOptions extends RequestOptions {
  /**
   * The PO number that the notification must be about, as `verifyCallbackUrl` gives it; in any case of its ASCII letters. `null` is a
   * {@link ConfigError}: a query parameter that is gone must not mean any. Default: any.
   */
  poNumber?: string;
}

/** What must be there of a `Request` whose body is read. */
export interface HookRequest {
  readonly body?: object | null;
  readonly bodyUsed?: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What `createOrder` would send. */
export interface PreparedOrder {
  /** `PONumber`. */
  poNumber: string;
  /** `Type`. */
  orderType: OrderType;
  /** Elements of `LineItems`. */
  lineCount: number;
  /** The sum of value times quantity, as decimal text such as `"250.00"`. */
  faceValue: string;
  method: "POST";
  /** It is appended to `baseUrl`. */
  path: "/v1/Orders";
  contentType: "application/json";
  /** The very bytes: bytes and text as they were given, an object as `JSON.stringify` writes it. A copy; `createOrder` takes it. */
  body: Uint8Array;
}

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface ApiRequestInit extends RequestOptions {
  /**
   * Added to the path's own query: an object, or pairs, such as `URLSearchParams`, a `Map` or an array. `undefined` and `null` are left out;
   * each element of an array is a parameter of its own.
   */
  query?: Readonly<Record<string, QueryValue | readonly QueryValue[]>> | Iterable<readonly [string, QueryValue | readonly QueryValue[]]>;
  /** Sent as JSON: text and bytes as they are, anything else as `JSON.stringify` writes it. At most 64 MiB. */
  body?: object | string | Uint8Array | ArrayBuffer;
}

export type QueryValue = string | number | boolean | bigint | null | undefined;

/** The answer to `request()`; its status is 2xx. */
export interface ApiResponse {
  status: number;
  /** The API's name for the request. */
  requestId?: string;
  /** Names in lower case. Absent where `fetch` returned headers that cannot be listed. */
  headers?: Record<string, string>;
  /** JSON with keys in their documented spelling; other bodies as text. Absent where there is none. */
  body?: unknown;
}
