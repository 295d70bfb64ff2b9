// What the tests of the executable share: it runs from the installed package, in a folder of its own, with no credentials around it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { createSandbox } from "giftcard-partners/sandbox";

export const EXECUTABLE = fileURLToPath(new URL("bin/giftcard-partners.js", import.meta.resolve("giftcard-partners/package.json")));

/** A list of so many people; each row its own person. */
export function people(count, { from = 1, value = 25, product = "INKWHISTLE" } = {}) {
  const rows = Array.from({ length: count }, (_, at) => `person${from + at}@example.org,Person ${from + at},${product},${value}`);
  return `email,name,product,value\n${rows.join("\n")}\n`;
}

/** An empty folder with these files. */
export function folder(t, files = {}) {
  const path = mkdtempSync(join(tmpdir(), "giftcards-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

/** Starts the executable. */
export function start(args, { cwd, env = {}, input, nodeArgs = [] } = {}) {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIFTCARD_")));
  const child = spawn(process.execPath, [...nodeArgs, EXECUTABLE, ...args], { cwd, env: { ...clean, NO_COLOR: "1", ...env }, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.on("error", () => {});
  if (input !== "open") child.stdin.end(input ?? "");
  return child;
}

/** Runs it to its end: exit status, what it said, and the lines of `--json`. */
export async function cli(args, options) {
  return finished(start(args, options), args);
}

export async function finished(child, args = []) {
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const [code, signal] = await once(child, "close");
  const lines = args.includes("--json") ? stdout.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
  return { code, signal, stdout, stderr, lines, result: lines.at(-1) };
}

/** Resolves once the text matches what the child says on that stream. */
export function saying(child, stream, pattern) {
  let text = "";
  return new Promise((resolve, reject) => {
    child[stream].setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      if (pattern.test(text)) resolve(text);
    });
    child.once("close", () => reject(new Error(`it ended without ${pattern}: ${text}`)));
  });
}

/** A sandbox of this process behind a socket; `before` and `after` may delay, and refuse by throwing. */
export async function serve(t, { sandbox = createSandbox(), before, after } = {}) {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = Buffer.concat(await incoming.toArray());
      await before?.(incoming, body);
      const request = { method: incoming.method, url: new URL(incoming.url, sandbox.baseUrl).href, headers: Object.entries(incoming.headers), arrayBuffer: async () => body };
      const response = await sandbox.fetch(request);
      await after?.(incoming, response);
      outgoing.writeHead(response.status, [...response.headers].flat()).end(Buffer.from(await response.arrayBuffer()));
    } catch {
      incoming.socket.destroy();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { email, accessToken } = sandbox.credentials;
  const env = { GIFTCARD_BASE_URL: `http://127.0.0.1:${server.address().port}`, GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken };
  return { sandbox, env };
}

/** Every recipient that was paid, as often as it was. */
export function paid(orders) {
  const counts = new Map();
  for (const { LineItems } of orders) {
    for (const { DigitalDeliveryAddress, Quantity } of LineItems) {
      const { Email } = DigitalDeliveryAddress;
      counts.set(Email, (counts.get(Email) ?? 0) + Quantity);
    }
  }
  return counts;
}

/** Holds a text to a file; `UPDATE=1` writes it. */
export function snapshot(name, text) {
  const path = fileURLToPath(new URL(`snapshots/cli/${name}.txt`, import.meta.url));
  if (process.env.UPDATE) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  assert.ok(existsSync(path), `${path} is missing: UPDATE=1 writes it`);
  assert.equal(text, readFileSync(path, "utf8"));
}

/** Lines of a stream, one after the other. */
export const linesOf = (stream) => createInterface({ input: stream })[Symbol.asyncIterator]();
