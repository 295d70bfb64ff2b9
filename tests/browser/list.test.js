// From the list that a person has to everybody paid, as somebody who has never seen the desk: by role and name, and by keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { MISTAKES, hrSheet } from "./people.js";
import { LIMIT, byRole, check, closeAll, downloaded, drop, fill, go, isChromium, isDisabled, launch, openDesk, ordersOf, press, screenshot, until, untilFocused, upload, violations } from "./support.js";
import { treeOf } from "./tree.js";

const LONG = { timeout: 120_000 };

let browser;
before(async () => {
  browser = await launch();
}, LIMIT);
after(() => closeAll(browser));

test("300 rows of an HR sheet with six mistakes are paid within two minutes, at 360 px, with nothing for axe to find", LONG, async (t) => {
  const { page, desk, complaints } = await openDesk(t, browser, {});
  const found = [];
  const trees = {};
  const arrived = async (name) => {
    found.push(...(await violations(page)).map((text) => `${name}: ${text}`));
    if (isChromium) trees[name] = await treeOf(page);
    await page.setViewport({ width: 360, height: 740 });
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) found.push(`${name} is wider than 360 px`);
    await screenshot(page, `list-${name}-360`);
    await page.setViewport({ width: 1280, height: 900 });
    await screenshot(page, `list-${name}-1280`);
  };
  const began = performance.now();

  await go(page, "Bulk");
  await arrived("upload");
  await upload(page, "staff.xlsx", hrSheet());
  await page.select("#sheet", "1");
  await byRole(page, "combobox", "Gift Amount is used as");
  await until(page, "Still to be said: the product.");
  await fill(page, "Product", "Inkwhistle Books", "combobox");
  await until(page, "$10, $25, $50, $100");
  await arrived("match");
  await check(page);
  await until(page, "Fix 6 rows of staff.xlsx");
  await arrived("fix");
  for (const { row, column, wrong, right } of MISTAKES) {
    const input = await page.waitForSelector(`li:has(#row-${row}) input`);
    assert.deepEqual(await input.evaluate((node) => [node.labels[0].textContent, node.value, node.ariaInvalid]), [column, wrong, "true"]);
    await input.evaluate((node) => (node.scrollIntoView({ block: "center", behavior: "instant" }), node.focus(), node.select()));
    await page.keyboard.type(right);
    await page.keyboard.press("Enter");
  }
  await until(page, "All is fixed in staff.xlsx");
  await press(page, "button", "Go on to Review");
  await until(page, "$7,600.00");
  await arrived("review");
  await press(page, "button", "Plan 30 orders");
  await until(page, "covers all 30 orders");
  await arrived("send");
  await press(page, "button", "Place 30 orders");
  await until(page, "Every order is placed: 300 people are paid.", 60_000);
  t.diagnostic(`paid after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  assert.ok(performance.now() - began < 120_000);

  const lines = (await ordersOf(desk)).flatMap(({ LineItems }) => LineItems);
  const paid = new Map(lines.map(({ DigitalDeliveryAddress, Value, Personalization }) => [DigitalDeliveryAddress.Email, [Value, Personalization.To]]));
  assert.equal(lines.length, 300);
  assert.equal(paid.size, 300);
  assert.deepEqual(["ada.abara@example.com", "bola.berg@example.com", "person-91@example.com", "person-134@example.com", "emil@example.com", "person-250@example.com"].map((email) => paid.get(email)[0]), [25, 25, 100, 25, 25, 50]);
  assert.equal(paid.get("person-2@example.com")[1], "Ada Abara");
  assert.deepEqual(found, []);
  assert.deepEqual(complaints, []);
  for (const [name, tree] of Object.entries(trees)) {
    assert.match(tree, new RegExp(`^ *(region|form) "${{ upload: "Upload a list", match: "Match the columns", fix: "Fix 6 rows", review: "Review staff", send: "Campaign staff" }[name]}`, "m"), tree);
    assert.doesNotMatch(tree, /^ *(button|link|textbox|combobox|checkbox|spinbutton|dialog|region|form)$/m, `${name} has something without a name`);
  }
});

