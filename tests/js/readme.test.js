// Every block of code in README.md is run as it stands there. A block that nothing here runs is a failure.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";

import { Campaign, GiftCardPartners, claimsCsv } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const manifestUrl = new URL(import.meta.resolve("giftcard-partners/package.json"));
const manifest = JSON.parse(readFileSync(manifestUrl, "utf8"));
const blocks = readBlocks(readme);

const WORKER = blockWith("js", "export default");
const FORM = blockWith("js", "document.querySelector");
const OFFLINE = blockWith("js", "sandbox.inject");
const BULK = blockWith("js", "importRecipients(");
const BUILD = blockWith("js", "OrderBuilder.links");
const WEBHOOK = blockWith("js", "verifyCallbackUrl(");
const PAGE = blockWith("html", "<form");
const LIST = blockWith("csv", "email,name");
const ACCOUNT = blockWith("ini", "GIFTCARD_BASE_URL");
const FIRST = blockWith("sh", "send people.csv --sandbox");
const REAL = blockWith("sh", "doctor --env-file");

const COMMAND_LINES = blocks.filter(({ language }) => language === "sh").flatMap(({ code }) => code.trim().split("\n"));
const COVERED = new Set([WORKER, FORM, OFFLINE, BULK, BUILD, WEBHOOK, PAGE, LIST, ACCOUNT, ...blocks.filter(({ language }) => language === "sh")]);

const ORDER = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 2 }], PONumber: "README-1" };

let server;
const globals = { fetch: globalThis.fetch };

beforeEach(async () => {
  server = await startSandbox();
});
afterEach(() => {
  server.child.kill();
  globalThis.fetch = globals.fetch;
  delete globalThis.document;
});

