import { readFileSync } from "node:fs";

import { createSandbox } from "giftcard-partners/sandbox";

import { wholeNumber } from "../arguments.js";
import { Refusal, WRONG_CALL } from "../fault.js";
import { listen } from "../sandbox-server.js";

export const summary = "the API, offline, over HTTP, for pages and for programs in any language";
export const example = "npx giftcard-partners sandbox --port 8787";
export const details = `Control, for tests and demos: POST inject, advance, fund, settle and GET orders, requests under /_sandbox/
  curl -d '{"fault":"drop-response"}' -H 'Content-Type: application/json' http://127.0.0.1:8787/_sandbox/inject
  advance takes {"ms":1000}; fund and settle take {"amount":"100.00"}`;
export const options = {
  port: { type: "string", value: "NUMBER", default: "8787", help: "8787; 0 takes any free port" },
  host: { type: "string", value: "NAME", default: "127.0.0.1", help: "127.0.0.1; 0.0.0.0 in a container, so that others reach it" },
  seed: { type: "string", value: "NUMBER", help: "ids and tokens follow from it (1)" },
  casing: { type: "string", value: "pascal|camel", help: "keys of the answers" },
  lists: { type: "string", value: "envelope|bare", help: "how lists are answered" },
  "async-threshold": { type: "string", value: "CARDS", help: "larger orders are Pending at first (100)" },
  "fulfillment-ms": { type: "string", value: "MS", help: "... for so long (1000)" },
  available: { type: "string", value: "AMOUNT", help: "funds that pay for orders (10000.00)" },
  pending: { type: "string", value: "AMOUNT", help: "funds that are on their way (0.00)" },
  products: { type: "string", value: "FILE", help: "the catalogue: a JSON array of products (twelve invented brands)" },
  webhooks: { type: "string", value: "loopback|any|off", default: "loopback", help: "where FulfillmentComplete may be sent (loopback)" },
};

export async function run({ options: given, out }) {
  const port = wholeNumber(given, "port", { least: 0, most: 65535 });
  if (!given.host.trim()) throw new Refusal("--host must be a name or an address.", WRONG_CALL);
  if (!["loopback", "any", "off"].includes(given.webhooks)) throw new Refusal("--webhooks must be loopback, any or off.", WRONG_CALL);
  const sandbox = made(given);
  const { baseUrl, ended } = await listen(sandbox, { host: given.host, port, webhooks: given.webhooks }).catch((error) => {
    if (["EADDRNOTAVAIL", "ENOTFOUND", "EAI_AGAIN"].includes(error.code)) throw new Refusal(`--host ${given.host} is no address of this machine.`, WRONG_CALL);
    if (error.code !== "EADDRINUSE") throw error;
    throw new Refusal(`Port ${port} is in use: choose another with --port, or 0 for any free one.`, WRONG_CALL);
  });
  announce(out, baseUrl, sandbox.credentials);
  await ended;
  // A webhook whose receiver does not answer is not waited for.
  process.exit(0);
}

function made(given) {
  const number = (name) => (given[name] === undefined ? undefined : Number(given[name] || NaN));
  try {
    return createSandbox({
      seed: number("seed"),
      casing: given.casing,
      lists: given.lists,
      asyncThreshold: number("async-threshold"),
      fulfillmentMs: number("fulfillment-ms"),
      available: given.available,
      pending: given.pending,
      products: given.products && JSON.parse(readFileSync(given.products, "utf8")),
    });
  } catch (error) {
    throw new Refusal(error.message, WRONG_CALL);
  }
}

function announce(out, baseUrl, credentials) {
  if (out.isJson) out.object({ baseUrl, credentials });
  out.text(`The sandbox listens at ${baseUrl}

GIFTCARD_BASE_URL=${baseUrl}
GIFTCARD_EMAIL=${credentials.email}
GIFTCARD_ACCESS_TOKEN=${credentials.accessToken}

Those lines are an account, such as --env-file takes. Nothing here is real: no card, no money, no mail. Ctrl+C ends it.
`);
}
