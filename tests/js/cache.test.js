// The catalog and the token between calls: in the client, in the caller's store, shared, stale, broken. Time is advanced.
import assert from "node:assert/strict";
import { test } from "node:test";

import { GiftCardPartners } from "giftcard-partners";

import { LIMIT, LINKS, assertSilent, bare, countingController, fastClock, json, rejection, setUp } from "./support.js";

const HOUR_S = 3_600;
const WEEK_S = 7 * 24 * HOUR_S;
const PRODUCTS = [{ Id: "BOOKS" }, { Id: "COFFEE" }];
const turns = async (count = 40) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

/** Cloudflare KV as far as it is used: text by key, no life of less than 60 s, and none past its end. */
function kv(entries = new Map()) {
  const calls = [];
  return {
    entries,
    calls,
    async get(key) {
      calls.push(["get", key]);
      const entry = entries.get(key);
      return entry && entry.end > Date.now() ? entry.value : null;
    },
    async put(key, value, { expirationTtl }) {
      calls.push(["put", key, expirationTtl]);
      assert.equal(typeof value, "string");
      assert.ok(Number.isInteger(expirationTtl) && expirationTtl >= 60, `KV refuses a life of ${expirationTtl} s`);
      entries.set(key, { value, end: Date.now() + expirationTtl * 1_000 });
    },
  };
}

/** A clock that stands still until it is moved. */
function standingClock(t) {
  const { now } = Date;
  let time = now();
  Date.now = () => time;
  t.after(() => (Date.now = now));
  return { move: (seconds) => (time += seconds * 1_000) };
}

const loads = ({ sandbox }) => sandbox.requests().filter(({ path }) => path === "/v1/Products").length;
const tokens = ({ sandbox }) => sandbox.requests().filter(({ path }) => path === "/v1/Tokens").length;

/** Two clients of one sandbox. */
function pair(options) {
  const one = setUp(options);
  const { sandbox } = one;
  const second = (more) => new GiftCardPartners({ baseUrl: sandbox.baseUrl, credentials: sandbox.credentials, fetch: sandbox.fetch, ...options, ...more });
  return { ...one, second };
}

test("a catalog has the products of all pages, and stays with its client for a week", LIMIT, async (t) => {
  const clock = standingClock(t);
  const { client, sandbox, ...rest } = setUp();

  const first = await client.catalog();
  clock.move(WEEK_S - 1);
  const second = await client.catalog();

  assert.equal(first.size, 12);
  assert.equal(second.hash, first.hash);
  assert.equal(loads({ sandbox, ...rest }), 1);
  // Each has a handle of its own.
  first.free();
  assert.equal(second.size, 12);
  assert.equal((await client.catalog()).size, 12);
});

test("pages are read to the last one", LIMIT, async () => {
  const pages = { 1: [{ id: "A" }, { id: "B" }], 2: [{ id: "C" }, { id: "D" }], 3: [{ id: "E" }] };
  const { client, requests } = bare(async ({ url }) => {
    const page = Number(new URL(url).searchParams.get("pageIndex"));
    return json({ data: pages[page] ?? [], page, pageSize: 2, totalCount: 5 });
  });

  const catalog = await client.catalog();

  assert.deepEqual(catalog.search().map(({ Id }) => Id), ["A", "B", "C", "D", "E"]);
  assert.equal(requests.length, 3);
});

test("a load of pages that never end is given up after five minutes", LIMIT, async (t) => {
  const clock = fastClock(t);
  const slow = (value) => new Promise((done) => setTimeout(() => done(json(value)), 10_000));
  const { client, requests } = bare((_, count) => slow({ Data: [{ Id: `A${count}` }], PageSize: 1 }), { deadlineMs: 60_000 });

  const error = await clock.run(rejection(client.catalog()));
  const early = clock.elapsed();
  await clock.run(new Promise((done) => setTimeout(done, 900_000)));

  assert.deepEqual([error.code, early], ["timeout", 60_000]);
  assert.equal(requests.length, 31);
});

test("a load that takes longer than its caller waits is there for the next", LIMIT, async (t) => {
  const clock = fastClock(t);
  const slow = (value) => new Promise((done) => setTimeout(() => done(json(value)), 20_000));
  const page = (count) => ({ Data: [{ Id: `A${count}` }], PageIndex: count, PageSize: 1, TotalCount: 4 });
  const { client, requests } = bare((_, count) => slow(page(count)), { deadlineMs: 30_000 });

  const error = await clock.run(rejection(client.catalog()));
  await clock.run(new Promise((done) => setTimeout(done, 60_000)));

  assert.equal(error.code, "timeout");
  assert.equal((await client.catalog()).search().length, 4);
  assert.equal(requests.length, 4);
});

