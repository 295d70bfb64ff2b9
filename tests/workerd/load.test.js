// The package in workerd, as wrangler would hand it over: modules by name, wasm by `?module`. Nothing leaves the machine.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { signCallbackUrl } from "giftcard-partners";
import { Miniflare } from "miniflare";

const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners")));
const LIMIT = { timeout: 60_000 };
const SECRET = "a callback secret of length";

const WORKER = `
import * as root from "./package/index.workerd.js";
import * as order from "./package/order.workerd.js";
import * as slim from "./package/slim.js";
import { createSandbox } from "./package/sandbox.workerd.js";

const ORDER = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }], PONumber: "PO-1" };
// One client for the isolate, made at its global scope, as Workers do.
const shared = createSandbox();
const sharedClient = new root.GiftCardPartners({ ...shared, fetch: shared.fetch });

function fresh(options) {
  const sandbox = createSandbox();
  const { fetch, baseUrl, credentials } = sandbox;
  return { sandbox, client: new root.GiftCardPartners({ baseUrl, credentials, fetch, ...options }) };
}

async function told(promise) {
  try {
    return { value: await promise };
  } catch (error) {
    const { name, code, outcome, attempts } = error;
    const isOurs = root.isGiftCardError(error) && order.isGiftCardError(error) && error instanceof slim.GiftCardError;
    return { isOurs, name, code, outcome, attempts };
  }
}

const routes = {
  async place() {
    const { sandbox, client } = fresh();
    const { outcome, attempts } = await client.createOrder(ORDER);
    return { outcome, attempts, orders: sandbox.orders().length, sameClasses: slim.GiftCardPartners === root.GiftCardPartners };
  },
  async bytes(request) {
    const { sandbox, client } = fresh();
    const body = new Uint8Array(await request.arrayBuffer());
    const { valid } = order.validateOrder(body);
    const amounts = [order, root, slim].map(({ parseAmount }) => parseAmount("1.000,50", { currency: "EUR", locale: "de" }));
    await client.createOrder(body);
    return { valid, amounts, sent: sandbox.requests().at(-1).body };
  },
  async share() {
    const { Available } = await sharedClient.accountBalance();
    return { Available };
  },
  tokens() {
    return shared.requests().filter(({ path }) => path === "/v1/Tokens").length;
  },
  async lost() {
    const { sandbox, client } = fresh();
    sandbox.inject("drop-response");
    const { outcome, compared, attempts } = await client.createOrder(ORDER);
    return { outcome, compared, attempts, orders: sandbox.orders().length };
  },
  async errors() {
    const { sandbox, client } = fresh();
    const poor = createSandbox({ available: "1.00" });
    await client.createOrder(ORDER);
    const answers = {
      invalid: await told(client.createOrder("{")),
      conflict: await told(client.createOrder({ ...ORDER, LineItems: [{ ...ORDER.LineItems[0], Quantity: 2 }] })),
      funds: await told(new root.GiftCardPartners({ ...poor, fetch: poor.fetch }).createOrder(ORDER)),
      config: await told((async () => new root.GiftCardPartners({}))()),
      aborted: await told(client.accountBalance({ signal: AbortSignal.abort() })),
      missing: await told(client.getOrder("none")),
      thrown: await told(new root.GiftCardPartners({ baseUrl: sandbox.baseUrl, maxRetries: 0, fetch() { throw "text"; } }).createOrder(ORDER)),
      broken: await told(new root.GiftCardPartners({ baseUrl: sandbox.baseUrl, maxRetries: 0, async fetch() { throw "text"; } }).createOrder(ORDER)),
      nothing: await told(new root.GiftCardPartners({ baseUrl: sandbox.baseUrl, maxRetries: 0, fetch() {} }).createOrder(ORDER)),
    };
    return answers;
  },
  async timeout() {
    const { client, sandbox } = fresh({ timeoutMs: 50, maxRetries: 0 });
    await client.accountBalance();
    sandbox.inject("timeout");
    return told(client.createOrder(ORDER));
  },
  async pages() {
    const { client } = fresh();
    let count = 0;
    for await (const product of client.listProducts({ pageSize: 5 })) count += product.Id ? 1 : 0;
    return count;
  },
  async notified(request) {
    const { poNumber } = await root.verifyCallbackUrl(request.url, ["${SECRET}", "a retired secret of length"]);
    await sharedClient.createOrder({ ...ORDER, PONumber: poNumber });
    return told(sharedClient.confirmFulfillment(request, { poNumber }).then(({ PONumber, Status }) => [PONumber, Status]));
  },
  async raw() {
    const { client } = fresh();
    const { status, body } = await client.request("GET", "/v1/Status");
    return [status, body.Status, (await told(client.request("HEAD", "/v1/Status"))).name];
  },
  async binding(_, env) {
    const client = new root.GiftCardPartners({ baseUrl: "https://api.example", fetch: env.API });
    return client.accountBalance();
  },
};

export default {
  async fetch(request, env) {
    const route = routes[new URL(request.url).pathname.slice(1)];
    return Response.json(await route(request, env));
  },
};
`;

const API = `export default { async fetch(request) {
  const { pathname } = new URL(request.url);
  return Response.json({ Available: pathname === "/v1/AccountBalance" ? 7 : 0 });
} };`;

