import type { Issue, ValidationReport } from "./order.js";

/**
 * Every failure is one of these. There is no header, no body and no person in it: not in its message, its JSON, its `cause`, nor
 * where a console shows it. {@link responseBody} has the API's own words.
 */
export declare class GiftCardError extends Error {
  constructor(message: string, fields?: GiftCardErrorFields);
  /** What failed, for programs. */
  readonly code: ErrorCode;
  /** The HTTP status of the API's answer. */
  readonly status?: number;
  /** The API's name for the request, such as its `X-Request-Id`: support will ask for it. */
  readonly requestId?: string;
  /** How long the API asked you to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** How many order requests were answered or lost. Only if an order was to be placed. */
  readonly attempts?: number;
  /**
   * What is known of the order. Only if one was to be placed.
   * - `"not-sent"`: no request left.
   * - `"rejected"`: the API refused the order, and this call placed none. A refusal is a status by which the API's reference (400,
   *   401, 403, 409, 422) or HTTP (3xx but 303, 404, 405, 406, 411, 413, 414, 415, 421, 426, 428, 429, 431, 501, 505) says that the
   *   request was not acted on. No other status is one: whatever gives up in the middle (408, 444, 460, 499, 5xx) may have placed
   *   the order.
   * - `"unknown"`: the order may exist or not. Call again with the same order and the same PO number, never with another one. If
   *   the error is a {@link PoNumberConflictError}, an attempt of this call was lost, and the order that `orderId` names may be the
   *   one it placed, shown otherwise than it was sent: look at that order.
   *
   * It speaks of this call alone. An order that an earlier call left unknown stays so, even if this call was not sent or was
   * rejected, until a call succeeds, or ends with a {@link PoNumberConflictError} and you have looked at the order that it names.
   */
  readonly outcome?: "not-sent" | "rejected" | "unknown";
  /** The order's PO number. */
  readonly poNumber?: string;
  /** The id of the order that the PO number names, if that is known. */
  readonly orderId?: string;
  /** What is wrong with the order; of a {@link ValidationError} only. */
  readonly issues?: Issue[];
  /** The error behind it, if there is one: the class and the code of the platform's error, without its words. */
  readonly cause?: unknown;
  /** Name, message and all fields above. */
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
/**
 * The API refuses the credentials or the token: 401, after a fresh token or for the credentials themselves, or 403. Or a callback
 * URL that you did not sign; then there is no `status`.
 */
export declare class AuthenticationError extends GiftCardError {}
/** 422: the deposit account does not cover the order. Fund it in the portal, then call again with the same PO number. */
export declare class InsufficientFundsError extends GiftCardError {}
/**
 * 409: the PO number is taken by an order with other content, and `orderId` names that order. From `confirmFulfillment`: the
 * notification names an order with another PO number. From `request`: a 409; nothing was compared.
 */
export declare class PoNumberConflictError extends GiftCardError {}
/** No answer in time, or the API's own timeout (408, 504), after all retries. */
export declare class TimeoutError extends GiftCardError {}
/** Your `signal` was aborted. */
export declare class AbortedError extends GiftCardError {}
/** The connection failed, after all retries. `cause` has the class and the code of the platform's error. */
export declare class NetworkError extends GiftCardError {}
/** An answer, or a notification, that cannot be read. */
export declare class DecodeError extends GiftCardError {}
/** An option or an argument that cannot be used; nothing was sent. */
export declare class ConfigError extends GiftCardError {}

/**
 * Whether a value is an error of this package, or of another copy of it. Use it instead of `instanceof` where two copies may be
 * installed.
 */
export declare function isGiftCardError(value: unknown): value is GiftCardError;

/**
 * The API's answer behind an error, its first 64 KB; `undefined` if there was none. It is held aside so that no log shows it: it
 * may name a person.
 */
export declare function responseBody(error: unknown): string | undefined;
