import type { Issue, ValidationReport } from "./order.js";

/**
 * What every failure is. No header, no body and no person is in it: not in its message, its JSON, its `cause`, nor where a
 * console shows it. {@link responseBody} has the API's own words.
 */
export declare class GiftCardError extends Error {
  constructor(message: string, fields?: GiftCardErrorFields);
  /** What failed, for programs. */
  readonly code: ErrorCode;
  /** The HTTP status of the API's answer. */
  readonly status?: number;
  /** The API's name for the request (`X-Request-Id` and the like): support will ask for it. */
  readonly requestId?: string;
  /** How long the API asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** Order requests that were answered or lost; only where an order was to be placed. */
  readonly attempts?: number;
  /**
   * What is known of the order; only where one was to be placed.
   * - `"not-sent"`: no request left.
   * - `"rejected"`: the API refused it, and there is no order by this call. A refusal is a status by which the API's reference (400, 401, 403, 409,
   *   422) or HTTP (3xx but 303, 404, 405, 406, 411, 413, 414, 415, 421, 426, 428, 429, 431, 501, 505) says that the request was not acted on, and no
   *   other one: what gives up in the middle (408, 444, 460, 499, 5xx) may have placed the order, and leaves it `"unknown"`.
   * - `"unknown"`: it may exist or not. Call again with the same PO number and the same order; never with another one. With a
   *   {@link PoNumberConflictError} an attempt of this call was lost: it may have placed the order that `orderId` names, shown by the API
   *   otherwise than it was sent. Look at that order.
   *
   * It speaks of this call alone. An order that an earlier call left unknown stays so, even where this one was not sent or was
   * rejected, until a call succeeds, or ends with a {@link PoNumberConflictError} and you have looked at the order that it names.
   */
  readonly outcome?: "not-sent" | "rejected" | "unknown";
  /** The order's PO number. */
  readonly poNumber?: string;
  /** The order that the PO number names, where that is known. */
  readonly orderId?: string;
  /** What is wrong with the order: of a {@link ValidationError}. */
  readonly issues?: Issue[];
  /** What is behind it, where that is known: the class and the code of the platform's error, without its words. */
  readonly cause?: unknown;
  /** Name, message and the other fields. */
  toJSON(): Record<string, unknown>;
}

/** What a {@link GiftCardError} can say beside its message. */
export type GiftCardErrorFields = Partial<
  Pick<
    GiftCardError,
    "code" | "status" | "requestId" | "retryAfterMs" | "attempts" | "outcome" | "poNumber" | "orderId" | "issues"
  >
>;

export type ErrorCode =
  /** The order breaks the API's rules or a limit: {@link ValidationError}. */
  | "validation_failed"
  /** An option or an argument cannot be used: {@link ConfigError}. */
  | "invalid_config"
  /** 401, after a fresh token or for the credentials themselves; or a callback URL's token does not fit: {@link AuthenticationError}. */
  | "unauthorized"
  /** 403, API access is disabled for the credentials: {@link AuthenticationError}. */
  | "forbidden"
  /** 422: {@link InsufficientFundsError}. */
  | "insufficient_funds"
  /** 409, or a notification names an order with another PO number: {@link PoNumberConflictError}. */
  | "po_number_conflict"
  /** No answer in time, 408 or 504: {@link TimeoutError}. */
  | "timeout"
  /** The caller's signal: {@link AbortedError}. */
  | "aborted"
  /** The connection failed: {@link NetworkError}. */
  | "network"
  /** An answer that cannot be read: {@link DecodeError}. */
  | "invalid_answer"
  /** 400. The message names the fields of the order that the API named, and none of its words; {@link responseBody} has those. */
  | "bad_request"
  /** 404: the message names the request, without its query. Or 409 for a PO number whose order could not be found, and then `outcome` is `"unknown"`. */
  | "not_found"
  /** 429. */
  | "rate_limited"
  /** 5xx. */
  | "server_error"
  /** 3xx: redirects are never followed, since credentials would travel along. */
  | "redirected"
  /** Another status, such as 405, 413 or 499; or a request for a token that was refused by 400, 409 or 422. */
  | "unexpected_status";

/** The order breaks the API's rules or one of `limits`; nothing was sent. `issues` has it all. */
export declare class ValidationError extends GiftCardError {
  /** Errors and warnings, in the order of {@link ValidationReport.issues}. */
  readonly issues: Issue[];
}
/** 401 after a refreshed token, a token that was refused (400, 401, 409, 422), 403, or a callback URL whose token does not fit (then without `status`). */
export declare class AuthenticationError extends GiftCardError {}
/** 422: the deposit account does not cover the order. Fund it in the portal, then call again with the same PO number. */
export declare class InsufficientFundsError extends GiftCardError {}
/**
 * The PO number is taken by an order with other content: `orderId` names it. Of `confirmFulfillment`: the notification names an order with
 * another PO number. Of `request`: a 409, and nothing was compared.
 */
export declare class PoNumberConflictError extends GiftCardError {}
/** No answer in time, or the API's own timeout (408, 504), after all retries. */
export declare class TimeoutError extends GiftCardError {}
/** The caller's signal. */
export declare class AbortedError extends GiftCardError {}
/** The connection failed, after all retries. `cause` has the class and the code of the platform's error. */
export declare class NetworkError extends GiftCardError {}
/** An answer, or a notification, that is not what it should be. */
export declare class DecodeError extends GiftCardError {}
/** An option or an argument that cannot be used; nothing was sent. */
export declare class ConfigError extends GiftCardError {}

/** Whether a value is an error of this package, also of another copy of it. */
export declare function isGiftCardError(value: unknown): value is GiftCardError;

/**
 * The API's answer behind an error, up to 64 KB of it. It is held aside so that no log shows it: it may name a person.
 * `undefined` where there was none.
 */
export declare function responseBody(error: unknown): string | undefined;