test("every block of the README is run by a test", () => {
  assert.deepEqual(blocks.filter((block) => !COVERED.has(block)).map(({ code }) => code), []);
  assert.equal((readme.match(/^```/gm) ?? []).length, blocks.length * 2);
});

test("the Worker places an order", async () => {
  const worker = await load(WORKER);

  const answer = await post(worker, JSON.stringify(ORDER));

  assert.equal(answer.status, 201);
  const { id, status, outcome } = await answer.json();
  assert.deepEqual({ status, outcome }, { status: "Completed", outcome: "created" });
  assert.deepEqual((await orders()).map(({ Id, PONumber }) => ({ Id, PONumber })), [{ Id: id, PONumber: "README-1" }]);
});

test("the Worker answers a repeated order with the original", async () => {
  const worker = await load(WORKER);
  const first = await (await post(worker, JSON.stringify(ORDER))).json();

  const again = await (await post(worker, JSON.stringify(ORDER))).json();

  assert.deepEqual(again, { ...first, outcome: "reconciled" });
  assert.equal((await orders()).length, 1);
});

test("the Worker turns each kind of error into its status", async () => {
  const worker = await load(WORKER);
  await post(worker, JSON.stringify(ORDER));
  const line = ORDER.LineItems[0];

  const invalid = await post(worker, "{");
  const tooMuch = await post(worker, JSON.stringify({ ...ORDER, PONumber: "README-2", LineItems: [{ ...line, Quantity: 21 }] }));
  const taken = await post(worker, JSON.stringify({ ...ORDER, LineItems: [{ ...line, Quantity: 3 }] }));
  const asked = await worker.fetch(new Request("https://shop.example/orders"), environment());

  assert.equal(invalid.status, 422);
  assert.deepEqual((await invalid.json()).issues.map(({ code }) => code), ["invalid_json"]);
  assert.equal(tooMuch.status, 422);
  assert.deepEqual((await tooMuch.json()).issues.map(({ code }) => code), ["over_limit"]);
  assert.equal(taken.status, 409);
  assert.deepEqual(await taken.json(), { code: "po_number_conflict", outcome: "rejected", poNumber: "README-1" });
  assert.equal(asked.status, 405);
});

test("the Worker says that the account does not cover an order", async () => {
  server.child.kill();
  server = await startSandbox("--available", "10.00");
  const worker = await load(WORKER);

  const answer = await post(worker, JSON.stringify(ORDER));

  assert.equal(answer.status, 402);
  assert.deepEqual(await answer.json(), { code: "insufficient_funds", outcome: "rejected", poNumber: "README-1" });
});

test("the form shows each issue at its field and sends nothing", async () => {
  const page = fakePage(PAGE.code);
  globalThis.document = page.document;
  globalThis.fetch = () => assert.fail("nothing may be sent");
  await load(FORM);
  page.field("LineItems.0.DigitalDeliveryAddress.Email").value = "someone@";
  page.field("LineItems.0.Value").value = "12.345";

  await page.submit();

  assert.match(page.field("LineItems.0.DigitalDeliveryAddress.Email").validationMessage, /e-mail/);
  assert.match(page.field("LineItems.0.Value").validationMessage, /25\.50/);
  assert.equal(page.output.textContent, "");
});

test("the form's order goes through the Worker to the API, once for however often it is pressed", async () => {
  const page = fakePage(PAGE.code);
  const worker = await load(WORKER);
  globalThis.document = page.document;
  await load(FORM);
  page.field("LineItems.0.DigitalDeliveryAddress.Email").value = "someone@example.com";
  page.field("LineItems.0.Value").value = "25,00";
  const answers = [];
  let lost = true;
  globalThis.fetch = async (url, init) => {
    if (url !== "/orders") return globals.fetch(url, init);
    answers.push(await worker.fetch(new Request(new URL(url, "https://shop.example"), init), environment()));
    if (!lost) return answers.at(-1);
    lost = false;
    return new Response(null, { status: 502 });
  };

  await page.submit();
  const first = page.output.textContent;
  await page.submit();

  assert.match(first, /^Not confirmed/);
  assert.equal(page.output.textContent, "Sent.");
  assert.deepEqual(answers.map(({ status }) => status), [201, 201]);
  const placed = await orders();
  assert.equal(placed.length, 1);
  assert.match(placed[0].PONumber, /^WEB-[0-9a-f-]{36}$/);
  assert.deepEqual(placed[0].LineItems[0].DigitalDeliveryAddress, { Email: "someone@example.com" });
  assert.equal(placed[0].LineItems[0].Value, 25);
});

test("a connection that is cut after the order was placed is said to be open; fields that are changed then order nothing more", async () => {
  const page = fakePage(PAGE.code);
  const worker = await load(WORKER);
  globalThis.document = page.document;
  await load(FORM);
  const email = page.field("LineItems.0.DigitalDeliveryAddress.Email");
  email.value = "someone@example.com";
  page.field("LineItems.0.Value").value = "25";
  let cut = true;
  globalThis.fetch = async (url, init) => {
    if (url !== "/orders") return globals.fetch(url, init);
    const answer = await worker.fetch(new Request(new URL(url, "https://shop.example"), init), environment());
    if (cut) throw new TypeError("Failed to fetch");
    return answer;
  };

  const said = [];
  await page.submit();
  said.push(page.output.textContent);
  cut = false;
  email.value = "someone.else@example.com";
  await page.submit();
  said.push(page.output.textContent);
  email.value = "someone@example.com";
  await page.submit();
  said.push(page.output.textContent);

  assert.match(said[0], /^Not confirmed\. Press again: it will not be sent twice\.$/);
  assert.match(said[1], /^It was sent already, as it was before you changed it\./);
  assert.equal(said[2], "Sent.");
  assert.deepEqual((await orders()).map(({ LineItems }) => LineItems[0].DigitalDeliveryAddress), [{ Email: "someone@example.com" }]);
});

test("the sandbox block prints what its comments say", async (t) => {
  const printed = [];
  t.mock.method(console, "log", (...values) => printed.push(values.join(" ")));

  await load(OFFLINE);

  const comments = [...OFFLINE.code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
  assert.equal(comments.length, 2);
  assert.deepEqual(printed, comments);
});

/** Runs in a folder of its own; what was printed. */
function inFolder(t, env = environment()) {
  const folder = mkdtempSync(join(tmpdir(), "readme-"));
  const before = process.cwd();
  const printed = [];
  t.mock.method(console, "log", (...values) => printed.push(values.join(" ")));
  Object.assign(process.env, env);
  process.chdir(folder);
  t.after(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
    for (const name of Object.keys(env)) delete process.env[name];
  });
  return printed;
}

/** The cells of a CSV file that was written, by header. */
function written(file) {
  const [header, ...rows] = readFileSync(file, "utf8").slice(1).trimEnd().split("\r\n").map((row) => row.split(","));
  return rows.map((row) => Object.fromEntries(header.map((name, place) => [name, row[place]])));
}

test("the spreadsheet block places each row once, however often it runs", async (t) => {
  const printed = inFolder(t);
  const run = async (file) => {
    if (file) writeFileSync("recipients.csv", file);
    await load(BULK);
    return printed.splice(0);
  };

  const runs = [
    await run("Email,Value,Team\nada@example.com,25,A\ngrace@example,12.345,A\nalan@example.com,50,B\n"),
    await run(),
    await run("Email,Value\nada@example.com,25\ngrace@example.com,10\nalan@example.com,50\n"),
  ];
  // Stopped before it had written what became of the orders.
  rmSync("spring.ledger");
  runs.push(await run());

  assert.deepEqual(runs, [
    [
      "2 rows accepted, 1 rejected, 0 repeat another one",
      "Columns that were not read: Team",
      "0 rows were ordered by an earlier run",
      "It costs 75.00",
      "1 of 1 orders are placed",
    ],
    ["2 rows accepted, 1 rejected, 0 repeat another one", "Columns that were not read: Team", "2 rows were ordered by an earlier run", "0 of 0 orders are placed"],
    ...Array(2).fill([
      "3 rows accepted, 0 rejected, 0 repeat another one",
      "Columns that were not read: none",
      "2 rows were ordered by an earlier run",
      "It costs 10.00",
      "1 of 1 orders are placed",
    ]),
  ]);
  const placed = await orders();
  const emails = placed.map(({ LineItems }) => LineItems.map(({ DigitalDeliveryAddress }) => DigitalDeliveryAddress.Email));
  assert.deepEqual(emails.sort(), [["ada@example.com", "alan@example.com"], ["grace@example.com"]]);
  const ids = new Map(placed.flatMap(({ Id, LineItems }) => LineItems.map(({ DigitalDeliveryAddress }) => [DigitalDeliveryAddress.Email, Id])));
  assert.deepEqual(
    written("results.csv").map(({ Recipient, OrderId }) => [Recipient, OrderId]),
    ["ada@example.com", "alan@example.com", "grace@example.com"].map((email) => [email, ids.get(email)]),
  );
});

test("the spreadsheet block tells what repeats and what is unclear, and sends nothing where the funds are short", async (t) => {
  const printed = inFolder(t);
  writeFileSync("recipients.csv", "Email,Value,Quantity\nada@example.com,50,120\nada@example.com,50,120\nalan@example.com,50,120\n");

  await load(BULK);

  const [counts] = printed;
  assert.match(counts, /, 1 repeat another one$/);
  assert.ok(printed.some((line) => /^It costs \d+\.\d\d, which is \d+\.\d\d more than is there$/.test(line)), printed.join("\n"));
  assert.deepEqual(await orders(), []);
  assert.ok(written("results.csv").every(({ State }) => State === "planned"));
  writeFileSync("recipients.csv", "Nonsense\nada@example.com\n");
  rmSync("spring.plan");
  await load(BULK);
  assert.ok(printed.some((line) => /^Line 1: /.test(line)), printed.join("\n"));
});

test("the spreadsheet block with links keeps the links of the first run through the second", async (t) => {
  inFolder(t);
  const links = { ...BULK, code: BULK.code.replace('"DigitalDelivery"', '"Links"') };
  assert.notEqual(links.code, BULK.code);
  writeFileSync("recipients.csv", "To,Email,Value\nAda,ada@example.com,25\n");
  await load(links);
  writeFileSync("recipients.csv", "To,Email,Value\nAda,ada@example.com,25\nGrace,grace@example.com,10\n");
  await load(links);

  const campaign = Campaign.fromBytes(readFileSync("spring.plan"));
  campaign.applyLedger(readFileSync("spring.ledger"));
  writeFileSync("claims.csv", claimsCsv(campaign, await orders()));

  assert.deepEqual(written("claims.csv").map(({ To }) => To), ["Ada", "Grace"]);
  assert.ok(written("claims.csv").every(({ ClaimLink }) => ClaimLink.startsWith("https://")));
});

test("the building block prints what its comment says", async (t) => {
  const printed = [];
  t.mock.method(console, "log", (...values) => printed.push(values.join(" ")));

  await load(BUILD);

  const [, comment] = BUILD.code.match(/console\.log\(.*\/\/ (.*)$/m);
  assert.deepEqual(printed, [comment]);
});

test("the webhook block takes a call that it signed, and no other", async () => {
  const { fetch, baseUrl, credentials, ...sandbox } = createSandbox({ asyncThreshold: 1, clock: "manual" });
  const client = new GiftCardPartners({ fetch, baseUrl, credentials });
  const secret = "a secret of at least sixteen characters";
  const { order, fulfilled } = await loadAll(WEBHOOK);
  const placed = await order(client, secret);
  const { FulfillmentComplete: url } = JSON.parse(sandbox.requests().find(({ path, method }) => method === "POST" && path === "/v1/Orders").body).WebhookSettings;
  const call = (to) => new Request(to, { method: "POST", body: JSON.stringify({ OrderId: placed.order.Id }) });
  assert.equal(placed.order.Status, "Pending");

  sandbox.advance(600_000);
  const status = await fulfilled(call(url), client, secret);

  assert.equal(status, "Completed");
  await assert.rejects(fulfilled(call(url.replace("LINKS", "OTHER")), client, secret), { name: "AuthenticationError" });
});

test("the first five minutes are as they are told", async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), "readme-"));
  t.after(() => rmSync(cwd, { recursive: true }));
  const account = Object.entries(environment());
  const stage = account.reduce((text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, "m"), `${name}=${value}`), ACCOUNT.code);
  writeFileSync(join(cwd, "people.csv"), LIST.code);
  writeFileSync(join(cwd, "stage.env"), stage);
  const told = [];

  for (const line of `${FIRST.code}${REAL.code}`.trim().split("\n")) {
    const { code, stderr } = await run(line.split(" ").slice(2), { cwd, typed: "75.00\n" });
    told.push([line, code, stderr.replace(/\nType the total.*: /, "")]);
  }

  assert.deepEqual(told, told.map(([line]) => [line, 0, ""]));
  assert.equal((await orders()).length, 1);
  assert.equal((await run(FIRST.code.trim().split(" ").slice(2), { cwd })).code, 0);
});

test("every command of the README exists", async () => {
  const source = readFileSync(new URL("../../xtask/src/main.rs", import.meta.url), "utf8");

  for (const line of COMMAND_LINES) {
    const [program, ...words] = line.split("#")[0].trim().split(/\s+/);
    switch (program) {
      case "npm":
        assert.deepEqual(words, ["install", manifest.name], line);
        break;
      case "npx":
        assert.equal(words[0], manifest.name, line);
        for (const option of words.filter((word) => word.startsWith("--"))) {
          assert.match((await run([words[1], "--help"])).stdout, new RegExp(`^  ${option} `, "m"), line);
        }
        break;
      case "cargo":
        assert.equal(words[0], "xtask", line);
        assert.match(source, new RegExp(`\\("${words[1]}",`), line);
        break;
      default:
        assert.fail(`no test knows the command: ${line}`);
    }
  }
});

test("every entry of the table is an entry of the package, and none is missing", () => {
  const table = readme.slice(readme.indexOf("## Entries"), readme.indexOf("## Working on it"));

  const named = [...table.matchAll(/^\| `giftcard-partners(\S*)` \|/gm)].map(([, path]) => `.${path}`);

  const exported = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
  assert.deepEqual(named.sort(), exported.sort());
});

test("the errors table has every code of errors.d.ts under the class that the package gives it", async () => {
  const root = await import("giftcard-partners");
  const declared = readFileSync(new URL("errors.d.ts", manifestUrl), "utf8");
  const union = declared.slice(declared.indexOf("type ErrorCode"), declared.indexOf(";", declared.indexOf('| "unexpected_status"')));
  const codes = [...union.matchAll(/\| "(\w+)"/g)].map(([, code]) => code);

  const rows = [...readme.matchAll(/^\| `(\w+)` \| (`[a-z_]+`(?:, `[a-z_]+`)*) \|/gm)];

  const listed = rows.flatMap(([, , text]) => [...text.matchAll(/`(\w+)`/g)].map(([, code]) => code));
  assert.deepEqual(listed.sort(), codes.sort());
  for (const [, name, text] of rows) {
    const own = new root[name]("").code;
    assert.ok(text.includes(`\`${own}\``), `${name} has the code ${own}`);
  }
});

/** The fenced blocks, in order. */
function readBlocks(text) {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }));
}

