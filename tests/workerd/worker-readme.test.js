// The starter Worker's README, followed to the letter: its commands, one after the other, in a shell, with what dev.vars.example has.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { LIMIT, csv, sourceOf, startWorker } from "./worker.js";

const template = (name) => readFileSync(new URL(`../../pkg-templates/worker/${name}`, import.meta.url), "utf8");
const README = template("README.md");
const VARS = Object.fromEntries([...template("dev.vars.example").matchAll(/^(\w+)=(["'])(.*)\2$/gm)].map(([, name, , value]) => [name, value]));
const sh = promisify(execFile);

/** Commands whose answer is no success, and is said so. */
const ANSWERS = [
  [/ -X DELETE /, 409, "it is approved by then"],
  [/sig=forged/, 401, "the README says so"],
  [/rejected\.csv/, 404, "no row was rejected"],
];

test("the README's commands do what it says, from the first order to the audit", LIMIT, async (t) => {
  const { CALLER_TOKEN, CALLERS } = VARS;
  const worker = await startWorker({ bindings: { CALLER_TOKEN, CALLERS } });
  const folder = mkdtempSync(join(tmpdir(), "readme-"));
  t.after(async () => {
    await worker.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, "people.csv"), csv(40));
  writeFileSync(join(folder, "people-grown.csv"), csv(50));
  const ids = { total: "1000.00" };
  let open;
  const opened = new Promise((resolve) => (open = resolve));
  const url = (await worker.miniflare.ready).origin;

  const routes = README.slice(README.indexOf("## Routes"), README.indexOf("## What people hear of"));
  const commands = [...routes.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => block.trim().split("\n"));
  const [address, auth, ...asked] = commands;
  assert.deepEqual([address, auth], ["URL=http://localhost:8788", 'AUTH="Authorization: Bearer development"']);
  for (const command of asked) {
    assert.match(command, /^curl /);
    // From here on its orders wait at the API, so that there is something to pause.
    if (command.includes("/approve")) worker.api.before = (request) => (request === "POST /v1/Orders" ? opened : undefined);
    const filled = command.replaceAll("ORDER-ID", ids.order).replaceAll(/\bID\b/g, ids.campaign).replace("243750.00", ids.total);
    const { stdout } = await sh("bash", ["-c", `${auth}; URL=${url}; ${filled.replace(/^curl /, 'curl -s -w "\\n%{http_code}" ')}`], { cwd: folder, encoding: "buffer" });
    const text = stdout.toString("latin1");
    const status = Number(text.slice(text.lastIndexOf("\n") + 1));
    const [, wanted] = ANSWERS.find(([of]) => of.test(command)) ?? [];
    assert.ok(wanted ? status === wanted : status >= 200 && status < 300, `${command}: ${text.slice(-500)}`);
    const answer = text.startsWith("{") ? JSON.parse(text.slice(0, text.lastIndexOf("\n"))) : undefined;
    if (answer?.order) ids.order = answer.order.Id;
    if (answer?.status === "review" && !ids.campaign) ids.campaign = answer.id;
  }
  open();
  const headers = { authorization: `Bearer ${CALLER_TOKEN}` };
  for (let underWay = 1; underWay > 0; ) [, { underWay }] = await worker.tell(`/campaigns/${ids.campaign}`, { headers });

  assert.ok(asked.length > 15, `${asked.length} commands`);
  assert.deepEqual(worker.sandbox.orders().map(({ LineItems }) => LineItems.length), [1, 40]);
});

test("what dev.vars.example names are variables of the Worker's, and two of its callers cannot do each other's work", async () => {
  const env = template("src/env.ts");

  for (const name of Object.keys(VARS)) assert.match(env, new RegExp(`^  ${name}\\??:`, "m"));
  const roles = JSON.parse(VARS.CALLERS).map(({ roles }) => roles.filter((role) => role !== "read"));
  assert.deepEqual(roles, [["order"], ["approve"]]);
});

test("the README's figures are the limits'", async () => {
  const { WORKBOOK_BYTES, WORKBOOK_ROWS, RATE_LIMIT_MS } = await sourceOf("limits");
  const config = template("wrangler.jsonc");

  assert.ok(README.includes(`${WORKBOOK_BYTES.toLocaleString("en-US")} bytes and ${WORKBOOK_ROWS.toLocaleString("en-US")} rows`));
  assert.ok(README.includes("300 a minute") && config.includes(`"limit": 300, "period": ${RATE_LIMIT_MS / 1_000}`));
  for (const [, name] of README.matchAll(/^\| `((?:BUDGET|APPROVAL)_\w+)` \|/gm)) assert.match(template("src/env.ts"), new RegExp(`^  ${name}\\?:`, "m"));
});
