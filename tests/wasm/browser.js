// Runs the boundary tests in a browser: cargo's runner in place of wasm-bindgen's. That one serves the page of the tests here; what the
// page says of them becomes the exit code. Its own way, through a driver, asks for geckodriver, which Debian has no package of, and
// hangs for good in the browsers that open more than four connections (see `serveFor`).
//
//   node tests/wasm/browser.js <Chromium, Firefox or WebKitGTK> <wasm-bindgen's runner, with its words> <the tests>.wasm
import { Agent, createServer, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import puppeteer from "puppeteer-core";

import { openWebKit, said, start } from "../packaging/webkit.js";

/** Longer than the tests take on a busy machine. */
const LIMIT_MS = 120_000;
const OVER = /^test result: /m;
const PASSED = /^test result: ok\. [1-9]/m;

const BROWSERS = {
  Chromium: (url) =>
    withPuppeteer(url, {
      browser: "chrome",
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    }),
  Firefox: (url) => withPuppeteer(url, { browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr" }),
  WebKitGTK: withWebKit,
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

const [browser, program, ...words] = process.argv.slice(2);
const page = await BROWSERS[browser](await serveFor(await serveTests()));
const text = await outputOf(page);
await page.close();
console.log(text);
process.exit(PASSED.test(text) ? 0 : 1);

/** What the page says when the tests are over. */
async function outputOf(page) {
  for (const end = Date.now() + LIMIT_MS; ; await sleep(50)) {
    const output = await page.output();
    if (OVER.test(output)) return output;
    if (Date.now() > end) throw new Error(`${browser} did not finish: ${page.complaints.join("\n")}\n${output}`);
  }
}

async function serveTests() {
  const env = { ...process.env, WASM_BINDGEN_USE_BROWSER: "1", NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" };
  return said(start(program, words, { env }), /available at (http:\S+)/);
}

/**
 * A server before the runner's. That one has four threads, gives each to a connection for as long as it is open, and now and then leaves
 * a fifth connection without one, or closes one without an answer: the page then waits for a file for ever. Here each request is a
 * connection of its own, and made again where it was not answered. All of them are for files.
 */
async function serveFor(origin) {
  const agent = new Agent({ keepAlive: false, maxSockets: 3 });
  const forward = (url, response, attempts) =>
    get(new URL(url, origin), { agent }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    }).on("error", () => (attempts > 1 && !response.headersSent ? forward(url, response, attempts - 1) : response.destroy()));
  const server = createServer(({ url }, response) => forward(url, response, 10));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}

async function withPuppeteer(url, options) {
  const browser = await puppeteer.launch({ ...options, protocol: "webDriverBiDi", headless: true });
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  return { complaints, output: () => page.evaluate(() => document.getElementById("output").textContent), close: () => browser.close() };
}

async function withWebKit(url) {
  const page = await openWebKit();
  await page.goto(url);
  return { complaints: [], output: () => page.evaluate("return document.getElementById('output').textContent"), close: page.close };
}
