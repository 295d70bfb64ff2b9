// The words of a command, held to the options that it has.
import { parseArgs } from "node:util";

import { Refusal, WRONG_CALL } from "./fault.js";

/** Options that every command has. */
export const COMMON = {
  json: { type: "boolean", help: "one object a line, the last one the result" },
  help: { type: "boolean", short: "h", help: "this" },
};

/** The options by name and the other words, which must be as many as `command.words` names. */
export function parse(command, args) {
  const options = optionsOf(command);
  refuseUnknown(command, options, args);
  const { values, positionals } = parsed({ args, options, allowPositionals: true });
  const { words = [] } = command;
  const needed = words.filter((word) => !word.startsWith("["));
  if (positionals.length < needed.length) {
    throw new Refusal(`${command.name} needs ${needed[positionals.length]}. ${seeHelp(command)}`, WRONG_CALL);
  }
  if (positionals.length > words.length) {
    throw new Refusal(`${command.name} takes ${words.length || "no"} word${words.length === 1 ? "" : "s"}, not ${positionals.length}. ${seeHelp(command)}`, WRONG_CALL);
  }
  return { options: values, words: positionals };
}

function optionsOf({ options = {} }) {
  const known = { ...options, ...COMMON };
  return Object.fromEntries(Object.entries(known).map(([name, { type, short, multiple = false, default: given }]) => [name, { type, multiple, ...(short && { short }), ...(given !== undefined && { default: given }) }]));
}

function refuseUnknown(command, options, args) {
  const { tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
  for (const { kind, name, rawName } of tokens) {
    if (kind !== "option" || Object.hasOwn(options, name)) continue;
    const near = nearest(name, Object.keys(options));
    throw new Refusal(`${command.name} has no option ${rawName}${near ? `: did you mean --${near}?` : "."} ${seeHelp(command)}`, WRONG_CALL);
  }
}

function parsed(configuration) {
  try {
    return parseArgs(configuration);
  } catch (error) {
    throw new Refusal(error.message.split("\n")[0], WRONG_CALL);
  }
}

const seeHelp = ({ name }) => `\`giftcard-partners ${name} --help\` has an example.`;

/** The known name that takes the fewest letters to get to, if that is a third of them at most. */
export function nearest(name, known) {
  const [best] = known.map((other) => [distance(name, other), other]).sort(([a], [b]) => a - b);
  return best && best[0] <= Math.max(1, Math.floor(name.length / 3)) ? best[1] : undefined;
}

/** Letters that are put in, left out, replaced or in the wrong order. */
function distance(from, to) {
  const rows = [Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= from.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (isSame ? 0 : 1), isSwapped ? rows[i - 2][j - 2] + 1 : Infinity);
    }
  }
  return rows[from.length][to.length];
}

/** A whole number of an option, within bounds; undefined where it was not given. */
export function wholeNumber(options, name, { least = 1, most = Number.MAX_SAFE_INTEGER } = {}) {
  const text = options[name];
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new Refusal(`--${name} must be a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`}.`, WRONG_CALL);
}
