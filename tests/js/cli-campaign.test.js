// `status`, `results` and `claims` of a campaign that was begun.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { createSandbox } from "giftcard-partners/sandbox";

import { cli, finished, folder, people, saying, serve, snapshot, start } from "./cli.js";

const SEND = ["send", "people.csv", "--campaign", "spring", "--yes-spend", "10000"];
const LINKS = "email,name,product,value,quantity\nada@example.org,Ada,INKWHISTLE,25,2\ngrace@example.org,Grace,INKWHISTLE,50,1\n";

test("status says how far a campaign is, without an account", async (t) => {
  const { env } = await serve(t, { sandbox: createSandbox({ available: "60.00" }) });
  const cwd = folder(t, { "people.csv": people(3) });
  await cli([...SEND, "--max-lines", "1", "--partly"], { cwd, env });

  const { code, stdout } = await cli(["status", "spring"], { cwd });
  const { result } = await cli(["status", "spring", "--json"], { cwd });

  assert.equal(code, 1);
  snapshot("status", stdout);
  assert.deepEqual([result.placed.orders, result.remaining.orders, result.running], [2, 1, false]);
});

test("status of a campaign that is done is 0, and says whether a run is at work", async (t) => {
  const { env } = await serve(t);
  const cwd = folder(t, { "people.csv": people(2) });
  await cli(SEND, { cwd, env });
  writeFileSync(join(cwd, "people.csv"), people(3));
  const done = await cli(["status", "spring"], { cwd });
  const waiting = start(SEND.slice(0, -2), { cwd, env, input: "open" });
  const end = finished(waiting);
  await saying(waiting, "stderr", /Type the total/);

  const running = await cli(["status", "spring"], { cwd });
  waiting.kill("SIGKILL");
  await end;

  assert.equal(done.code, 0);
  assert.match(running.stdout, new RegExp(`Another run is at work in spring \\(process ${waiting.pid},`));
  assert.match((await cli(["status", "sprung"], { cwd })).stderr, /There is no campaign sprung in this folder; there is spring\./);
});

test("results has a row for each recipient, of earlier lists too", async (t) => {
  const { env } = await serve(t);
  const cwd = folder(t, { "people.csv": people(2) });
  await cli(SEND, { cwd, env });
  writeFileSync(join(cwd, "people.csv"), people(3));
  await cli(SEND, { cwd, env });

  const { code, stdout } = await cli(["results", "spring"], { cwd });
  const { result } = await cli(["results", "spring", "--out", "r.csv", "--json"], { cwd });

  assert.equal(code, 0);
  const rows = stdout.trim().split(/\r?\n/).slice(1);
  assert.equal(rows.length, 3);
  for (const number of [1, 2, 3]) assert.equal(rows.filter((row) => row.includes(`person${number}@example.org`) && /created/.test(row)).length, 1, stdout);
  assert.equal(readFileSync(join(cwd, "spring", "results.csv"), "utf8"), stdout);
  assert.equal(readFileSync(join(cwd, "r.csv"), "utf8"), stdout);
  assert.equal(statSync(join(cwd, "r.csv")).mode & 0o777, 0o600);
  assert.equal(result.file, "r.csv");
});

test("claims writes the links beside the rows, for the user alone, and says what they are", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": LINKS });
  await cli([...SEND, "--type", "Links"], { cwd, env });
  writeFileSync(join(cwd, "people.csv"), `${LINKS}alan@example.org,Alan,INKWHISTLE,25,1\n`);
  await cli([...SEND, "--type", "Links"], { cwd, env });

  const { code, stdout } = await cli(["claims", "spring"], { cwd, env });

  assert.equal(code, 0, stdout);
  snapshot("claims", stdout);
  const path = join(cwd, "spring", "claims.csv");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const csv = readFileSync(path, "utf8");
  const links = sandbox.orders().flatMap(({ LineItems }) => LineItems.flatMap(({ ClaimData }) => ClaimData.map(({ ClaimLink }) => ClaimLink)));
  assert.equal(links.length, 4);
  for (const link of links) {
    assert.ok(csv.includes(link));
    assert.ok(!stdout.includes(link));
  }
});

test("claims of orders that are not finished says so, and exits with 1", async (t) => {
  const { env } = await serve(t, { sandbox: createSandbox({ asyncThreshold: 1, clock: "manual" }) });
  const cwd = folder(t, { "people.csv": LINKS });
  await cli([...SEND, "--type", "Links"], { cwd, env });

  const { code, stdout } = await cli(["claims", "spring"], { cwd, env });

  assert.equal(code, 1);
  assert.match(stdout, /1 order is not finished yet: call it again later/);
});

test("a campaign of the sandbox needs no account to be looked at", async (t) => {
  const cwd = folder(t, { "people.csv": LINKS });
  await cli(["send", "people.csv", "--sandbox", "--type", "Links", "--yes-spend", "100"], { cwd });

  const claims = await cli(["claims", "people", "--json"], { cwd });
  const status = await cli(["status", "people", "--sandbox"], { cwd });

  assert.equal(claims.code, 0, claims.stderr);
  assert.deepEqual([claims.result.orders, claims.result.claims], [1, 3]);
  assert.match(status.stdout, /A campaign of the sandbox: nothing in it is real/);
  assert.ok(readdirSync(join(cwd, "people")).includes("claims.csv"));
});
