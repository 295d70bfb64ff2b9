// `check` and `send`: what a list holds, what it costs, and who is paid.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { createSandbox } from "giftcard-partners/sandbox";

import { cli, finished, folder, paid, people, saying, serve, snapshot, start } from "./cli.js";

const LIST = "Email,Name,Product,Value,Team\nada@example.org,Ada,INKWHISTLE,25,A\nbob@example.org,Bob,INKWHISTLE,25,B\ncarol@example.org,Carol,INKWHISTLE,7,C\ndora@example.org,Dora,BRAMBLEBOOT,50,C\n";
const GOOD = people(3);
const SEND = ["send", "people.csv", "--campaign", "spring"];

test("check says what was read, what is to be mended and what it costs, and sends nothing", async (t) => {
  const cwd = folder(t, { "people.csv": LIST });

  const offline = await cli(["check", "people.csv", "--sandbox"], { cwd });
  const again = await cli(["check", "people.csv", "--sandbox", "--json"], { cwd });

  assert.equal(offline.code, 1);
  snapshot("check", offline.stdout);
  assert.deepEqual(readdirSync(cwd).sort(), ["people.csv", "people.to-mend.csv"]);
  const { rows, accepted, rejected, sums, quotes, toMend } = again.result;
  assert.deepEqual({ rows, accepted, rejected, toMend }, { rows: 4, accepted: 3, rejected: 1, toMend: "people.to-mend.csv" });
  assert.deepEqual(sums.map(({ product, currency, cards, faceValue }) => [product, currency, cards, faceValue]), [["INKWHISTLE", "USD", 2, "50.00"], ["BRAMBLEBOOT", "USD", 1, "50.00"]]);
  assert.equal(quotes[0].available, "10000.00");
  const { line, issues } = again.lines.find(({ type }) => type === "rejected");
  assert.deepEqual([line, issues[0].code], [4, "denomination_not_offered"]);
});

test("check advises in the words of the command line, and says what to look at with its count", async (t) => {
  const header = "Email,Name,Product,Value,Delivery date";
  const cwd = folder(t, {
    "again.csv": `${header}\na@localhost,Ada,INKWHISTLE,25,\nA@LOCALHOST,Ada,INKWHISTLE,25,\nb@localhost,Bob,INKWHISTLE,25,\nc@b.co,Cy,INKWHISTLE,25,04/05/2027\n`,
    "amounts.csv": "Email,Product,Gift Amt\na@b.co,INKWHISTLE,25\n",
    "extra.csv": "Email,Product,Extra\na@b.co,INKWHISTLE,500.00\n",
    "currency.csv": "Email,Product,Value,Currency\na@b.co,INKWHISTLE,25,JPY\n",
  });

  const said = {};
  for (const [name, more] of [["again", []], ["amounts", []], ["extra", ["--value", "25"]], ["currency", []]]) {
    const { stdout } = await cli(["check", `${name}.csv`, "--sandbox", ...more], { cwd });
    const { result, lines } = await cli(["check", `${name}.csv`, "--sandbox", ...more, "--json"], { cwd });
    for (const text of [stdout, JSON.stringify(result), JSON.stringify(lines)]) {
      assert.doesNotMatch(text, /duplicates: |columns: |`columns`|`defaults`|dateOrder|deliveryTime/, name);
    }
    said[name] = stdout;
  }

  assert.match(said.again, /Remove it, or say --duplicates accept where both are meant\./);
  assert.match(said.again, /lines 2, 4, Email: Email has a domain without a dot/);
  assert.match(said.amounts, /say --columns 'Gift Amt=value', or "ignore" where it is something else\./);
  assert.match(said.extra, /Say with --columns that it is value, or ignore\./);
  assert.match(said.currency, /say with --columns that it is to be left out/);
});

