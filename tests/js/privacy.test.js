// Secrets and people go in by every path there is, and nothing that comes out shows one: no error, no event, no log.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import { GiftCardPartners, isGiftCardError, validateOrder } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { fastClock } from "./support.js";

const LIMIT = { timeout: 60_000 };

const PERSON = {
  recipient: "recipient.of.gifts@example.org",
  phone: "+15550004711",
  name: "Recipientia Nameworthy",
  fromName: "Senderella Giverson",
  fromEmail: "sender.of.gifts@example.org",
  message: "A message for nobody else",
  note: "A note for nobody else",
  street: "4711 Nowhere Lane",
  city: "Secretsville",
  externalId: "employee-0815-4711",
};
const PROXY = "proxy-header-value-4711";
/** It could be a word, by its letters. */
const KEY = "4pr0xyK3yW1th0utAnySpac3";
const FILTER = "a filter that names somebody";
const HOOK = "https://hooks.example/callback?sig=hook-signature-4711";

const PERSONALIZATION = { To: PERSON.name, FromName: PERSON.fromName, FromEmail: PERSON.fromEmail, Message: PERSON.message };
const LINE = { ProductId: "INKWHISTLE", Value: 25, Quantity: 2, ExternalId: PERSON.externalId, Personalization: PERSONALIZATION };
const ORDERS = {
  DigitalDelivery: {
    Type: "DigitalDelivery",
    PONumber: "PO-DIGITAL",
    Note: PERSON.note,
    WebhookSettings: { FulfillmentComplete: HOOK },
    LineItems: [{ ...LINE, DigitalDeliveryAddress: { Email: PERSON.recipient, Sms: PERSON.phone } }],
  },
  Links: { Type: "Links", PONumber: "PO-LINKS", Note: PERSON.note, LineItems: [LINE] },
  PhysicalShipment: {
    Type: "PhysicalShipment",
    PONumber: "PO-PHYSICAL",
    LineItems: [
      {
        ...LINE,
        ProductId: "LAMPENVALE",
        Value: 50,
        PhysicalDeliveryAddress: {
          ShippingMethodId: "STANDARD",
          CarrierId: "DEFAULT",
          Name: PERSON.name,
          AddressLine1: PERSON.street,
          City: PERSON.city,
          State: "IL",
          Zip: "62701",
          Country: "US",
        },
      },
    ],
  },
};
const { Links: LINKS } = ORDERS;

/** A call of each method that can fail; one that is not here fails the test that looks for it. */
const METHODS = {
  createToken: (client) => client.createToken(),
  accountBalance: (client) => client.accountBalance(),
  status: (client) => client.status(),
  listProducts: (client) => client.listProducts({ productName: FILTER, productDescription: FILTER, productType: FILTER }),
  getProduct: (client) => client.getProduct("INKWHISTLE"),
  catalog: (client) => client.catalog(),
  createOrder: (client) => client.createOrder(ORDERS.DigitalDelivery),
  getOrder: (client) => client.getOrder("ORDER-1"),
  listOrders: (client) => client.listOrders(),
  findOrder: (client) => client.findOrder("PO-LINKS"),
  waitForOrder: (client) => client.waitForOrder("ORDER-1", { deadlineMs: 1_000, onUpdate: () => { throw telling([PROXY]); } }),
  confirmFulfillment: (client) => client.confirmFulfillment(JSON.stringify({ Id: "ORDER-1", To: PERSON.name })),
  listShippingMethods: (client) => client.listShippingMethods(),
  listCarriers: (client) => client.listCarriers(),
  listBrandings: (client) => client.listBrandings(),
  listDepartments: (client) => client.listDepartments(),
  request: (client) => client.request("GET", `/v1/Status?name=${encodeURIComponent(FILTER)}`),
};
/** They send nothing of their own, or what `createOrder` sends. */
const SILENT = ["constructor", "free", "prepareOrder", "placeCampaign"];
const methods = Object.getOwnPropertyNames(GiftCardPartners.prototype).filter((name) => !name.startsWith("_") && !SILENT.includes(name));

