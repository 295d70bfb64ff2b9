/**
 * The GiftCard Partners B2B API in memory: orders, funds, webhooks and failures, without an account, a network or money.
 *
 * ```js
 * import { createSandbox } from "giftcard-partners/sandbox";
 *
 * const { fetch, baseUrl, credentials } = createSandbox();
 * const client = new GiftCardPartners({ baseUrl, credentials, fetch });
 * ```
 *
 * It is a reading of the public documentation, made apart from the client's. Where the documentation is silent it had to
 * choose: nothing that you see here proves how the real API behaves.
 */

import type { Product } from "./index.js";

/** Makes a sandbox in which nothing has happened yet. @throws {ConfigError} For an option that does not exist or cannot be used. */
export function createSandbox(options?: SandboxOptions): Sandbox;

/** Options of `createSandbox()`. An option that does not exist is a `ConfigError`. */
export interface SandboxOptions {
  /**
   * What ids, tokens and claim links are made from: a whole number. The same seed, the same requests and a manual clock give
   * the same bytes. Default: 1.
   */
  seed?: number;
  /**
   * `"real"`: real time, plus what you {@link Sandbox.advance}. `"manual"`: starts at 2026-01-01T00:00:00Z and moves by
   * {@link Sandbox.advance} only. Default: `"real"`.
   */
  clock?: "real" | "manual";
  /**
   * Keys of the answers: `"pascal"` is `PONumber`, as documented; `"camel"` is `poNumber`, as observed. Requests are read in any
   * casing. Default: `"pascal"`.
   */
  casing?: "pascal" | "camel";
  /**
   * `"envelope"`: a page, `{ Data, Page, PageSize, TotalCount }`, of 50 items unless `pageSize` (1 to 500) asks for another number.
   * `"bare"`: an array of everything, whatever page is asked for. Default: `"envelope"`.
   */
  lists?: "envelope" | "bare";
  /** An order of more cards than this (the sum of its quantities) is `Pending` at first. Default: 100. */
  asyncThreshold?: number;
  /** How long such an order stays `Pending`, in milliseconds of the sandbox's clock. Default: 1,000. */
  fulfillmentMs?: number;
  /** Funds that pay for orders, as decimal text. Default: `"10000.00"`. */
  available?: string;
  /** Funds that were received and do not pay for orders yet, as decimal text. Default: `"0.00"`. */
  pending?: string;
  /** Failures by chance, for long tests. Faults that you {@link Sandbox.inject} come first. Default: none. */
  faults?: FaultRate;
  /**
   * The catalogue: products of your own, or those that `listProducts` returned. Each needs `Denominations` and
   * `AvailableDeliveryTypes`. A product whose `DenominationType` is neither `Fixed` nor `Variable` takes any value. Default: twelve
   * invented brands; the first one is digital, Fixed, and offers Links.
   */
  products?: readonly (SandboxProduct | Product)[];
}

/**
 * Failures by chance: each {@link SandboxFault} is equally likely, on requests of every kind. `409-without-id` strikes posted
 * orders only.
 */
export interface FaultRate {
  /** The share of requests that fail: 0 to 1, with at most two decimals. */
  rate: number;
  /** What decides which requests, and by which fault: a whole number. Default: the sandbox's seed. */
  seed?: number;
}

