// The catalog and the token in a real KV namespace, in workerd: the clients of two isolates, requests at once, requests that leave.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Miniflare } from "miniflare";

const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners")));
const LIMIT = { timeout: 60_000 };
const compatibilityDate = "2026-04-01";

const WORKER = `
import { GiftCardPartners } from "./package/index.workerd.js";

let client;
export default {
  async fetch(request, env) {
    client ??= new GiftCardPartners({
      baseUrl: "https://api.example",
      credentials: { email: "person@example.org", accessToken: "secret" },
      fetch: env.API,
      cache: env.KV,
      cacheToken: true,
      timeoutMs: env.TIMEOUT_MS,
    });
    const refresh = new URL(request.url).searchParams.has("refresh");
    const catalog = await client.catalog({ refresh });
    return Response.json({ hash: catalog.hash, size: catalog.size, name: catalog.product("BOOKS").Name });
  },
};
`;

// Slow enough that requests meet, and counting what it is asked.
const API = `
const asked = { tokens: 0, products: 0 };
export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname === "/asked") return Response.json(asked);
    if (pathname === "/v1/Tokens") {
      asked.tokens += 1;
      return Response.json({ Value: "eyJ.token.x", ExpiresIn: 3600 });
    }
    asked.products += 1;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return Response.json({ data: [{ id: "BOOKS", name: "Inkwhistle" }, { id: "COFFEE" }], totalCount: 2 });
  },
};
`;

/** The files of the package under ./package, and each wasm under the name by which it is imported too. */
function modules() {
  const found = [{ type: "ESModule", path: "main.js", contents: WORKER }];
  for (const name of readdirSync(PACKAGE)) {
    const contents = () => readFileSync(join(PACKAGE, name));
    if (name.endsWith(".js") && !name.endsWith(".inline.js") && !["index.js", "order.js", "sandbox.js"].includes(name)) {
      found.push({ type: "ESModule", path: `package/${name}`, contents: contents().toString() });
    }
    if (name.endsWith(".wasm")) found.push({ type: "CompiledWasm", path: `package/${name}?module`, contents: contents() });
  }
  return found;
}

let miniflare;
before(async () => {
  const worker = (name, kv, TIMEOUT_MS) => ({ name, modules: modules(), compatibilityDate, kvNamespaces: { KV: kv }, serviceBindings: { API: "api" }, bindings: { TIMEOUT_MS } });
  miniflare = new Miniflare({
    workers: [worker("one", "kv", 30_000), worker("two", "kv", 30_000), worker("cold", "empty", 1_000), { name: "api", modules: [{ type: "ESModule", path: "api.js", contents: API }], compatibilityDate }],
  });
  await miniflare.ready;
}, LIMIT);
after(() => miniflare?.dispose());

async function ask(worker, path = "") {
  const { fetch } = await miniflare.getWorker(worker);
  const answer = await fetch(`https://worker.example/${path}`);
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return JSON.parse(text);
}

test("fifty requests at once share one load, another isolate finds it in KV, and none hangs", LIMIT, async () => {
  const first = await Promise.all(Array.from({ length: 50 }, () => ask("one")));
  const second = await Promise.all(Array.from({ length: 10 }, () => ask("two")));

  assert.equal(new Set([...first, ...second].map(({ hash }) => hash)).size, 1);
  assert.deepEqual([first[0].size, first[0].name], [2, "Inkwhistle"]);
  assert.deepEqual(await ask("api", "asked"), { tokens: 1, products: 1 });
});

test("KV holds the catalog for four weeks and the token for less than an hour, and names nobody", LIMIT, async () => {
  const kv = await miniflare.getKVNamespace("KV", "one");
  const { keys } = await kv.list();

  const left = Object.fromEntries(keys.map(({ name, expiration }) => [name.split(":")[1], expiration - Date.now() / 1_000]));
  assert.deepEqual(Object.keys(left).sort(), ["catalog", "token"]);
  assert.ok(Math.abs(left.catalog - 4 * 604_800) < 60, `${left.catalog}`);
  assert.ok(Math.abs(left.token - 3_300) < 60, `${left.token}`);
  for (const { name } of keys) {
    const shown = name + (await kv.get(name));
    for (const secret of ["person@", "secret", "api.example"]) assert.ok(!shown.includes(secret));
  }
});

test("another isolate uses the token of KV too", LIMIT, async () => {
  await ask("two", "?refresh");

  assert.deepEqual(await ask("api", "asked"), { tokens: 1, products: 2 });
});

test("a request that leaves in the middle of its load keeps nobody waiting", LIMIT, async () => {
  const { products } = await ask("api", "asked");
  const { fetch } = await miniflare.getWorker("cold");
  const controller = new AbortController();
  const gone = fetch("https://worker.example/", { signal: controller.signal }).catch(() => {});
  while ((await ask("api", "asked")).products === products);
  const joined = Array.from({ length: 10 }, () => ask("cold"));
  controller.abort();
  await gone;

  const answers = await Promise.all(joined);

  assert.deepEqual(answers.map(({ size }) => size), Array(10).fill(2));
});
