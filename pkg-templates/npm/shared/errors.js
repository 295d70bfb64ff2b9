// The error classes: JavaScript, because only a class that extends Error is one. The wasm constructs them through `makeError`.
// One file for every entry, so that `instanceof` holds across them; two copies of the package know each other by the brand.

import { outside } from "./trap.js";

const BRAND = Symbol.for("giftcard-partners.error");
const bodies = new WeakMap();
const decoder = new TextDecoder();

export class GiftCardError extends Error {
  constructor(message, fields, cause) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
    this.code ??= new.target.code;
  }

  get [BRAND]() {
    return true;
  }

  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

export class ValidationError extends GiftCardError {}
export class AuthenticationError extends GiftCardError {}
export class InsufficientFundsError extends GiftCardError {}
export class PoNumberConflictError extends GiftCardError {}
export class TimeoutError extends GiftCardError {}
export class AbortedError extends GiftCardError {}
export class NetworkError extends GiftCardError {}
export class DecodeError extends GiftCardError {}
export class ConfigError extends GiftCardError {}

const classes = {
  GiftCardError,
  ValidationError,
  AuthenticationError,
  InsufficientFundsError,
  PoNumberConflictError,
  TimeoutError,
  AbortedError,
  NetworkError,
  DecodeError,
  ConfigError,
};
/** A static field would be a function, which engines compile at import. */
const CODES = {
  GiftCardError: "unexpected_status",
  ValidationError: "validation_failed",
  AuthenticationError: "unauthorized",
  InsufficientFundsError: "insufficient_funds",
  PoNumberConflictError: "po_number_conflict",
  TimeoutError: "timeout",
  AbortedError: "aborted",
  NetworkError: "network",
  DecodeError: "invalid_answer",
  ConfigError: "invalid_config",
};
for (const [name, code] of Object.entries(CODES)) {
  classes[name].code = code;
  // Not the class's own name: a minifier may change that one.
  Object.defineProperty(classes[name].prototype, "name", { value: name, configurable: true, writable: true });
}

export function isGiftCardError(value) {
  try {
    return typeof value === "object" && value[BRAND] === true;
  } catch {
    // null, or a proxy that throws.
    return false;
  }
}

export function responseBody(error) {
  const body = isGiftCardError(error) ? bodies.get(error) : undefined;
  return body && decoder.decode(body);
}

/** For the wasm alone: `json` is the class's name, the message, the cause and the fields. */
export function makeError(json, body) {
  const { class: name, message, cause, ...fields } = JSON.parse(json);
  const error = new classes[name](message, fields, cause && cleanError(cause));
  if (body) bodies.set(error, body);
  return outside(error);
}

/** What is left of an error that is not ours: its class and its code, which hold no secret. */
function cleanError({ name, code }) {
  const error = new Error(code ? `${name} (${code})` : name);
  error.name = name;
  if (code) error.code = code;
  error.stack = `${name}: ${error.message}`;
  return error;
}