test("callers at the same time share one load", LIMIT, async () => {
  const store = kv();
  const set = setUp({ cache: store });

  const catalogs = await Promise.all(Array.from({ length: 50 }, () => set.client.catalog()));
  const refreshed = await Promise.all(Array.from({ length: 50 }, () => set.client.catalog({ refresh: true })));

  assert.equal(new Set([...catalogs, ...refreshed].map(({ hash }) => hash)).size, 1);
  assert.equal(loads(set), 2);
  assert.equal(store.calls.filter(([name]) => name === "get").length, 1);
});

test("two clients with one store load once, and hold the same catalog", LIMIT, async () => {
  const store = kv();
  const { client, second, ...rest } = pair({ cache: store });

  const here = await client.catalog();
  const there = await second().catalog();

  assert.equal(here.hash, there.hash);
  assert.equal(loads(rest), 1);
  const puts = store.calls.filter(([name]) => name === "put");
  assert.deepEqual(puts.map(([, , ttl]) => ttl), [4 * WEEK_S]);
});

test("KV's shortest life is kept to, however short a catalog's is", LIMIT, async () => {
  const store = kv();
  const { client } = setUp({ cache: store, catalogTtlSeconds: 1 });

  await client.catalog();

  assert.deepEqual(store.calls.filter(([name]) => name === "put").map(([, , ttl]) => ttl), [60]);
});

test("neither another base URL nor another account shares a store's catalog, and no key or entry tells of either", LIMIT, async () => {
  const store = kv();
  const { client, second, sandbox, ...rest } = pair({ cache: store });

  await client.catalog();
  await second({ baseUrl: `${sandbox.baseUrl}/x`, fetch: async () => json(PRODUCTS), credentials: undefined }).catalog();
  await second({ baseUrl: `${sandbox.baseUrl}/x`, fetch: async ({ url }) => (url.endsWith("Tokens") ? json({ Value: "t" }) : json(PRODUCTS)) }).catalog();
  await second({ credentials: async () => sandbox.credentials }).catalog();

  assert.equal(loads({ sandbox, ...rest }), 1);
  assert.equal(store.entries.size, 3);
  assertSilent([...store.entries], [sandbox.credentials.email, sandbox.credentials.accessToken, sandbox.baseUrl]);
});

test("a stale copy is handed out at once while one load runs, and not past its time", LIMIT, async (t) => {
  const clock = standingClock(t);
  let products = PRODUCTS;
  const { client, requests } = bare(async () => json(products), { catalogTtlSeconds: HOUR_S });
  const old = await client.catalog();
  products = [...PRODUCTS, { Id: "NEW" }];
  clock.move(HOUR_S);

  const stale = await Promise.all([client.catalog(), client.catalog(), client.catalog()]);
  await turns();
  const fresh = await client.catalog();

  assert.deepEqual(stale.map(({ hash }) => hash), [old.hash, old.hash, old.hash]);
  assert.deepEqual([fresh.size, requests.length], [3, 2]);

  products = [];
  clock.move(4 * HOUR_S);
  assert.equal((await client.catalog()).size, 0);
});

test("after the clock was set back, what the next load brings is kept", LIMIT, async (t) => {
  const clock = standingClock(t);
  const { client, requests } = bare(async () => json(PRODUCTS));
  await client.catalog();
  clock.move(-HOUR_S);

  await client.catalog();
  await client.catalog();

  assert.equal(requests.length, 2);
});

test("an empty catalog is kept nowhere: the next call asks again", LIMIT, async () => {
  const store = kv();
  const answers = [{ data: [], totalCount: 0 }, PRODUCTS];
  const { client, requests } = bare(async () => json(answers[requests.length - 1]), { cache: store });

  assert.equal((await client.catalog()).size, 0);
  assert.equal(store.entries.size, 0);
  assert.equal((await client.catalog()).size, 2);
  assert.equal((await client.catalog()).size, 2);
  assert.equal(requests.length, 2);
});

test("an empty catalog in the place of one that is stale changes nothing", LIMIT, async (t) => {
  const clock = standingClock(t);
  let products = PRODUCTS;
  const { client } = bare(async () => json(products), { catalogTtlSeconds: HOUR_S });
  await client.catalog();
  products = [];
  clock.move(2 * HOUR_S);

  await client.catalog();
  await turns();

  assert.equal((await client.catalog()).size, 2);
});