/** An error that tells everything, in every place that an error has. */
function telling(secrets) {
  const all = secrets.join(" ");
  const inner = Object.assign(new Error(all), { code: all, config: { headers: { Authorization: all } } });
  return Object.assign(new TypeError(all, { cause: inner }), { name: all, code: all, body: all, toJSON: () => all });
}

/** Everything by which a value can reach a log. */
function traces(value, depth = 0) {
  const found = [inspect(value, { depth: Infinity, showHidden: true, getters: true }), inspect(value), String(value)];
  try {
    found.push(JSON.stringify(value) ?? "");
  } catch {
    // What is cyclic is shown above.
  }
  if (value instanceof Error && depth < 9) {
    found.push(value.message, String(value.stack), value.name, ...traces(value.cause, depth + 1));
    for (const key of Reflect.ownKeys(value)) found.push(String(key), ...traces(value[key], depth + 1));
  }
  return found;
}

/** Listens to everything that is said until the test is over: events, consoles, warnings. */
function listening(t) {
  const heard = [];
  for (const name of ["log", "info", "warn", "error", "debug", "trace", "dir", "table", "group", "assert"]) {
    t.mock.method(console, name, (...said) => heard.push(...said));
  }
  t.mock.method(process.stderr, "write", (said) => heard.push(String(said)));
  const onWarning = (warning) => heard.push(warning);
  process.on("warning", onWarning);
  t.after(() => process.off("warning", onWarning));
  return heard;
}

/** A sandbox that hears and tells everything, a client of it, and the search. */
function sweeping(t, { fetch: wrap = (send) => send, ...options } = {}) {
  const sandbox = createSandbox({ clock: "manual" });
  const heard = listening(t);
  const { email, accessToken } = sandbox.credentials;
  const secrets = new Set([...Object.values(PERSON), PROXY, KEY, FILTER, HOOK, "hook-signature", email, accessToken]);
  const send = async (request) => {
    const answer = await sandbox.fetch(request);
    const text = await answer.clone().text().catch(() => "");
    // Tokens and claims are the sandbox's own, so they are secrets as soon as it tells them.
    for (const [, secret] of text.matchAll(/"(?:Value|ClaimLink|ClaimLinkChallengeAnswer|BarcodePath)":"([^"]+)"/g)) secrets.add(secret);
    return answer;
  };
  const events = [];
  const make = (more) =>
    new GiftCardPartners({
      baseUrl: sandbox.baseUrl,
      credentials: sandbox.credentials,
      headers: { "X-Proxy-Key": PROXY, "X-Other-Key": KEY },
      fetch: wrap(send, () => [...secrets]),
      onEvent: (event) => events.push(event),
      ...options,
      ...more,
    });
  const search = (...values) => {
    const shown = [...values, ...heard, events].flatMap((value) => traces(value)).join("\n");
    for (const secret of secrets) {
      const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
      assert.ok(!forms.some((form) => shown.includes(form)), `${secret} is shown`);
    }
  };
  return { sandbox, make, search, events, heard, secrets };
}

/** What a promise ends with: nothing where it ends well, for then the caller is given what is the caller's. */
const failure = (promise) => Promise.resolve(promise).then(() => undefined, (error) => error);

test("every method that sends is in the sweep", () => {
  assert.deepEqual(methods.filter((name) => !METHODS[name]), []);
});

test("the search finds what is shown in any place", (t) => {
  const { search } = sweeping(t);

  for (const leak of [
    new Error(PROXY),
    new Error("x", { cause: new Error(PROXY) }),
    Object.assign(new Error("x"), { field: { deep: [PROXY] } }),
    Object.defineProperty(new Error("x"), "hidden", { value: PROXY }),
    { event: { path: `/v1/Products?name=${encodeURIComponent(FILTER)}` } },
  ]) {
    assert.throws(() => search(leak), /is shown/);
  }
  search(new Error("x"));
});

