// Whose account it is, and the client of it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { ConfigError, GiftCardPartners } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { Refusal, WRONG_CALL } from "./fault.js";

export const ACCOUNT_OPTIONS = {
  sandbox: { type: "boolean", help: "the offline API instead of an account: nothing in it is real" },
  "env-file": { type: "string", value: "FILE", help: "GIFTCARD_BASE_URL, GIFTCARD_EMAIL, GIFTCARD_ACCESS_TOKEN; then those of the environment do not count" },
  "allow-http": { type: "boolean", help: "credentials may go over http: to another machine, such as a sandbox in a container" },
};

/** What a campaign of the sandbox says instead of an account. */
export const SANDBOX = "sandbox";

const NAMES = ["GIFTCARD_BASE_URL", "GIFTCARD_EMAIL", "GIFTCARD_ACCESS_TOKEN"];

const NAMED = [
  [", and there is no page that it could be relative to", ""],
  ["baseUrl", NAMES[0]],
  ["credentials.email", NAMES[1]],
  ["credentials.accessToken", NAMES[2]],
  ["set allowHttp", "give --allow-http"],
];

/** The account that is meant; undefined where none is named and none is needed. */
export function accountOf(options, { needed = true } = {}) {
  if (options.sandbox) {
    if (options["env-file"]) throw new Refusal("--sandbox and --env-file are two accounts: leave one of them out.", WRONG_CALL);
    const { fetch, baseUrl, credentials } = createSandbox();
    return { id: SANDBOX, settings: { fetch, baseUrl, credentials } };
  }
  // Of one source alone: half of a file and half of the environment would hand one account's secret to the other's address.
  const source = options["env-file"] === undefined ? process.env : readEnvironment(options["env-file"]);
  const [baseUrl, email, accessToken] = NAMES.map((name) => source[name] || undefined);
  const missing = NAMES.filter((name) => !source[name]);
  if (missing.length === NAMES.length && !needed && options["env-file"] === undefined) return undefined;
  if (missing.length > 0) {
    const where = options["env-file"] === undefined ? "Set them, or name a file that has them with --env-file, or try it with --sandbox." : "The file that --env-file names has to have all three.";
    throw new Refusal(`${missing.join(", ").replace(/, (?=[^,]*$)/, " and ")} ${missing.length === 1 ? "is" : "are"} missing. ${where}`, WRONG_CALL);
  }
  return { id: idOf(baseUrl, email), settings: { baseUrl, credentials: { email, accessToken }, ...(options["allow-http"] && { allowHttp: true }) } };
}

/** What is wrong with the account is said by the names that it was given by. */
export function clientOf({ settings }, more) {
  try {
    return new GiftCardPartners({ ...settings, ...more });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const message = NAMED.reduce((message, [name, given]) => message.replace(name, given), error.message);
    throw new Refusal(message, WRONG_CALL);
  }
}

/**
 * What tells accounts apart, and nobody: a hash of the address and the e-mail. Ports of this machine are one address, for a sandbox
 * or a tunnel gets another each time.
 */
function idOf(baseUrl, email) {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isLocal = url && (["localhost", "[::1]"].includes(url.hostname) || url.hostname.startsWith("127."));
  const address = isLocal ? "localhost" : url ? `${url.origin}${url.pathname}`.replace(/(\/v1)?\/*$/, "") : baseUrl;
  return createHash("sha256").update(`${address}\n${email.toLowerCase()}`).digest("hex").slice(0, 16);
}

/** `NAME=value` lines: quotes, `export` and comments as `dotenv` reads them. */
function readEnvironment(file) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Refusal(`--env-file: ${file} cannot be read (${error.code}).`, WRONG_CALL);
  }
  const found = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, double, single, bare] = /^\s*(?:export\s+)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(.*?))\s*(?:#.*)?$/.exec(line) ?? [];
    if (name) found[name] = double ?? single ?? bare;
  }
  return found;
}
