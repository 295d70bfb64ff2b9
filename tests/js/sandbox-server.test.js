// The executable: the sandbox at an address of this machine.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const EXECUTABLE = fileURLToPath(new URL("bin/giftcard-partners.js", import.meta.resolve("giftcard-partners/package.json")));
const NAME_BEFORE = fileURLToPath(new URL("giftcard-partners-sandbox.js", pathToFileURL(EXECUTABLE)));
const ORDER = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }], PONumber: "PO-1" };

let server;
before(async () => {
  server = await start();
});
after(() => server.child.kill());

async function start(...options) {
  const child = spawn(process.execPath, [EXECUTABLE, "sandbox", "--port", "0", "--json", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, ...JSON.parse(line) };
}

async function run(...options) {
  return runOf(EXECUTABLE, "sandbox", ...options);
}

async function runOf(...words) {
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  return { code, output };
}

async function bearer({ baseUrl, credentials } = server) {
  const headers = { Email: credentials.email, AccessToken: credentials.accessToken };
  const token = await (await fetch(`${baseUrl}/v1/Tokens`, { method: "POST", headers })).json();
  return { Authorization: `Bearer ${token.Value}`, "Content-Type": "application/json" };
}

async function place(PONumber, extra, target = server) {
  const body = JSON.stringify({ ...ORDER, PONumber, ...extra });
  return fetch(`${target.baseUrl}/v1/Orders`, { method: "POST", headers: await bearer(target), body });
}

const control = (name, body, headers = {}, target = server) =>
  fetch(`${target.baseUrl}/_sandbox/${name}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  });

// A request with headers that fetch would not send, such as a foreign Host.
async function raw(path, headers, method = "GET", target = server) {
  const { hostname, port } = new URL(target.baseUrl);
  const sent = request({ hostname, port, path, method, headers }).end();
  const [answer] = await once(sent, "response");
  answer.resume();
  return answer;
}

test("an order is placed over HTTP and seen by the control routes", async () => {
  const placed = await place("PO-HTTP");

  const order = await placed.json();
  const orders = await (await control("orders")).json();
  const requests = await (await control("requests")).json();

  assert.equal(placed.status, 201);
  assert.ok(placed.headers.get("x-request-id"));
  assert.deepEqual(orders.at(-1), order);
  assert.equal(requests.at(-1).path, "/v1/Orders");
  assert.equal(requests.at(-1).headers.authorization, "[redacted]");
});

test("--products gives it a catalogue of one's own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-products-"));
  const file = join(folder, "products.json");
  writeFileSync(file, JSON.stringify([{ Id: "OWN", DenominationType: "Fixed", Denominations: [7], AvailableDeliveryTypes: ["Links"] }]));
  const own = await start("--products", file);
  const absent = await run("--port", "0", "--products", join(folder, "absent.json"));

  const { Data } = await (await fetch(`${own.baseUrl}/v1/Products`, { headers: await bearer(own) })).json();
  own.child.kill();
  rmSync(folder, { recursive: true });

  assert.deepEqual(Data.map(({ Id }) => Id), ["OWN"]);
  assert.equal(absent.code, 2);
  assert.match(absent.output, /^giftcard-partners: .*absent\.json/);
});

test("a lost connection is really lost", async () => {
  await control("inject", { fault: "drop-response" });

  await assert.rejects(place("PO-LOST"), TypeError);

  assert.equal((await place("PO-LOST")).status, 409);
});

test("a silent answer ends with the caller's patience, and the server goes on", async () => {
  await control("inject", { fault: "timeout", path: "/v1/Status" });

  const silent = fetch(`${server.baseUrl}/v1/Status`, { headers: await bearer(), signal: AbortSignal.timeout(50) });

  await assert.rejects(silent, { name: "TimeoutError" });
  assert.equal((await fetch(`${server.baseUrl}/v1/Status`, { headers: await bearer() })).status, 200);
});

test("a slow body ends when the clock is advanced", async () => {
  await control("inject", { fault: "slow-body", delayMs: 600_000 });
  const answer = await place("PO-SLOW");

  await control("advance", { ms: 600_000 });

  assert.equal((await answer.json()).PONumber, "PO-SLOW");
});

test("any page may use the API", async () => {
  const answer = await raw("/v1/Orders", { Origin: "https://shop.example", "Access-Control-Request-Method": "POST" }, "OPTIONS");
  const used = await raw("/v1/Status", { Origin: "https://shop.example" });

  assert.equal(answer.statusCode, 204);
  assert.equal(answer.headers["access-control-allow-origin"], "*");
  assert.match(answer.headers["access-control-allow-headers"], /Authorization, Email, AccessToken, Content-Type/);
  assert.equal(used.headers["access-control-allow-origin"], "*");
  assert.match(used.headers["access-control-expose-headers"], /X-Request-Id/);
});

test("only pages of this machine may command the sandbox", async () => {
  const refused = [
    { Origin: "https://shop.example" },
    { Origin: "null" },
    { Origin: "http://127.0.0.1.shop.example" },
    { Host: "rebound.example" },
    { Host: "127.0.0.1.rebound.example:8787" },
    { "Sec-Fetch-Site": "cross-site" },
  ];

  for (const headers of refused) {
    assert.equal((await raw("/_sandbox/orders", headers)).statusCode, 403, JSON.stringify(headers));
    assert.equal((await raw("/_sandbox/inject", headers, "OPTIONS")).statusCode, 403, JSON.stringify(headers));
  }
  const own = await raw("/_sandbox/orders", { Origin: "http://localhost:5173" });
  assert.equal(own.statusCode, 200);
  assert.equal(own.headers["access-control-allow-origin"], "http://localhost:5173");
});

test("a command that is wrong says why", async () => {
  const unknown = await control("inject", { fault: "nothing" });
  const form = await control("advance", { ms: 1 }, { "Content-Type": "text/plain" });

  assert.equal(unknown.status, 400);
  assert.match((await unknown.json()).Message, /drop-response/);
  assert.equal(form.status, 415);
  assert.equal((await control("nothing", {})).status, 404);
  assert.equal((await control("settle", { amount: "99999.00" })).status, 400);
  assert.equal((await control("fund", { amount: "10.00" })).status, 200);
  assert.equal((await control("settle", { amount: "10.00" })).status, 200);
});

test("a body over 32 MB is refused", async () => {
  const answer = await raw("/v1/Orders", { "Content-Length": String(32 * 1024 * 1024 + 1) }, "POST");

  assert.equal(answer.statusCode, 413);
});

test("a webhook on this machine is called when its order is completed", async () => {
  const receiver = createServer().listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const url = `http://127.0.0.1:${receiver.address().port}/hook`;

  const called = once(receiver, "request");
  const placed = await (await place("PO-HOOK", { WebhookSettings: { FulfillmentComplete: url } })).json();
  const [hook, answer] = await called;
  const body = JSON.parse(Buffer.concat(await hook.toArray()).toString());
  answer.end();
  receiver.close();

  assert.equal(hook.method, "POST");
  assert.deepEqual(body, { Id: placed.Id, PONumber: "PO-HOOK", Status: "Completed" });
});

