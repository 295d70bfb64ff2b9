// What the handles have in common: an object of the wasm's that nobody sees, `free()`, and what a console or JSON shows of one.
import { ConfigError, isGiftCardError } from "./errors.js";

const FREED = null;

/** Names the method that says what a handle is. */
export const SHOWN = Symbol("shown");

/** An object that engines refuse to clone: of one with private fields alone, `structuredClone` would make an empty one. */
class Unclonable {
  constructor() {
    return Reflect.construct(WeakSet, [], new.target);
  }
}

let inside;

/** Forgotten, it is collected, and the wasm's object with it. */
export class Handle extends Unclonable {
  #raw;

  static {
    inside = (value) => (Object(value) === value && #raw in value ? value.#raw : undefined);
  }

  constructor(raw) {
    super();
    this.#raw = raw;
  }

  free() {
    const raw = this.#raw;
    this.#raw = FREED;
    raw?.free();
  }

  toJSON() {
    return this[SHOWN]();
  }

  [Symbol.for("nodejs.util.inspect.custom")](_depth, options, inspect) {
    const { name } = this.constructor;
    return this.#raw === FREED ? `${name} (freed)` : `${name} ${inspect?.(this.toJSON(), options) ?? ""}`;
  }
}

if (Symbol.dispose) Object.defineProperty(Handle.prototype, Symbol.dispose, { value: Handle.prototype.free, configurable: true, writable: true });

/** The wasm's object in a handle of this copy of the package; nothing in anything else. */
export function rawOf(value) {
  const raw = inside(value);
  if (raw === FREED) refuse(value.constructor.gone ?? `This ${value.constructor.name} was freed. Make another one.`);
  return raw;
}

/** The same of what a method was called on. */
export function rawOfThis(value, method, owner = "its object") {
  return rawOf(value) ?? refuse(`${method} must be called as a method of ${owner}.`);
}

/**
 * What gives one wasm's own object of a handle. One of another entry, or of another copy of the package, crosses by its bytes; `taken` has
 * those that did, where what they hold never changes.
 */
export function taker(Raw, name, read, taken) {
  return (value, option) => {
    const raw = rawOf(value);
    if (raw instanceof Raw) return raw;
    const crossed = taken?.get(value);
    // Its bytes are here, but the caller may have freed it since.
    if (crossed && value.size !== undefined) return crossed;
    const own = read(bytesOf(value, name, option));
    taken?.set(value, own);
    return own;
  };
}

function bytesOf(value, name, option) {
  try {
    if (typeof value.toBytes === "function") return value.toBytes();
  } catch (error) {
    // That it was freed.
    if (isGiftCardError(error)) throw error;
  }
  return refuse(`${option} must be a ${name}.`);
}

function refuse(sentence) {
  throw new ConfigError(sentence);
}
