// What leaves the Worker: orders without their claim links unless they are asked for, and errors without secrets or persons.
import { isGiftCardError, type Issue, responseBody } from "giftcard-partners";

import type { Over } from "./budgets.js";
import { NotConfigured } from "./configuration.js";
import { noted } from "./failures.js";

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
  /** Which budget is too small, and what it has left. */
  over?: Over;
  /** Of a failure of our own: what the log has of it. */
  id?: string;
  /** What the API said of a request that it refused, where it is JSON. */
  answer?: unknown;
}

/** Characters of an API's answer that are handed on. */
const ANSWER = 10_000;

/** Names under which an answer could repeat the account's own secrets. */
const SECRETS = /token|authorization|password|secret|cookie|header/i;

/**
 * Claim link and challenge answer together are the card. They leave only on `?include=claims`: every field that is called a claim is
 * left out, wherever it is, whatever its case.
 */
export function withoutClaims<T>(value: T, included: boolean): T {
  return included ? value : (without(value, /^claim/i) as T);
}

/** A value without the fields of such names. */
function without(value: unknown, names: RegExp): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((inner) => without(inner, names));
  const kept = Object.entries(value).filter(([key]) => !names.test(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, without(inner, names)]));
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
  if (error instanceof NotConfigured) return { status: 500, code: "invalid_config", message: error.message };
  if (!isGiftCardError(error)) return internal(error);
  const { code, outcome, poNumber, orderId, retryAfterMs } = error;
  const issues = error.issues?.map((issue) => ({ ...issue }));
  const answer = code === "bad_request" ? apiAnswer(error) : undefined;
  const message = answer === undefined ? error.message : "The API refused the request (400). `answer` is what it said.";
  const present = Object.entries({ outcome, poNumber, orderId, retryAfterMs, issues, answer }).filter(([, value]) => value !== undefined);
  return { status: statusOf(code, outcome), code, message, ...Object.fromEntries(present) };
}

/** A failure of our own: what it was stands in the log, under an id that whoever met it can name. */
function internal(error: unknown): Refusal {
  const id = noted(error);
  return { status: 500, code: "internal", message: `The Worker failed. Its log says where, under the id ${id}.`, id };
}

/** What the API said, for whoever sent what it speaks of. Whether it names persons is not known: it is never logged. */
export function apiAnswer(error: unknown): unknown {
  const text = responseBody(error);
  if (text === undefined || text.length > ANSWER) return undefined;
  try {
    return without(JSON.parse(text), SECRETS);
  } catch {
    // A page for people.
    return undefined;
  }
}

/** The same refusal, where an earlier send of the order may have placed it: this one's answer cannot clear that. */
export function inDoubt(refusal: Refusal): Refusal {
  return { ...refusal, status: statusOf(refusal.code, "unknown"), outcome: "unknown" };
}

/** What a look at an order has met that is known to exist. It says nothing of the order, so it denies nothing. */
export function unread(refusal: Refusal, poNumber: string, orderId: string): Refusal {
  const message = "The order exists; it could not be read just now. Send it again as it is, or ask for it by `orderId`.";
  return { ...inDoubt(refusal), message, poNumber, orderId };
}

export function answerOf(refusal: Refusal, body: object = refusal): Response {
  const { status, retryAfterMs } = refusal;
  const headers = retryAfterMs === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterMs / 1_000)) };
  return Response.json(body, { status, headers });
}

export function refusal(status: number, code: string, message: string): Refusal {
  return { status, code, message };
}

export function refused(status: number, code: string, message: string): Response {
  return answerOf(refusal(status, code, message));
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
