// The options of a caller.
import { ConfigError } from "./errors.js";
import { isPlain, refusing } from "./input.js";

/** Of every call to the API. */
export const CALL = ["signal", "timeoutMs", "deadlineMs"];

const areNone = (options) => !options || typeof options === "number";

/**
 * One of them; nothing where there are none: what is false (`condition && { … }`) and a number (the index that `orders.map(validateOrder)`
 * gives) are none.
 */
export function optionOf(options, name) {
  if (areNone(options)) return undefined;
  return refusing(`${name} cannot be read: options belong into an object, and no getter of it may throw.`, () => Reflect.get(options, name) ?? undefined);
}

/**
 * Refuses an option that does not exist: one that is spelled wrong would silently be none. What is undefined is absent; what is `ignored` may be
 * there all the same.
 */
export function onlyKnown(method, options, known, ignored = []) {
  if (areNone(options) || typeof options !== "object") return;
  const sentence = `${method}: the options must be an object, and no getter of it may throw.`;
  const unknown = refusing(sentence, () => {
    if (!isPlain(options)) throw options;
    return Object.keys(options).find((name) => !known.includes(name) && !ignored.includes(name) && options[name] !== undefined);
  });
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const advice = near ? `did you mean ${near}?` : `there is ${known.join(", ")}.`;
  // A name is the program's, unless it is none.
  throw new ConfigError(`${method}: there is no option ${/^\w{1,40}$/.test(unknown) ? unknown : "of such a name"}: ${advice}`);
}

/** The known name that the other begins, that is fewer letters off than a third of it, or that has the other in it. */
function nearest(name, known) {
  if (name.length > 40) return undefined;
  const small = folded(name);
  const isPart = (of, one) => small.length > 2 && (of(folded(one), small) || of(small, folded(one)));
  const begun = known.find((one) => isPart((whole, part) => whole.startsWith(part), one));
  if (begun) return begun;
  const [[near, letters] = []] = known.map((one) => [one, lettersOff(small, folded(one))]).sort(([, a], [, b]) => a - b);
  return letters <= near?.length / 3 ? near : known.find((one) => isPart((whole, part) => whole.includes(part), one));
}

const folded = (name) => name.replace(/[_-]/g, "").toLowerCase();

/** Letters to add, to leave out or to change until one text is the other (Levenshtein). */
function lettersOff(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
