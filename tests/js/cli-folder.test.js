// A campaign's folder: one run at a time, whole files, another version, another machine, disks that refuse.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { cli, finished, folder, paid, people, saying, serve, start } from "./cli.js";

const SEND = ["send", "people.csv", "--campaign", "spring", "--max-lines", "1", "--yes-spend", "1000"];
const isRoot = process.getuid?.() === 0;
/** A module that kills its process where a plan without its ledger, or the ledger of another plan, would be seen: as a new plan is put in its place. */
const KILLED_AT_PLAN = `data:text/javascript,${encodeURIComponent(`
  import fs from "node:fs/promises";
  import { syncBuiltinESMExports } from "node:module";
  const { rename } = fs;
  let hasLedger = false;
  fs.rename = async (from, to) => {
    if (hasLedger && to.endsWith("plan")) process.kill(process.pid, "SIGKILL");
    hasLedger ||= to.endsWith("ledger");
    return rename(from, to);
  };
  syncBuiltinESMExports();
`)}`;

/** Runs the campaign until its first orders are placed, then kills it. */
async function interrupted(t, count, options) {
  const served = await serve(t, { before: ({ method, url }) => method === "POST" && url === "/v1/Orders" && new Promise((resolve) => setTimeout(resolve, 40)) });
  const cwd = folder(t, { "people.csv": people(count) });
  const child = start(SEND, { cwd, env: served.env, ...options });
  const end = finished(child);
  while (served.sandbox.orders().length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill("SIGKILL");
  await end;
  return { ...served, cwd };
}

const locks = (cwd) => readdirSync(join(cwd, "spring")).filter((name) => name.startsWith("lock-"));

function assertOnce(sandbox, count) {
  const counts = paid(sandbox.orders());
  assert.equal(counts.size, count);
  assert.ok([...counts.values()].every((times) => times === 1));
}

test("of runs at once one goes on, and the others say who is at work", async (t) => {
  const { env, sandbox } = await serve(t, { before: ({ method, url }) => method === "POST" && url === "/v1/Orders" && new Promise((resolve) => setTimeout(resolve, 200)) });
  const cwd = folder(t, { "people.csv": people(12) });

  const runs = await Promise.all(Array.from({ length: 4 }, () => cli(SEND, { cwd, env })));

  // Where all met at the door each gave way in turn; none of them may have gone on beside another.
  const done = runs.filter(({ code }) => code === 0);
  assert.ok(done.length >= 1, runs.map(({ stderr }) => stderr).join("\n"));
  for (const { code, stderr } of runs) if (code !== 0) assert.match(stderr, /Another run is at work in spring \(process \d+, since 20/);
  assertOnce(sandbox, 12);
  assert.equal(sandbox.requests().filter(({ method, path, status }) => method === "POST" && path === "/v1/Orders" && status !== 201).length, 0);
  assert.deepEqual(locks(cwd), []);
});

test("a run that waits for the total holds the folder", async (t) => {
  const { env } = await serve(t);
  const cwd = folder(t, { "people.csv": people(2) });
  const waiting = start(["send", "people.csv", "--campaign", "spring"], { cwd, env, input: "open" });
  await saying(waiting, "stderr", /Type the total/);

  const { code, stderr } = await cli(SEND, { cwd, env });
  const end = finished(waiting);
  waiting.stdin.end("50.00\n");

  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`process ${waiting.pid},`));
  assert.equal((await end).code, 0);
});

test("the lock of a killed run is taken over", async (t) => {
  const { cwd, env, sandbox } = await interrupted(t, 10);
  assert.equal(locks(cwd).length, 1);

  const { code, stderr } = await cli(SEND, { cwd, env });

  assert.equal(code, 0, stderr);
  assertOnce(sandbox, 10);
  assert.deepEqual(locks(cwd), []);
});

test("a process number that was given again is no run", async (t) => {
  const { cwd, env, sandbox } = await interrupted(t, 6);
  const [name] = locks(cwd);
  const path = join(cwd, "spring", name);
  // The number is that of a living process now, which began at another time.
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), pid: process.pid }));

  const { code, stderr } = await cli(SEND, { cwd, env });

  assert.equal(code, process.platform === "linux" ? 0 : 1, stderr);
  if (code === 0) assertOnce(sandbox, 6);
});

test("the lock of another machine is named and left alone", async (t) => {
  const { cwd, env } = await interrupted(t, 6);
  const [name] = locks(cwd);
  const path = join(cwd, "spring", name);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), host: "till-7", machine: "another" }));

  const held = await cli(SEND, { cwd, env });
  const left = locks(cwd);
  rmSync(path);
  const free = await cli(SEND, { cwd, env });

  assert.equal(held.code, 1);
  assert.match(held.stderr, /A run on the machine till-7 holds spring \(process \d+, since .*\)\. If it has ended, delete spring\/lock-/);
  assert.deepEqual(left, [name]);
  assert.equal(free.code, 0, free.stderr);
});

