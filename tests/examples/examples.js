// The shipped examples as a user has them: copied out of the installed package, with their libraries beside them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners/package.json")));
const HERE = fileURLToPath(new URL(".", import.meta.url));

export const NAMES = readdirSync(join(PACKAGE, "examples")).sort();

/** The folder of a copy, which is made anew. */
export function copyOf(name) {
  const folder = join(HERE, "work", name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(PACKAGE, "examples", name), folder, { recursive: true });
  return folder;
}

/** Its files with their texts. */
export function filesOf(name) {
  const folder = join(PACKAGE, "examples", name);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((file) => [file.name, readFileSync(join(file.parentPath, file.name), "utf8")]);
}

/** The package's executable as a sandbox; `env` is what an account is told by. */
export async function startSandbox(t, ...options) {
  const program = join(PACKAGE, "bin/giftcard-partners.js");
  const child = spawn(process.execPath, [program, "sandbox", "--port", "0", "--json", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { baseUrl, credentials } = JSON.parse(line);
  return {
    env: { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: credentials.email, GIFTCARD_ACCESS_TOKEN: credentials.accessToken },
    orders: async () => (await fetch(`${baseUrl}/_sandbox/orders`)).json(),
    tell: (control, body) => fetch(`${baseUrl}/_sandbox/${control}`, { method: "POST", body: JSON.stringify(body) }),
  };
}

/** A Worker's modules, bundled as wrangler bundles it. */
export async function workerOf(entry) {
  const wasm = new Map();
  const beside = ({ onResolve }) =>
    onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => {
      const name = path.replace(/^.*\//, "").replace("?module", "");
      wasm.set(name, readFileSync(join(resolveDir, path.replace("?module", ""))));
      return { path: `./${name}`, external: true };
    });
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:workers"],
    plugins: [{ name: "wasm-beside", setup: beside }],
    logLevel: "warning",
  });
  const modules = [...wasm].map(([path, contents]) => ({ type: "CompiledWasm", path, contents }));
  return [{ type: "ESModule", path: "index.js", contents: outputFiles[0].text }, ...modules];
}

export const links = (PONumber, Quantity = 1) => ({ Type: "Links", PONumber, LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity }] });
