// WebKitGTK, which has a driver of its own, speaks classic WebDriver, and needs a display.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const DRIVER = process.env.WEBKITDRIVER ?? "/usr/bin/WebKitWebDriver";

/** Whether it is here. */
export const hasWebKit = () => existsSync(DRIVER);

/** A page that is open, and what can be asked of it. */
export async function openWebKit() {
  const display = start("Xvfb", ["-displayfd", "1", "-nolisten", "tcp"]);
  const number = await said(display, /^(\d+)$/);
  const port = await freePort();
  // Without a session's bus there is nobody to ask for what helps the disabled.
  const driver = start(DRIVER, [`--port=${port}`], { env: { ...process.env, DISPLAY: `:${number}`, NO_AT_BRIDGE: "1" } });
  const ended = new Promise((_, reject) => driver.on("exit", () => reject(new Error("WebKitWebDriver ended"))));
  ended.catch(() => {});

  const send = async (method, path, body) => {
    const options = { method, body: body && JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const answer = await Promise.race([fetch(`http://127.0.0.1:${port}/session${path}`, options), ended]);
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
    return value;
  };
  const { sessionId, capabilities } = await untilListening(() => send("POST", "", { capabilities: {} }));
  return {
    version: capabilities.browserVersion,
    goto: (url) => send("POST", `/${sessionId}/url`, { url }),
    /** The value of a function's body. */
    evaluate: (script) => send("POST", `/${sessionId}/execute/sync`, { script, args: [] }),
    async close() {
      await send("DELETE", `/${sessionId}`).catch(() => {});
      driver.kill();
      display.kill();
    },
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

/** Starts a program that ends with this one. */
export function start(program, words, options = {}) {
  const child = spawn(program, words, { ...options, stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill());
  // Read to its end: a program that nobody listens to would stop at its next word.
  createInterface(child.stdout).on("line", (line) => child.emit("line", line));
  return child;
}

/** Waits for a line of a program. */
export function said(child, pattern) {
  return new Promise((resolve, reject) => {
    child.on("line", (line) => {
      const found = pattern.exec(line);
      if (found) resolve(found[1]);
    });
    child.on("error", reject);
    child.on("exit", () => reject(new Error(`${child.spawnfile} ended too soon`)));
  });
}
