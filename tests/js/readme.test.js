// Every block of code in README.md is run as it stands there. A block that nothing here runs is a failure.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { Campaign, claimsCsv } from "giftcard-partners";

import { assertCommands, blockWith, commentsOf, environment as environmentOf, executable, fakePage, inFolder as inFolderWith, load, manifestUrl, ordersOf, readBlocks, run, startSandbox, written } from "./documents.js";

const readme = readFileSync(new URL("README.md", manifestUrl), "utf8");
const blocks = readBlocks(readme);
const block = (language, part) => blockWith(blocks, language, part);

const WORKER = block("js", "export default");
const FORM = block("js", "document.querySelector");
const OFFLINE = block("js", "sandbox.inject");
const BULK = block("js", "importRecipients(");
const PAGE = block("html", "<form");
const ACCOUNT = block("ini", "GIFTCARD_BASE_URL");
const LIST = block("csv", "Email");
const FIRST = block("sh", "send people.csv --sandbox");
const REAL = block("sh", "doctor --env-file");
const WORK = block("sh", "cargo xtask");
const COVERED = new Set([WORKER, FORM, OFFLINE, BULK, PAGE, LIST, ACCOUNT, FIRST, REAL, WORK]);

const ORDER = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 2 }], PONumber: "README-1" };

let server;
const globals = { fetch: globalThis.fetch };
const environment = () => environmentOf(server);
const orders = () => ordersOf(server);
const inFolder = (t) => inFolderWith(t, environment());
const post = (worker, body) => worker.fetch(new Request("https://shop.example/orders", { method: "POST", body }), environment());

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
  const { message: _, ...conflict } = await taken.json();
  assert.deepEqual(conflict, { code: "po_number_conflict", outcome: "rejected", poNumber: "README-1" });
  assert.equal(asked.status, 405);
});

test("the Worker says that the account does not cover an order", async () => {
  server.child.kill();
  server = await startSandbox("--available", "10.00");
  const worker = await load(WORKER);

  const answer = await post(worker, JSON.stringify(ORDER));

  assert.equal(answer.status, 402);
  const { message, ...refusal } = await answer.json();
  assert.match(message, /does not cover the order/);
  assert.deepEqual(refusal, { code: "insufficient_funds", outcome: "rejected", poNumber: "README-1" });
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
  assert.match(placed[0].PONumber, /^WEB-\w{26}$/);
  assert.deepEqual(placed[0].LineItems[0].DigitalDeliveryAddress, { Email: "someone@example.com" });
  assert.equal(placed[0].LineItems[0].Value, 25);
});

