// What `--help` prints.
import { COMMON } from "./arguments.js";

/** All commands, a line each. */
export function overview(commands) {
  const width = Math.max(...commands.map((command) => call(command).length));
  return `Gift cards in bulk through the GiftCard Partners B2B API, each order exactly once.

  npx giftcard-partners COMMAND

${commands.map((command) => `  ${call(command).padEnd(width)}  ${command.summary}`).join("\n")}

\`--help\` of a command has its options and an example. Credentials come from GIFTCARD_BASE_URL, GIFTCARD_EMAIL and GIFTCARD_ACCESS_TOKEN;
\`--sandbox\` needs none: nothing in it is real. Exit status: 0 all placed, 1 something is left to mend or to look at, 2 wrong call.`;
}

/** One command with its options and an example. */
export function helpOf(command) {
  const rows = Object.entries({ ...command.options, ...COMMON }).map(([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ""}`, help]);
  const width = Math.max(...rows.map(([option]) => option.length));
  const options = rows.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`);
  const more = command.details ? `${command.details}\n\n` : "";
  return `giftcard-partners ${call(command)}: ${command.summary}

${more}${options.join("\n")}

Example
  ${command.example}`;
}

const call = ({ name, words = [] }) => [name, ...words].join(" ");
