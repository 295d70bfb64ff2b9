// From the words of a command line to an exit status.
import { nearest, parse } from "./arguments.js";
import { Refusal, WRONG_CALL, statusOf, wordsOf } from "./fault.js";
import { helpOf, overview } from "./help.js";
import { Output } from "./output.js";

/** Every command, in the order of the help. Each is loaded when it is called. */
const COMMANDS = ["check", "send", "status", "results", "claims", "template", "products", "balance", "doctor", "sandbox"];

/** Runs a command; resolves to the exit status: 0 all placed, 1 something is left to mend or to look at, 2 wrong call. */
export async function main(words) {
  const out = new Output({ json: words.includes("--json") });
  try {
    return await run(words, out);
  } catch (error) {
    out.failed(wordsOf(error));
    return statusOf(error);
  }
}

async function run([name, ...words], out) {
  if (name === "--version") return print(out, await version());
  if (["help", "--help", "-h"].includes(name)) {
    const asked = words.find((word) => COMMANDS.includes(word));
    return print(out, asked ? helpOf(await load(asked)) : overview(await Promise.all(COMMANDS.map(load))));
  }
  if (name === undefined) {
    out.note(overview(await Promise.all(COMMANDS.map(load))));
    return WRONG_CALL;
  }
  if (!COMMANDS.includes(name)) throw unknown(name);
  const command = await load(name);
  if (words.includes("--help") || words.includes("-h")) return print(out, helpOf(command));
  return command.run({ ...parse(command, words), out });
}

const load = async (name) => ({ name, ...(await import(`./commands/${name}.js`)) });

function unknown(name) {
  const near = nearest(name, COMMANDS);
  // As JSON it is on one line, and without what would move the cursor.
  return new Refusal(`There is no command ${JSON.stringify(name.slice(0, 40))}: ${near ? `did you mean ${near}?` : `it is one of ${COMMANDS.join(", ")}.`}`, WRONG_CALL);
}

function print(out, text) {
  out.text(`${text}\n`);
  return 0;
}

async function version() {
  const { readFile } = await import("node:fs/promises");
  return JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")).version;
}
