// What leaves the Worker: orders without their claim links unless they are asked for, and errors without secrets or persons.
import { isGiftCardError, type Issue, type Order } from "giftcard-partners";

/** What can cross from a Durable Object to the Worker: an error class would not survive the way. */
export type Told<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export interface Refusal {
  status: number;
  code: string;
  message: string;
  outcome?: string;
  poNumber?: string;
  orderId?: string;
  retryAfterMs?: number;
  issues?: Issue[];
}

/** Claim link and challenge answer together are the card. They leave only on `?include=claims`. */
export function withoutClaims(order: Order, included: boolean): Order {
  if (included || !Array.isArray(order.LineItems)) return order;
  return { ...order, LineItems: order.LineItems.map(({ ClaimData, ...line }) => line) };
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
  const told = { outcome, poNumber, orderId, retryAfterMs, issues };
  const present = Object.entries(told).filter(([, value]) => value !== undefined);
  return { status: statusOf(code, outcome), code, message, ...Object.fromEntries(present) };
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
