// Next.js builds its example, types and all, and serves it.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { copyOf, links, startSandbox } from "./examples.js";

const NEXT = fileURLToPath(new URL("node_modules/next/dist/bin/next", import.meta.url));
/** The package and the libraries lie above the copy. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CONFIG = `export default { turbopack: { root: ${JSON.stringify(ROOT)} }, outputFileTracingRoot: ${JSON.stringify(ROOT)} };`;

test("the Next.js route places an order, and the page shows what the catalog and the account have", { timeout: 300_000 }, async (t) => {
  const sandbox = await startSandbox(t, "--available", "110.00");
  const cwd = copyOf("nextjs");
  const env = { ...process.env, ...sandbox.env, NEXT_TELEMETRY_DISABLED: "1" };
  writeFileSync(join(cwd, "next.config.mjs"), CONFIG);
  await promisify(execFile)(process.execPath, [NEXT, "build"], { cwd, env });
  const server = spawn(process.execPath, [NEXT, "start", "--port=0", "--hostname=127.0.0.1"], { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  t.after(async () => {
    server.kill();
    await once(server, "close");
  });
  let base;
  for await (const line of createInterface({ input: server.stdout })) if (([base] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [])[0]) break;
  const post = async (order) => {
    const answer = await fetch(`${base}/api/orders`, { method: "POST", body: JSON.stringify(order) });
    return [answer.status, await answer.json()];
  };

  const [created, order] = await post(links("PO-1"));
  const [wrong, { issues }] = await post({});
  const [short, empty] = await post(links("PO-2", 8));
  const html = (await (await fetch(base)).text()).replaceAll("<!-- -->", "");

  assert.deepEqual([created, order.outcome], [201, "created"]);
  assert.deepEqual([wrong, issues[0].code], [422, "required"]);
  assert.deepEqual([short, empty.code, empty.outcome], [402, "insufficient_funds", "rejected"]);
  assert.match(html, /<p>Available: \d+\.\d\d<\/p>/);
  assert.match(html, /<li>Inkwhistle[^<]*: [\d, ]+ USD<\/li>/);
  assert.equal((await sandbox.orders()).length, 1);
});