test("an option that the package does not take is a wrong call", async (t) => {
  const cwd = folder(t, { "people.csv": LIST });

  for (const [args, said] of [
    [["check", "people.csv", "--columns", "Email=emial"], /emial, which is no field of a line\. Did you mean email\?/],
    [["check", "people.csv", "--encoding", "klingon"], /encoding must be one that TextDecoder knows/],
    [["products", "--value", "x", "--sandbox"], /amount must be a number/],
  ]) {
    const { code, stderr } = await cli(args, { cwd });

    assert.equal(code, 2, args.join(" "));
    assert.match(stderr, said);
  }
});

test("check needs no account, and says 0 of a list with nothing to mend", async (t) => {
  const cwd = folder(t, { "people.csv": GOOD });

  const { code, result } = await cli(["check", "people.csv", "--json"], { cwd });

  assert.equal(code, 0);
  assert.equal(result.quotes, undefined);
  assert.deepEqual(readdirSync(cwd), ["people.csv"]);
});

test("a file that somebody began to mend is not written over", async (t) => {
  const cwd = folder(t, { "people.csv": LIST, "people.to-mend.csv": "mine" });

  const { stdout } = await cli(["check", "people.csv", "--sandbox"], { cwd });

  assert.match(stdout, /rows to mend are in people\.to-mend-2\.csv/);
  assert.equal(readFileSync(join(cwd, "people.to-mend.csv"), "utf8"), "mine");
});

test("send asks for the total, and takes nothing else for it", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": GOOD });

  for (const input of ["", "\n", "yes\n", "74.99\n", "7500\n", "-75.00\n"]) {
    const { code, stderr } = await cli(SEND, { cwd, env, input });
    assert.equal(code, 1, input);
    assert.match(stderr, /Nothing was sent\./);
  }
  assert.equal(sandbox.orders().length, 0);
  const { code, stdout, stderr } = await cli(SEND, { cwd, env, input: "75.00\n" });

  assert.equal(code, 0, stderr);
  snapshot("send", stdout);
  assert.match(stderr, /Type the total, 75\.00, to spend 75\.00 USD: /);
  assert.deepEqual([...paid(sandbox.orders()).values()], [1, 1, 1]);
});

test("--yes-spend goes on up to its amount", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": GOOD });

  const less = await cli([...SEND, "--yes-spend", "74.99", "--json"], { cwd, env });
  const placed = sandbox.orders().length;
  const enough = await cli([...SEND, "--yes-spend", "75", "--json"], { cwd, env });

  assert.equal(less.code, 1);
  assert.match(less.result.error.message, /The total is 75\.00 USD, more than --yes-spend 74\.99/);
  assert.equal(placed, 0);
  assert.equal(enough.code, 0);
  assert.deepEqual(enough.lines.filter(({ type }) => type === "order").map(({ outcome }) => outcome), ["created"]);
  assert.deepEqual([enough.result.placed.lines, enough.result.done], [3, true]);
});

test("the same command again places nothing more", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": GOOD });
  await cli([...SEND, "--yes-spend", "75"], { cwd, env });

  const again = await cli(SEND, { cwd, env });

  assert.equal(again.code, 0);
  assert.equal(sandbox.orders().length, 1);
  assert.equal(sandbox.requests().filter(({ method, path }) => method === "POST" && path === "/v1/Orders").length, 1);
});

test("a list that grew or was mended pays whom it has not paid, and nobody twice", async (t) => {
  const { env, sandbox } = await serve(t);
  const cwd = folder(t, { "people.csv": LIST });
  const first = await cli([...SEND, "--yes-spend", "200"], { cwd, env });
  writeFileSync(join(cwd, "people.csv"), LIST.replace("INKWHISTLE,7", "INKWHISTLE,10") + "eve@example.org,Eve,INKWHISTLE,25,A\n");

  const { code, result, stderr } = await cli([...SEND, "--yes-spend", "35", "--json"], { cwd, env });

  assert.equal(first.code, 1);
  assert.equal(code, 0, stderr);
  assert.equal(result.alreadyPlanned, 3);
  const counts = paid(sandbox.orders());
  assert.deepEqual([...counts.keys()].sort(), ["ada@example.org", "bob@example.org", "carol@example.org", "dora@example.org", "eve@example.org"]);
  assert.ok([...counts.values()].every((count) => count === 1));
});

