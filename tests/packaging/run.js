// Installs the tarball as a user would, takes the package into every tool, and writes down what happened.
//
//   node tests/packaging/run.js [word…]     checks whose tool's name contains one of the words
//
// UPDATE=1 takes over what was found: the list of files, and today's figures in RESULTS.md.
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { closeBrowsers } from "./browsers.js";
import { install } from "./install.js";
import { HERE } from "./project.js";
import { Table } from "./table.js";

/** Tools wait for one another's files less than for the processor: two at a time. */
const AT_ONCE = 2;

const words = process.argv.slice(2).map((word) => word.toLowerCase());
await install();

const checks = await found();
const chosen = checks.filter(({ tool }) => words.length === 0 || words.some((word) => tool.toLowerCase().includes(word)));
if (chosen.length === 0) throw new Error(`no check's tool contains ${words.join(" or ")}`);
const table = new Table();
// What takes the time of others would measure them too: last, and alone.
const [alone, together] = [chosen.filter((check) => check.alone), chosen.filter((check) => !check.alone)];
const queue = together.values();
await Promise.all(Array.from({ length: AT_ONCE }, () => work(queue)));
await work(alone.values());
await closeBrowsers();

console.log(`\n${table.text()}`);
if (words.length === 0) table.keep();
// Whatever a tool left running.
process.exit(table.passed() ? 0 : 1);

async function found() {
  const folders = readdirSync(HERE, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !["node_modules", "work", "app"].includes(entry.name));
  const modules = await Promise.all(folders.map(({ name }) => import(new URL(`${name}/check.js`, import.meta.url).href)));
  return modules.flatMap((module) => module.default);
}

async function work(queue) {
  for (const check of queue) {
    const started = performance.now();
    const verdict = await check.run().catch((error) => ({ error }));
    const seconds = (performance.now() - started) / 1000;
    console.log(table.add(check, verdict, seconds));
  }
}
