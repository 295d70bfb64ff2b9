// Builds the page, the reference and the guides into target/www, and prints what the page weighs.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "vite";

import { writeGuides } from "./docs/guides.js";
import { writeReference } from "./docs/reference.js";
import config from "./vite.config.js";

const ASSETS = fileURLToPath(new URL("../target/www/assets/", import.meta.url));

/** Our own JavaScript with Preact: what is not the package. More fails the build. */
const OWN_BUDGET = 35_000;
/** All that a page loads before a CSV is dropped. The package's own budgets are checked where it is built. */
const WHOLE_BUDGET = 150_000;

await build({ configFile: false, ...config });
writeReference();
writeGuides();

const files = readdirSync(ASSETS).map((name) => ({ name, size: gzipSync(readFileSync(join(ASSETS, name)), { level: 9 }).length }));
const sum = (fits) => files.filter(({ name }) => fits(name)).reduce((total, { size }) => total + size, 0);
const isScript = (name) => name.endsWith(".js");
// Loaded when a CSV is dropped, and no sooner.
const isWorker = (name) => /^worker-/.test(name);
const isPackage = (name) => /^package-/.test(name);

const own = sum((name) => isScript(name) && !isWorker(name) && !isPackage(name));
const scripts = sum(isPackage);
const wasm = sum((name) => name.endsWith(".wasm"));
const row = (name, size, budget) => console.log(`  ${name.padEnd(44)}${size.toLocaleString("en-US").padStart(9)}${budget ? `  of ${budget.toLocaleString("en-US")}` : ""}`);

console.log("  www, bytes after gzip -9");
row("our JavaScript with Preact, all sections", own, OWN_BUDGET);
row("the package's JavaScript", scripts);
row("the package's wasm", wasm);
row("before a CSV is dropped", own + scripts + wasm, WHOLE_BUDGET);
row("with the first CSV: the Web Worker", sum(isWorker));
row("style", sum((name) => name.endsWith(".css")));
if (own + scripts + wasm > WHOLE_BUDGET) console.log("  over the whole's budget while the wasm is over its own");
if (own > OWN_BUDGET) {
  console.error(`www: our own JavaScript is ${own - OWN_BUDGET} bytes over its budget`);
  process.exitCode = 1;
}