test("after a restart of the machine its lock is nobody's", async (t) => {
  const { cwd, env } = await interrupted(t, 6);
  const [name] = locks(cwd);
  const path = join(cwd, "spring", name);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), host: hostname(), machine: "the start before" }));

  const { code, stderr } = await cli(SEND, { cwd, env });

  assert.equal(code, 0, stderr);
});

test("a folder that was copied goes on elsewhere", async (t) => {
  const { cwd, env, sandbox } = await interrupted(t, 10);
  const elsewhere = folder(t, { "people.csv": people(10) });
  cpSync(join(cwd, "spring"), join(elsewhere, "spring"), { recursive: true });
  rmSync(cwd, { recursive: true });

  const { code, stderr } = await cli(SEND, { cwd: elsewhere, env });

  assert.equal(code, 0, stderr);
  assertOnce(sandbox, 10);
});

test("--dir says where campaigns are, and names are spelled in one way", async (t) => {
  const { env } = await serve(t);
  const cwd = folder(t, { "people.csv": people(1) });
  const [composed, decomposed] = ["No\u00ebl", "Noe\u0308l"];

  const first = await cli(["send", "people.csv", "--campaign", decomposed, "--dir", "gifts", "--yes-spend", "25"], { cwd, env });
  const again = await cli(["send", "people.csv", "--campaign", composed, "--dir", "gifts", "--yes-spend", "25", "--json"], { cwd, env });

  assert.equal(first.code, 0, first.stderr);
  assert.equal(again.lines.some(({ type }) => type === "order"), false);
  assert.deepEqual(readdirSync(join(cwd, "gifts")), [composed]);
});

test("a folder of another version is left as it is", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": people(2) });
  await cli(SEND, { cwd, env });
  const plan = join(cwd, "spring", "plan");
  const later = Buffer.from(readFileSync(plan, "latin1").replace("giftcard-partners campaign 1\n", "giftcard-partners campaign 2\n"), "latin1");
  writeFileSync(plan, later);

  for (const args of [SEND, ["status", "spring"], ["results", "spring"], ["claims", "spring"]]) {
    const { code, stderr } = await cli(args, { cwd, env });
    assert.equal(code, 1);
    assert.match(stderr, /spring was written by another version of giftcard-partners \(format 2, this one has 1\)/);
  }

  assert.ok(readFileSync(plan).equals(later));
  assert.equal(sandbox.orders().length, 2);
});

test("damaged files stop it before anything is sent", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": people(3) });
  await cli([...SEND, "--yes-spend", "75"], { cwd, env });
  writeFileSync(join(cwd, "people.csv"), people(4));
  const damages = { plan: (bytes) => bytes.subarray(0, bytes.length - 9), ledger: (bytes) => Buffer.concat([bytes, Buffer.from("x")]) };

  for (const [name, damage] of Object.entries(damages)) {
    const path = join(cwd, "spring", name);
    const whole = readFileSync(path);
    writeFileSync(path, damage(whole));
    const { code, stderr } = await cli(SEND, { cwd, env });
    writeFileSync(path, whole);
    assert.equal(code, 1, name);
    assert.match(stderr, /The campaign in spring cannot be read: a file of it is damaged, or of another version/);
  }

  assert.equal(sandbox.orders().length, 3);
});

for (const gone of ["plan", "ledger"]) {
  test(`a campaign whose ${gone} is gone is refused, and nobody is paid again`, async (t) => {
    const { env, sandbox } = await serve(t);
    const cwd = folder(t, { "people.csv": people(2) });
    await cli(SEND, { cwd, env });
    writeFileSync(join(cwd, "people.csv"), people(3));
    const path = join(cwd, "spring", gone);
    const whole = readFileSync(path);
    rmSync(path);

    for (const args of [SEND, ["status", "spring"], ["results", "spring"], ["claims", "spring"]]) {
      const { code, stderr } = await cli(args, { cwd, env });
      assert.equal(code, 1, args[0]);
      assert.match(stderr, new RegExp(`The campaign in spring cannot be read: spring/${gone} is missing\\. Put it back from a copy: without it nobody can tell who was paid\\.`));
      assert.equal(existsSync(path), false);
    }
    const refused = sandbox.orders().length;
    writeFileSync(path, whole);
    const { code, stderr } = await cli(SEND, { cwd, env });

    assert.equal(refused, 2);
    assert.equal(code, 0, stderr);
    assertOnce(sandbox, 3);
  });
}

