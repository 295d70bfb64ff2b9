// Real orders through the built package, over HTTP, against the offline sandbox. Every line with a mark is checked; the exit
// status is 1 where one does not hold. `cargo xtask demo` builds first and then runs this.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { GiftCardPartners, ValidationError } from "giftcard-partners";

const PEOPLE = 24;
/** Rows of the list that is sent by the executable. */
const LISTED = 20;
/** Orders of more cards are `Pending` at first, until after the first look at them. */
const SANDBOX = ["--port", "0", "--json", "--async-threshold", "20", "--fulfillment-ms", "1600"];

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
let failures = 0;
let titles = 0;

let server;
try {
  server = await startSandbox();
  await demo();
} catch (error) {
  failures += 1;
  console.log(`\n${mark(false)} the demo ended early:`, error);
} finally {
  server?.child.kill();
}
console.log(failures === 0 ? "\nAll of it holds." : `\n${failures} of it does not hold.`);
process.exitCode = failures === 0 ? 0 : 1;

async function demo() {
  console.log(`The sandbox listens at ${server.baseUrl}. Nothing here is real: no card, no money, no mail.`);
  const events = [];
  const client = new GiftCardPartners({
    baseUrl: server.baseUrl,
    credentials: server.credentials,
    onEvent: (event) => events.push(event),
  });

  const before = await showBalance(client);
  await placeDigital(client);
  await placeWithLostAnswer(client, events);
  await placeLinks(client);
  await placeLarge(client);
  await refuseInvalid(client);
  await showAccount(client, before);
  await sendList();
  client.free();
}

async function showBalance(client) {
  title("The deposit account");
  const { Available, Pending } = await client.accountBalance();
  row("available", money(cents(Available)));
  row("pending", money(cents(Pending)));
  check(cents(Available) > 0, "there are funds to order with");
  return cents(Available);
}

async function placeDigital(client) {
  title("A digital order");
  const placed = await client.createOrder(digitalOrder("DEMO-DIGITAL", [recipient(1)]));
  showPlaced(placed);
  check(placed.outcome === "created" && placed.attempts === 1, "created by the first attempt");
  check(placed.order.Status === "Completed", "completed at once");
}

async function placeWithLostAnswer(client, events) {
  title("An order whose first answer is lost: the server placed it, and the client cannot know");
  await control("POST", "inject", { fault: "drop-response" });
  events.length = 0;

  const placed = await client.createOrder(digitalOrder("DEMO-LOST", [recipient(2)]));

  events.map(describe).filter(Boolean).forEach((line) => console.log(`   ${line}`));
  showPlaced(placed);
  const statuses = events.filter(({ type }) => type === "response").map(({ status }) => status);
  check(placed.attempts === 2, "two attempts");
  check(statuses.join() === ",409,200", "no answer, then 409, then the original was fetched");
  check(placed.outcome === "reconciled" && placed.compared === "full", "reconciled: the original is the same order, recipient included");
  const orders = (await control("GET", "orders")).filter(({ PONumber }) => PONumber === "DEMO-LOST");
  check(orders.length === 1 && orders[0].Id === placed.order.Id, "the server has exactly one order with this PO number");
}

async function placeLinks(client) {
  title("Three cards as claim links");
  const placed = await client.createOrder(linksOrder("DEMO-LINKS", 3));
  showPlaced(placed);
  const cards = placed.order.LineItems.flatMap(({ ClaimData }) => ClaimData ?? []);
  cards.forEach((card, index) => row(`card ${index + 1}`, masked(card.ClaimLink)));
  check(new Set(cards.map(({ ClaimLink }) => ClaimLink)).size === 3, "three cards, each with a link of its own");
  check(cards.every((card) => card.ClaimLinkChallengeAnswer), "each with the answer that opens it (not shown: link and answer are the card)");
}

async function placeLarge(client) {
  title(`A large order: ${PEOPLE} people`);
  const people = Array.from({ length: PEOPLE }, (_, index) => recipient(index + 1));
  const started = performance.now();
  const placed = await client.createOrder(digitalOrder("DEMO-LARGE", people));
  showPlaced(placed);
  const looks = [];
  const done = await client.waitForOrder(placed.order, {
    deadlineMs: 30_000,
    onUpdate({ Status }) {
      looks.push(Status);
      row(`after ${((performance.now() - started) / 1000).toFixed(1)} s`, Status);
    },
  });
  check(placed.order.Status === "Pending", "Pending when it was placed");
  check(looks.length > 1 && looks[0] === "Pending" && looks.at(-1) === "Completed", "waitForOrder looked until it was done");
  check(done.Id === placed.order.Id && done.LineItems.length === PEOPLE, `it is that order, with all ${PEOPLE} lines`);
  check(done.LineItems.every(({ Status }) => Status === "Completed"), "every line is completed");
}

async function refuseInvalid(client) {
  title("An order with mistakes");
  const order = digitalOrder("DEMO-INVALID", [recipient(1), { ...recipient(2), Email: "someone@" }]);
  order.LineItems[0].Value = 12.345;
  order.LineItems[1].Quantity = 0;
  const sent = (await control("GET", "requests")).length;

  const error = await client.createOrder(order).catch((thrown) => thrown);

  const issues = error instanceof ValidationError ? error.issues : [];
  for (const { path, code } of issues) row(code, path.join("."), 19);
  const paths = issues.map(({ path }) => path.join(".")).sort();
  const expected = ["LineItems.0.Value", "LineItems.1.DigitalDeliveryAddress.Email", "LineItems.1.Quantity"];
  check(paths.join() === expected.join(), "all three mistakes are named, each with its path");
  check(error.outcome === "not-sent", "outcome: not-sent");
  check((await control("GET", "requests")).length === sent, "no request was made");
}

