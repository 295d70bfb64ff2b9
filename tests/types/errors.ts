// The error classes, which every entry but the sandbox exports.
import {
  AbortedError,
  AuthenticationError,
  ConfigError,
  DecodeError,
  GiftCardError,
  InsufficientFundsError,
  NetworkError,
  PoNumberConflictError,
  TimeoutError,
  ValidationError,
  isGiftCardError,
  responseBody,
} from "giftcard-partners";
import type { ErrorCode, GiftCardErrorFields, Issue } from "giftcard-partners";
import * as order from "giftcard-partners/order";

import { expect, type Equal } from "./equal.js";

try {
  throw new Error();
} catch (error) {
  const body: string | undefined = responseBody(error);
  void body;
  if (isGiftCardError(error)) {
    expect<Equal<typeof error, GiftCardError>>();
    expect<Equal<typeof error.code, ErrorCode>>();
    expect<Equal<ReturnType<typeof error.toJSON>, Record<string, unknown>>>();
    const known: number[] = [error.status ?? 0, error.retryAfterMs ?? 0, error.attempts ?? 0];
    const names: string[] = [error.requestId ?? "", error.poNumber ?? "", error.orderId ?? "", error.message, error.name];
    expect<Equal<typeof error.cause, unknown>>();
    void [known, names];
    // @ts-expect-error: it is read alone
    error.cause = 1;
    switch (error.outcome) {
      case "not-sent":
      case "rejected":
      case "unknown":
      case undefined:
        break;
      default:
        expect<Equal<typeof error.outcome, never>>();
    }
    // @ts-expect-error: an error is read
    error.code = "timeout";
    // @ts-expect-error: no such code
    if (error.code === "conflict") throw error;
    // @ts-expect-error: issues are certain for a ValidationError alone
    error.issues.length;
  }
  if (error instanceof ValidationError) expect<Equal<typeof error.issues, Issue[]>>();
  if (error instanceof order.ValidationError) expect<Equal<typeof error.issues, Issue[]>>();
}

const fields: GiftCardErrorFields = { code: "timeout", status: 504, attempts: 3, outcome: "unknown", poNumber: "PO-1" };
const made: GiftCardError[] = [
  new GiftCardError("Something."),
  new AbortedError("Something."),
  new AuthenticationError("Something."),
  new ConfigError("Something."),
  new DecodeError("Something."),
  new InsufficientFundsError("Something."),
  new NetworkError("Something."),
  new PoNumberConflictError("Something."),
  new TimeoutError("Something.", fields),
  new ValidationError("Something.", { issues: [] }),
];
const errors: Error[] = made;
void errors;
// @ts-expect-error: not a code
new GiftCardError("Something.", { code: "whatever" });

/** Every code; one that is added must be added here and to docs/errors.md of the package. */
const codes: Record<ErrorCode, true> = {
  validation_failed: true,
  invalid_config: true,
  unauthorized: true,
  forbidden: true,
  insufficient_funds: true,
  po_number_conflict: true,
  timeout: true,
  aborted: true,
  network: true,
  invalid_answer: true,
  bad_request: true,
  not_found: true,
  rate_limited: true,
  server_error: true,
  redirected: true,
  unexpected_status: true,
};
void codes;

expect<Equal<typeof order.isGiftCardError, typeof isGiftCardError>>();
