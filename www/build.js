// Builds the page, the reference and the guides into target/www, and prints what the page weighs.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "vite";

import { writeGuides } from "./docs/guides.js";
import config from "./vite.config.js";

const ASSETS = fileURLToPath(new URL("../target/www/assets/", import.meta.url));

/** Our own JavaScript with Preact: what is not the package. More fails the build. */
const OWN_BUDGET = 35_000;
/** All that a page loads before a list comes. More fails the build. */
const WHOLE_BUDGET = 159_600;

await build({ configFile: false, ...config });
writeGuides();

const files = readdirSync(ASSETS).map((name) => ({ name, size: gzipSync(readFileSync(join(ASSETS, name)), { level: 9 }).length }));
const sum = (fits) => files.filter(({ name }) => fits(name)).reduce((total, { size }) => total + size, 0);
const isScript = (name) => name.endsWith(".js");
// Loaded when a list comes, and no sooner.
const isWorker = (name) => /^worker-/.test(name);
const isSteps = (name) => /^later-/.test(name);
const isBulk = (name) => /_bulk-[^.]*\.wasm$/.test(name);
const isWorkbook = (name) => /_workbook-[^.]*\.wasm$/.test(name);
const isPackage = (name) => /^package-/.test(name);

const own = sum((name) => isScript(name) && !isWorker(name) && !isSteps(name) && !isPackage(name));
const scripts = sum(isPackage);
const wasm = sum((name) => name.endsWith(".wasm") && !isBulk(name) && !isWorkbook(name));
const whole = own + scripts + wasm;
const row = (name, size, budget) => console.log(`  ${name.padEnd(44)}${size.toLocaleString("en-US").padStart(9)}${budget ? `  of ${budget.toLocaleString("en-US")}` : ""}`);

console.log("  www, bytes after gzip -9");
row("our JavaScript with Preact, all sections", own, OWN_BUDGET);
row("the package's JavaScript", scripts);
row("the package's wasm", wasm);
row("before a list comes", whole, WHOLE_BUDGET);
row("with the first list: the steps", sum(isSteps));
row("with the first list: the Web Worker", sum(isWorker));
row("with the first list: the rest of the wasm", sum(isBulk));
row("with the first workbook: what reads it", sum(isWorkbook));
row("style", sum((name) => name.endsWith(".css")));
for (const [name, size, budget] of [["our own JavaScript", own, OWN_BUDGET], ["what is loaded before a list comes", whole, WHOLE_BUDGET]]) {
  if (size <= budget) continue;
  console.error(`www: ${name} is ${size - budget} bytes over its budget`);
  process.exitCode = 1;
}
