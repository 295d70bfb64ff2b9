// An uncaught error shows the line that called: without it nobody knows which of their calls it was.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { RecipientImport } from "giftcard-partners";

import { LIMIT, LINKS, bare, json, rejection } from "./support.js";

const { client } = bare(() => json({ Message: "secret" }, 403));
const HOOK = '{"Id":"1"}';

function campaign() {
  const rows = new RecipientImport({ type: "Links", defaults: { Value: 25, Quantity: 1 } });
  rows.push(new TextEncoder().encode("product\nINKWHISTLE\n"));
  return rows.finish().plan({ campaign: "c" });
}

const CALLS = {
  createToken: () => client.createToken(),
  accountBalance: () => client.accountBalance(),
  status: () => client.status(),
  getProduct: () => client.getProduct("1"),
  catalog: () => client.catalog(),
  createOrder: () => client.createOrder(LINKS),
  getOrder: () => client.getOrder("1"),
  findOrder: () => client.findOrder("PO-1"),
  waitForOrder: () => client.waitForOrder("1"),
  confirmFulfillment: () => client.confirmFulfillment(HOOK),
  placeCampaign: () => client.placeCampaign(campaign(), { save: async () => {} }),
  request: () => client.request("GET", "/v1/Status"),
  listProducts: () => client.listProducts(),
  listOrders: () => client.listOrders({}),
  listShippingMethods: () => client.listShippingMethods(),
  listCarriers: () => client.listCarriers(),
  listBrandings: () => client.listBrandings(),
  listDepartments: () => client.listDepartments(),
};
for (const [name, call] of Object.entries(CALLS)) {
  test(`the error of ${name} shows who called, and begins with its own name`, LIMIT, async () => {
    async function theCallersOwnFunction() {
      return await call();
    }

    const { stack, name: className, message } = await rejection(theCallersOwnFunction());

    assert.ok(stack.startsWith(`${className}: ${message}\n`), stack);
    assert.match(stack, /caller\.test\.js/);
    assert.match(stack, /theCallersOwnFunction|Object\.list|at list\w+/);
    assert.doesNotMatch(stack, /secret/);
  });
}

test("whoever walks over a list is shown too", LIMIT, async () => {
  async function walking() {
    for await (const product of client.listProducts()) assert.fail(product);
  }

  assert.match((await rejection(walking())).stack, /walking/);
});

test("an uncaught error shows the line of the program", LIMIT, () => {
  const folder = mkdtempSync(join(tmpdir(), "caller-"));
  const program = join(folder, "program.mjs");
  const root = fileURLToPath(import.meta.resolve("giftcard-partners"));
  writeFileSync(
    program,
    `import { GiftCardPartners } from ${JSON.stringify(root)};
const client = new GiftCardPartners({ baseUrl: "https://api.example", fetch: async () => new Response("{}", { status: 403 }) });
async function main() {
  await client.createOrder({ Type: "Links", PONumber: "1", LineItems: [{ ProductId: "A", Value: 25, Quantity: 1 }] });
}
await main();
`,
  );

  const { status, stderr } = spawnSync(process.execPath, [program], { encoding: "utf8" });
  rmSync(folder, { recursive: true });

  assert.equal(status, 1);
  assert.match(stderr, /AuthenticationError: /);
  assert.match(stderr, /at async main \(.*program\.mjs:4:3\)/);
  assert.match(stderr, /program\.mjs:6:1/);
});
