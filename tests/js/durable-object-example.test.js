// The example of an outbox in a Durable Object, with a storage that is a Map.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { buildSync } from "esbuild";
import { createSandbox } from "giftcard-partners/sandbox";

import { LIMIT, LINKS } from "./support.js";

const PACKAGE = fileURLToPath(new URL(".", import.meta.resolve("giftcard-partners/package.json")));

test("an alarm that runs again after its end changes nothing", LIMIT, async (t) => {
  // Inside the tests' folder, so that the package is found from there.
  const folder = mkdtempSync(fileURLToPath(new URL("outbox-", import.meta.url)));
  t.after(() => rmSync(folder, { recursive: true }));
  const stub = join(folder, "cloudflare.js");
  const outfile = join(folder, "outbox.mjs");
  writeFileSync(stub, "export class DurableObject { constructor(ctx, env) { Object.assign(this, { ctx, env }); } }");
  const source = join(PACKAGE, "examples/durable-object/src/index.ts");
  buildSync({ entryPoints: [source], outfile, bundle: true, format: "esm", alias: { "cloudflare:workers": stub }, external: ["giftcard-partners"] });
  const { Outbox } = await import(pathToFileURL(outfile));
  const { fetch, baseUrl, credentials, orders } = createSandbox();
  t.mock.method(globalThis, "fetch", fetch);
  const kept = new Map();
  const storage = {
    get: async (key) => kept.get(key),
    put: async (key, value) => Object.entries(typeof key === "object" ? key : { [key]: value }).forEach((entry) => kept.set(...entry)),
    delete: async (key) => kept.delete(key),
    setAlarm: async () => {},
  };
  const outbox = new Outbox({ storage }, { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: credentials.email, GIFTCARD_ACCESS_TOKEN: credentials.accessToken });

  await outbox.take(JSON.stringify(LINKS));
  await outbox.alarm();
  const placed = await outbox.state();
  await outbox.alarm();

  assert.equal(placed.state, "placed");
  assert.deepEqual([await outbox.state(), orders().length, kept.has("body")], [placed, 1, false]);
});
