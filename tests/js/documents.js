// What the tests of the documents share: their blocks of code, run as they stand there, with the installed package.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

export const manifestUrl = new URL(import.meta.resolve("giftcard-partners/package.json"));
export const manifest = JSON.parse(readFileSync(manifestUrl, "utf8"));

/** The fenced blocks of a document, in order. */
export function readBlocks(text) {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }));
}

/** The one block of a language that has this in it. */
export function blockWith(blocks, language, part) {
  const found = blocks.filter((block) => block.language === language && block.code.includes(part));
  assert.equal(found.length, 1, `one ${language} block has ${part}`);
  return found[0];
}

/** That each command of `sh` blocks exists, and each of its options. */
export async function assertCommands(blocks) {
  const source = readFileSync(new URL("../../xtask/src/main.rs", import.meta.url), "utf8");
  const lines = blocks.filter(({ language }) => language === "sh").flatMap(({ code }) => code.trim().split("\n"));
  for (const line of lines) {
    const [program, ...words] = line.split("#")[0].trim().split(/\s+/);
    switch (program) {
      case "npm":
        assert.deepEqual(words, ["install", manifest.name], line);
        break;
      case "npx":
        assert.equal(words[0], manifest.name, line);
        for (const option of words.filter((word) => word.startsWith("--"))) {
          assert.match((await run([words[1], "--help"])).stdout, new RegExp(`^  ${option} `, "m"), line);
        }
        break;
      case "cargo":
        assert.equal(words[0], "xtask", line);
        assert.match(source, new RegExp(`\\("${words[1]}",`), line);
        break;
      default:
        assert.fail(`no test knows the command: ${line}`);
    }
  }
}

/** What a block says that it prints: the comments behind its console.log calls. */
export function commentsOf({ code }) {
  return [...code.matchAll(/console\.log\(.*\);(?: \})? \/\/ (.*)$/gm)].map(([, comment]) => comment);
}

const MODULES = fileURLToPath(new URL("../../target/documents/", import.meta.url));
let loads = 0;
/** Imports a block as a module of its own, with the installed package; gives its default export. */
export async function load(block) {
  return (await loadAll(block)).default;
}

export async function loadAll({ code }) {
  loads += 1;
  // A file beside node_modules, so that it finds the package by its name, as a user's does; a new one each time, so that it is run each time.
  const file = join(MODULES, `${process.pid}-${loads}.mjs`);
  mkdirSync(MODULES, { recursive: true });
  writeFileSync(file, code);
  try {
    return await import(pathToFileURL(file));
  } finally {
    rmSync(file);
  }
}

export function environment({ baseUrl, credentials }) {
  return { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: credentials.email, GIFTCARD_ACCESS_TOKEN: credentials.accessToken };
}

export async function ordersOf({ baseUrl }) {
  return (await fetch(`${baseUrl}/_sandbox/orders`)).json();
}

export function executable(name) {
  assert.ok(Object.hasOwn(manifest.bin, name), `${name} is an executable of the package`);
  const path = fileURLToPath(new URL(manifest.bin[name], manifestUrl));
  assert.ok(existsSync(path), path);
  return path;
}

export async function startSandbox(...options) {
  const path = executable("giftcard-partners-sandbox");
  const child = spawn(process.execPath, [path, "--port", "0", "--json", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, ...JSON.parse(line) };
}

/** The executable, in a folder, with what is typed into it. */
export async function run(words, { cwd, typed = "" } = {}) {
  const child = spawn(process.execPath, [executable("giftcard-partners"), ...words], { cwd, env: { PATH: process.env.PATH }, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(typed);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

/** As much of a page as the form needs, with the fields that the README's HTML names. */
export function fakePage(html) {
  assert.match(html, /<form novalidate>/, "without it a browser would never submit again after setCustomValidity");
  const names = [...html.matchAll(/<input name="([^"]+)"/g)].map(([, name]) => name);
  const fields = names.map((name) => ({
    name,
    value: "",
    validationMessage: "",
    setCustomValidity(message) {
      this.validationMessage = message;
    },
  }));
  const output = { textContent: "" };
  const listeners = [];
  const form = {
    elements: Object.fromEntries(fields.map((field) => [field.name, field])),
    addEventListener: (type, listener) => listeners.push([type, listener]),
    reportValidity: () => fields.every(({ validationMessage }) => validationMessage === ""),
    querySelector: (selector) => (selector === "output" ? output : null),
  };
  return {
    document: { querySelector: (selector) => (selector === "form" ? form : null) },
    output,
    field: (name) => form.elements[name],
    async submit() {
      let prevented = false;
      const event = { preventDefault: () => (prevented = true) };
      for (const [type, listener] of listeners) if (type === "submit") await listener(event);
      assert.ok(prevented, "the page does not leave");
    },
  };
}

/** Runs in a folder of its own, with an account in the environment; what was printed. */
export function inFolder(t, env) {
  const folder = mkdtempSync(join(tmpdir(), "readme-"));
  const before = process.cwd();
  const printed = [];
  t.mock.method(console, "log", (...values) => printed.push(values.map(String).join(" ")));
  Object.assign(process.env, env);
  process.chdir(folder);
  t.after(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
    for (const name of Object.keys(env)) delete process.env[name];
  });
  return printed;
}

/** The cells of a CSV file that was written, by header. */
export function written(file) {
  const [header, ...rows] = readFileSync(file, "utf8").slice(1).trimEnd().split("\r\n").map((row) => row.split(","));
  return rows.map((row) => Object.fromEntries(header.map((name, place) => [name, row[place]])));
}