test("an order in doubt is settled before the list that changed is sent", async (t) => {
  let isLost = true;
  const sandbox = createSandbox();
  const { env } = await serve(t, {
    sandbox,
    after({ method, url }) {
      if (isLost && method === "POST" && url === "/v1/Orders") throw new Error("lost");
      if (isLost && sandbox.orders().length > 0) throw new Error("down");
    },
  });
  const cwd = folder(t, { "people.csv": people(2) });
  const child = start([...SEND, "--yes-spend", "50"], { cwd, env });
  const ended = finished(child);
  while (sandbox.orders().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGKILL");
  await ended;
  isLost = false;
  writeFileSync(join(cwd, "people.csv"), people(3));

  const { code, stdout, stderr } = await cli([...SEND, "--yes-spend", "75"], { cwd, env });

  assert.equal(code, 0, stderr);
  assert.match(stdout, /2 rows of it were paid before, or may have been, and are left out/);
  assert.match(stdout, /1 order of the list as it was is in doubt: sent again first/);
  assert.deepEqual([...paid(sandbox.orders()).values()], [1, 1, 1]);
});

test("where the balance is short it stops before it sends, unless --partly", async (t) => {
  const { env, sandbox } = await serve(t, { sandbox: createSandbox({ available: "60.00" }) });
  const cwd = folder(t, { "people.csv": GOOD });
  const options = [...SEND, "--max-lines", "1", "--yes-spend", "75"];

  const stopped = await cli(options, { cwd, env });
  const before = sandbox.orders().length;
  const partly = await cli([...options, "--partly", "--json"], { cwd, env });
  sandbox.fund("100.00");
  sandbox.settle("100.00");
  const funded = await cli(options, { cwd, env });

  assert.equal(stopped.code, 1);
  assert.match(stopped.stdout, /short +15\.00 USD/);
  assert.match(stopped.stderr, /The balance does not cover the total.*Nothing was sent/);
  assert.equal(before, 0);
  assert.equal(partly.code, 1);
  assert.deepEqual([partly.result.placed.orders, partly.result.short > 0], [2, true]);
  assert.equal(funded.code, 0, funded.stderr);
  assert.deepEqual([...paid(sandbox.orders()).values()], [1, 1, 1]);
});

test("--sandbox keeps its state from one command to the next", async (t) => {
  const cwd = folder(t, { "people.csv": GOOD });

  const first = await cli(["send", "people.csv", "--sandbox", "--yes-spend", "75"], { cwd });
  const again = await cli(["send", "people.csv", "--sandbox", "--yes-spend", "75"], { cwd });
  writeFileSync(join(cwd, "people.csv"), people(4));
  const grown = await cli(["send", "people.csv", "--sandbox", "--yes-spend", "25"], { cwd });
  const real = await cli(["send", "people.csv", "--campaign", "people", "--yes-spend", "25"], { cwd, env: (await serve(t)).env });

  assert.deepEqual([first.code, again.code, grown.code], [0, 0, 0], grown.stderr);
  assert.match(grown.stdout, /available +9,925\.00 USD/);
  assert.deepEqual(readdirSync(cwd).sort(), ["people", "people.csv"]);
  // Who was paid in the sandbox was not paid.
  assert.equal(real.code, 2);
  assert.match(real.stderr, /The campaign people is one of the sandbox, where nothing was paid/);
});

test("another account does not go on with a campaign", async (t) => {
  const { env } = await serve(t);
  const cwd = folder(t, { "people.csv": GOOD });
  await cli([...SEND, "--yes-spend", "75"], { cwd, env });

  const { code, stderr } = await cli(SEND, { cwd, env: { ...env, GIFTCARD_EMAIL: "other@example.org" } });

  assert.equal(code, 2);
  assert.match(stderr, /The campaign spring was begun with another account or address/);
  assert.doesNotMatch(stderr, /other@example/);
});

test("Ctrl-C lets the orders under way end, and the same command goes on", async (t) => {
  const { env, sandbox } = await serve(t, { before: ({ method, url }) => method === "POST" && url === "/v1/Orders" && new Promise((resolve) => setTimeout(resolve, 60)) });
  const cwd = folder(t, { "people.csv": people(40) });
  const options = [...SEND, "--max-lines", "1", "--yes-spend", "1000", "--json"];
  const child = start(options, { cwd, env });
  const said = saying(child, "stdout", /"type":"order"/);
  const end = finished(child, options);
  await said;

  child.kill("SIGINT");
  const stopped = await end;
  const placed = sandbox.orders().length;
  const resumed = await cli(options, { cwd, env });

  assert.equal(stopped.code, 1);
  assert.deepEqual([stopped.result.placed.orders, stopped.result.sent, stopped.result.unknown], [placed, 0, 0]);
  assert.ok(placed > 0 && placed < 40, `${placed}`);
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal(paid(sandbox.orders()).size, 40);
  assert.ok([...paid(sandbox.orders()).values()].every((count) => count === 1));
});

test("Ctrl-C twice gives up the orders under way, which the same command settles", async (t) => {
  let isStuck = true;
  const { env, sandbox } = await serve(t, { after: ({ method, url }) => (isStuck && method === "POST" && url === "/v1/Orders" ? new Promise(() => {}) : undefined) });
  const cwd = folder(t, { "people.csv": people(8) });
  const options = [...SEND, "--max-lines", "1", "--yes-spend", "1000", "--json"];
  const child = start(options, { cwd, env });
  const end = finished(child, options);
  while (sandbox.orders().length < 4) await new Promise((resolve) => setTimeout(resolve, 20));

  child.kill("SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.kill("SIGINT");
  const stopped = await end;
  isStuck = false;
  const resumed = await cli(options, { cwd, env });

  assert.equal(stopped.code, 1);
  assert.equal(stopped.result.unknown, 4);
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.deepEqual([...paid(sandbox.orders()).values()], Array(8).fill(1));
});

test("nothing that is said names a recipient, a credential or a claim", async (t) => {
  const { env, sandbox } = await serve(t);
  const list = "email,name,product,value\nada@example.org,Ada Lovelace,INKWHISTLE,25\ngrace@example.org,Grace Hopper,INKWHISTLE,7\nnot-an-address,Alan Turing,INKWHISTLE,25\n";
  const cwd = folder(t, { "people.csv": list });

  const said = [];
  for (const args of [["check", "people.csv"], [...SEND, "--yes-spend", "100"], ["status", "spring"], ["doctor"]]) {
    for (const format of [[], ["--json"]]) {
      const { stdout, stderr } = await cli([...args, ...format], { cwd, env });
      said.push(stdout, stderr);
    }
  }

  assert.equal(sandbox.orders().length, 1);
  for (const secret of ["example.org", "not-an-address", "Lovelace", "Hopper", "Turing", env.GIFTCARD_ACCESS_TOKEN, env.GIFTCARD_EMAIL]) {
    assert.ok(!said.join("\n").includes(secret), secret);
  }
  for (const name of readdirSync(join(cwd, "spring"))) assert.equal(statSync(join(cwd, "spring", name)).mode & 0o077, 0, name);
  assert.ok(existsSync(join(cwd, "spring", "to-mend.csv")));
});

test("a list without a header row shows nobody of its first row, and nothing moves the cursor", async (t) => {
  const cwd = folder(t, {
    "bare.csv": "ada@example.org,Ada,INKWHISTLE,25\ngrace@example.org,Grace,INKWHISTLE,25\n",
    "odd.csv": "email,name,product,value,Te\u001b[2Jam\nada@example.org,Ada,INKWHISTLE,25,A\n",
  });

  const bare = [await cli(["check", "bare.csv", "--sandbox"], { cwd }), await cli(["check", "bare.csv", "--sandbox", "--json"], { cwd })];
  const odd = await cli(["check", "odd.csv", "--sandbox"], { cwd });

  for (const { code, stdout } of bare) {
    assert.equal(code, 1);
    assert.doesNotMatch(stdout, /example\.org/);
  }
  assert.doesNotMatch(odd.stdout, /\u001b/);
});