test("a list whose rows were all paid before leaves a folder that goes on", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": people(3) });
  await cli(SEND, { cwd, env });
  writeFileSync(join(cwd, "people.csv"), people(2));

  const fewer = await cli(SEND, { cwd, env });
  const status = await cli(["status", "spring"], { cwd, env });
  writeFileSync(join(cwd, "people.csv"), people(4));
  const more = await cli(SEND, { cwd, env });

  assert.deepEqual([fewer.code, status.code, more.code], [0, 0, 0], `${fewer.stderr}${status.stderr}${more.stderr}`);
  assertOnce(sandbox, 4);
});

test("a crash at any step of a beginning leaves a folder that goes on", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": people(2) });
  const [plan, ledger] = ["plan", "ledger"].map((name) => join(cwd, "spring", name));
  /** Begins a plan and is killed before anything is sent: the ledger is still the one that the beginning wrote. */
  const begun = async (count) => {
    writeFileSync(join(cwd, "people.csv"), people(count));
    const child = start(SEND, { cwd, env: { ...env, NODE_OPTIONS: `--import=${KILLED_AT_PLAN}` } });
    return (await finished(child)).signal;
  };

  // Of the first plan: the ledger is there and the plan is not.
  const first = await begun(2);
  const left = [existsSync(plan), existsSync(ledger)];
  const status = await cli(["status", "spring"], { cwd, env });
  const after = await cli(SEND, { cwd, env });
  // Of a later one: the plan before it has all that is known.
  const later = await begun(3);
  const known = await cli(["status", "spring", "--json"], { cwd, env });
  const last = await cli(SEND, { cwd, env });

  assert.deepEqual([first, later], ["SIGKILL", "SIGKILL"]);
  assert.deepEqual(left, [false, true]);
  assert.equal(status.code, 2);
  assert.match(status.stderr, /There is no campaign spring in this folder\./);
  assert.equal(after.code, 0, after.stderr);
  assert.equal(known.result.created, 2);
  assert.equal(last.code, 0, last.stderr);
  assertOnce(sandbox, 3);
});

test("a read-only folder is a sentence, and nothing is sent", { skip: isRoot && !canMount() && "root may write anywhere" }, async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = isRoot ? mounted(t, "ro") : folder(t);
  if (!isRoot) chmodSync(cwd, 0o500);
  const list = join(folder(t, { "people.csv": people(1) }), "people.csv");

  const { code, stderr } = await cli(["send", list, "--campaign", "spring", "--yes-spend", "25"], { cwd, env });
  const checked = await cli(["check", list], { cwd, env });

  assert.equal(code, 1);
  assert.match(stderr, isRoot ? /^giftcard-partners: The file system is read-only/ : /^giftcard-partners: Permission is denied/);
  assert.equal(sandbox.orders().length, 0);
  assert.equal(checked.code, 0);
});

test("a full disk ends it before the next order, and with room again it goes on", { skip: !(isRoot && canMount()) && "needs root, to mount a small disk" }, async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = mounted(t, "size=128k");
  writeFileSync(join(cwd, "people.csv"), people(40));
  // The plan has its place; the ledger, which is written anew before each order, has none.
  const child = start(SEND.slice(0, -2), { cwd, env, input: "open" });
  await saying(child, "stderr", /Type the total/);
  const end = finished(child);
  const filler = join(cwd, "filler");
  fill(filler, 4096 * 3);
  child.stdin.end("1000\n");
  const full = await end;
  const placed = sandbox.orders().length;

  rmSync(filler);
  const { code, stderr } = await cli(SEND, { cwd, env });

  assert.equal(full.code, 1);
  assert.match(full.stderr, /No space is left on the disk/);
  assert.ok(placed < 40, `${placed}`);
  assert.equal(code, 0, stderr);
  assertOnce(sandbox, 40);
});

/** Fills the disk but for about so many bytes. */
function fill(path, left) {
  writeFileSync(path, "");
  for (const chunk = Buffer.alloc(4096); ; ) {
    try {
      writeFileSync(path, chunk, { flag: "a" });
    } catch {
      break;
    }
  }
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, Math.max(0, bytes.length - left)));
}

function canMount() {
  const path = mkdtempSync(join(tmpdir(), "giftcards-mount-"));
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path]).status === 0;
  if (isMounted) spawnSync("umount", [path]);
  rmSync(path, { recursive: true });
  return isMounted;
}

function mounted(t, options) {
  const path = mkdtempSync(join(tmpdir(), "giftcards-mount-"));
  mkdirSync(path, { recursive: true });
  spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]);
  t.after(() => {
    spawnSync("umount", ["-l", path]);
    rmSync(path, { recursive: true });
  });
  return path;
}
