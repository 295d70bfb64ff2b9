// Who may use the starter Worker, and for what: tokens with roles, Cloudflare Access and its forgeries, a role for each route.
import assert from "node:assert/strict";
import { createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";

import { LIMIT, TOKEN, links, startWorker } from "./worker.js";

const TEAM = "https://acme.cloudflareaccess.com";
const AUD = "the-audience-of-this-application";
const tokens = { ann: "ann's token of some length", bob: "bob's token of some length", cards: "the token of the cards' program", none: "nobody's token of some length" };
const CALLERS = [
  { id: "Ann", roles: ["order", "read"], token: tokens.ann },
  { id: "bob", roles: ["approve"], sha256: createHash("sha256").update(tokens.bob).digest("hex") },
  { id: "cards", roles: ["claims", "read"], token: tokens.cards },
  { id: "none", roles: [], token: tokens.none },
];
const ACCESS_ROLES = { "Eve@Example.com": ["order"], "@example.com": ["read"], "group:Finance": ["approve"], "program.access": ["claims"] };

/** The keys that Access publishes; how often they were asked for. */
const access = { asked: 0, keys: [], status: 200 };
const newKey = (kid) => ({ kid, ...generateKeyPairSync("rsa", { modulusLength: 2_048 }) });
const published = ({ kid, publicKey }) => ({ ...publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" });
const key = newKey("first");

/** Answers for Access, and lets everything else pass. */
async function outside(request) {
  if (new URL(request.url).origin !== TEAM) {
    // How it came is not how it goes on.
    const headers = [...request.headers].filter(([name]) => !["connection", "content-length", "host", "transfer-encoding"].includes(name));
    return fetch(request.url, { method: request.method, headers, body: request.body && (await request.arrayBuffer()) });
  }
  assert.equal(new URL(request.url).pathname, "/cdn-cgi/access/certs");
  access.asked += 1;
  return Response.json({ keys: access.keys }, { status: access.status });
}

const options = (bindings = {}, changes) => ({
  bindings: { CALLERS: JSON.stringify(CALLERS), ACCESS_TEAM: "acme", ACCESS_AUD: AUD, ACCESS_ROLES, ...bindings },
  platform: { outboundService: outside },
  ...(changes ? { changes } : {}),
});

let worker;
before(async () => (worker = await startWorker(options())), LIMIT);
beforeEach(() => Object.assign(access, { keys: [published(key)], status: 200 }));
after(() => worker?.dispose());

const base64 = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const now = () => Math.floor(Date.now() / 1_000);
const claims = (more = {}) => ({ aud: [AUD], iss: TEAM, email: "eve@example.com", iat: now(), nbf: now(), exp: now() + 60, type: "app", ...more });
function jwt(payload, { by = key, header = {} } = {}) {
  const text = `${base64({ alg: "RS256", kid: by.kid, typ: "JWT", ...header })}.${base64(payload)}`;
  return `${text}.${sign("sha256", Buffer.from(text), by.privateKey).toString("base64url")}`;
}

async function ask(path, headers, { method = "GET", body, of = worker } = {}) {
  const answer = await of.open(path, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  return [answer.status, text ? JSON.parse(text) : undefined, answer.headers];
}
const bearer = (token) => ({ authorization: `Bearer ${token}` });
const assertion = (token) => ({ "cf-access-jwt-assertion": token });
const statusOf = async (...asked) => (await ask(...asked))[0];

const ID = "0".repeat(24);
/** Each route, and the roles of which one is needed. */
const ROUTES = {
  "POST /orders": ["order"],
  "POST /api/v1/Orders": ["order"],
  "POST /campaigns?name=x": ["order"],
  [`POST /campaigns/${ID}/approve`]: ["approve"],
  [`DELETE /campaigns/${ID}`]: ["order", "approve"],
  [`POST /campaigns/${ID}/pause`]: ["order", "approve"],
  [`POST /campaigns/${ID}/resume`]: ["order", "approve"],
  [`POST /campaigns/${ID}/cancel`]: ["order", "approve"],
  "POST /campaigns/x/pause": ["order", "approve"],
  "GET /orders/x": ["read"],
  "GET /balance": ["read"],
  [`GET /campaigns/${ID}`]: ["read"],
  [`GET /campaigns/${ID}/results.csv`]: ["read"],
  [`GET /campaigns/${ID}/rejected.csv`]: ["read"],
  [`GET /campaigns/${ID}/claims.csv`]: ["claims"],
  "GET /campaigns": ["read"],
  "GET /audit": ["read"],
  "GET /budgets": ["read"],
  "GET /campaigns/x": ["read"],
  "GET /api/v1/AccountBalance": ["read"],
};

test("every route that there is has its roles here, but the two that are open", () => {
  const there = ["index", "record-routes", "proxy"].flatMap((name) => {
    const source = readFileSync(new URL(`../../pkg-templates/worker/src/${name}.ts`, import.meta.url), "utf8");
    return [...source.matchAll(/^(?:app|records|proxy)\.(get|post|put|patch|delete)\("([^"]+)"/gm)].map(([, method, path]) => `${method.toUpperCase()} ${name === "proxy" ? "/api" : ""}${path}`);
  });
  const known = Object.keys(ROUTES).map((route) => route.replace(/\?.*/, "").replace(/\/(campaigns|orders)\/(?:0{24}|x)/, "/$1/:id").replace("/v1/AccountBalance", "/v1/*"));

  assert.ok(there.length > 15, `${there}`);
  assert.deepEqual([...new Set([...known, "GET /catalog", "POST /fulfillment"])].sort(), there.sort());
});

test("each route is for its roles alone: 401 without a caller, 403 for another role, both as JSON", LIMIT, async () => {
  for (const [route, roles] of Object.entries(ROUTES)) {
    const [method, path] = route.split(" ");
    const asked = { method, ...(method === "POST" ? { body: "{}" } : {}) };
    const [stranger, { code }] = await ask(path, {}, asked);
    assert.deepEqual([stranger, code], [401, "unauthorized"], route);
    for (const { id, roles: has } of CALLERS) {
      const [status, answer] = await ask(path, bearer(tokens[id.toLowerCase()]), asked);
      const may = roles.some((role) => has.includes(role));
      assert.equal(status === 403, !may, `${route} by ${id}: ${status}`);
      if (!may) assert.deepEqual([answer.code, answer.message], ["forbidden", `This needs the role ${roles.join(" or ")}.`]);
    }
  }
  assert.equal(worker.posts().length, 0);
});

test("the one CALLER_TOKEN is a caller with every role, beside the others", LIMIT, async () => {
  for (const route of Object.keys(ROUTES)) {
    const [method, path] = route.split(" ");
    const status = await statusOf(path, bearer(TOKEN), { method, ...(method === "POST" ? { body: "{}" } : {}) });
    assert.ok(![401, 403].includes(status), `${route}: ${status}`);
  }
  const [status, { code }] = await ask("/elsewhere", bearer(TOKEN));
  assert.deepEqual([status, code], [404, "not_found"]);
});

test("claims leave for the role alone, and nothing is ordered by whoever asks for them without it", LIMIT, async () => {
  const [, { order }] = await ask("/orders", bearer(tokens.ann), { method: "POST", body: JSON.stringify(links("ROLES-1")) });
  const posts = worker.posts().length;

  const statuses = [
    await statusOf(`/orders/${order.Id}`, bearer(tokens.ann)),
    await statusOf(`/orders/${order.Id}?include=claims`, bearer(tokens.ann)),
    await statusOf(`/api/v1/Orders/${order.Id}?include=claims`, bearer(tokens.ann)),
    await statusOf("/orders?include=claims", bearer(tokens.ann), { method: "POST", body: JSON.stringify(links("ROLES-2")) }),
  ];
  const [status, shown] = await ask(`/orders/${order.Id}?include=claims`, bearer(tokens.cards));

  assert.deepEqual(statuses, [200, 403, 403, 403]);
  assert.equal(worker.posts().length, posts);
  assert.equal(status, 200);
  assert.match(shown.LineItems[0].ClaimData[0].ClaimLink, /^https:/);
});

test("whom Access lets through has the roles of the address, the domain, the groups and the program", LIMIT, async () => {
  const may = async (payload) => {
    const headers = assertion(jwt(payload));
    const statuses = [
      await statusOf("/orders", headers, { method: "POST", body: "{}" }),
      await statusOf(`/campaigns/${ID}/approve`, headers, { method: "POST", body: "{}" }),
      await statusOf("/balance", headers),
      await statusOf("/balance?include=claims", headers),
    ];
    return statuses.map((status) => (status === 403 ? "-" : status === 401 ? "?" : "+")).join("");
  };

  assert.equal(await may(claims()), "+-+-");
  assert.equal(await may(claims({ email: "EVE@EXAMPLE.COM", aud: AUD })), "+-+-");
  assert.equal(await may(claims({ email: "joe@example.com", custom: { groups: ["finance"] } })), "-++-");
  assert.equal(await may(claims({ email: "joe@example.com", groups: ["Finance", "others"] })), "-++-");
  assert.equal(await may(claims({ email: "eve@example.com.evil.example" })), "----");
  assert.equal(await may(claims({ email: "", common_name: "program.access" })), "----");
  assert.equal(await may(claims({ email: undefined })), "????");
});

test("a forged token of Access is nobody's, and no second door for a wrong bearer token", LIMIT, async () => {
  const stranger = newKey(key.kid);
  const unsigned = `${base64({ alg: "none", kid: key.kid })}.${base64(claims())}.`;
  const publicPem = key.publicKey.export({ type: "spki", format: "pem" });
  const symmetric = `${base64({ alg: "HS256", kid: key.kid })}.${base64(claims())}`;
  const [head, body, signature] = jwt(claims()).split(".");
  const forged = {
    "another audience": jwt(claims({ aud: ["another"] })),
    "no audience": jwt(claims({ aud: undefined })),
    "an empty audience": jwt(claims({ aud: [] })),
    "another team": jwt(claims({ iss: "https://evil.cloudflareaccess.com" })),
    "no team": jwt(claims({ iss: undefined })),
    "over": jwt(claims({ exp: now() - 1 })),
    "no end": jwt(claims({ exp: undefined })),
    "an end that is text": jwt(claims({ exp: "9999999999" })),
    "not yet": jwt(claims({ nbf: now() + 120 })),
    "a beginning that is text": jwt(claims({ nbf: "0" })),
    "another key under the id": jwt(claims(), { by: stranger }),
    "a key that nobody knows": jwt(claims(), { by: newKey("unknown") }),
    "no key": jwt(claims(), { header: { kid: undefined } }),
    "alg none": unsigned,
    "alg NONE": `${base64({ alg: "NONE", kid: key.kid })}.${base64(claims())}.${signature}`,
    "alg HS256 by the public key": `${symmetric}.${createHmac("sha256", publicPem).update(symmetric).digest("base64url")}`,
    "alg RS512": jwt(claims(), { header: { alg: "RS512" } }),
    "alg PS256": jwt(claims(), { header: { alg: "PS256" } }),
    "crit": jwt(claims(), { header: { crit: ["exp"] } }),
    "another body": `${head}.${base64(claims({ email: "other@example.com" }))}.${signature}`,
    "no signature": `${head}.${body}.`,
    "two parts": `${head}.${body}`,
    "no JWT": "x",
    "too long": jwt(claims({ more: "x".repeat(20_000) })),
  };
  for (const [name, token] of Object.entries(forged)) {
    const [status, answer] = await ask("/balance", assertion(token));
    assert.deepEqual([status, answer.code], [401, "unauthorized"], name);
  }
  assert.equal(await statusOf("/balance", { ...bearer("wrong token of some length"), ...assertion(jwt(claims())) }), 401);
  assert.equal(await statusOf("/balance", { authorization: "Basic eA==", ...assertion(jwt(claims())) }), 200);
  for (const secret of ["eve@", signature, tokens.ann]) assert.ok(!worker.said.includes(secret));
});

test("the team's keys are fetched once; a new one is found, and unknown ones ask once a minute at most", LIMIT, async (t) => {
  const fresh = await startWorker(options());
  t.after(() => fresh.dispose());
  access.asked = 0;
  const status = (by) => statusOf("/balance", assertion(jwt(claims(), { by })), { of: fresh });
  const next = newKey("next");

  const first = [await status(key), await status(key), access.asked];
  const forged = [await status(newKey("a")), access.asked, await status(newKey("b")), access.asked];
  access.keys.push(published(next));
  const early = [await status(next), access.asked];

  const quick = await startWorker(options({}, { access: [["ASK_MS = 60_000", "ASK_MS = 0"]] }));
  t.after(() => quick.dispose());
  access.keys = [published(key)];
  const before = await statusOf("/balance", assertion(jwt(claims())), { of: quick });
  access.keys.push(published(next));
  const changed = await statusOf("/balance", assertion(jwt(claims(), { by: next })), { of: quick });

  assert.deepEqual(first, [200, 200, 1]);
  assert.deepEqual(forged, [401, 1, 401, 1]);
  assert.deepEqual(early, [401, 1]);
  assert.deepEqual([before, changed], [200, 200]);
});

test("without the team's keys nobody is let in by Access, and is told to ask again", LIMIT, async (t) => {
  access.status = 500;
  const fresh = await startWorker(options());
  t.after(() => fresh.dispose());

  const [status, { code }, headers] = await ask("/balance", assertion(jwt(claims())), { of: fresh });
  const token = await statusOf("/balance", bearer(TOKEN), { of: fresh });
  access.status = 200;
  const later = await statusOf("/balance", assertion(jwt(claims())), { of: fresh });

  assert.deepEqual([status, code, headers.get("retry-after"), token, later], [503, "unavailable", "5", 200, 200]);
});

test("where no team is configured an assertion says nothing", LIMIT, async (t) => {
  const fresh = await startWorker(options({ ACCESS_TEAM: "" }));
  t.after(() => fresh.dispose());

  assert.equal(await statusOf("/balance", assertion(jwt(claims())), { of: fresh }), 401);
});

test("what is configured wrongly is named, and no value of it is repeated", LIMIT, async (t) => {
  const [one] = CALLERS;
  const wrong = [
    [{ CALLERS: "secret words" }, "CALLERS"],
    [{ CALLERS: JSON.stringify({ ...one }) }, "CALLERS"],
    [{ CALLERS: JSON.stringify([one, { ...one, token: "another token of length" }]) }, "CALLERS"],
    [{ CALLERS: JSON.stringify([one, { ...one, id: "another" }]) }, "CALLERS"],
    [{ CALLERS: JSON.stringify([{ ...one, id: "CALLER" }]) }, "CALLERS"],
    [{ CALLERS: JSON.stringify([{ ...one, roles: ["secret"] }]) }, "CALLERS"],
    [{ CALLERS: JSON.stringify([{ ...one, token: "secret" }]) }, "CALLERS"],
    [{ CALLERS: JSON.stringify([{ ...one, sha256: "0".repeat(64) }]) }, "CALLERS"],
    [{ CALLERS: JSON.stringify([{ ...one, limits: { order: 5 } }]) }, "CALLERS"],
    [{ CALLERS: JSON.stringify([{ ...one, secret: 1 }]) }, "CALLERS"],
    [{ GIFTCARD_EMAIL: "" }, "GIFTCARD_EMAIL"],
    [{ GIFTCARD_ACCESS_TOKEN: "" }, "GIFTCARD_ACCESS_TOKEN"],
    [{ GIFTCARD_BASE_URL: "secret" }, "GIFTCARD_BASE_URL"],
    [{ ACCESS_AUD: "" }, "ACCESS_AUD", true],
    [{ ACCESS_ROLES: { "@example.com": "secret" } }, "ACCESS_ROLES", true],
    [{ ACCESS_TEAM: "http://acme/x?secret" }, "ACCESS_TEAM", true],
  ];
  for (const [bindings, variable, isAccess] of wrong) {
    const fresh = await startWorker(options(bindings));
    t.after(() => fresh.dispose());
    const [status, { code, message }] = await ask("/balance", isAccess ? assertion(jwt(claims())) : bearer(TOKEN), { of: fresh });
    assert.deepEqual([status, code, message.slice(0, variable.length + 1)], [500, "invalid_config", `${variable}:`], JSON.stringify(bindings));
    assert.doesNotMatch(message + fresh.said, /secret words|ann's token|"secret"/);
  }
});

test("a caller who asks for too much at a time waits, and the others do not", LIMIT, async (t) => {
  const limited = await startWorker({ ...options(), platform: { ratelimits: { RATE_LIMIT: { namespace_id: "1", simple: { limit: 3, period: 60 } } } } });
  t.after(() => limited.dispose());

  const statuses = [];
  for (let time = 0; time < 5; time += 1) statuses.push(await statusOf("/balance", bearer(tokens.ann), { of: limited }));
  const [status, { code }, headers] = await ask("/orders", bearer(tokens.ann), { method: "POST", body: JSON.stringify(links("RATE-1")), of: limited });
  const other = await statusOf("/balance", bearer(tokens.cards), { of: limited });

  assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
  assert.deepEqual([status, code, headers.get("retry-after"), other], [429, "rate_limited", "60", 200]);
  assert.equal(limited.posts().length, 0);
});

test("each request has an id: of the answer, of its line in the log, and of what it asked the API for", LIMIT, async (t) => {
  const other = await startWorker(options());
  t.after(() => other.dispose());
  const logged = (id) => other.said.split("\n").filter((line) => line.includes(`"request":"${id}"`)).map((line) => JSON.parse(line.slice(line.indexOf("{"))));
  const post = (order, headers = {}) => ask("/orders", { ...bearer(tokens.ann), ...headers }, { of: other, method: "POST", body: JSON.stringify(order) });

  const [placed, { order }, headers] = await post(links("LOGGED-1"));
  const [, , rayed] = await post(links("LOGGED-2"), { "cf-ray": "8d1f2a3b4c5d6e7f-FRA" });
  const [, , odd] = await post(links("LOGGED-3"), { "cf-ray": "jane.doe@example.org" });
  const [, , looked] = await ask(`/orders/${order.Id}?include=claims`, bearer(tokens.cards), { of: other });
  const [, , nowhere] = await ask("/elsewhere/jane", bearer(TOKEN), { of: other });
  const [refused, , stranger] = await ask("/balance", {}, { of: other });

  assert.deepEqual([placed, refused], [201, 401]);
  const id = headers.get("request-id");
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(logged(id).map(({ type, path, route, status }) => `${type ?? "answer"} ${path ?? route} ${status ?? ""}`.trim()), [
    "request /v1/Orders",
    "response /v1/Orders 201",
    "answer /orders 201",
  ]);
  assert.equal(rayed.get("request-id"), "8d1f2a3b4c5d6e7f-FRA");
  assert.equal(logged("8d1f2a3b4c5d6e7f-FRA").length, 3);
  assert.match(odd.get("request-id"), /^[0-9a-f-]{36}$/);
  assert.deepEqual([looked, nowhere, stranger].map((of) => logged(of.get("request-id")).map(({ method, route, status }) => [method, route, status])), [
    [["GET", "/orders/:id", 200]],
    [["GET", "/*", 404]],
    [["GET", "/balance", 401]],
  ]);
  assert.doesNotMatch(other.said, /jane|LOGGED-|claims/);
});

test("a failure of the Worker's own is named by an id, under which the log has its class and place, and nothing that it says", LIMIT, async (t) => {
  const failing = [["await clientOf(env).accountBalance())", '(() => { throw new RangeError("jane.doe@example.org\\n    at jane.doe@example.org"); })())']];
  const other = await startWorker({ ...options(), changes: { index: failing } });
  t.after(() => other.dispose());

  const [status, { code, id, message }, headers] = await ask("/balance", bearer(TOKEN), { of: other });
  const line = other.said.split("\n").find((text) => text.includes(id));

  assert.deepEqual([status, code], [500, "internal"]);
  assert.ok(message.includes(id));
  const { failed, error, at } = JSON.parse(line.slice(line.indexOf("{")));
  assert.deepEqual([failed, error], ["internal", "RangeError"]);
  assert.match(at[0], /index\.js:\d+:\d+/);
  assert.ok(other.said.includes(JSON.stringify({ failed: "internal", id, request: headers.get("request-id") })));
  assert.doesNotMatch(other.said, /jane/);
});
