// Runs the boundary tests in Firefox: cargo's runner in place of wasm-bindgen's, which would need geckodriver. That one serves the page
// of the tests here; Firefox is driven over BiDi, and what the page says of the tests becomes the exit code.
//
//   node tests/wasm/firefox.js <wasm-bindgen's runner, with its words> <the tests>.wasm
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import puppeteer from "puppeteer-core";

/** Longer than the tests take on a busy machine. */
const LIMIT_MS = 60_000;

const [program, ...words] = process.argv.slice(2);
const env = { ...process.env, WASM_BINDGEN_USE_BROWSER: "1", NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" };
const server = spawn(program, words, { env, stdio: ["ignore", "pipe", "inherit"] });
// It serves until it is stopped.
process.on("exit", () => server.kill());
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

const text = await inFirefox(await address());
console.log(text);
process.exit(/^test result: ok\. [1-9]/m.test(text) ? 0 : 1);

function address() {
  return new Promise((resolve, reject) => {
    // Read to its end: a server that nobody listens to would stop at its next word.
    createInterface(server.stdout).on("line", (line) => {
      const found = /available at (http:\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
    server.on("exit", () => reject(new Error("the runner ended before it served the tests")));
  });
}

/** What the page says when the tests are over. */
async function inFirefox(url) {
  const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
  // The runner's server answers four connections at a time, and the next one only when one of them is closed.
  const extraPrefsFirefox = { "network.http.max-persistent-connections-per-server": 2 };
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true, extraPrefsFirefox });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(url);
    const output = () => page.evaluate(() => document.getElementById("output").textContent);
    await page
      .waitForFunction(() => /^test result: /m.test(document.getElementById("output").textContent), { timeout: LIMIT_MS, polling: 50 })
      .catch(async (error) => {
        throw new Error(`Firefox did not finish: ${error.message}\n${complaints.join("\n")}\n${await output()}`);
      });
    return await output();
  } finally {
    await browser.close();
  }
}
