// The starter Worker of pkg-templates/worker in real workerd, as wrangler would bundle it, against the sandbox on a real socket: a lost
// connection is one.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { createSandbox } from "giftcard-partners/sandbox";

import { COMPATIBILITY_DATE, miniflareIn } from "./miniflare.js";

export const LIMIT = { timeout: 120_000 };
export const TOKEN = "the token of a caller";
export const SECRET = "a-callback-secret-of-length";
export const ORIGIN = "https://worker.example";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TEMPLATE = join(ROOT, "pkg-templates/worker");

const bundled = new Map();
/**
 * The Worker's modules: wrangler's conditions, and wasm beside the code, as wrangler has it. `changes` are made in its source first, as
 * { file: [[text, another]] }: a limit that no test could reach, a defect that something else has to catch. `folder`: of another build of
 * the package, whose template and code are taken.
 */
function modules(changes = {}, folder) {
  const key = JSON.stringify([changes, folder]);
  if (!bundled.has(key)) bundled.set(key, bundle(changes, folder));
  return bundled.get(key);
}

async function bundle(changes, folder) {
  const wasm = [];
  const wasmModules = {
    name: "wasm-modules",
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => {
        const name = path.replace(/^.*\//, "");
        const file = join(resolveDir, path.replace(/\?module$/, ""));
        if (!wasm.some((module) => module.path === name)) wasm.push({ type: "CompiledWasm", path: name, contents: readFileSync(file) });
        return { path: `./${name}`, external: true };
      });
    },
  };
  const changed = {
    name: "changed",
    setup({ onLoad }) {
      onLoad({ filter: /worker\/src\/[^/]+\.ts$/ }, ({ path }) => {
        let contents = readFileSync(path, "utf8");
        for (const [text, another] of changes[basename(path, ".ts")] ?? []) {
          assert.ok(contents.includes(text), `${path} has no ${text}`);
          contents = contents.replace(text, another);
        }
        return { contents, loader: "ts" };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(folder ? join(folder, "templates/worker") : TEMPLATE, "src/index.ts")],
    ...(folder ? { alias: { "giftcard-partners": join(folder, "index.workerd.js") }, nodePaths: [join(ROOT, "node_modules")] } : {}),
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*"],
    plugins: [wasmModules, changed],
    logLevel: "warning",
  });
  return [{ type: "ESModule", path: "index.js", contents: outputFiles[0].text }, ...wasm];
}