test("SIGTERM ends it cleanly, silent requests or not", async () => {
  const short = await start();
  await control("inject", { fault: "timeout", path: "/v1/Status" }, {}, short);
  const silent = fetch(`${short.baseUrl}/v1/Status`).catch((error) => error.name);
  while ((await (await control("requests", undefined, {}, short)).json()).length === 0);

  short.child.kill("SIGTERM");
  const [code, signal] = await once(short.child, "close");

  assert.deepEqual([code, signal], [0, null]);
  assert.equal(await silent, "TypeError");
});

test("SIGTERM ends it at once, also while nobody answers a webhook", async () => {
  const short = await start();
  const receiver = createServer().listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const called = once(receiver, "request");
  await place("PO-1", { WebhookSettings: { FulfillmentComplete: `http://127.0.0.1:${receiver.address().port}/hook` } }, short);
  await called;

  const started = performance.now();
  short.child.kill("SIGTERM");
  const [code] = await once(short.child, "close");
  const took = performance.now() - started;
  receiver.close();

  assert.equal(code, 0);
  assert.ok(took < 5_000, `${took} ms`);
});

test("a request for what is no address is answered, and the server goes on", async () => {
  assert.equal((await raw("//", {})).statusCode, 400);
  assert.equal((await fetch(`${server.baseUrl}/v1/Status`, { headers: await bearer() })).status, 200);
});

test("in a container it listens for others, who command it by the container's name or address, and a page's own name is none", async () => {
  const open = await start("--host", "0.0.0.0");
  const { port, hostname } = new URL(open.baseUrl);

  const placed = await place("PO-CONTAINER", {}, open);
  const statuses = {};
  for (const host of ["sandbox", "172.17.0.2", "[fd00::2]", "localhost", "shop.example", "sandbox.evil.example"]) {
    const { statusCode } = await raw("/_sandbox/orders", { Host: `${host}:${port}` }, "GET", open);
    statuses[host] = statusCode;
  }
  const page = await raw("/_sandbox/orders", { Host: `sandbox:${port}`, Origin: "https://shop.example" }, "GET", open);
  const closed = await raw("/_sandbox/orders", { Host: "sandbox:8787" });
  open.child.kill();

  assert.equal(hostname, "127.0.0.1");
  assert.equal(placed.status, 201);
  assert.deepEqual(statuses, { sandbox: 200, "172.17.0.2": 200, "[fd00::2]": 200, localhost: 200, "shop.example": 403, "sandbox.evil.example": 403 });
  assert.deepEqual([page.statusCode, closed.statusCode], [403, 403]);
});

test("a port in use, a host that is none of this machine's and a wrong option are clear sentences", async () => {
  const used = await run("--port", new URL(server.baseUrl).port);
  const elsewhere = await run("--port", "0", "--host", "192.0.2.1");
  const empty = await run("--port", "0", "--host", "");
  const wrong = await run("--seed", "x");
  const unknown = await run("--nothing");
  const help = await run("--help");

  for (const { code } of [used, elsewhere, empty, wrong, unknown]) assert.equal(code, 2);
  assert.match(used.output, /^giftcard-partners: Port \d+ is in use: choose another with --port/);
  assert.match(elsewhere.output, /--host 192\.0\.2\.1 is no address of this machine/);
  assert.match(empty.output, /--host must be a name or an address/);
  assert.match(wrong.output, /seed must be a whole number/);
  assert.match(unknown.output, /sandbox has no option --nothing/);
  assert.equal(help.code, 0);
  assert.match(help.output, /--async-threshold/);
});

test("the executable of before is this command", async () => {
  const help = await runOf(NAME_BEFORE, "--help");

  assert.equal(help.code, 0);
  assert.equal(help.output, (await run("--help")).output);
});
