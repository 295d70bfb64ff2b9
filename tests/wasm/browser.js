// Runs the boundary tests in a browser: cargo's runner in place of wasm-bindgen's. That one serves the page of the tests here; what the
// page says of them becomes the exit code. Its own way, through a driver, asks for geckodriver, which Debian has no package of, and
// hangs for good in the browsers that open more than four connections (see `serveFor`).
//
//   node tests/wasm/browser.js <Chromium, Firefox or WebKitGTK> <wasm-bindgen's runner, with its words> <the tests>.wasm
import { spawn } from "node:child_process";
import { Agent, createServer, get } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import puppeteer from "puppeteer-core";

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
  WebKitGTK: withWebDriver,
};

/** What to stop in the end, the last started first. */
const children = [];
process.on("exit", () => children.reverse().forEach((child) => child.kill()));
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

/** WebKitGTK has a driver of its own and needs a display. */
async function withWebDriver(url) {
  const display = await said(start("Xvfb", ["-displayfd", "1", "-nolisten", "tcp"]), /^(\d+)$/);
  const port = await freePort();
  const driver = start(process.env.WEBKITDRIVER ?? "/usr/bin/WebKitWebDriver", [`--port=${port}`], {
    // Without a session's bus there is nobody to ask for what helps the disabled.
    env: { ...process.env, DISPLAY: `:${display}`, NO_AT_BRIDGE: "1" },
  });
  const ended = new Promise((_, reject) => driver.on("exit", () => reject(new Error("WebKitWebDriver ended"))));
  ended.catch(() => {});

  const send = async (method, path, body) => {
    const options = { method, body: body && JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const answer = await Promise.race([fetch(`http://127.0.0.1:${port}/session${path}`, options), ended]);
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
    return value;
  };
  const { sessionId } = await untilListening(() => send("POST", "", { capabilities: {} }));
  await send("POST", `/${sessionId}/url`, { url });
  const script = "return document.getElementById('output').textContent";
  return {
    complaints: [],
    output: () => send("POST", `/${sessionId}/execute/sync`, { script, args: [] }),
    close: () => send("DELETE", `/${sessionId}`),
  };
}

/** A driver does not say when it listens. */
async function untilListening(attempt) {
  for (const end = Date.now() + 20_000; ; await sleep(50)) {
    try {
      return await attempt();
    } catch (error) {
      if (error.cause?.code !== "ECONNREFUSED" || Date.now() > end) throw error;
    }
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function start(program, words, options = {}) {
  const child = spawn(program, words, { ...options, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  // Read to its end: a program that nobody listens to would stop at its next word.
  createInterface(child.stdout).on("line", (line) => child.emit("line", line));
  return child;
}

/** Waits for a line of a program. */
function said(child, pattern) {
  return new Promise((resolve, reject) => {
    child.on("line", (line) => {
      const found = pattern.exec(line);
      if (found) resolve(found[1]);
    });
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`${child.spawnfile} ended too soon`)));
  });
}
