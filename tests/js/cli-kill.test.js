// kill -9 at any moment of a run: nobody is paid twice, and everybody in the end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { createSandbox } from "giftcard-partners/sandbox";

import { cli, finished, folder, paid, people, serve, start } from "./cli.js";

const KILLS = Number(process.env.KILLS ?? 200);
const PEOPLE = 100;
/** Runs beside each other, each in a folder and with an account of its own. */
const LANES = 4;

test(`${KILLS} runs are killed at random moments`, { timeout: 1_800_000 }, async (t) => {
  const kills = await Promise.all(Array.from({ length: LANES }, (_, lane) => killed(t, Math.ceil(KILLS / LANES), lane)));

  assert.ok(kills.reduce((all, { during }) => all + during, 0) >= KILLS / 4, `too few in the middle of sending: ${JSON.stringify(kills)}`);
});

async function killed(t, kills, lane) {
  const sandbox = createSandbox({ available: "1000000.00", seed: lane + 1 });
  const slowly = ({ method, url }) => method === "POST" && url === "/v1/Orders" && wait(Math.random() * 30);
  const { env } = await serve(t, { sandbox, before: slowly, after: slowly });
  const cwd = folder(t, { "people.csv": people(PEOPLE) });
  let options = ["send", "people.csv", "--campaign", "spring", "--max-lines", "1", "--yes-spend", "100000.00"];
  let during = 0;
  let usual = await startingMs(cwd, env);
  for (let kill = 1; kill <= kills; kill += 1) {
    const before = sandbox.orders().length;
    // Another campaign where this one is done: there are more moments than one campaign has.
    if (before % PEOPLE === 0 && before > 0) options = options.toSpliced(3, 1, `spring-${before}`);
    const child = start(options, { cwd, env });
    const end = finished(child);
    await wait(usual * (0.6 + Math.random()));
    child.kill("SIGKILL");
    const { signal, stderr } = await end;
    if (signal === null) assert.equal(stderr.replace(/\s/g, ""), "");
    if (sandbox.orders().length > before) during += 1;
  }
  for (let round = 1; ; round += 1) {
    const { code, stderr } = await cli(options, { cwd, env });
    if (code === 0) break;
    assert.ok(round < 3, stderr);
  }

  const campaigns = 1 + (options[3] === "spring" ? 0 : Number(options[3].split("-")[1]) / PEOPLE);
  const counts = paid(sandbox.orders());
  assert.equal(counts.size, PEOPLE);
  for (const [email, count] of counts) assert.equal(count, campaigns, email);
  return { lane, during, orders: sandbox.orders().length };
}

/** How long a run takes to its first order, about: that depends on the machine. */
async function startingMs(cwd, env) {
  const begun = performance.now();
  await cli(["check", "people.csv"], { cwd, env });
  return (performance.now() - begun) * 1.5;
}