for (const [name, rest] of [
  ["an empty page", []],
  ["a page that repeats", PRODUCTS],
]) {
  test(`a catalog that ends before its total, at ${name}, is fresh for five minutes and not in the store`, LIMIT, async (t) => {
    const clock = standingClock(t);
    const store = kv();
    const answer = ({ url }) => json({ data: new URL(url).searchParams.get("pageIndex") === "1" ? PRODUCTS : rest, totalCount: 5 });
    const { client, requests } = bare(async (request) => answer(request), { cache: store });

    assert.equal((await client.catalog()).size, 2);
    clock.move(299);
    await client.catalog();
    await turns();
    assert.equal(requests.length, 2);
    clock.move(1);
    await client.catalog();
    await turns();

    assert.equal(requests.length, 4);
    assert.equal(store.entries.size, 0);
  });
}

test("a copy of the store is stale by its own age", LIMIT, async (t) => {
  const clock = standingClock(t);
  const store = kv();
  const { client, second, ...rest } = pair({ cache: store, catalogTtlSeconds: HOUR_S });
  await client.catalog();
  clock.move(2 * HOUR_S);

  const other = second();
  assert.equal((await other.catalog()).size, 12);
  assert.equal(loads(rest), 1);
  await turns();

  assert.equal(loads(rest), 2);
  await other.catalog();
  await second().catalog();
  assert.equal(loads(rest), 2);
});

test("a load behind a stale copy that fails is no unhandled rejection, and the copy stays until its end", LIMIT, async (t) => {
  const clock = standingClock(t);
  const unhandled = [];
  const listen = (error) => unhandled.push(error);
  process.on("unhandledRejection", listen);
  t.after(() => process.off("unhandledRejection", listen));
  let answer = () => json(PRODUCTS);
  const { client } = bare(async () => answer(), { catalogTtlSeconds: HOUR_S });
  await client.catalog();
  answer = () => json({}, 403);
  clock.move(HOUR_S);

  for (let time = 0; time < 3; time += 1) {
    assert.equal((await client.catalog()).size, 2);
    await turns();
  }
  clock.move(3 * HOUR_S);

  assert.equal((await rejection(client.catalog())).code, "forbidden");
  assert.deepEqual(unhandled, []);
});

test("refresh loads now and replaces the copies", LIMIT, async () => {
  const store = kv();
  let products = PRODUCTS;
  const { client } = bare(async () => json(products), { cache: store });
  const old = await client.catalog();
  products = [{ Id: "NEW" }];

  assert.equal((await client.catalog()).hash, old.hash);
  const fresh = await client.catalog({ refresh: true });

  assert.deepEqual(fresh.search().map(({ Id }) => Id), ["NEW"]);
  assert.equal((await client.catalog()).hash, fresh.hash);
  const { client: other } = bare(async () => assert.fail("it was in the store"), { cache: store });
  assert.equal((await other.catalog()).hash, fresh.hash);
});

test("an entry that is broken, foreign or of the future is ignored and replaced", LIMIT, async (t) => {
  const clock = standingClock(t);
  const store = kv();
  const { client, second, ...rest } = pair({ cache: store });
  const { hash } = await client.catalog();
  const [[key, { value }]] = store.entries;
  const replace = (changed) => store.entries.set(key, { value: changed, end: Infinity });
  const other = kv();
  await bare(async () => json(PRODUCTS), { cache: other }).client.catalog();

  const broken = ["", "{}", "null", value.slice(0, -1), `${value}A`, value.replace(/.$/, (last) => (last === "A" ? "B" : "A")), value.replace(/^\d/, "9"), [...other.entries.values()][0].value];
  for (const [index, entry] of broken.entries()) {
    replace(entry);

    assert.equal((await second().catalog()).hash, hash);
    assert.equal(loads(rest), index + 2, entry.slice(0, 40));
    assert.notEqual(store.entries.get(key).value, entry);
  }
  for (const entry of [7, {}, new Uint8Array(3)]) {
    replace(entry);
    assert.equal((await second().catalog()).hash, hash);
  }
  const before = loads(rest);
  replace(value);
  clock.move(-HOUR_S);
  await second().catalog();
  assert.equal(loads(rest), before + 1);
});

const FAILING = {
  "throws at once": () => {
    throw new Error("store");
  },
  rejects: async () => {
    throw new Error("store");
  },
  "answers nothing": () => undefined,
};

for (const [name, act] of Object.entries(FAILING)) {
  test(`a store that ${name} fails no call`, LIMIT, async () => {
    const set = setUp({ cache: { get: act, put: act }, cacheToken: true });

    assert.equal((await set.client.catalog()).size, 12);
    assert.equal((await set.client.accountBalance()).Pending, 0);
    assert.deepEqual([loads(set), tokens(set)], [1, 1]);
  });
}

