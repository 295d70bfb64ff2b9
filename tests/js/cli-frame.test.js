// The executable's frame: help, wrong calls, exit statuses, credentials.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { cli, folder, people, serve, snapshot } from "./cli.js";

const COMMANDS = ["check", "send", "status", "results", "claims", "template", "products", "balance", "doctor", "sandbox"];
const manifest = JSON.parse(readFileSync(new URL(import.meta.resolve("giftcard-partners/package.json")), "utf8"));

test("the help names every command, and each has an example", async (t) => {
  const cwd = folder(t);

  const overview = await cli(["--help"], { cwd });
  const helps = await Promise.all(COMMANDS.map((command) => cli([command, "--help"], { cwd })));

  assert.equal(overview.code, 0);
  snapshot("help", overview.stdout);
  for (const [at, { code, stdout }] of helps.entries()) {
    assert.equal(code, 0, COMMANDS[at]);
    assert.match(stdout, new RegExp(`\n\nExample\n  npx giftcard-partners ${COMMANDS[at]} ?`), COMMANDS[at]);
    snapshot(`help-${COMMANDS[at]}`, stdout);
  }
  assert.deepEqual(readdirSync(cwd), []);
});

test("a wrong call is a sentence with the nearest name, and exit status 2", async (t) => {
  const cwd = folder(t, { "people.csv": people(1) });
  const calls = [
    [[], /npx giftcard-partners COMMAND/],
    [["sned", "people.csv"], /no command "sned": did you mean send\?/],
    [["fly\u001b[2J"], /no command "fly\\u001b\[2J": it is one of check, send/],
    [["send", "people.csv", "--sandbx"], /send has no option --sandbx: did you mean --sandbox\?/],
    [["send", "--sandbox"], /send needs FILE/],
    [["send", "a.csv", "b.csv", "--sandbox"], /send takes 1 word, not 2/],
    [["balance", "now", "--sandbox"], /balance takes no words, not 1/],
    [["send", "none.csv", "--sandbox"], /none\.csv cannot be read: there is no such file/],
    [["send", ".", "--sandbox"], /\. cannot be read: it is a folder/],
    [["check", "."], /\. cannot be read: it is a folder/],
    [["send", "people.csv"], /--campaign is missing/],
    [["send", "people.csv", "--campaign", "spring"], /GIFTCARD_BASE_URL, GIFTCARD_EMAIL and GIFTCARD_ACCESS_TOKEN are missing.*--env-file.*--sandbox/],
    [["send", "people.csv", "--sandbox", "--campaign", "a/b"], /A campaign's name is its folder's/],
    [["send", "people.csv", "--sandbox", "--campaign", ".."], /A campaign's name is its folder's/],
    [["send", "people.csv", "--sandbox", "--value", "many"], /--value must be an amount/],
    [["send", "people.csv", "--sandbox", "--quantity", "0"], /--quantity must be a whole number from 1/],
    [["send", "people.csv", "--sandbox", "--max-lines", "1001"], /--max-lines must be a whole number from 1 to 1000/],
    [["send", "people.csv", "--sandbox", "--type", "Codes"], /--type must be one of DigitalDelivery, Links, PhysicalShipment/],
    [["send", "people.csv", "--sandbox", "--columns", "email"], /--columns must be pairs/],
    [["send", "people.csv", "--sandbox", "--yes-spend", "lots"], /--yes-spend must be an amount/],
    [["send", "people.csv", "--sandbox", "--duplicates", "maybe"], /--duplicates must be accept or reject/],
    [["status", "spring"], /There is no campaign spring in this folder/],
    [["doctor", "--sandbox", "--webhook", "http://127.0.0.1:1/"], /--webhook needs --order/],
  ];

  for (const [args, sentence] of calls) {
    const { code, stdout, stderr } = await cli(args, { cwd });
    assert.equal(code, 2, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr, sentence);
    assert.equal(stdout, "", args.join(" "));
    if (args.length > 0) {
      const { code, result } = await cli([...args, "--json"], { cwd });
      assert.equal(code, 2);
      assert.match(result.error.message, sentence);
      assert.equal(result.type, "result");
    }
  }
  assert.deepEqual(readdirSync(cwd), ["people.csv"]);
});