async function showAccount(client, before) {
  title("The account, to the cent");
  const orders = await control("GET", "orders");
  const costs = orders.map(({ LineItems }) => LineItems.reduce((sum, { Cost }) => sum + cents(Cost), 0));
  const spent = costs.reduce((sum, cost) => sum + cost, 0);
  const after = cents((await client.accountBalance()).Available);
  row("before", money(before));
  orders.forEach(({ PONumber }, index) => row(PONumber, money(-costs[index])));
  row("after", money(after));
  const expected = ["DEMO-DIGITAL", "DEMO-LOST", "DEMO-LINKS", "DEMO-LARGE"];
  check(orders.map(({ PONumber }) => PONumber).join() === expected.join(), "four orders exist, none twice");
  check(before - after === spent && spent > 0, `the balance fell by what the orders cost, ${money(spent).trim()}`);
}

/** A list of people, sent as somebody without a program would: one command. */
async function sendList() {
  title(`A list of ${LISTED} people, by \`npx giftcard-partners send\``);
  const folder = await mkdtemp(join(tmpdir(), "giftcards-demo-"));
  try {
    const rows = Array.from({ length: LISTED }, (_, at) => `listed${at + 1}@example.org,Person ${at + 1},INKWHISTLE,25`);
    await writeFile(join(folder, "people.csv"), `email,name,product,value\n${rows.join("\n")}\n`);
    const first = await send(folder);
    console.log(first.stdout.replace(/^(?=.)/gm, "   "));
    check(first.code === 0, "exit status 0: all placed");
    const again = await send(folder);
    const orders = await control("GET", "orders");
    const listed = orders.flatMap(({ LineItems }) => LineItems).filter(({ DigitalDeliveryAddress }) => DigitalDeliveryAddress?.Email.startsWith("listed"));
    check(again.code === 0 && listed.length === LISTED, `sent twice, each of the ${LISTED} is paid once`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function send(cwd) {
  const { baseUrl, credentials } = server;
  const env = { ...process.env, NO_COLOR: "1", GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: credentials.email, GIFTCARD_ACCESS_TOKEN: credentials.accessToken };
  const args = [await executable(), "send", "people.csv", "--campaign", "demo", "--yes-spend", "500.00"];
  const child = spawn(process.execPath, args, { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  const [code] = await once(child, "close");
  return { code, stdout };
}

async function executable() {
  const manifest = new URL(import.meta.resolve("giftcard-partners/package.json"));
  const { bin } = JSON.parse(await readFile(manifest, "utf8"));
  return fileURLToPath(new URL(bin["giftcard-partners"], manifest));
}

/** Starts the package's sandbox, on a free port, and stops it when this process ends. */
async function startSandbox() {
  const child = spawn(process.execPath, [await executable(), "sandbox", ...SANDBOX], { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill());
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the sandbox ended before it listened (status ${code})`);
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
  ended.catch(() => {});
  return { child, ...JSON.parse(line) };
}

/** What tests and demos may ask of the sandbox beside the API. */
async function control(method, command, body) {
  const response = await fetch(`${server.baseUrl}/_sandbox/${command}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`/_sandbox/${command} was answered with ${response.status}`);
  return response.json();
}

function digitalOrder(PONumber, people) {
  const LineItems = people.map(({ To, Email }) => ({
    ProductId: "QUILLFEATHER",
    Value: 17.35,
    Quantity: 1,
    DigitalDeliveryAddress: { Email },
    Personalization: { To, FromName: "The demo", Message: "Thank you!" },
  }));
  return { Type: "DigitalDelivery", LineItems, PONumber };
}

function linksOrder(PONumber, Quantity) {
  return { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity }], PONumber };
}

function recipient(number) {
  return { To: `Person ${number}`, Email: `person-${number}@example.com` };
}

function describe({ type, method, path, status, waitMs }) {
  const call = `${method} ${path.replace(/[^/]{20}$/, "{id}")}`.padEnd(22);
  if (type === "response") return `${call}${status ?? "no answer: the connection was lost"}`;
  if (type === "retry") return `waits ${waitMs} ms`;
  return undefined;
}

/** A link without the part that makes it one. */
function masked(link) {
  const { origin, pathname } = new URL(link);
  return origin + pathname.replace(/[^/]+$/, "********");
}

function showPlaced({ order, outcome, attempts }) {
  row(order.PONumber, `${order.Status}, ${outcome}, attempts: ${attempts}`);
}

/** Whole cents of an amount of the API, from its decimal text: floats lose cents. */
function cents(amount) {
  const [, sign, whole, decimals = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(String(amount)) ?? [];
  if (whole === undefined) throw new Error(`${amount} is not an amount`);
  return Number(`${sign}${whole}${decimals.padEnd(2, "0")}`);
}

function money(amount) {
  const digits = String(Math.abs(amount)).padStart(3, "0");
  const text = `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
  return ((amount < 0 ? "-" : "") + text).padStart(10);
}

function title(text) {
  titles += 1;
  console.log(`\n${titles}. ${text}`);
}

function row(name, value, width = 14) {
  console.log(`   ${name.padEnd(width)} ${value}`);
}

function check(holds, claim) {
  if (!holds) failures += 1;
  console.log(`   ${mark(holds)} ${claim}`);
}

function mark(holds) {
  const text = holds ? "ok " : "NOT";
  return colours ? `\x1b[${holds ? 32 : 31}m${text}\x1b[0m` : text;
}