/** A module of the Worker's, in Node, with the package that the test has: in a bundle its wasm would be unpacked out of text. */
export async function sourceOf(name) {
  const installed = {
    name: "installed",
    setup: ({ onResolve }) => onResolve({ filter: /^giftcard-partners$/ }, ({ path }) => ({ path: import.meta.resolve(path), external: true })),
  };
  const { outputFiles } = await build({ entryPoints: [join(TEMPLATE, `src/${name}.ts`)], bundle: true, write: false, format: "esm", plugins: [installed] });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** The ids of a sandbox's orders as another API has them: JSON numbers, and such as JavaScript has no number for. */
function numberedIds(sandbox) {
  const FIRST = 9_007_199_254_740_993n;
  const numbered = () => sandbox.orders().map(({ Id }, place) => [Id, String(FIRST + 2n * BigInt(place))]);
  return {
    sent: (text) => numbered().reduce((sent, [id, digits]) => sent.replaceAll(`"${id}"`, digits), text),
    asked: (url) => numbered().reduce((asked, [id, digits]) => asked.replace(`/${digits}`, `/${id}`), url),
  };
}

/**
 * A sandbox behind a socket. What it calls lost is lost; a fault that is silence stays silent. `before` sees each request first: it
 * may let it wait, or answer it with `{ status, body }`. `busyMs`: how long it had something to answer. `ids` is told what is asked and what is sent.
 */
async function serveSandbox(options, makeIds) {
  const sandbox = createSandbox(options);
  const ids = makeIds?.(sandbox);
  const api = { sandbox, before: undefined, busyMs: 0 };
  let [open, since] = [0, 0];
  const server = createServer(async (incoming, outgoing) => {
    const gone = new AbortController();
    if (open === 0) since = performance.now();
    open += 1;
    outgoing.once("close", () => {
      gone.abort();
      open -= 1;
      if (open === 0) api.busyMs += performance.now() - since;
    });
    try {
      const body = await buffer(incoming);
      const instead = await api.before?.(`${incoming.method} ${incoming.url}`);
      if (instead) return outgoing.writeHead(instead.status, { "Content-Type": "application/json" }).end(JSON.stringify(instead.body ?? {}));
      const answer = await sandbox.fetch({
        method: incoming.method,
        url: new URL(ids?.asked(incoming.url) ?? incoming.url, sandbox.baseUrl).href,
        headers: Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values.join(", ")]),
        signal: gone.signal,
        arrayBuffer: async () => body,
      });
      outgoing.writeHead(answer.status, [...answer.headers].flat());
      if (ids) return outgoing.end(ids.sent((await buffer(answer.body)).toString()));
      for await (const chunk of answer.body) outgoing.write(chunk);
      outgoing.end();
    } catch {
      incoming.socket.destroy();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  api.baseUrl = `http://127.0.0.1:${server.address().port}`;
  api.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return api;
}

/** What wrangler.jsonc says, as miniflare has it. */
export const BINDINGS = {
  compatibilityDate: COMPATIBILITY_DATE,
  kvNamespaces: ["CACHE"],
  durableObjects: {
    ORDERS: { className: "OrderGate", useSQLite: true },
    CAMPAIGNS: { className: "CampaignStore", useSQLite: true },
    PAYMENTS: { className: "PaymentIndex", useSQLite: true },
    AUDIT: { className: "AuditLog", useSQLite: true },
    LIST: { className: "CampaignList", useSQLite: true },
    ALERTS: { className: "AlertDesk", useSQLite: true },
    BUDGETS: { className: "BudgetBook", useSQLite: true },
  },
  workflows: { RUNS: { name: "giftcard-campaign", className: "CampaignRun" } },
};

/**
 * A Worker and its API. `changes` as `modules` takes them. `numericIds`: the API's ids of orders are numbers. `stop` and `start` end and
 * begin the runtime; what is stored stays. `platform`: more of miniflare's options. `folder` as `modules` takes it.
 */
export async function startWorker({ sandbox: sandboxOptions, bindings = {}, changes, numericIds = false, platform = {}, folder: earlier } = {}) {
  const api = await serveSandbox(sandboxOptions, numericIds ? numberedIds : undefined);
  const folder = mkdtempSync(join(tmpdir(), "worker-"));
  const { email, accessToken } = api.sandbox.credentials;
  const options = {
    ...BINDINGS,
    ...platform,
    modules: await modules(changes, earlier),
    bindings: {
      GIFTCARD_BASE_URL: api.baseUrl,
      GIFTCARD_EMAIL: email,
      GIFTCARD_ACCESS_TOKEN: accessToken,
      GIFTCARD_TIMEOUT_MS: "500",
      CALLER_TOKEN: TOKEN,
      CALLBACK_SECRET: SECRET,
      ...(typeof bindings === "function" ? bindings(api.sandbox.credentials, api.baseUrl) : bindings),
    },
  };

  const worker = {
    api,
    sandbox: api.sandbox,
    /** As miniflare takes them; what is changed holds from the next start on. */
    options,
    /** The orders that reached the sandbox, or were lost on the way. */
    posts: () => api.sandbox.requests().filter(({ method, path }) => method === "POST" && path === "/v1/Orders"),
    /** Everything that the runtime has written. */
    said: "",
    miniflare: undefined,
    async start() {
      worker.miniflare = miniflareIn(folder, options, (text) => (worker.said += text));
      await worker.miniflare.ready;
    },
    async stop() {
      await worker.miniflare.dispose();
    },
    async dispose() {
      await worker.miniflare.dispose();
      api.close();
      await rm(folder, { recursive: true, force: true });
    },
    /** A request without the caller's token. */
    open: (path, init) => worker.miniflare.dispatchFetch(`${ORIGIN}${path}`, init),
    /** A request of a caller. */
    ask: (path, init = {}) => worker.open(path, { ...init, headers: { authorization: `Bearer ${TOKEN}`, ...init.headers } }),
    /** Its status and its JSON. */
    async tell(path, init) {
      const answer = await worker.ask(path, init);
      const text = await answer.text();
      return [answer.status, text ? JSON.parse(text) : undefined];
    },
    order: (order, query = "") => worker.tell(`/orders${query}`, { method: "POST", body: JSON.stringify(order) }),
    /** Posts a file: the review of it. */
    review: (name, file, query = "", headers = {}) =>
      worker.tell(`/campaigns?name=${encodeURIComponent(name)}${query}`, { method: "POST", body: file, headers, duplex: "half" }),
    approve: (id, total) => worker.tell(`/campaigns/${id}/approve`, { method: "POST", body: JSON.stringify({ total }) }),
    /** Posts a file, and approves what it costs. */
    async campaign(...posted) {
      const [status, review] = await worker.review(...posted);
      if (review?.status !== "review") return [status, review];
      const [approved, progress] = await worker.approve(review.id, review.quote[0].total);
      return approved === 202 ? [status, { ...review, ...progress }] : [approved, progress];
    },
    /** Asks how a campaign is until it is as it should be. */
    async until(id, isReached, seconds = 60) {
      const end = Date.now() + seconds * 1_000;
      for (;;) {
        const [status, progress] = await worker.tell(`/campaigns/${id}`);
        assert.equal(status, 200);
        if (isReached(progress)) return progress;
        assert.ok(Date.now() < end, `not reached in ${seconds} s: ${JSON.stringify(progress)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    reach: (id, status, seconds) => worker.until(id, (progress) => progress.status === status, seconds),
  };
  // A server that stays behind would keep the test's process.
  await worker.start().catch((error) => {
    api.close();
    throw error;
  });
  return worker;
}

/** The changes of limits.ts by which files are cut into pieces of so many bytes. */
export const piecesOf = (bytes) => [["PIECE_BYTES = Math.floor(IMPORT_BYTES / (ROW_IN_MEMORY / ROW_IN_FILE))", `PIECE_BYTES = ${bytes}`]];

export const links = (poNumber, quantity = 1) => ({
  Type: "Links",
  LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: quantity }],
  PONumber: poNumber,
});

/** A file of people, each with a card of 25. */
export function csv(rows, { from = 0, value = 25 } = {}) {
  const people = Array.from({ length: rows }, (_, row) => `person${from + row}@example.org,Person ${from + row},INKWHISTLE,${value}\n`);
  return `email,name,product,value\n${people.join("")}`;
}

/** That every order of a plan is in the sandbox, each once, and nothing else. */
export function assertEachOnce(sandbox, poNumbers) {
  assert.deepEqual(sandbox.orders().map(({ PONumber }) => PONumber).sort(), [...poNumbers].sort());
}

/** What the workerd of this process has used, seconds of CPU time and the most memory, where /proc tells that. */
export function usedByRuntime() {
  const used = { cpuSeconds: 0, residentMb: 0 };
  for (const pid of existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : []) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      if (!/^Name:\s+workerd/m.test(status) || Number(/^PPid:\s+(\d+)/m.exec(status)[1]) !== process.pid) continue;
      const of = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/\(.*\)/, "x").split(" ");
      used.cpuSeconds += (Number(of[13]) + Number(of[14])) / 100;
      used.residentMb = Math.max(used.residentMb, Number(/^VmHWM:\s+(\d+)/m.exec(status)[1]) / 1_024);
    } catch {
      // It has just ended.
    }
  }
  return used;
}