/** A product as the API documents it. Fields that are not named here are answered as you give them. */
export interface SandboxProduct {
  /** Its code in orders; no two products have the same. */
  Id: string;
  /** Default: none; orders do not look at it. */
  Name?: string;
  /** `Digital` or `Physical` among the sandbox's own; any text. */
  Type?: string;
  /** Whether {@link SandboxProduct.Denominations} are the values on offer, or the least and the most. */
  DenominationType: "Fixed" | "Variable";
  /** Face values with at most two decimals. Two of them, `[least, most]`, where the type is `Variable`. */
  Denominations: number[];
  /** Order types that can have it: `DigitalDelivery`, `Links`, `PhysicalShipment`. */
  AvailableDeliveryTypes: string[];
  /** What the account pays beside the face value. Default: nothing. */
  Cost?: {
    /** For each card, at most two decimals. Default: 0. */
    Fee?: number;
    /** Of the face value, in percent, 0 to 100 with at most two decimals: 4.55 is 4.55 %. Default: 0. */
    DiscountPercentage?: number;
  };
  /** As the API documents it. */
  Meta?: {
    ShippingConfiguration?: {
      /** Any text. */
      FulfillmentGroup?: string;
      /** Whether a shipment has to name a `CarrierId`. Default: false. */
      HasRequiredCardCarriers?: boolean;
    };
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

/** The API in memory. */
export interface Sandbox {
  /**
   * Give it to the client as `fetch`. It answers any host, honours `signal`, and never touches the network. It needs no receiver:
   * `const { fetch } = sandbox` works. Its answer has the type `Response` if that is a global type.
   */
  readonly fetch: SandboxFetch;
  /** Give it to the client as `baseUrl`: `https://sandbox.giftcard-partners.invalid`, a host that cannot exist. */
  readonly baseUrl: string;
  /** Give them to the client as `credentials`. They follow from the seed and open nothing else. */
  readonly credentials: { readonly email: string; readonly accessToken: string };
  /**
   * Makes the next posted order fail, or the requests that an {@link Injection} describes. Faults queue up, the first in is the
   * first out, and each request takes one at most. @throws {ConfigError} For an unknown fault.
   */
  inject(fault: SandboxFault | Injection): void;
  /** Moves the clock forward by whole milliseconds, whichever clock it is. Delayed bodies that are due then arrive. */
  advance(ms: number): void;
  /** Raises the pending balance, as a funding request does: decimal text such as `"100.00"`. */
  fund(amount: string): void;
  /** Moves funds from pending to available. @throws {ConfigError} If less than that is pending; then nothing is moved. */
  settle(amount: string): void;
  /** Every order, the oldest first, with the documented keys and its status at this moment. A copy. */
  orders(): SandboxOrder[];
  /** The last requests, the oldest first: at most 10,000, with 64 MB of bodies. A copy. */
  requests(): SandboxRequest[];
  /**
   * The `FulfillmentComplete` notifications that are due. Each is returned once; the sandbox sends none by itself. What a real one
   * says is not documented.
   */
  webhooks(): SandboxWebhook[];
  /** Gives its memory back at once. You need not call it. Bodies on their way fail, and every later call throws a `ConfigError`. */
  free(): void;
}

/** What can go wrong. "Processed" means that the API acted on the request: an order is placed. */
export type SandboxFault =
  /** The connection is lost; not processed. `fetch` rejects with a `TypeError`. */
  | "drop-request"
  /** The connection is lost; processed. */
  | "drop-response"
  /** No answer ever comes; not processed. `fetch` stays pending until its signal aborts. */
  | "timeout"
  /** No answer ever comes; processed. */
  | "timeout-after"
  /** Processed; the second half of the body comes 5 seconds later, see {@link Injection.delayMs}. */
  | "slow-body"
  /** Not processed. */
  | "500"
  /** Not processed. */
  | "503"
  /** 504 with an HTML page, as gateways answer; not processed. */
  | "504-html"
  /** 504 with an HTML page; processed. */
  | "504-html-after"
  /** 429 with `Retry-After` in seconds; not processed. */
  | "429"
  /** 429 with `Retry-After` as a date by the sandbox's clock, as is the answer's `Date`; not processed. */
  | "429-date"
  /** From now on every token that was issued is refused. It strikes no particular request. */
  | "expire-token"
  /** 409 that does not say which order has the PO number; not processed. */
  | "409-without-id"
  /** Processed; the body is not JSON. */
  | "malformed-json"
  /** Processed; the body ends half way. */
  | "truncated-body";

/** A fault, and the requests that it is meant for. */
export interface Injection {
  /** What happens. `"expire-token"` takes no other field beside it. */
  fault: SandboxFault;
  /**
   * Which requests: a path, with or without a method and a space before it. A `*` at the end stands for anything: `"/v1/Products"`,
   * `"GET /v1/Orders/*"`, `"*"`. Default: `"POST /v1/Orders"`.
   */
  path?: string;
  /** How many requests fail. Default: 1. */
  times?: number;
  /** How many matching requests pass first. Default: 0. */
  after?: number;
  /** Of `slow-body`: how long the second half of the body takes, in milliseconds of the sandbox's clock. Default: 5,000. */
  delayMs?: number;
  /** Of `429` and `429-date`: what `Retry-After` asks for, in seconds. Default: 2. */
  retryAfterSeconds?: number;
}

/** An order as the API answers it. */
export interface SandboxOrder {
  /** The sandbox's id of the order. */
  Id: string;
  /** As it was sent. */
  PONumber: string;
  /** As it was sent. */
  Type: "DigitalDelivery" | "Links" | "PhysicalShipment";
  /** By the sandbox's clock. */
  Status: "Pending" | "Completed";
  /** As it was sent. */
  Note?: string;
  /** RFC 3339, by the sandbox's clock. */
  CreatedDate: string;
  /** What the account paid: the sum of the lines' `Cost`. */
  TotalCost: number;
  /** Its lines. */
  LineItems: SandboxLine[];
}

/** A line of an order as the API answers it. */
export interface SandboxLine {
  /** The sandbox's id of the line. */
  Id: string;
  /** As it was sent. */
  ProductId: string;
  /** The face value of each card, as it was sent. */
  Value: number;
  /** What the account paid: value times quantity, less the discount rounded half away from zero, plus the fee for each card. */
  Cost: number;
  /** How many cards. */
  Quantity: number;
  /** By the sandbox's clock. */
  Status: "Pending" | "Completed";
  /** As it was sent. */
  Culture?: string;
  /** As it was sent. */
  BrandingId?: string;
  /** As it was sent. */
  ExternalId?: string;
  /** As it was sent. */
  Personalization?: { To?: string; FromName?: string; FromEmail?: string; Message?: string; DeliveryDate?: string };
  /** As it was sent. */
  DigitalDeliveryAddress?: { Email?: string; Sms?: string };
  /** As it was sent. */
  PhysicalDeliveryAddress?: {
    ShippingMethodId?: string;
    CarrierId?: string;
    Name?: string;
    AddressLine1?: string;
    City?: string;
    State?: string;
    Zip?: string;
    Country?: string;
  };
  /** One for each card of a `Links` order that is completed. */
  ClaimData?: {
    Id: string;
    ClaimLink: string;
    ClaimLinkChallengeAnswer: string;
    BarcodePath: string;
    BarcodeType: string;
  }[];
}

/** A request that the sandbox was sent. */
export interface SandboxRequest {
  /** Such as `POST`. */
  method: string;
  /** As it was sent, percent-encoded: `/v1/Orders`. */
  path: string;
  /** Without its question mark; empty where there is none. */
  query: string;
  /** The status of the answer; null if there was none. */
  status: number | null;
  /** The fault that struck it. */
  fault?: SandboxFault;
  /** Names in lower case. The values of credentials and tokens are `"[redacted]"`. */
  headers: Record<string, string>;
  /** As it was sent; empty where there is none. */
  body: string;
}

/** A notification that an order asked for with `WebhookSettings.FulfillmentComplete`. */
export interface SandboxWebhook {
  /** Where it is to be sent, by POST. */
  url: string;
  /** `{ Id, PONumber, Status }`, its keys in the sandbox's casing. */
  body: Record<string, unknown>;
}

type GlobalOr<Name extends string, Fallback> = typeof globalThis extends { [key in Name]: { prototype: infer T } } ? T : Fallback;

/** A `fetch` that needs no receiver. */
export type SandboxFetch = (
  input: string | { readonly href: string } | RequestLike,
  init?: {
    method?: string;
    headers?: Record<string, string> | Iterable<readonly [string, string]> | [string, string][];
    /** Whatever the runtime's own `fetch` takes: text, bytes, a form, a stream. */
    body?: string | object | null;
    /** Ends the request, its answer's body included. */
    signal?: AbortSignalLike | null;
  },
) => Promise<GlobalOr<"Response", ResponseLike>>;

/** The part of a `Request` that is used. */
export interface RequestLike {
  readonly method: string;
  readonly url: string;
  readonly headers: Iterable<readonly [string, string]> | object;
  readonly signal?: AbortSignalLike | null;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The part of an `AbortSignal` that is used. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** The part of a `Response` that you can rely on where that type is not known. */
export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

// Without it every declaration above would be exported.
export {};
