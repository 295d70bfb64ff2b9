/**
 * What the client's smaller calls take and return. Keys of answers have the documented spelling, whatever casing the API used. If a body is
 * not documented, the fields here are a guess and all optional; other fields are kept.
 */
import type { RequestOptions } from "./index.js";
import type { OrderType } from "./order.js";

/** The answer to `POST /v1/Tokens`. Whoever has the token can use the account until it expires: keep it out of logs. */
export interface Token {
  /** The text behind `Authorization: Bearer`. */
  Value: string;
  /** How long it lives. The unit is not documented; it is read as seconds. */
  ExpiresIn?: number;
  [field: string]: unknown;
}

/**
 * The answer to `GET /v1/Status`. Its body is not documented. If it is a single word, as health checks answer, the word is
 * `Status`.
 */
export interface ApiStatus {
  /** Such as `"OK"`. */
  Status?: string;
  [field: string]: unknown;
}

/** How plastic can be shipped. */
export interface ShippingMethod {
  /** What goes into `ShippingMethodId` of an address. */
  Id?: string;
  /** What people call it. */
  Name?: string;
  /** What it is. */
  Description?: string;
  [field: string]: unknown;
}

/** The paper holder that a plastic card comes in; not a courier. */
export interface Carrier {
  /** What goes into `CarrierId` of an address. */
  Id?: string;
  /** What people call it. */
  Name?: string;
  /** What it is. */
  Description?: string;
  [field: string]: unknown;
}

/** A template that deliveries are dressed in. It is made in the portal. */
export interface Branding {
  /** What goes into `BrandingId` of a line. */
  Id?: string;
  /** What people call it. */
  Name?: string;
  /** What it is. */
  Description?: string;
  [field: string]: unknown;
}

/** A department of the account. How an order names one is documented nowhere. */
export interface Department {
  /** The API's id of the department. */
  Id?: string;
  /** What people call it. */
  Name?: string;
  /** What it is. */
  Description?: string;
  [field: string]: unknown;
}

/** What `listOrders()` asks for. */
export interface ListOrdersParams {
  /** The first page, from 1. Default: 1. */
  pageIndex?: number;
  /** Orders on a page. Default: the API's, which is not documented. */
  pageSize?: number;
}

/** Options of `findOrder()`. */
export interface FindOrderOptions extends RequestOptions {
  /** How many pages of 100 orders are searched at most, from 1. Default: all; the deadline ends the search with an error. */
  maxPages?: number;
}

/** Options of `confirmFulfillment()`. */
export interface ConfirmOptions extends RequestOptions {
  /**
   * The PO number that the notification must be about, as `verifyCallbackUrl` returned it. The case of ASCII letters does not
   * matter. `null` is a {@link ConfigError}, so that a missing query parameter does not mean any order. Default: any.
   */
  poNumber?: string;
}

/** The part of a `Request` that is used to read its body. */
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
  /** Always `POST`. */
  method: "POST";
  /** It is appended to `baseUrl`. */
  path: "/v1/Orders";
  /** The `Content-Type` header. */
  contentType: "application/json";
  /**
   * The bytes themselves: bytes and text as you gave them, an object as `JSON.stringify` writes it. A copy; you can give it to
   * `createOrder`.
   */
  body: Uint8Array;
}

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Options of `request()`. */
export interface ApiRequestInit extends RequestOptions {
  /**
   * Added to the path's own query: an object, or pairs such as `URLSearchParams`, a `Map` or an array. A value that is `undefined`
   * or `null` is left out; an array is one parameter for each element.
   */
  query?: Readonly<Record<string, QueryValue | readonly QueryValue[]>> | Iterable<readonly [string, QueryValue | readonly QueryValue[]]>;
  /** Sent as JSON: text and bytes as they are, anything else as `JSON.stringify` writes it. At most 64 MiB. */
  body?: object | string | Uint8Array | ArrayBuffer;
}

export type QueryValue = string | number | boolean | bigint | null | undefined;

/** The answer to `request()`; its status is 2xx. */
export interface ApiResponse {
  /** The HTTP status, 200 to 299. */
  status: number;
  /** The API's name for the request. */
  requestId?: string;
  /** Names in lower case. Absent if `fetch` returned headers that cannot be listed. */
  headers?: Record<string, string>;
  /** JSON with keys in their documented spelling; any other body as text. Absent if there is none. */
  body?: unknown;
}