test("a store that never answers costs a second a use, and fails no call", LIMIT, async (t) => {
  const clock = fastClock(t);
  const never = () => new Promise(() => {});
  const set = setUp({ cache: { get: never, put: never }, cacheToken: true });

  const catalog = await clock.run(set.client.catalog());

  assert.equal(catalog.size, 12);
  assert.ok(clock.elapsed() <= 4_000, `${clock.elapsed()} ms`);
  assert.equal((await clock.run(set.client.catalog())).size, 12);
});

for (const [name, answer] of [
  ["never answers", () => new Promise(() => {})],
  ["answers after two seconds", () => new Promise((done) => setTimeout(done, 2_000, null))],
]) {
  test(`a store that ${name} leaves a short call its time`, LIMIT, async (t) => {
    const clock = fastClock(t);
    const make = () => setUp({ cache: { get: answer, put: answer }, cacheToken: true }).client;

    const status = await clock.run(make().status({ deadlineMs: 900 }));
    const placed = await clock.run(make().createOrder(LINKS, { deadlineMs: 900 }));
    const catalog = await clock.run(make().catalog({ deadlineMs: 1_500 }));
    const brief = await clock.run(make().catalog({ deadlineMs: 400 }));

    assert.equal(status.Status, "Operational");
    assert.equal(placed.outcome, "created");
    assert.deepEqual([catalog.size, brief.size], [12, 12]);
  });
}

test("a store that was late once is waited for again", LIMIT, async (t) => {
  const clock = fastClock(t);
  const store = kv();
  const { client, second, ...rest } = pair({ cache: store });
  const { get } = store;
  store.get = () => new Promise(() => {});
  await clock.run(client.catalog());
  store.get = (key) => new Promise((done) => setTimeout(() => done(get(key)), 90));
  await clock.run(second().catalog());
  store.get = (key) => new Promise((done) => setTimeout(() => done(get(key)), 900));
  await clock.run(second().catalog());

  assert.equal(loads(rest), 1);
});

test("an aborted caller leaves the load to the others, and its signal without a listener", LIMIT, async () => {
  let answer;
  const { client, requests } = bare(() => new Promise((resolve) => (answer = () => resolve(json(PRODUCTS)))));
  const { controller, signal, count } = countingController();
  const first = client.catalog({ signal });
  const second = client.catalog();
  await turns(5);

  controller.abort();
  const error = await rejection(first);
  answer();

  assert.equal(error.name, "AbortedError");
  assert.equal((await second).size, 2);
  assert.equal(requests.length, 1);
  assert.deepEqual([count.added, count.live.size], [1, 0]);
  assert.equal((await rejection(client.catalog({ signal }))).name, "AbortedError");
});

test("a load that hangs is not waited for past timeoutMs by who joined it, nor past the deadline by anyone", LIMIT, async (t) => {
  const clock = fastClock(t);
  let hanging = true;
  const { client, requests } = bare(() => (hanging ? new Promise(() => {}) : json(PRODUCTS)), { timeoutMs: 5_000, deadlineMs: 20_000, maxRetries: 0 });

  const first = rejection(client.catalog({ timeoutMs: 15_000 }));
  await turns(5);
  hanging = false;
  const second = client.catalog();

  assert.equal((await clock.run(second)).size, 2);
  assert.equal((await clock.run(first)).name, "TimeoutError");
  assert.equal(requests.length, 2);

  hanging = true;
  const begun = clock.elapsed();
  const late = await clock.run(rejection(client.catalog({ refresh: true, deadlineMs: 1_000 })));
  assert.equal(late.name, "TimeoutError");
  assert.equal(clock.elapsed() - begun, 1_000);
});

test("a load that fails is told to all who wait, and the next call tries again", LIMIT, async () => {
  let status = 403;
  const { client } = bare(async () => json(PRODUCTS, status));

  const errors = await Promise.all([rejection(client.catalog()), rejection(client.catalog())]);
  status = 200;

  assert.deepEqual(errors.map(({ code }) => code), ["forbidden", "forbidden"]);
  assert.equal((await client.catalog()).size, 2);
});

test("an answer without products is a DecodeError, and options that cannot be used are a ConfigError", LIMIT, async () => {
  const { client } = bare(async () => json([{ Nothing: 1 }]));
  const make = (options) => () => new GiftCardPartners({ baseUrl: "https://api.example", ...options });

  assert.equal((await rejection(client.catalog())).name, "DecodeError");
  assert.equal((await rejection(client.catalog({ signal: 7 }))).name, "ConfigError");
  assert.equal((await rejection(client.catalog("now"))).name, "ConfigError");
  for (const options of [{ cache: {} }, { cache: { get() {} } }, { cache: "kv" }, { catalogTtlSeconds: 0 }, { catalogTtlSeconds: 1.5 }, { catalogTtlSeconds: "7" }]) {
    assert.throws(make(options), { name: "ConfigError" });
  }
});

