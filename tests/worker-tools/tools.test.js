// The starter Worker in the tools of today, which ask for a newer Node than the package does, and in the oldest wrangler that it is bundled with:
// its own test, its deployments as far as they go without an account, and what Vite and esbuild make of it.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { build } from "esbuild";
import { createSandbox } from "giftcard-partners/sandbox";

import { BINDINGS } from "../workerd/worker.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = join(HERE, "../..");
const MODULES = join(HERE, "node_modules");
const NODE = join(MODULES, `node-24-${process.platform}-${process.arch}`, "bin/node");
const LIMIT = { timeout: 180_000, skip: existsSync(NODE) ? false : "there is no Node 24 for this machine" };
const QUIET = { NO_COLOR: "1", CI: "1", WRANGLER_SEND_METRICS: "false", NODE_OPTIONS: "" };
// Else a test runner in a test says nothing.
delete process.env.NODE_TEST_CONTEXT;

/** The template in a folder of its own, beside its libraries: its own test and whatever a tool needs. */
function project(name, files = []) {
  const folder = join(ROOT, "target/worker-tools", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  cpSync(join(ROOT, "pkg-templates/worker"), folder, { recursive: true });
  for (const file of files) cpSync(join(HERE, file), join(folder, file));
  const linked = new Map(readdirSync(MODULES).map((module) => [module, join(MODULES, module)]));
  for (const module of ["giftcard-partners", "hono"]) linked.set(module, join(ROOT, "node_modules", module));
  for (const [module, target] of linked) symlinkSync(target, join(folder, "node_modules", module));
  return folder;
}

/** Runs a tool in a project, in Node 24; what it says. */
async function run(folder, words, program = NODE) {
  const environment = { ...process.env, ...QUIET, PATH: `${join(NODE, "..")}:${process.env.PATH}`, XDG_CONFIG_HOME: join(folder, ".config") };
  const { stdout, stderr } = await promisify(execFile)(program, words, { cwd: folder, env: environment });
  return stdout + stderr;
}

/** Starts a program that says where it listens; it ends with the test. */
async function listening(t, folder, words, said) {
  const server = spawn(NODE, words, { cwd: folder, env: { ...process.env, ...QUIET, XDG_CONFIG_HOME: join(folder, ".config") } });
  t.after(() => server.kill());
  let text = "";
  return new Promise((resolve, reject) => {
    server.stdout.on("data", (chunk) => said.test((text += chunk)) && resolve(said.exec(text)[1]));
    server.stderr.on("data", (chunk) => (text += chunk));
    server.on("exit", () => reject(new Error(text)));
  });
}

/** A list through a Worker, from outside. */
async function assertPlaces(ask, token = "the token of this test") {
  const headers = { authorization: `Bearer ${token}` };
  const posted = await ask("/campaigns?name=tools", { method: "POST", headers, body: "email,product,value\nann@example.org,INKWHISTLE,25\n" });
  const { id, quote } = await posted.json();
  const approved = await ask(`/campaigns/${id}/approve`, { method: "POST", headers, body: JSON.stringify({ total: quote[0].total }) });
  let progress;
  do progress = await (await ask(`/campaigns/${id}`, { headers })).json();
  while (progress.status === "running");
  assert.deepEqual([posted.status, approved.status, progress.status, progress.states], [202, 202, "done", { created: 1 }]);
}

test("the template's own test passes in wrangler of today, in Node 24", LIMIT, async () => {
  const said = await run(project("own"), ["--test"]);

  assert.match(said, /pass 2\b/);
  assert.match(said, /fail 0\b/);
});

test("the README's first steps make a Worker on a machine that places a list in the sandbox", LIMIT, async (t) => {
  const folder = project("readme");
  const [, steps] = /## On your machine[\s\S]*?```sh\n([\s\S]*?)```/.exec(readFileSync(join(folder, "README.md"), "utf8"));
  const commands = steps.trim().split("\n").map((line) => line.replace(/\s*#.*/, ""));
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  assert.deepEqual(commands, ["cp gitignore .gitignore", "cp dev.vars.example .dev.vars", "npm install", "npm test", "npm run sandbox", "npm run dev"]);
  assert.deepEqual([scripts.sandbox, scripts.dev, scripts.test], ["giftcard-partners sandbox", "wrangler dev --port 8788", "node --test"]);

  for (const command of commands.slice(0, 2)) await run(folder, ["-c", command], "sh");
  // The libraries are there, `npm test` is a test of its own, and the ports may be another program's.
  const api = await listening(t, folder, ["node_modules/giftcard-partners/bin/giftcard-partners.js", "sandbox", "--port", "0"], /^GIFTCARD_BASE_URL=(.*)$/m);
  const vars = readFileSync(join(folder, ".dev.vars"), "utf8");
  assert.match(vars, /^GIFTCARD_BASE_URL="http:\/\/127\.0\.0\.1:8787"$/m);
  writeFileSync(join(folder, ".dev.vars"), vars.replace("http://127.0.0.1:8787", api));
  const dev = [join(MODULES, "wrangler/bin/wrangler.js"), "dev", "--port", "0", "--ip", "127.0.0.1", "--inspector-port", "0", "--show-interactive-dev-session=false"];
  const url = await listening(t, folder, dev, /Ready on (http:\S+)/);

  await assertPlaces((path, init) => fetch(url + path, init), "development");
});

for (const [name, modules, program] of [["today's", MODULES, NODE], ["the oldest", join(ROOT, "tests/packaging/node_modules"), process.execPath]]) {
  const limit = { ...LIMIT, skip: LIMIT.skip || (existsSync(join(modules, "wrangler")) ? false : "tests/packaging is not installed") };
  test(`${name} wrangler makes a deployment of each environment, with every binding`, limit, async () => {
    const folder = project(`deploy-${basename(join(modules, ".."))}`);
    for (const environment of ["staging", "production"]) {
      const said = await run(folder, [join(modules, "wrangler/bin/wrangler.js"), "deploy", "--env", environment, "--dry-run", "--outdir", `out-${environment}`], program);
      for (const binding of ["ORDERS", "CAMPAIGNS", "PAYMENTS", "BUDGETS", "AUDIT", "LIST", "ALERTS", "RUNS", "CACHE", "RATE_LIMIT", "GIFTCARD_BASE_URL"]) {
        assert.match(said, new RegExp(`env\\.${binding}\\b`), `${binding} of ${environment}`);
      }
      assert.equal(readdirSync(join(folder, `out-${environment}`)).filter((file) => file.endsWith(".wasm")).length, 3);
    }
  });
}

test("Vitest's integration for Workers takes a list through the template", LIMIT, async () => {
  const folder = project("vitest", ["vitest.config.mjs", "list.vitest.js"]);

  const said = await run(folder, [join(MODULES, "vitest/vitest.mjs"), "run"]);

  assert.match(said, /1 passed/);
});

test("Vite's plugin builds the template, and serves it", LIMIT, async (t) => {
  const sandbox = createSandbox();
  const api = await served(sandbox);
  t.after(() => api.close());
  const folder = project("vite", ["vite.config.mjs"]);
  // The plugin's workerd is older than wrangler's, and knows no later date.
  const config = readFileSync(join(folder, "wrangler.jsonc"), "utf8");
  writeFileSync(join(folder, "wrangler.jsonc"), config.replace(/"compatibility_date": "[\d-]+"/, '"compatibility_date": "2026-10-19"'));
  const { email, accessToken } = sandbox.credentials;
  const vars = { GIFTCARD_BASE_URL: api.url, GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken, CALLER_TOKEN: "the token of this test" };
  writeFileSync(join(folder, ".dev.vars"), Object.entries(vars).map(([name, value]) => `${name}="${value}"\n`).join(""));

  await run(folder, [join(MODULES, "vite/bin/vite.js"), "build"]);
  const preview = [join(MODULES, "vite/bin/vite.js"), "preview", "--port", "0", "--host", "127.0.0.1"];
  const url = await listening(t, folder, preview, /(http:\/\/127\.0\.0\.1:\d+)/);

  await assertPlaces((path, init) => fetch(url + path, init));
  assert.equal(sandbox.orders().length, 1);
});

test("esbuild alone makes a Worker of it, with the wasm beside", LIMIT, async (t) => {
  const sandbox = createSandbox();
  const folder = project("esbuild");
  await build({
    absWorkingDir: folder,
    entryPoints: ["src/index.ts"],
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*"],
    loader: { ".wasm": "copy" },
    outdir: "out",
  });
  const { Miniflare, convertV4MiniflareOptions } = createRequire(join(MODULES, "wrangler/package.json"))("miniflare");
  const wasm = readdirSync(join(folder, "out")).filter((file) => file.endsWith(".wasm"));
  const miniflare = new Miniflare(convertV4MiniflareOptions({
    ...BINDINGS,
    modules: [
      { type: "ESModule", path: "index.js", contents: readFileSync(join(folder, "out/index.js"), "utf8") },
      ...wasm.map((file) => ({ type: "CompiledWasm", path: `${file}?module`, contents: readFileSync(join(folder, "out", file)) })),
    ],
    bindings: { GIFTCARD_BASE_URL: sandbox.baseUrl, GIFTCARD_EMAIL: sandbox.credentials.email, GIFTCARD_ACCESS_TOKEN: sandbox.credentials.accessToken, CALLER_TOKEN: "the token of this test" },
    outboundService: async ({ url, method, headers, body }) => sandbox.fetch({ url, method, headers: [...headers], arrayBuffer: async () => (body ? new Response(body).arrayBuffer() : new ArrayBuffer(0)) }),
  }));
  t.after(() => miniflare.dispose());

  await assertPlaces((path, init) => miniflare.dispatchFetch(`https://worker.example${path}`, init));
});

/** A sandbox on a port. */
async function served(sandbox) {
  const server = createServer(async (asked, answer) => {
    const { method, url, headers } = asked;
    const body = method === "GET" ? undefined : await buffer(asked);
    const { status, headers: told, body: stream } = await sandbox.fetch(new Request(new URL(url, sandbox.baseUrl), { method, headers, body }));
    answer.writeHead(status, [...told].flat()).end(await buffer(stream));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.closeAllConnections() || server.close() };
}
