// Names and values, in every form that fetch takes them in.
import { isPlain } from "../shared/input.js";

/** An object's own, or the pairs of Headers, URLSearchParams, a Map and their like. Throws for anything else. */
export function pairsOf(given) {
  const pairs = given[Symbol.iterator] ? [...given] : Object.entries(isPlain(given) ? given : undefined);
  if (pairs.every((pair) => Array.isArray(pair) && pair.length === 2)) return pairs;
  throw new TypeError("no pairs");
}
