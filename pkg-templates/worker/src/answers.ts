// What leaves the Worker: orders without their claim links unless they are asked for, and errors without secrets or persons.
import { isGiftCardError, type Issue } from "giftcard-partners";

/** What can cross from a Durable Object to the Worker: an error class would not survive the way. */
export type Told<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export interface Refusal {
  status: number;
  code: string;
  message: string;
  outcome?: "not-sent" | "rejected" | "unknown";
  poNumber?: string;
  orderId?: string;
  retryAfterMs?: number;
  issues?: Issue[];
}

/**
 * Claim link and challenge answer together are the card. They leave only on `?include=claims`: every field that is called a claim is
 * left out, wherever it is, whatever its case.
 */
export function withoutClaims<T>(value: T, included: boolean): T {
  return included ? value : (stripped(value) as T);
}

function stripped(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(stripped);
  const kept = Object.entries(value).filter(([key]) => !key.toLowerCase().startsWith("claim"));
  return Object.fromEntries(kept.map(([key, inner]) => [key, stripped(inner)]));
}

export function includesClaims(request: Request): boolean {
  return new URL(request.url).searchParams.get("include") === "claims";
}

export async function told<T>(promise: Promise<T>): Promise<Told<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) };
  }
}

/** An error as an answer. What is not ours may hold anything, so nothing of it is repeated. */
export function refusalOf(error: unknown): Refusal {
  if (!isGiftCardError(error)) {
    return { status: 500, code: "internal", message: "The Worker failed. Its log says no more than this on purpose." };
  }
  const { code, message, outcome, poNumber, orderId, retryAfterMs } = error;
  const issues = error.issues?.map((issue) => ({ ...issue }));
  const present = Object.entries({ outcome, poNumber, orderId, retryAfterMs, issues }).filter(([, value]) => value !== undefined);
  return { status: statusOf(code, outcome), code, message, ...Object.fromEntries(present) };
}

/** The same refusal, where an earlier send of the order may have placed it: this one's answer cannot clear that. */
export function inDoubt(refusal: Refusal): Refusal {
  return { ...refusal, status: statusOf(refusal.code, "unknown"), outcome: "unknown" };
}

export function answerOf(refusal: Refusal, body: object = refusal): Response {
  const { status, retryAfterMs } = refusal;
  const headers = retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1_000)) };
  return Response.json(body, { status, headers });
}

export function refused(status: number, code: string, message: string): Response {
  return answerOf({ status, code, message });
}

/** The API's own statuses where it has one, so that a client behind this Worker understands them. */
function statusOf(code: string, outcome: string | undefined): number {
  // Whoever sees it calls again with the same PO number, and the answer is the order's.
  if (outcome === "unknown") return 504;
  switch (code) {
    case "validation_failed":
    case "bad_request":
      return 400;
    case "insufficient_funds":
      return 422;
    case "po_number_conflict":
      return 409;
    case "not_found":
      return 404;
    case "rate_limited":
      return 429;
    case "timeout":
      return 504;
    // Our credentials are refused, not the caller's.
    default:
      return 502;
  }
}