function blockWith(language, part) {
  const found = blocks.filter((block) => block.language === language && block.code.includes(part));
  assert.equal(found.length, 1, `one ${language} block of README.md has ${part}`);
  return found[0];
}

let loads = 0;
/** Imports a block as a module of its own, with the installed package; gives its default export. */
async function load(block) {
  return (await loadAll(block)).default;
}

async function loadAll({ code }) {
  const resolved = code.replace(/from "(giftcard-partners[^"]*)"/g, (_, name) => `from ${JSON.stringify(import.meta.resolve(name))}`);
  loads += 1;
  return import(`data:text/javascript,${encodeURIComponent(`${resolved}\n// ${loads}`)}`);
}

function environment() {
  const { baseUrl, credentials } = server;
  return { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: credentials.email, GIFTCARD_ACCESS_TOKEN: credentials.accessToken };
}

function post(worker, body) {
  return worker.fetch(new Request("https://shop.example/orders", { method: "POST", body }), environment());
}

async function orders() {
  return (await globals.fetch(`${server.baseUrl}/_sandbox/orders`)).json();
}

function executable(name) {
  assert.ok(Object.hasOwn(manifest.bin, name), `${name} is an executable of the package`);
  const path = fileURLToPath(new URL(manifest.bin[name], manifestUrl));
  assert.ok(existsSync(path), path);
  return path;
}

