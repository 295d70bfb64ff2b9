// From import to the first order checked, in a fresh process each time: ours as it is installed, the peers bundled and minified.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { order } from "./data.js";
import { bundle } from "./prepare.js";

const PEERS = { zod: "checkWithZod", valibot: "checkWithValibot", ajv: "checkWithAjv", typebox: "checkWithTypebox", arktype: "checkWithArktype" };

const measured = (module, name) => `
import { readFileSync } from "node:fs";
const bytes = readFileSync(new URL("./order.json", import.meta.url));
const started = performance.now();
const { ${name}: check } = await import(${JSON.stringify(module)});
const found = ${name === "validateOrder" ? "check(bytes).issues" : "check(JSON.parse(new TextDecoder().decode(bytes)))"};
const took = performance.now() - started;
if (found.length) throw new Error("a valid order was refused");
console.log(took);
`;

/** `{ name: [milliseconds, one a round] }` */
export async function start(scratch, runtime, rounds) {
  const contenders = { "giftcard-partners": [import.meta.resolve("giftcard-partners/order"), "validateOrder"] };
  for (const [name, check] of Object.entries(PEERS)) {
    const file = `${scratch}peer-${name}.mjs`;
    await bundle(`peers/${name}.js`, file, { minify: true });
    contenders[name] = [pathToFileURL(file).href, check];
  }
  writeFileSync(`${scratch}order.json`, JSON.stringify(order(1).value));
  const times = {};
  for (const [name, [module, check]] of Object.entries(contenders)) {
    writeFileSync(`${scratch}start-${name}.mjs`, measured(module, check));
    times[name] = [];
  }
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(times)) {
      times[name].push(Number(execFileSync(runtime, [`${scratch}start-${name}.mjs`], { encoding: "utf8" })));
    }
  }
  return times;
}