test("a list is pasted, matched, mended and paid by keyboard alone", LONG, async (t) => {
  const { page, desk } = await openDesk(t, browser, {});
  await until(page, "2,000 of 2,000 products");
  const tabTo = async (wanted) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
      if (name.startsWith(wanted)) return;
    }
    assert.fail(`the Tab key does not reach ${wanted}`);
  };
  const pressed = async (wanted) => {
    await tabTo(wanted);
    await page.keyboard.press("Enter");
  };

  await pressed("Bulk");
  await page.waitForFunction(() => document.activeElement.textContent === "Bulk");
  await tabTo("Or paste cells");
  await page.evaluate(() => document.execCommand("insertText", false, 'Work Email\tFirst Name\tGift\tNote\nann@\tAnn\t25\t"two\nlines"\nbo@example.com\tBo\t50\t\n'));
  await pressed("Use these cells");
  await untilFocused(page, "step-title");
  await tabTo("Gift is used as");
  await page.keyboard.type("Amount");
  await tabTo("Product");
  await page.keyboard.type("INKWHISTLE");
  await pressed("Check the rows");
  await until(page, "Fix 1 row of Pasted cells");
  await untilFocused(page, "step-title");
  await tabTo("Work Email");
  await page.keyboard.press("End");
  await page.keyboard.type("example.com");
  await pressed("Go on");
  await until(page, "Review Pasted cells");
  await untilFocused(page, "step-title");
  await pressed("Plan 1 order");
  await until(page, "covers it.");
  await untilFocused(page, "step-title");
  await pressed("Place 1 order");
  await until(page, "Every order is placed: 2 people are paid.");

  const [{ LineItems }] = await ordersOf(desk);
  assert.deepEqual(LineItems.map(({ DigitalDeliveryAddress, Value }) => [DigitalDeliveryAddress.Email, Value]), [["ann@example.com", 25], ["bo@example.com", 50]]);
});

test("mended rows keep their decisions; a mended row that repeats one is told as one; a template is offered", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Bulk");
  assert.match(await downloaded(page, "Download a template"), /^\uFEFF?[^\n]*mail/i);
  await drop(page, "twice.csv", "Email;Product;Value\nann@example.com;INKWHISTLE;25\nann@;INKWHISTLE;25\nbo@example.com;INKWHISTLE;50\nbo@example.com;INKWHISTLE;50\n");
  await check(page);
  await until(page, "1 row paying what an earlier row pays");

  await mendRow(page, 3, "ann@example.com");
  await until(page, "2 rows paying what an earlier row pays");
  await until(page, "Row 3 is as row 2.");
  await press(page, "button", "Pay them anyway");
  await until(page, "Included: each pays its person again.");
  await until(page, "All is fixed in twice.csv");
  assert.match(await mainOf(page), /Rows 4 Ready 4 To fix 0 Repeated 2 Face value \$150\.00/);
});

test("a workbook's formula without a value is not filled by what holds for everyone, whatever else is mended in its row", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Bulk");
  await drop(page, "two.csv", "Email,Value,Product\nann@,,INKWHISTLE\nbo@example.com,25,INKWHISTLE\n");
  await check(page);
  await until(page, "Fix 1 row of two.csv");

  await mendRow(page, 2, "ann@example.com");
  await page.waitForFunction(() => /Checking/.test(document.querySelector("section [role=status]").textContent) === false);

  await until(page, "Fix 1 row of two.csv");
  assert.match(await mainOf(page), /Ready 1 To fix 1/);
});

test("two columns that claim one field are told apart by hand; a first row that is a person is no header; what no row is to be read from is said", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser, {});
  await go(page, "Bulk");
  await drop(page, "claims.csv", "Work Email,Private Email,Amount,Product\nann@work.example,ann@home.example,25,INKWHISTLE\n");
  const second = await byRole(page, "combobox", "Private Email is used as");
  await second.select("email");
  await until(page, "Two columns are this. Keep one.");
  assert.equal(await isDisabled(page, "Check the rows"), true);
  await second.select("ignore");
  await check(page);
  await until(page, "Nothing to fix in claims.csv");

  await drop(page, "headless.csv", "cy@example.com,Cy,25\ndi@example.com,Di,50\n");
  await press(page, "button", "The first row is a person");
  await (await byRole(page, "combobox", "Column 1 is used as")).select("email");
  await (await byRole(page, "combobox", "Column 3 is used as")).select("value");
  await fill(page, "Product", "INKWHISTLE", "combobox");
  await check(page);
  assert.match(await mainOf(page), /Rows 2 Ready 2/);
  await page.evaluate(() => document.querySelector("button.main").click());
  await press(page, "button", "Plan 1 order");
  await press(page, "button", "Place 1 order");
  await until(page, "2 people are paid.");
  assert.equal((await ordersOf(desk))[0].LineItems.length, 2);
});

test("a file that is no list says what to do", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Bulk");
  const input = await page.waitForSelector('input[type="file"]');

  await input.evaluate((node) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3])], "cut.xlsx"));
    node.files = dataTransfer.files;
    node.dispatchEvent(new Event("change", { bubbles: true }));
  });

  await until(page, "The file is a workbook that was cut off: its end is missing. Download or copy it again.");
  await byRole(page, "region", "Upload a list");
});

async function mendRow(page, row, text) {
  const input = await page.waitForSelector(`li:has(#row-${row}) input`);
  await input.evaluate((node) => (node.focus(), node.select()));
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

function mainOf(page) {
  return page.evaluate(() => document.querySelector("main").innerText.replace(/\s+/g, " "));
}
