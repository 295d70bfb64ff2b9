// The programs that the checks start.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { MODULES } from "./project.js";

const PLATFORM = `${process.platform}-${process.arch}`;

/** Runs a program to its end; what it prints. Fails with all of that if the program does. */
export function run(program, words, { cwd, env = {}, timeout = 120_000 } = {}) {
  const child = spawn(program, words, { cwd, env: { ...process.env, ...QUIET, ...env }, stdio: ["ignore", "pipe", "pipe"], timeout });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => {
      if (status === 0) resolve({ stdout, stderr });
      else reject(new Error(`${program} ${words.join(" ")} ended with ${status ?? signal}\n${stdout}\n${stderr}`));
    });
  });
}

/** Starts a server; resolves to the address that it prints. `stop` ends it. */
export async function serve(program, words, { cwd, env = {} } = {}) {
  const child = spawn(program, words, { cwd, env: { ...process.env, ...QUIET, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const look = (text) => {
      said += text;
      const [address] = /http:\/\/(localhost|127\.0\.0\.1):\d+/.exec(said.replace(/\x1b\[[\d;]*m/g, "")) ?? [];
      if (address) resolve(address);
    };
    child.stdout.setEncoding("utf8").on("data", look);
    child.stderr.setEncoding("utf8").on("data", look);
    child.on("error", reject);
    child.on("exit", (status) => reject(new Error(`${program} ${words.join(" ")} ended with ${status}\n${said}`)));
  });
  // Its whole group: such servers have children.
  return { url, said: () => said, stop: () => process.kill(-child.pid) };
}

/** The last line that a program prints, as JSON, with nothing said beside it. */
export async function result(program, words, options) {
  const { stdout, stderr } = await run(program, words, options);
  assert.equal(stderr.replace(EXPECTED, ""), "", "it warns of nothing");
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** A Node of this version, or nothing where npm has none for this platform. */
export function nodeOf(line) {
  const path = join(MODULES, `node-${line}-${PLATFORM}`, "bin/node");
  return existsSync(path) ? path : undefined;
}

/** The executable itself: without install scripts, what npm links is a stand-in. */
export function executable(...candidates) {
  return candidates.map((path) => join(MODULES, path)).find((path) => existsSync(path));
}

const QUIET = { NO_COLOR: "1", CI: "1", NEXT_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false", DO_NOT_TRACK: "1", NODE_OPTIONS: "" };
/** Older Nodes say that require() of a module is new. */
const EXPECTED = /^\(.*(ExperimentalWarning|Use `node --trace-warnings).*\n/gm;