test("the form says why an order was refused, and not to press again", async () => {
  server.child.kill();
  server = await startSandbox("--available", "10.00");
  const page = fakePage(PAGE.code);
  const worker = await load(WORKER);
  globalThis.document = page.document;
  await load(FORM);
  globalThis.fetch = async (url, init) => (url === "/orders" ? worker.fetch(new Request(new URL(url, "https://shop.example"), init), environment()) : globals.fetch(url, init));
  page.field("LineItems.0.DigitalDeliveryAddress.Email").value = "someone@example.com";
  const said = [];
  for (const value of ["25", "501"]) {
    page.field("LineItems.0.Value").value = value;
    await page.submit();
    said.push(page.output.textContent);
  }

  assert.match(said[0], /^Not sent\. The deposit account does not cover the order/);
  assert.match(said[1], /^Not sent\. .*maxOrderValue/);
  assert.deepEqual(await orders(), []);
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

test("the first program prints what its comments say", async (t) => {
  const printed = [];
  t.mock.method(console, "log", (...values) => printed.push(values.join(" ")));

  await load(OFFLINE);

  assert.equal(commentsOf(OFFLINE).length, 2);
  assert.deepEqual(printed, commentsOf(OFFLINE));
});

test("the spreadsheet block places each row once, however often it runs", async (t) => {
  const printed = inFolder(t);
  const run = async (file) => {
    if (file) writeFileSync("people.csv", file);
    await load(BULK);
    return printed.splice(0);
  };

  const runs = [
    await run("Email,Value,Team\nada@example.com,25,A\ngrace@example,12.345,A\nalan@example.com,50,B\n"),
    await run(),
    await run("Email,Value\nada@example.com,25\ngrace@example.com,10\nalan@example.com,50\n"),
  ];
  // Stopped before it had written what became of the orders.
  rmSync("spring/ledger");
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
  writeFileSync("people.csv", "Email,Value,Quantity\nada@example.com,50,120\nada@example.com,50,120\nalan@example.com,50,120\n");

  await load(BULK);

  const [counts] = printed;
  assert.match(counts, /, 1 repeat another one$/);
  assert.ok(printed.some((line) => /^It costs \d+\.\d\d, which is \d+\.\d\d more than is there$/.test(line)), printed.join("\n"));
  assert.deepEqual(await orders(), []);
  assert.ok(written("results.csv").every(({ State }) => State === "planned"));
  writeFileSync("people.csv", "Nonsense\nada@example.com\n");
  rmSync("spring", { recursive: true });
  await load(BULK);
  assert.ok(printed.some((line) => /^Line 1: /.test(line)), printed.join("\n"));
});

test("the spreadsheet block with links keeps the links of the first run through the second", async (t) => {
  inFolder(t);
  const links = { ...BULK, code: BULK.code.replace('"DigitalDelivery"', '"Links"') };
  assert.notEqual(links.code, BULK.code);
  writeFileSync("people.csv", "To,Email,Value\nAda,ada@example.com,25\n");
  await load(links);
  writeFileSync("people.csv", "To,Email,Value\nAda,ada@example.com,25\nGrace,grace@example.com,10\n");
  await load(links);

  const campaign = Campaign.fromBytes(readFileSync("spring/plan"));
  campaign.applyLedger(readFileSync("spring/ledger"));
  writeFileSync("claims.csv", claimsCsv(campaign, await orders()));

  assert.deepEqual(written("claims.csv").map(({ To }) => To), ["Ada", "Grace"]);
  assert.ok(written("claims.csv").every(({ ClaimLink }) => ClaimLink.startsWith("https://")));
});

test("the spreadsheet block and `send` go on with no campaign of each other's, and a plan that is gone pays nobody again", async (t) => {
  inFolder(t);
  const send = () => run(["send", "people.csv", "--campaign", "spring", "--env-file", "stage.env", "--yes-spend", "1000"], { cwd: process.cwd() });
  const lists = ["Email,Product,Value\nada@example.com,INKWHISTLE,25\n", "Email,Product,Value\nada@example.com,INKWHISTLE,25\ngrace@example.com,INKWHISTLE,10\n"];
  writeFileSync("stage.env", Object.entries(environment()).map((pair) => pair.join("=")).join("\n"));
  writeFileSync("people.csv", lists[0]);
  await load(BULK);
  writeFileSync("people.csv", lists[1]);
  const refused = await send();
  rmSync("spring/plan");
  await assert.rejects(load(BULK), /spring\/plan is missing/);
  rmSync("spring", { recursive: true });
  writeFileSync("people.csv", lists[0].replace("ada", "alan"));
  const sent = await send();
  writeFileSync("people.csv", lists[1].replace("ada", "alan"));
  await assert.rejects(load(BULK), /not the bytes of a campaign/);

  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /cannot be read: a file of it is damaged, or of another version or program/);
  assert.equal(sent.code, 0, sent.stderr);
  assert.equal((await orders()).length, 2);
});

test("the first thirty seconds and the first real orders are as they are told", async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), "readme-"));
  t.after(() => rmSync(cwd, { recursive: true }));
  const account = Object.entries(environment());
  const stage = account.reduce((text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, "m"), `${name}=${value}`), ACCOUNT.code);
  writeFileSync(join(cwd, "stage.env"), stage);
  writeFileSync(join(cwd, "people.csv"), LIST.code);
  const commands = `${FIRST.code}${REAL.code}`.trim().split("\n").map((line) => line.split("#")[0].trim()).filter((line) => line.startsWith("npx "));
  const told = [];

  for (const line of commands) {
    const { code, stderr } = await run(line.split(" ").slice(2), { cwd, typed: "75.00\n" });
    told.push([line, code, stderr.replace(/\nType the total.*: /, "")]);
  }

  assert.deepEqual(told, commands.map((line) => [line, 0, ""]));
  assert.equal((await orders()).length, 1);
  assert.equal((await run(FIRST.code.trim().split("\n").at(-1).split(" ").slice(2), { cwd })).code, 0);
});

test("what the sandbox prints is an account, as it stands", async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), "readme-"));
  const sandbox = spawn(process.execPath, [executable("giftcard-partners"), "sandbox", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => {
    sandbox.kill();
    rmSync(cwd, { recursive: true });
  });
  let printed = "";
  for await (const chunk of sandbox.stdout) if ((printed += chunk).includes("Ctrl+C")) break;
  writeFileSync(join(cwd, "stage.env"), printed.split("\n").filter((line) => line.startsWith("GIFTCARD_")).join("\n"));

  const { code, stdout } = await run(["balance", "--env-file", "stage.env"], { cwd });

  assert.equal(code, 0);
  assert.match(stdout, /10,000\.00/);
});

test("every command of the README exists", async () => {
  await assertCommands(blocks);
});

test("the README is short, and what it links to is in the package", () => {
  assert.ok(readme.split("\n").length <= 190, `${readme.split("\n").length} lines`);
  const links = [...readme.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link]) => link);

  assert.ok(links.length >= 11);
  assert.deepEqual(links.filter((link) => !existsSync(new URL(link, manifestUrl))), []);
  // The repository has them elsewhere.
  const source = new URL("../../README.md", import.meta.url);
  const others = [...readFileSync(source, "utf8").matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, link]) => link);
  assert.deepEqual(others.filter((link) => !link.endsWith("reference.md") && !existsSync(new URL(link, source))), []);
});

test("the sizes that the README names are the budgets of the build, and what is installed", () => {
  const source = readFileSync(new URL("../../xtask/src/sizes.rs", import.meta.url), "utf8");
  const budgets = [...source.matchAll(/^ {8}budget: ([\d_]+),$/gm)].map(([, bytes]) => Number(bytes.replaceAll("_", "")) / 1_000);

  assert.equal(budgets.length, 3);
  assert.deepEqual([...readme.matchAll(/ (\d+) KB/g)].map(([, size]) => Number(size)), budgets);
  const [, whole] = /is ([\d.]+) MB unpacked/.exec(readme);
  const files = readdirSync(new URL(".", manifestUrl), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  assert.ok(Math.abs(bytes / 1e6 / Number(whole) - 1) < 0.1, `${bytes} bytes are installed`);
});
