// Every block of code in the guides (docs/*.md of the package) is run as it stands there, and so is what their tables name.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { afterEach, beforeEach, test } from "node:test";

import * as root from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { assertCommands, blockWith, commentsOf, environment, fakePage, inFolder, load, loadAll, manifest, manifestUrl, ordersOf, readBlocks, startSandbox } from "./documents.js";

const DOCS = new URL("docs/", manifestUrl);
/** The reference is made of the .d.ts files, whose examples the compiler judges. */
const NAMES = readdirSync(DOCS).filter((name) => name !== "reference.md").sort();
const texts = new Map(NAMES.map((name) => [name, readFileSync(new URL(name, DOCS), "utf8")]));
const guides = new Map([...texts].map(([name, text]) => [name, readBlocks(text)]));
const blockOf = (guide, part) => blockWith(guides.get(guide), "js", part);

const WORKER = blockOf("workers.md", "export default");
const WEBHOOK = blockOf("webhooks.md", "verifyCallbackUrl(");
const PROXY = blockOf("browser.md", 'baseUrl: "/api"');
/** Those that have a test of their own below. */
const OWN = new Set([WORKER, WEBHOOK, PROXY]);

let server;
beforeEach(async () => {
  server = await startSandbox();
});
afterEach(() => server.child.kill());

test("there is a guide for each thing that the README promises", () => {
  assert.deepEqual(NAMES, ["browser.md", "campaigns.md", "errors.md", "lists.md", "orders.md", "production.md", "security.md", "testing.md", "webhooks.md", "workers.md"]);
});

for (const [name, blocks] of guides) {
  test(`${name}: each block prints what its comments say, and each command exists`, async (t) => {
    assert.equal((texts.get(name).match(/^```/gm) ?? []).length, blocks.length * 2);
    await assertCommands(blocks);
    const printed = inFolder(t, environment(server));
    for (const block of blocks.filter(({ language }) => language !== "sh")) {
      assert.equal(block.language, "js", `no test runs ${block.language}`);
      if (OWN.has(block)) continue;
      assert.notDeepEqual(commentsOf(block), [], `no test of ${block.code}`);

      await load(block);

      assert.deepEqual(printed.splice(0), commentsOf(block));
    }
  });

  test(`${name}: each link leads somewhere`, () => {
    const links = [...texts.get(name).matchAll(/\]\((?!https:)([\w-]+\.md)(?:#([\w-]+))?\)/g)];
    for (const [link, page, place] of links) {
      assert.ok(existsSync(new URL(page, DOCS)), link);
      const headings = readFileSync(new URL(page, DOCS), "utf8").match(/^#+ .*$/gm).map((line) => line.replace(/^#+ /, "").toLowerCase().replace(/[^\w -]/g, "").replaceAll(" ", "-"));
      if (place) assert.ok(headings.includes(place), link);
    }
  });
}

test("the Worker hands out its catalog with its hash, kept in KV, and loads it anew by a cron trigger", async (t) => {
  const worker = await load(WORKER);
  const kept = new Map();
  const CACHE = { get: async (key) => kept.get(key) ?? null, put: async (key, value) => kept.set(key, value) };
  const env = { ...environment(server), CACHE };
  const said = [];
  t.mock.method(console, "log", (...values) => said.push(values.join(" ")));

  const answer = await worker.fetch(new Request("https://worker.example/"), env);
  const catalog = root.Catalog.from(await answer.arrayBuffer());
  const waiting = [];
  await worker.scheduled({}, env, { waitUntil: (promise) => waiting.push(promise) });
  await Promise.all(waiting);

  assert.equal(answer.headers.get("etag"), `"${catalog.hash}"`);
  assert.equal(kept.size, 1);
  assert.equal(said.filter((line) => line === "response GET /v1/Products 200").length, 2);
});

test("the webhook block takes a call that it signed, and no other", async () => {
  const { fetch, baseUrl, credentials, ...sandbox } = createSandbox({ asyncThreshold: 1, clock: "manual" });
  const client = new root.GiftCardPartners({ fetch, baseUrl, credentials });
  const secret = "a secret of at least sixteen characters";
  const { order, fulfilled } = await loadAll(WEBHOOK);
  const placed = await order(client, secret);
  const { FulfillmentComplete: url } = JSON.parse(sandbox.requests().find(({ path, method }) => method === "POST" && path === "/v1/Orders").body).WebhookSettings;
  const call = (to) => new Request(to, { method: "POST", body: JSON.stringify({ OrderId: placed.order.Id }) });
  assert.equal(placed.order.Status, "Pending");

  sandbox.advance(600_000);
  const status = await fulfilled(call(url), client, secret);

  assert.equal(status, "Completed");
  await assert.rejects(fulfilled(call(url.replace("LINKS", "OTHER")), client, secret), { name: "AuthenticationError" });
});

test("the page's client orders through a proxy, without credentials of its own", async (t) => {
  const { fetch, baseUrl, credentials } = createSandbox();
  const { Value } = await (await fetch(new Request(`${baseUrl}/v1/Tokens`, { method: "POST", headers: { Email: credentials.email, AccessToken: credentials.accessToken } }))).json();
  const asked = [];
  const { document } = fakePage("<form novalidate>");
  Object.assign(globalThis, { document, window: globalThis, location: new URL("https://shop.example/cards") });
  t.mock.method(globalThis, "fetch", async (request) => {
    asked.push([request.url, request.headers.get("email"), request.headers.get("authorization")]);
    const { pathname } = new URL(request.url);
    return fetch(new Request(baseUrl + pathname.slice("/api".length), { method: "POST", body: await request.text(), headers: { "content-type": "application/json", authorization: `Bearer ${Value}` } }));
  });
  t.after(() => ["document", "window", "location"].forEach((name) => delete globalThis[name]));

  await load(PROXY);

  assert.deepEqual(asked, [["https://shop.example/api/v1/Orders", null, null]]);
});

test("the table of entries has each one of the package, and no other", () => {
  const named = [...texts.get("browser.md").matchAll(/^\| `giftcard-partners(\S*)` \|/gm)].map(([, path]) => `.${path}`);

  const exported = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
  assert.deepEqual(named.sort(), exported.sort());
});

test("the table of errors has every code under the class that the package gives it, with a cause and what to do", () => {
  const rows = [...texts.get("errors.md").matchAll(/^\| `(\w+)` \| `([a-z_]+)` \| (\S.*) \| (\S.*) \|$/gm)];

  assert.deepEqual(rows.map(([, , code]) => code).sort(), codesOf("errors.d.ts", "ErrorCode"));
  for (const [, name] of rows) {
    const own = new root[name]("").code;
    assert.ok(name === "GiftCardError" || rows.some(([, other, code]) => other === name && code === own), `${name} has the code ${own}`);
  }
});

test("the table of issues has every code, with a cause and what to do", () => {
  const issues = texts.get("errors.md").slice(texts.get("errors.md").indexOf("## Codes of issues"));

  const rows = [...issues.matchAll(/^\| `([a-z_]+)` \| (\S.*) \| (\S.*) \|$/gm)];

  assert.deepEqual(rows.map(([, code]) => code).filter((code) => code !== "code").sort(), codesOf("order.d.ts", "IssueCode"));
});

/** The members of a union of codes. */
function codesOf(file, union) {
  const declared = readFileSync(new URL(file, manifestUrl), "utf8");
  const [, members] = new RegExp(`export type ${union} =([\\s\\S]*?);\\n\\n`).exec(declared);
  return [...members.matchAll(/\| "(\w+)"/g)].map(([, code]) => code).sort();
}
