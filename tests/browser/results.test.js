// After the money: who was paid, who was not and why, and how somebody whose address was wrong is paid again; the account's orders.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LIMIT, byRole, click, closeAll, downloaded, fill, go, isChromium, launch, openDesk, ordersOf, press, review, screenshot, until, violations } from "./support.js";
import { treeOf } from "./tree.js";

const LONG = { timeout: 90_000 };

let browser;
before(async () => {
  browser = await launch();
}, LIMIT);
after(() => closeAll(browser));

test("results name every recipient with state and reason, are searched, totalled and exported, and are there after a reload", LONG, async (t) => {
  const { page, desk } = await openDesk(t, browser, { available: "300.00" });
  await go(page, "Results");
  await until(page, "No campaign is kept in this browser.");
  await pay(page, "gifts", people(25));
  await byRole(page, "button", "Resume");

  await press(page, "link", "See the results");
  await until(page, "25 recipients");
  await page.reload();
  await until(page, "25 recipients");
  const told = await textOf(page);
  // On a slow machine an order that the funds did not cover may have had no answer: then it is in doubt.
  const [, doubt, waiting] = /Paid, 10 people \$250\.00 Refused, 0 people \$0\.00 In doubt, (\d+) people \$\S+ Not sent, (\d+) people/.exec(told) ?? [];
  assert.equal(Number(doubt) + Number(waiting), 15, told);
  assert.match(told, /Person 0 p0@example\.com Inkwhistle Books \$25\.00 Paid \w{3} \d+, 20\d\d GIFTS-[0-9A-Z]{20,} gifts/);
  assert.match(told, /Person 24 p24@example\.com Inkwhistle Books \$25\.00 (Not sent|In doubt)/);
  await fill(page, "Name, address or PO number", "person 12", "searchbox");
  await until(page, "1 of 25 recipients");
  if (doubt === "0") await until(page, "The funds did not cover it.");
  await fill(page, "Name, address or PO number", "P3@EXAMPLE", "searchbox");
  await until(page, "p3@example.com");
  await fill(page, "Name, address or PO number", " ", "searchbox");
  await page.select("#results-standing", "paid");
  await until(page, "10 of 25 recipients");
  const rows = (await downloaded(page, "Download as CSV")).trim().split(/\r?\n/);
  assert.equal(rows.length, 26);
  assert.match(rows[1], /^2,p0@example\.com,INKWHISTLE,25,1,GIFTS-\w+,\w+,created,/);
  assert.equal((await ordersOf(desk)).length, 1);

  await page.select("#results-standing", "");
  await page.evaluate(() => (globalThis.print = () => (globalThis.printed = document.querySelectorAll(".results tbody tr").length)));
  await press(page, "button", "Print");
  await page.waitForFunction(() => globalThis.printed);
  assert.equal(await page.evaluate(() => globalThis.printed), 25);
  await looked(page, "results");
});

test("what went to a wrong address is sent again to the right one: another campaign, beside what was paid before, and nobody else", LONG, async (t) => {
  const { page, desk } = await openDesk(t, browser, {});
  await pay(page, "gifts", people(12));
  await until(page, "Every order is placed: 12 people are paid.");
  await press(page, "link", "See the results");
  await press(page, "button", "Send again to Person 7");
  await byRole(page, "dialog", "Send again to Person 7");
  await until(page, "Paid before: $25.00, Inkwhistle Books, to p7@example.com");
  assert.equal(await (await byRole(page, "button", "Go on to Review")).evaluate((node) => node.disabled), true);
  await looked(page, "again");
  await fill(page, "E-mail address", "p7@");
  await press(page, "button", "Go on to Review");
  await until(page, "Fix 1 row of gifts again");
  assert.equal(await page.$eval(".mends label", ({ textContent }) => textContent), "Email");

  await go(page, "Results");
  await press(page, "button", "Send again to Person 7");
  await fill(page, "E-mail address", "seven@example.com");
  await press(page, "button", "Go on to Review");
  await until(page, "Person 7, p7@example.com: $25.00, Inkwhistle Books, on ");
  await press(page, "button", "Plan the rest");
  await press(page, "button", "Place 1 order");
  await until(page, "Every order is placed: 1 person is paid.");

  const paid = (await ordersOf(desk)).flatMap(({ LineItems }) => LineItems.map(({ DigitalDeliveryAddress, Personalization }) => `${Personalization.To} ${DigitalDeliveryAddress.Email}`));
  assert.equal(paid.length, 13);
  assert.deepEqual(paid.filter((one) => one.startsWith("Person 7 ")).toSorted(), ["Person 7 p7@example.com", "Person 7 seven@example.com"]);
  await press(page, "link", "See the results");
  await until(page, "13 recipients");
  assert.equal((await downloaded(page, "Download as CSV")).trim().split(/\r?\n/).length, 14);
});

