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

  static code = "unexpected_status";

  get [BRAND]() {
    return true;
  }

  toJSON() {
    return { name: this.name, message: this.message, ...this };
  }
}

export class ValidationError extends GiftCardError {
  static code = "validation_failed";
}
export class AuthenticationError extends GiftCardError {
  static code = "unauthorized";
}
export class InsufficientFundsError extends GiftCardError {
  static code = "insufficient_funds";
}
export class PoNumberConflictError extends GiftCardError {
  static code = "po_number_conflict";
}
export class TimeoutError extends GiftCardError {
  static code = "timeout";
}
export class AbortedError extends GiftCardError {
  static code = "aborted";
}
export class NetworkError extends GiftCardError {
  static code = "network";
}
export class DecodeError extends GiftCardError {
  static code = "invalid_answer";
}
export class ConfigError extends GiftCardError {
  static code = "invalid_config";
}

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
for (const [name, { prototype }] of Object.entries(classes)) {
  // Not the class's own name: a minifier may change that one.
  Object.defineProperty(prototype, "name", { value: name, configurable: true, writable: true });
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
