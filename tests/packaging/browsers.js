// Chromium, Firefox and WebKitGTK, one of each for all checks, and the pages that they load.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import puppeteer from "puppeteer-core";

import { hasWebKit, openWebKit } from "./webkit.js";

/** What chromium and firefox-esr of Debian are called; the variables name others. */
const BROWSERS = {
  Chromium: { browser: "chrome", executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] },
  Firefox: { browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr" },
};
export const NAMES = Object.keys(BROWSERS);
export const WEBKIT = "WebKitGTK";

const started = new Map();

/** The browser of this name; nothing where it is not installed. */
export function browser(name) {
  if (name === WEBKIT) {
    if (hasWebKit() && !started.has(name)) started.set(name, openWebKit());
    return started.get(name);
  }
  const options = BROWSERS[name];
  if (!existsSync(options.executablePath)) return undefined;
  if (!started.has(name)) started.set(name, puppeteer.launch({ ...options, headless: true }));
  return started.get(name);
}

export async function closeBrowsers() {
  for (const promise of started.values()) await (await promise).close();
}

/** Version of a browser, without its name. */
export async function versionOfBrowser(name) {
  if (name === WEBKIT) return (await browser(name)).version;
  return /[\d.]+$/.exec((await (await browser(name)).version()).replace(/esr$/, ""))?.[0];
}

/** Opens a page, waits until it has set `globalThis.result`, and returns that. Any complaint of the page is a failure, unless it is `meant`. */
export async function resultOf(name, url, meant) {
  if (name === WEBKIT) return resultInWebKit(url);
  const page = await (await browser(name)).newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warn", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(url);
    await page.waitForFunction(() => globalThis.result !== undefined, { timeout: 30_000 }).catch((error) => {
      throw new Error(`${name} at ${url}: ${error.message}\n${complaints.join("\n")}`);
    });
    const result = await page.evaluate(() => globalThis.result);
    assert.deepEqual(complaints.filter((text) => !meant?.test(text)), [], `${name} at ${url} complains of nothing else`);
    return result;
  } finally {
    await page.close();
  }
}

/** One page after the other: its driver has one window, and two that navigate at once wait for each other. */
let inWebKit = Promise.resolve();

function resultInWebKit(url) {
  const result = inWebKit.then(() => lookInWebKit(url));
  inWebKit = result.catch(() => {});
  return result;
}

/** Its driver hands out no complaints. */
async function lookInWebKit(url) {
  const page = await browser(WEBKIT);
  await page.goto(url);
  for (const end = Date.now() + 30_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const result = await page.evaluate("return globalThis.result === undefined ? null : [globalThis.result]");
    if (result) return result[0];
    assert.ok(Date.now() < end, `${WEBKIT} at ${url}: no result`);
  }
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** Serves files and nothing else, as a plain web server does. `headers` go with each page. */
export async function serveFiles(folders, headers = {}) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const path = folders.map((folder) => join(folder, normalize(pathname))).find((candidate) => existsSync(candidate));
    if (!path) return response.writeHead(404).end();
    return response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(path)] ?? "text/plain" }).end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => server.closeAllConnections?.() ?? server.close();
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