const FAULTS = [
  "drop-request",
  "drop-response",
  "timeout",
  "timeout-after",
  "slow-body",
  "500",
  "503",
  "504-html",
  "504-html-after",
  "429",
  "429-date",
  "expire-token",
  "409-without-id",
  "malformed-json",
  "truncated-body",
];
for (const fault of FAULTS) {
  test(`${fault}, once and for ever: no order, person or secret is shown`, LIMIT, async (t) => {
    const clock = fastClock(t);
    for (const times of [1, 1_000]) {
      const { sandbox, make, search, events } = sweeping(t);
      const client = make();
      for (const order of Object.values(ORDERS)) {
        sandbox.inject(fault === "expire-token" ? fault : { fault, times, path: times === 1 ? "POST /v1/Orders" : "*" });

        const error = await clock.run(failure(client.createOrder(order)));

        if (times > 1 && fault !== "expire-token") assert.ok(isGiftCardError(error), `${fault} did not fail the call`);
        search(error, client);
      }
      assert.ok(events.length > 0);
    }
  });
}

/** A server that tells back all that it was ever told, in each place that an answer has. */
function echo(status, secrets, request, body) {
  const all = [...secrets, body, ...[...request.headers].flat()].join(" ").replace(/[^\x20-\x7e]/g, "?");
  const headers = { Location: `https://evil.example/?${encodeURIComponent(all)}`, "X-Secret": all, "Content-Type": "application/json" };
  return new Response([204, 304].includes(status) ? null : JSON.stringify({ Message: all, Errors: [all], [all]: all }), { status, headers });
}

for (const status of [200, 201, 204, 302, 304, 400, 401, 403, 404, 408, 409, 410, 418, 422, 429, 500, 502, 503, 504]) {
  test(`a server that answers ${status} with all that it was told: none of it is shown`, LIMIT, async (t) => {
    const clock = fastClock(t);
    for (const where of ["/v1/Tokens", "/v1/"]) {
      const wrap = (send, secrets) => async (request) => {
        const { pathname } = new URL(request.url);
        if (!pathname.startsWith(where) || (where === "/v1/" && pathname === "/v1/Tokens")) return send(request);
        return echo(status, secrets(), request, await request.text());
      };
      const { make, search } = sweeping(t, { fetch: wrap });
      for (const name of methods) {
        const error = await clock.run(failure(METHODS[name](make())));
        search(error);
      }
    }
  });
}

for (const [name, fail] of [
  ["rejects with an error", (error) => Promise.reject(error)],
  ["throws an error", (error) => { throw error; }],
  ["rejects with an error that is named and coded by a secret", () => Promise.reject(Object.assign(new Error("x"), { name: KEY, code: KEY }))],
  ["rejects with an error caused by one that is coded by a secret", () => Promise.reject(new TypeError("x", { cause: { code: KEY } }))],
  ["rejects with text", (error) => Promise.reject(error.message)],
  ["rejects with an object", (error) => Promise.reject({ message: error.message, toString: () => error.message })],
  ["rejects with a DOMException", (error) => Promise.reject(new DOMException(error.message, "NetworkError"))],
  ["answers with a body that breaks off", (error) => new Response(new ReadableStream({ pull: (controller) => controller.error(error) }))],
  ["answers with what is no Response", (error) => ({ status: error.message, headers: error, text: error })],
]) {
  test(`a fetch that ${name} which tells everything: none of it is shown`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const wrap = (_, secrets) => () => fail(telling(secrets()));
    for (const credentials of [undefined, { email: PERSON.recipient, accessToken: PERSON.externalId }]) {
      const { make, search } = sweeping(t, { fetch: wrap, credentials });
      for (const method of methods) {
        const error = await clock.run(failure(METHODS[method](make())));
        assert.ok(isGiftCardError(error), method);
        search(error);
      }
    }
  });
}