/** A bundle that was made without the condition `workerd`: the entries for elsewhere. */
const UNCONDITIONAL = `
import * as root from "./package/index.js";
import * as order from "./package/order.js";
import * as bulk from "./package/bulk.js";
import { createSandbox } from "./package/sandbox.js";

const uses = [() => root.validateOrder({}), () => order.validateOrder({}), () => new bulk.RecipientImport({ type: "Links" }), () => createSandbox()];
export default {
  fetch() {
    const told = uses.map((use) => {
      try { use(); return "nothing"; } catch (error) { return [error instanceof root.ConfigError, error.message]; }
    });
    return Response.json(told);
  },
};
`;

/** The files of the package under ./package, and each wasm under the name by which it is imported too. */
function modules(main) {
  const found = [{ type: "ESModule", path: "main.js", contents: main }];
  for (const name of readdirSync(PACKAGE)) {
    const contents = () => readFileSync(join(PACKAGE, name));
    if (name.endsWith(".js")) {
      found.push({ type: "ESModule", path: `package/${name}`, contents: contents().toString() });
    }
    if (name.endsWith(".wasm")) found.push({ type: "CompiledWasm", path: `package/${name}?module`, contents: contents() });
  }
  return found;
}

let miniflare;
before(async () => {
  const compatibilityDate = "2026-04-01";
  miniflare = new Miniflare({
    workers: [
      { name: "main", modules: modules(WORKER), compatibilityDate, serviceBindings: { API: "api" }, outboundService: () => { throw new Error("the network is closed"); } },
      { name: "api", modules: [{ type: "ESModule", path: "api.js", contents: API }], compatibilityDate },
    ],
  });
  await miniflare.ready;
}, LIMIT);
after(() => miniflare?.dispose());

async function ask(route, init) {
  const answer = await miniflare.dispatchFetch(`https://worker.example/${route}`, init);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return JSON.parse(text);
}

test("a Worker places an order", LIMIT, async () => {
  assert.deepEqual(await ask("place"), { outcome: "created", attempts: 1, orders: 1, sameClasses: true });
});

test("a Worker checks a request's bytes and sends the same on", LIMIT, async () => {
  const body = ' {"PONumber" : "ODD-1","Type":"Links","LineItems":[{"Value":25.00,"Quantity":1,"ProductId":"INKWHISTLE"}]} ';

  assert.deepEqual(await ask("bytes", { method: "POST", body }), { valid: true, amounts: [1000.5, 1000.5, 1000.5], sent: body });
});

test("twenty requests at once share one token of the client at the global scope, and none hangs", LIMIT, async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask("share")));
  const later = await ask("share");

  assert.deepEqual([...answers, later], Array(21).fill({ Available: 10_000 }));
  assert.equal(await ask("tokens"), 1);
});

test("a lost answer is reconciled: there is one order", LIMIT, async () => {
  assert.deepEqual(await ask("lost"), { outcome: "reconciled", compared: "full", attempts: 2, orders: 1 });
});

test("errors are of the package's classes", LIMIT, async () => {
  const answers = await ask("errors");

  const seen = Object.fromEntries(
    Object.entries(answers).map(([name, { isOurs, name: className, outcome }]) => [name, [isOurs, className, outcome]]),
  );
  assert.deepEqual(seen, {
    invalid: [true, "ValidationError", "not-sent"],
    conflict: [true, "PoNumberConflictError", "rejected"],
    funds: [true, "InsufficientFundsError", "rejected"],
    config: [true, "ConfigError", undefined],
    aborted: [true, "AbortedError", undefined],
    missing: [true, "GiftCardError", undefined],
    thrown: [true, "NetworkError", "not-sent"],
    broken: [true, "NetworkError", "unknown"],
    nothing: [true, "DecodeError", "unknown"],
  });
});

test("silence ends at the timeout, and the order is unknown", LIMIT, async () => {
  const { isOurs, name, outcome, attempts } = await ask("timeout");

  assert.deepEqual([isOurs, name, outcome, attempts], [true, "TimeoutError", "unknown", 1]);
});

test("every page of a list is walked", LIMIT, async () => {
  assert.equal(await ask("pages"), 12);
});

test("a notification to a signed URL is confirmed, and one over 1 MB is read no further", LIMIT, async () => {
  const route = async (poNumber) => (await signCallbackUrl("https://worker.example/notified", poNumber, SECRET)).slice("https://worker.example/".length);

  const confirmed = await ask(await route("HOOK-1"), { method: "POST", body: '{"Event":"FulfillmentComplete"}' });
  const refused = await ask(await route("HOOK-2"), { method: "POST", body: " ".repeat(3_000_000) });

  assert.deepEqual(confirmed.value, ["HOOK-1", "Completed"]);
  assert.deepEqual([refused.isOurs, refused.name], [true, "DecodeError"]);
});

test("a request of one's own is sent, a HEAD too", LIMIT, async () => {
  // The sandbox has no HEAD and says so: 405.
  assert.deepEqual(await ask("raw"), [200, "Operational", "GiftCardError"]);
});

test("a bundle made without the condition workerd says so at its first use", LIMIT, async (t) => {
  const other = new Miniflare({ modules: modules(UNCONDITIONAL), compatibilityDate: "2026-04-01" });
  t.after(() => other.dispose());

  const told = await (await other.dispatchFetch("https://worker.example/")).json();

  assert.equal(told.length, 4);
  for (const [isConfigError, message] of told) {
    assert.equal(isConfigError, true);
    assert.match(message, /condition `workerd`/);
  }
});

test("a service binding sends as it is", LIMIT, async () => {
  assert.deepEqual(await ask("binding"), { Available: 7 });
});