test("the account's orders have date, amount and campaign; there are more pages, and each order is to open", LONG, async (t) => {
  const { page } = await openDesk(t, browser, {});
  await pay(page, "spring gifts", people(115));
  await until(page, "Every order is placed: 115 people are paid.", 30_000);
  await go(page, "Account");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 10);
  await press(page, "button", "Show more");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 12);
  assert.equal(await page.$("::-p-aria(Show more)"), null);

  const [first] = await page.$$eval("tbody tr", (rows) => rows.map(({ innerText }) => innerText.replace(/\s+/g, " ")));
  assert.match(first, /^\w{3} \d+, 20\d\d SPRING-GIFTS SPRING-GIFTS-[0-9A-Z]{20,} \$\d+\.\d\d \w+ Open$/);
  await click(page, 'tbody button[aria-label^="Open SPRING-GIFTS-"]');
  await until(page, "Person ");
  await byRole(page, "button", "Close");
  assert.match(await page.$eval("dialog", ({ innerText }) => innerText), /Person \d+, p\d+@example\.com/);
  await looked(page, "order");
});

test("the sections are in sight at 390 px; code is shown by one switch, and so after a reload; the theme follows the system until one is chosen", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  await page.setViewport({ width: 390, height: 844 });
  const hidden = await page.$$eval("nav a", (links) => links.filter((link) => link.getBoundingClientRect().right > innerWidth || link.getBoundingClientRect().bottom > innerHeight).map(({ innerText }) => innerText));
  assert.deepEqual(hidden, []);
  assert.equal(await page.$("pre"), null);
  await press(page, "switch", "Show code");
  await page.goto(`${desk.url}/#/account`);
  await page.reload();
  await byRole(page, "heading", "Account");
  await page.waitForSelector("pre");

  const word = () => page.$eval(".switches button:last-child", ({ innerText }) => innerText);
  const isDark = () => page.evaluate(() => getComputedStyle(document.body).colorScheme + getComputedStyle(document.documentElement).getPropertyValue("--paper"));
  const light = await isDark();
  assert.equal(await word(), "Dark theme");
  await press(page, "button", "Dark theme");
  assert.notEqual(await isDark(), light);
  await press(page, "button", "Light theme");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme ?? localStorage.getItem("theme")), null);
  if (!isChromium) return;
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: "dark" }] });
  await byRole(page, "button", "Light theme");
  assert.notEqual(await isDark(), light);
});

/** A campaign of this name, placed in orders of ten. */
async function pay(page, name, list) {
  await go(page, "Bulk");
  await review(page, `${name}.csv`, list);
  await click(page, "button::-p-text(Plan )");
  // What it will cost is said above the button, which moves.
  await until(page, "Will cost ");
  await click(page, "button::-p-text(Place )");
}

function people(number) {
  return `Email,Name,Product,Value\n${Array.from({ length: number }, (_, at) => `p${at}@example.com,Person ${at},INKWHISTLE,25`).join("\n")}\n`;
}

function textOf(page) {
  return page.evaluate(() => document.querySelector("main").innerText.replace(/\s+/g, " "));
}

/** For axe, for a screen reader, and in pictures. */
async function looked(page, name) {
  for (const width of [360, 1280]) {
    await page.setViewport({ width, height: 900 });
    assert.deepEqual(await violations(page), [], `${name} at ${width}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name} is wider than ${width}`);
    await screenshot(page, `${name}-${width}`);
  }
  if (isChromium) assert.doesNotMatch(await treeOf(page), /^ *(button|link|textbox|searchbox|combobox|checkbox|dialog|region|form)$/m, `${name} has something without a name`);
}