for (const option of ["credentials", "headers"]) {
  for (const [name, give] of [
    ["throws", () => { throw telling([PROXY, ...Object.values(PERSON)]); }],
    ["rejects", () => Promise.reject(telling([PROXY, ...Object.values(PERSON)]))],
    ["rejects with text", () => Promise.reject(PROXY)],
    ["returns text", () => PROXY],
    ["returns a wrong shape", () => ({ email: [PERSON.recipient], accessToken: { value: PROXY }, [PROXY]: PROXY })],
    ["returns line breaks", () => ({ email: `${PERSON.recipient}\n`, accessToken: `${PROXY}\r\n`, "X-Key": `${PROXY}\n` })],
  ]) {
    test(`a function for ${option} that ${name}: nothing of it is shown`, LIMIT, async (t) => {
      const clock = fastClock(t);
      const { make, search } = sweeping(t, { [option]: give });
      for (const method of methods) {
        const error = await clock.run(failure(METHODS[method](make())));
        assert.ok(isGiftCardError(error), method);
        search(error);
      }
    });
  }
}

test("options that cannot be used are refused without being repeated", (t) => {
  const { search } = sweeping(t);
  const make = (options) => failure((async () => new GiftCardPartners({ baseUrl: "https://api.example", ...options }))());

  return Promise.all(
    [
      { baseUrl: `https://user:${PROXY}@api.example` },
      { baseUrl: `https://api.example/?key=${PROXY}` },
      { baseUrl: `${PROXY}://api.example` },
      { credentials: PROXY },
      { credentials: { email: PERSON.recipient } },
      { credentials: { email: PERSON.recipient, accessToken: `${PROXY}\n` } },
      { credentials: { email: 7, accessToken: PROXY } },
      { headers: PROXY },
      { headers: { "X-Key": `${PROXY}\n` } },
      { headers: { [`${PROXY} `]: "x" } },
      { timeoutMs: PROXY },
      { limits: { maxOrderValue: PROXY } },
    ].map(async (options) => {
      const error = await make(options);
      assert.ok(isGiftCardError(error), inspect(options));
      search(error);
    }),
  );
});

/** The order with one value replaced by another, for each of its values. */
function* spoiled(value, by, path = []) {
  if (value === null || typeof value !== "object") {
    yield [path, by];
    return;
  }
  for (const key of Object.keys(value)) {
    for (const [place, part] of spoiled(value[key], by, [...path, key])) {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      copy[key] = part;
      yield [place, copy];
    }
  }
}

test("an order that is wrong anywhere is refused, and no report or error repeats its values", LIMIT, async (t) => {
  const { make, search } = sweeping(t);
  const client = make();
  let refused = 0;

  for (const order of Object.values(ORDERS)) {
    for (const by of [`${PROXY}\u0000`, PROXY.repeat(500), 1e300, true, [PROXY], { [PERSON.recipient.length]: PROXY }, null]) {
      for (const [path, wrong] of spoiled(order, by)) {
        // A PO number is shown on purpose, and a type is checked by its own rule.
        const report = validateOrder(wrong);
        if (report.valid || path.includes("PONumber")) continue;
        refused += 1;
        search(report, await failure(client.createOrder(wrong)));
      }
    }
  }

  assert.ok(refused > 200, `${refused}`);
});

test("a call that goes well says nothing of the order in its events, and nothing at all to the console", LIMIT, async (t) => {
  const { make, search, events, heard, secrets } = sweeping(t);
  const client = make();

  for (const order of Object.values(ORDERS)) await client.createOrder(order);
  await client.listProducts({ productName: FILTER });
  await failure(client.createOrder({ ...LINKS, Note: "another note" }));

  search(client);
  assert.deepEqual(heard, []);
  assert.ok(events.length > 8);
  // Claims and the token were among what was searched for.
  assert.ok([...secrets].some((secret) => secret.startsWith("https://claim.")));
  assert.ok(secrets.size > 16);
});

test("a listener that throws everything is its own affair", LIMIT, async (t) => {
  const { make, search } = sweeping(t);
  const client = make({ onEvent: () => { throw telling([PROXY, ...Object.values(PERSON)]); } });

  const { outcome } = await client.createOrder(LINKS);

  assert.equal(outcome, "created");
  search();
});
