// The starter Worker in workerd: bundled as wrangler would, with the bindings of its wrangler.jsonc.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { Log, LogLevel, Miniflare } from "miniflare";

const MAIN = fileURLToPath(new URL("../../pkg-templates/worker/src/index.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../../pkg-templates/worker/wrangler.jsonc", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Starts it; `tell` gets what the Worker's client says in `onEvent`, which the Worker logs. */
export async function startWorker({ baseUrl, credentials }, tell) {
  const callerToken = secret();
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    log: new Log(LogLevel.ERROR),
    handleRuntimeStdio: (stdout, stderr) => listen(stdout, stderr, tell),
    modules: await bundle(),
    compatibilityDate: "2026-04-01",
    bindings: {
      GIFTCARD_BASE_URL: baseUrl,
      GIFTCARD_EMAIL: credentials.email,
      GIFTCARD_ACCESS_TOKEN: credentials.accessToken,
      // Silence is one of the troubles; nobody wants to watch it for the usual 30 seconds.
      GIFTCARD_TIMEOUT_MS: "3000",
      CALLBACK_SECRET: secret(),
      CALLER_TOKEN: callerToken,
    },
    kvNamespaces: ["CACHE"],
    durableObjects: durableObjects(),
    workflows: { RUNS: { name: "giftcard-campaign", className: "CampaignRun" } },
  });
  const url = (await miniflare.ready).href;
  return { url, callerToken, close: () => miniflare.dispose() };
}

/** Those of wrangler.jsonc, whose comments have lines of their own. */
function durableObjects() {
  const { durable_objects } = JSON.parse(readFileSync(CONFIG, "utf8").replace(/^\s*\/\/.*$/gm, ""));
  return Object.fromEntries(durable_objects.bindings.map(({ name, class_name: className }) => [name, { className, useSQLite: true }]));
}

async function bundle() {
  const wasm = [];
  const { outputFiles } = await build({
    entryPoints: [MAIN],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*", "node:*"],
    nodePaths: [`${ROOT}node_modules`],
    plugins: [wasmModules(wasm)],
  });
  return [{ type: "ESModule", path: "index.js", contents: outputFiles[0].text }, ...wasm];
}

/** `import module from "./x.wasm?module"`: handed to workerd compiled, as wrangler does. */
function wasmModules(found) {
  return {
    name: "wasm-modules",
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path, resolveDir }) => {
        const name = `./${basename(path)}`;
        const contents = readFileSync(`${resolveDir}/${path.replace(/\?module$/, "")}`);
        if (!found.some((module) => module.path === name.slice(2))) found.push({ type: "CompiledWasm", path: name.slice(2), contents });
        return { path: name, external: true };
      });
    },
  };
}

function listen(stdout, stderr, tell) {
  createInterface({ input: stdout }).on("line", (line) => {
    const event = parsed(line);
    if (event?.type && event.path) tell(event);
  });
  createInterface({ input: stderr }).on("line", (line) => parsed(line) ?? console.error(line));
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function secret() {
  return randomBytes(24).toString("base64url");
}
