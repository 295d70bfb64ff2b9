// What bundlers keep of slim: a module that only adds methods looks unused to them unless package.json says that it is not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { GiftCardPartners } from "giftcard-partners";
import { build } from "vite";

const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners/package.json")));
const ENTRY = "\0entry";
const PROGRAM = `import { GiftCardPartners, initSync } from "giftcard-partners/slim";
export default function (bytes) {
  initSync(bytes);
  return GiftCardPartners;
}`;

test("slim, through Vite, has every method of the client", { timeout: 60_000 }, async () => {
  const entry = { name: "entry", resolveId: (id) => (id === "entry" ? ENTRY : undefined), load: (id) => (id === ENTRY ? PROGRAM : undefined) };
  const { output } = await build({
    configFile: false,
    logLevel: "error",
    plugins: [entry],
    build: { write: false, target: "es2022", minify: false, rollupOptions: { input: "entry", preserveEntrySignatures: "strict" } },
  });
  const { default: start } = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString("base64")}`);

  const bundled = start(readFileSync(join(PACKAGE, "giftcard_partners.wasm")));

  assert.deepEqual(Object.getOwnPropertyNames(bundled.prototype).sort(), Object.getOwnPropertyNames(GiftCardPartners.prototype).sort());
});
