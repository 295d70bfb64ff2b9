// The names of options. One that does not exist would be none, without a word: a timeout, a limit or a signal that nobody has set.
import { ConfigError } from "./errors.js";

/** A word that says nothing of a person and is no secret. Any other name is not repeated. */
const WORD = /^[A-Za-z]\w{0,39}$/;

/**
 * What is wrong with some options, if an option is among them that does not exist. `names` are the known ones, with a space between. Options
 * that are no object are none, and an option that is undefined is absent.
 */
export function unknownOption(where, options, names) {
  if (typeof options !== "object" || options === null) return undefined;
  const known = names.split(" ");
  let unknown;
  try {
    unknown = Object.keys(options).find((name) => !known.includes(name) && options[name] !== undefined);
  } catch {
    return `${where}: the options cannot be read: no getter of theirs may throw.`;
  }
  if (unknown === undefined) return undefined;
  const near = nearest(unknown, known);
  const advice = near ? `Did you mean ${near}?` : `It takes ${known.join(", ")}.`;
  return `${where}: there is no option${WORD.test(unknown) ? ` ${unknown}` : " of that name"}. ${advice}`;
}

/** Throws a ConfigError for options among which is one that does not exist. */
export function knowOptions(where, options, names) {
  const wrong = unknownOption(where, options, names);
  if (wrong) throw new ConfigError(wrong);
}

/** The known name that one was probably meant to be: a few letters off, or a part of it or the whole of which it is a part. */
export function nearest(name, known) {
  const ranked = known.map((one) => [distance(name.slice(0, 80), one), one]).sort(([a], [b]) => a - b);
  return ranked[0]?.[0] < Infinity ? ranked[0][1] : undefined;
}

const SHORTEST_PART = 3;
const folded = (name) => name.replace(/[_\s-]/g, "").toLowerCase();

/** Levenshtein's distance, ignoring case and what words are joined with; Infinity where it is more than a quarter of the known name. */
function distance(name, known) {
  const [a, b] = [folded(name), folded(known)];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      next.push(Math.min(row[j] + (a[i] === b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  if (row[b.length] <= Math.ceil(b.length / 4)) return row[b.length];
  const isPart = Math.min(a.length, b.length) >= SHORTEST_PART && (a.includes(b) || b.includes(a));
  return isPart ? b.length + row[b.length] : Infinity;
}
