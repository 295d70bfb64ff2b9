// What callers hand in: whether it is what it should be, read so that nothing of it is said that a getter or a proxy of it throws.
import { ConfigError } from "./errors.js";

export const tagOf = (value) => Object.prototype.toString.call(value);

/** What is read of it. What that throws may tell anything: the sentence is thrown in its place. */
export function refusing(sentence, read) {
  try {
    return read();
  } catch {
    throw new ConfigError(sentence);
  }
}

/** An object with fields: no array, no function, and none that keeps what it holds out of sight, such as a Map. One's own class may have a tag. */
export const isPlain = (value) =>
  tagOf(value) === "[object Object]" || (typeof value === "object" && value && !value[Symbol.iterator] && Object.keys(value).length > 0);

/** Also of another realm. */
export const isBytes = (value) => ArrayBuffer.isView(value) || tagOf(value) === "[object ArrayBuffer]";

/** Whether JSON knows it: of a Map, a form, a stream or a promise it would silently make `{}`. */
export const isData = (value) => Object(value) !== value || Array.isArray(value) || isPlain(value) || typeof value.toJSON === "function";

/** Its JSON, if any; a text, which stands for no object, of what JSON does not know. A Map inside, of which JSON makes `{}`, is a list: no field that is an object is one. */
export const toJson = (value, replacer) => {
  const json = JSON.stringify(isData(value) ? value : tagOf(value), replacer);
  return replacer || !json?.includes("{}") ? json : JSON.stringify(value, (_, part) => (isData(part) || JSON.stringify(part) !== "{}" ? part : []));
};