test("credentials come from the environment or from a file, never from both", async (t) => {
  const { env, sandbox } = await serve(t);
  const { GIFTCARD_BASE_URL, GIFTCARD_EMAIL, GIFTCARD_ACCESS_TOKEN } = env;
  const cwd = folder(t, {
    "stage.env": `# stage\nexport GIFTCARD_BASE_URL="${GIFTCARD_BASE_URL}"\nGIFTCARD_EMAIL=${GIFTCARD_EMAIL} # ours\n\nGIFTCARD_ACCESS_TOKEN='${GIFTCARD_ACCESS_TOKEN}'\n`,
    "half.env": `GIFTCARD_BASE_URL=${GIFTCARD_BASE_URL}\n`,
  });
  const elsewhere = { GIFTCARD_BASE_URL: "http://127.0.0.1:1", GIFTCARD_EMAIL: "other@example.org", GIFTCARD_ACCESS_TOKEN: "other" };

  const byEnvironment = await cli(["balance", "--json"], { cwd, env });
  const byFile = await cli(["balance", "--env-file", "stage.env", "--json"], { cwd, env: elsewhere });
  const asked = sandbox.requests().length;
  const half = await cli(["balance", "--env-file", "half.env"], { cwd, env });
  const both = await cli(["balance", "--env-file", "stage.env", "--sandbox"], { cwd, env });

  assert.deepEqual([byEnvironment.code, byFile.code], [0, 0], byFile.stderr);
  assert.equal(byFile.result.Available, byEnvironment.result.Available);
  assert.equal(half.code, 2);
  assert.match(half.stderr, /GIFTCARD_EMAIL and GIFTCARD_ACCESS_TOKEN are missing\. The file that --env-file names/);
  assert.equal(both.code, 2);
  assert.equal(sandbox.requests().length, asked);
});

test("a file of credentials that is not there is named", async (t) => {
  const { code, stdout, stderr } = await cli(["balance", "--env-file", "none.env"], { cwd: folder(t) });

  // Node looks for that option behind the program's name too, and ends with 9 before the program begins.
  assert.ok([2, 9].includes(code), `${code}`);
  assert.match(stderr, /none\.env(:| cannot)/);
  assert.equal(stdout, "");
});

test("credentials that are refused are a sentence without them, and exit status 1", async (t) => {
  const { env } = await serve(t);

  const { code, stdout, stderr } = await cli(["balance"], { cwd: folder(t), env: { ...env, GIFTCARD_ACCESS_TOKEN: "s3cret-token" } });

  assert.equal(code, 1);
  assert.match(stderr, /^giftcard-partners: .+/);
  assert.doesNotMatch(stdout + stderr, /s3cret-token|sandbox@/);
});

test("balance, products and template work without an account", async (t) => {
  const cwd = folder(t);

  const balance = await cli(["balance", "--sandbox"], { cwd });
  const products = await cli(["products", "books", "--sandbox"], { cwd });
  const listed = await cli(["products", "--type", "Links", "--value", "25", "--sandbox", "--json"], { cwd });
  const template = await cli(["template", "--type", "links"], { cwd });
  const written = await cli(["template", "--out", "people.csv", "--sandbox"], { cwd });

  snapshot("balance", balance.stdout);
  snapshot("products", products.stdout);
  assert.ok(listed.lines.slice(0, -1).every(({ type, AvailableDeliveryTypes }) => type === "product" && AvailableDeliveryTypes.includes("Links")));
  assert.equal(listed.result.products, listed.lines.length - 1);
  assert.match(template.stdout, /\n/);
  assert.equal(written.code, 0);
  assert.ok(existsSync(join(cwd, "people.csv")));
  // What it hands out is a list that it takes, once the example is somebody.
  assert.match((await cli(["check", "people.csv", "--sandbox"], { cwd })).stdout, /The row is the example of the list to fill in/);
  writeFileSync(join(cwd, "people.csv"), readFileSync(join(cwd, "people.csv"), "utf8").replace("Ann Example", "Ann Lee"));
  assert.equal((await cli(["check", "people.csv", "--sandbox"], { cwd })).code, 0);
});

test("--version is the package's, and the executable of before still works", async (t) => {
  const { stdout } = await cli(["--version"], { cwd: folder(t) });

  assert.equal(stdout, `${manifest.version}\n`);
  assert.deepEqual(manifest.bin, { "giftcard-partners": "bin/giftcard-partners.js", "giftcard-partners-sandbox": "bin/giftcard-partners-sandbox.js" });
});

test("an account that cannot be used is named as it was given, with exit status 2", async (t) => {
  const env = { GIFTCARD_BASE_URL: "https://api.example", GIFTCARD_EMAIL: "a@example.org", GIFTCARD_ACCESS_TOKEN: "s3cret" };
  for (const [wrong, sentence] of [
    [{ GIFTCARD_BASE_URL: "nonsense" }, /GIFTCARD_BASE_URL is no absolute URL\.$/m],
    [{ GIFTCARD_BASE_URL: "http://api.example" }, /GIFTCARD_BASE_URL is http:.*give --allow-http/],
    [{ GIFTCARD_ACCESS_TOKEN: "a b\n" }, /GIFTCARD_ACCESS_TOKEN must be a text in ASCII/],
  ]) {
    const { code, stderr } = await cli(["balance"], { cwd: folder(t), env: { ...env, ...wrong } });
    assert.equal(code, 2, stderr);
    assert.match(stderr, sentence);
    assert.doesNotMatch(stderr, /allowHttp|s3cret/);
  }
});