async function startSandbox(...options) {
  const path = executable("giftcard-partners-sandbox");
  const child = spawn(process.execPath, [path, "--port", "0", "--json", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, ...JSON.parse(line) };
}

/** The executable, in a folder, with what is typed into it. */
async function run(words, { cwd, typed = "" } = {}) {
  const child = spawn(process.execPath, [executable("giftcard-partners"), ...words], { cwd, env: { PATH: process.env.PATH }, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(typed);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

/** As much of a page as the form needs, with the fields that the README's HTML names. */
function fakePage(html) {
  assert.match(html, /<form novalidate>/, "without it a browser would never submit again after setCustomValidity");
  const names = [...html.matchAll(/<input name="([^"]+)"/g)].map(([, name]) => name);
  const fields = names.map((name) => ({
    name,
    value: "",
    validationMessage: "",
    setCustomValidity(message) {
      this.validationMessage = message;
    },
  }));
  const output = { textContent: "" };
  const listeners = [];
  const form = {
    elements: Object.fromEntries(fields.map((field) => [field.name, field])),
    addEventListener: (type, listener) => listeners.push([type, listener]),
    reportValidity: () => fields.every(({ validationMessage }) => validationMessage === ""),
    querySelector: (selector) => (selector === "output" ? output : null),
  };
  return {
    document: { querySelector: (selector) => (selector === "form" ? form : null) },
    output,
    field: (name) => form.elements[name],
    async submit() {
      let prevented = false;
      const event = { preventDefault: () => (prevented = true) };
      for (const [type, listener] of listeners) if (type === "submit") await listener(event);
      assert.ok(prevented, "the page does not leave");
    },
  };
}