test("by default a token stays in its client; with cacheToken, clients of one account share it", LIMIT, async () => {
  const alone = pair({ cache: kv() });
  await alone.client.accountBalance();
  await alone.second().accountBalance();
  assert.equal(tokens(alone), 2);

  const store = kv();
  const { client, second, sandbox, ...rest } = pair({ cache: store, cacheToken: true });
  await client.accountBalance();
  await second().accountBalance();
  await second({ credentials: () => sandbox.credentials }).accountBalance();

  assert.equal(tokens({ sandbox, ...rest }), 1);
  assert.equal(store.entries.size, 1);
  const { email, accessToken } = sandbox.credentials;
  assertSilent([...store.entries], [email, accessToken, sandbox.baseUrl]);
});

test("a token is kept in the store for as long as it is good, and not with less than a minute left", LIMIT, async (t) => {
  const clock = standingClock(t);
  for (const [ExpiresIn, ttl] of [[3_600, 3_300], [100, 90], [65, 60], [60, 60], [59, undefined]]) {
    const store = kv();
    const answer = async ({ url }) => (url.endsWith("Tokens") ? json({ Value: "eyJ.a.b", ExpiresIn }) : json({ Available: 1 }));
    const options = { credentials: { email: "person@example.org", accessToken: "secret" }, cache: store, cacheToken: true };
    const { client } = bare(answer, options);

    await client.accountBalance();
    await turns(3);

    assert.deepEqual(store.calls.filter(([name]) => name === "put").map(([, , seconds]) => seconds), ttl ? [ttl] : []);
    const ask = async () => {
      const { client: later, requests } = bare(answer, options);
      await later.accountBalance();
      return requests.length;
    };
    if (ttl) assert.equal(await ask(), 1, `of ${ExpiresIn} s it is used`);
    clock.move(ExpiresIn - 59);
    assert.equal(await ask(), 2, "with less than a minute left it is not used");
  }
});

test("a token of the store that the API refuses is replaced, there too", LIMIT, async () => {
  const store = kv();
  const { client, second, sandbox, ...rest } = pair({ cache: store, cacheToken: true });
  await client.accountBalance();
  const [[key, { value }]] = store.entries;
  sandbox.inject("expire-token");

  await second().accountBalance();
  await turns(3);
  await second().accountBalance();

  assert.equal(tokens({ sandbox, ...rest }), 2);
  assert.notEqual(store.entries.get(key).value, value);
});

test("the function of the credentials is asked once a token, for the store's key and the request alike", LIMIT, async () => {
  const store = kv();
  const asked = [];
  const emails = [];
  const fetch = async ({ url, headers }) => {
    if (!url.endsWith("Tokens")) return json({ Available: 1 });
    emails.push(headers.get("Email"));
    return json({ Value: `token-of-${headers.get("AccessToken")}`, ExpiresIn: 3_600 });
  };
  const credentials = () => {
    const name = asked.length === 0 ? "a" : "b";
    asked.push(name);
    return { email: `${name}@example.org`, accessToken: name };
  };
  const options = { fetch, cache: store, cacheToken: true, baseUrl: "https://api.example" };

  await new GiftCardPartners({ ...options, credentials }).accountBalance();
  await turns(3);
  await new GiftCardPartners({ ...options, credentials: { email: "b@example.org", accessToken: "b" } }).accountBalance();

  assert.deepEqual(asked, ["a"]);
  assert.deepEqual(emails, ["a@example.org", "b@example.org"]);
});

test("a token's entry that is broken or another account's is not used", LIMIT, async () => {
  const store = kv();
  const { client, second, sandbox, ...rest } = pair({ cache: store, cacheToken: true });
  await client.accountBalance();
  const [[key, { value }]] = store.entries;

  for (const [index, entry] of ["", "{}", value.slice(0, -1), value.replace(/\.[^.]*$/, ".forged"), 7].entries()) {
    store.entries.set(key, { value: entry, end: Infinity });

    await second().accountBalance();
    await turns(3);

    assert.equal(tokens({ sandbox, ...rest }), index + 2);
    assert.notEqual(store.entries.get(key).value, entry);
  }
  const other = { ...sandbox.credentials, accessToken: "another" };
  await rejection(second({ credentials: other }).accountBalance());
  assert.equal(store.entries.size, 1);
});
