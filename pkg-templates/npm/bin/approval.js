// The word of a person, or of `--yes-spend`, before money moves.
import { createInterface } from "node:readline";

import { shown, typed, units } from "./decimal.js";
import { Refusal, WRONG_CALL } from "./fault.js";

export const APPROVAL_OPTIONS = {
  "yes-spend": { type: "string", value: "MAX", help: "goes on where the total is at most that; else the total has to be typed" },
};

/** The most that may be spent without a word; a wrong call where it is no amount. */
export function limitOf({ "yes-spend": text }) {
  if (text === undefined) return undefined;
  if (units(text) === undefined) throw new Refusal("--yes-spend must be an amount such as 5000.00.", WRONG_CALL);
  return text;
}

/** Returns where each of the totals may be spent; refuses otherwise. */
export async function approve(totals, limit, out) {
  if (limit === undefined) return ask(totals, out);
  if (totals.length > 1) {
    throw new Refusal(`--yes-spend is for one currency, and this list has ${totals.length}. Type the totals, or make a list of each. Nothing was sent.`);
  }
  for (const { total, currency } of totals) {
    if (units(total) > units(limit)) throw new Refusal(`The total is ${shown(total, currency)}, more than --yes-spend ${limit}. Nothing was sent.`);
  }
}

async function ask(totals, out) {
  const lines = createInterface({ input: process.stdin, output: out.isJson ? undefined : process.stderr, terminal: !out.isJson && process.stdin.isTTY === true && process.stderr.isTTY === true });
  // Ctrl-C is an answer here: no.
  lines.on("SIGINT", () => lines.close());
  const answers = lines[Symbol.asyncIterator]();
  try {
    for (const { total, currency } of totals) {
      out.event("question", { total, currency });
      lines.setPrompt(`\nType the total, ${shown(total)}, to spend ${shown(total, currency)}: `);
      if (!out.isJson) lines.prompt();
      const { value, done } = await answers.next();
      if (done) throw new Refusal("Nobody typed the total (`--yes-spend MAX` goes on without a word). Nothing was sent.");
      if (typed(value) !== units(total)) throw new Refusal("That is not the total. Nothing was sent.");
    }
  } finally {
    lines.close();
  }
}
