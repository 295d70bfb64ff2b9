// Bulk where it could go wrong: planned twice, pressed twice, in two tabs, dropped beside the box. Nobody is paid twice, nothing is lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LIMIT, byRole, check, closeAll, command, downloaded, drop, fill, go, goOn, holdOrders, isChromium, isDisabled, launch, letGo, openDesk, ordersOf, placed, press, review, until, untilFocused } from "./support.js";

let browser;
before(async () => {
  browser = await launch();
}, LIMIT);
after(() => closeAll(browser));

test("a campaign that is planned anew half way pays nobody twice and leaves nobody out", LIMIT, async (t) => {
  const { page, desk, complaints } = await openDesk(t, browser, {});
  await planTeam(page);
  await holdOrders(desk, { after: 4, times: 4 });
  await press(page, "button", "Place 24 orders");
  await placed(desk, 8);
  await page.reload();
  await until(page, "4 orders that were under way are finished first");
  await letGo(desk);

  await press(page, "button", "Upload");
  await reviewTeam(page);
  await until(page, "4 orders of campaign team may be placed already.");
  assert.equal(await isDisabled(page, "Plan the rest"), true);
  await press(page, "button", "Settle the open orders");
  await until(page, "has paid 80 people, who are left out of a new plan");
  await page.select("#campaign-size", "50");
  await press(page, "button", "Plan the rest");
  await until(page, "Left out, since an earlier plan has paid: 80 rows.");
  await untilFocused(page, "step-title");
  assert.equal(await page.evaluate(() => /Paused|Settled/.test(document.body.innerText)), false);
  // And in yet another way, before anything of it was sent.
  await replan(page, "10", "Plan the rest");
  await until(page, "155 people in 16 orders");
  await replan(page, "50", "Plan the rest");
  await until(page, "155 people in 4 orders");
  await page.reload();
  await until(page, "155 people in 4 orders");
  await until(page, "earlier plan has paid: 80 rows.");
  await until(page, "Before it: team, 8 orders placed.");
  await press(page, "button", "Place 4 orders");
  await until(page, "Every order is placed");
  await untilFocused(page, "step-title");

  const paid = await recipients(desk);
  assert.equal(paid.length, 235);
  // Two rows of the file stand twice, and are meant to.
  assert.equal(new Set(paid).size, 233);
  assert.deepEqual(complaints.filter((text) => !text.includes("Failed to load resource")), []);
});

test("another file waits until the campaign is finished, or forgotten by hand; and whom it has paid is left out of the next", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser, { available: "500.00" });
  await planTeam(page);
  await press(page, "button", "Place 24 orders");
  await until(page, "The funds ran out.");
  const other = "E-mail,Product,Value\nteam-1@example.com,INKWHISTLE,25\nnew@example.com,INKWHISTLE,25\n";

  await press(page, "button", "Upload");
  await untilFocused(page, "step-title");
  await review(page, "other.csv", other);
  await until(page, "Campaign team, of team.csv, is not finished; still to be sent: 22 orders.");
  assert.equal(await isDisabled(page, "Plan the rest"), true);
  await press(page, "button", "Send");
  await press(page, "button", "Forget this campaign");
  await until(page, "Forget 2 orders that are or may be placed?");
  await press(page, "button", "Keep it");
  await command(desk, "fund", { amount: "6000.00" });
  await command(desk, "settle", { amount: "6000.00" });
  await press(page, "button", "Resume");
  await until(page, "Every order is placed");
  await press(page, "button", "Review");
  await press(page, "button", "Plan the rest");
  await until(page, "Left out, since an earlier plan has paid: 1 row.");
  await press(page, "button", "Place 1 order");
  await until(page, "Before it: team, 24 orders placed.");
  await until(page, "Every order is placed");

  const paid = await recipients(desk);
  assert.equal(paid.filter((email) => email === "team-1@example.com").length, 1);
  assert.equal(paid.filter((email) => email === "new@example.com").length, 1);
});

test("another file of the same name drops nobody of a campaign that is not finished, but by hand and by number", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser, { available: "500.00" });
  await go(page, "Bulk");
  const people = Array.from({ length: 30 }, (_, row) => `p${row}@example.com`);
  const csv = (emails) => `E-mail,Product,Value\n${emails.map((email) => `${email},INKWHISTLE,25\n`).join("")}`;
  const again = async (emails, button) => {
    await review(page, "people.csv", csv(emails));
    await press(page, "button", button);
  };
  await review(page, "people.csv", csv(people));
  await press(page, "button", "Plan 3 orders");
  await press(page, "button", "Place 3 orders");
  await until(page, "The funds ran out.");
  const paid = (await recipients(desk)).length;

  // Grown, in another order and in other letters: nobody is missing.
  await again([...people.toReversed().map((email) => email.toUpperCase()), "new@example.com"], "Plan the rest");
  await until(page, `Left out, since an earlier plan has paid: ${paid} rows.`);
  assert.equal(await page.$("#drops"), null);

  const unpaid = people.filter((_, row) => row >= paid);
  await again([unpaid[0], "other@example.com"], "Plan the rest");
  const lost = `${unpaid.length} people`;
  await until(page, `Not in the new plan: ${lost} of campaign people`);
  await untilFocused(page, "drops");
  await press(page, "button", `Drop ${lost}`);
  await until(page, "2 people in 1 order");
  assert.equal(await page.$("#drops"), null);
});

test("after a campaign that paid people again, the page says whom a next plan does not leave out", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser, {});
  const paying = (...names) => `E-mail,Product,Value\n${names.map((name) => `${name}@example.com,INKWHISTLE,25\n`).join("")}`;
  const next = (name, file) => review(page, `${name}.csv`, file);
  const place = async () => {
    await press(page, "button", "Place 1 order");
    await until(page, "Every order is placed");
  };
  await go(page, "Bulk");
  await next("first", paying("ada", "bola"));
  await press(page, "button", "Plan 1 order");
  await place();

  await next("second", paying("ada"));
  await until(page, "Campaign first has paid 2 people.");
  await press(page, "checkbox", "Leave out who is paid");
  await press(page, "button", "Plan 1 order");
  await until(page, "Campaign second");
  await press(page, "button", "Review");
  // Nothing of it was sent: it is gone by the first.
  await until(page, "Orders of first have paid people.");
  await press(page, "button", "Send");
  await place();

  await next("third", paying("ada", "bola", "cleo"));
  await until(page, "Campaign second has paid 1 person. Not left out: people whom earlier orders of first have paid");
  await press(page, "button", "Plan the rest");
  await until(page, "Left out, since an earlier plan has paid: 1 row.");
  await page.reload();
  await place();
  await next("fourth", paying("ada", "bola", "cleo", "dora"));
  await until(page, "Orders of second, third have paid people. Not left out: people whom earlier orders of first have paid");
  await press(page, "button", "Plan the rest");
  await until(page, "Left out, since an earlier plan has paid: 3 rows.");

  const paid = (await recipients(desk)).map((email) => email.split("@")[0]);
  assert.deepEqual(paid.toSorted(), ["ada", "ada", "bola", "bola", "cleo"]);
});

test("while a campaign runs it cannot be planned, forgotten or doubled, in this tab or another", LIMIT, async (t) => {
  const { page, desk, complaints } = await openDesk(t, browser, {});
  await planTeam(page);
  // Open beforehand: answers are held for so long only.
  const tab = await page.browserContext().newPage();
  await tab.goto(`${desk.url}/#/bulk`);
  await byRole(tab, "button", "Forget this campaign");
  await page.bringToFront();
  // Their second attempts too: what is tried meanwhile takes a while.
  await holdOrders(desk, { times: 16 });

  await press(page, "button", "Place 24 orders", { count: 2 });
  await byRole(page, "button", "Pause");
  await placed(desk, 4);
  assert.equal(await page.$("::-p-aria(Forget this campaign)"), null);
  // Where clicks take no longer than answers are held.
  if (isChromium) {
    await press(page, "button", "Review");
    assert.equal(await isDisabled(page, "Plan the rest"), true);
    await press(page, "button", "Send");
  }
  await tab.bringToFront();
  await tab.reload();
  await press(tab, "button", "Forget this campaign");
  await press(tab, "button", "Forget it all the same");
  await until(tab, "A campaign is being placed, perhaps in another tab.");
  await letGo(desk);
  await page.bringToFront();
  await until(page, "Every order is placed", 30_000);
  assert.equal(await page.evaluate(() => document.body.innerText.includes("another tab")), false);

  // What is forgotten there is not gone on with here.
  await tab.bringToFront();
  await press(tab, "button", "Forget it all the same");
  await byRole(tab, "region", "Upload a list");
  await page.bringToFront();
  await replan(page, "50", "Plan the rest");
  await until(page, "The campaign was changed in another tab.");
  assert.equal((await recipients(desk)).length, 235);
  assert.deepEqual(complaints.filter((text) => !text.includes("Failed to load resource")), []);
});

test("the button that pays stays where it is while the quote arrives, on a narrow screen too", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser, {});
  await planTeam(page);
  const isSettled = "covers all 24 orders.";
  await until(page, isSettled);
  const place = async () => (await byRole(page, "button", "Place 24 orders")).evaluate((button) => button.getBoundingClientRect().top + scrollY);

  for (const width of [1280, 360]) {
    await page.setViewport({ width, height: 900 });
    await command(desk, "inject", { fault: "slow-body", delayMs: 3_000, path: "/v1/AccountBalance", times: 2 });
    await page.reload();
    await until(page, "What the balance covers is not known yet.");
    const before = await place();

    await until(page, isSettled, 30_000);

    assert.equal(await place(), before);
  }
});

test("a campaign of claim links gives them as a file, and only when it is asked for", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Bulk");
  await page.select("#file-type", "Links");
  await review(page, "prizes.csv", `Product,Value,External id\n${Array.from({ length: 6 }, (_, row) => `INKWHISTLE,25,prize-${row}`).join("\n")}\n`);
  await press(page, "button", "Plan 1 order");
  await press(page, "button", "Place 1 order");
  await until(page, "Every order is placed");
  assert.equal(await page.evaluate(() => document.body.innerText.includes("https://claim")), false);

  const rows = (await downloaded(page, "Download the claim links")).trim().split(/\r?\n/).slice(1);
  assert.equal(rows.length, 6);
  for (const [index, row] of rows.entries()) assert.match(row, new RegExp(`prize-${index}.*https://claim`));
});

test("plastic can be tried; product, amount, country and method stand for what no column says; nothing is said in a developer's words", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Bulk");
  await page.select("#file-type", "PhysicalShipment");
  await press(page, "button", "Try 240 people");
  await check(page);
  await until(page, "team.csv is read: 233 rows ready, 4 to fix.", undefined, "textContent");

  await drop(page, "names.csv", "Name,Address,City,State,Zip\nAda,1 Main Street,Springfield,IL,62701\nBola,,,,\n");
  await until(page, "Still to be said: the product; the amount.");
  assert.equal(await isDisabled(page, "Check the rows"), true);
  await fill(page, "Product", "LAMPENVALE", "combobox");
  await fill(page, "Amount", "50");
  await page.select("#everyone-method", "STANDARD");
  await check(page);

  const text = await page.evaluate(() => document.querySelector("main").innerText.replace(/\s+/g, " "));
  assert.match(text, /Rows 2 Ready 1 To fix 1 Face value \$50\.00/);
  assert.match(text, /Row 3 Bola Address/);
  assert.doesNotMatch(text, /`|DeliveryAddress/);
  await drop(page, "bare.csv", "1,2\n3,4\n");
  await until(page, "No column name is recognized.");
  assert.equal(await page.evaluate(() => document.querySelector("main").innerText.includes("`")), false);
});

test("Pause ends what is under way, says how many that are and were, and the rest goes on later", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser, {});
  await planTeam(page);
  await holdOrders(desk, { times: 4 });
  await press(page, "button", "Place 24 orders");
  await placed(desk, 4);

  await press(page, "button", "Pause");
  await until(page, "Pausing: 4 are being finished.");
  assert.equal(await isDisabled(page, "Pause"), true);
  await letGo(desk);
  await until(page, "Paused. 4 orders that were under way are finished.");
  assert.equal(await page.evaluate(() => /unknown|doubt|No answer/i.test(document.querySelector("main").innerText)), false);
  assert.equal((await ordersOf(desk)).length, 4);
  await press(page, "button", "Resume");
  await until(page, "Every order is placed: 235 people are paid.", 30_000);

  const paid = await recipients(desk);
  assert.equal(paid.length, 235);
  const numbers = (await ordersOf(desk)).map(({ PONumber }) => PONumber);
  assert.deepEqual(numbers.filter((number) => !/^TEAM-[0-9A-Z]{20,}$/.test(number)), []);
});

test("a file that is dropped beside the box is taken and does not take the page away; what it holds is announced and has the focus", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Bulk");
  const status = await page.waitForSelector("main > [role=status]");

  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["E-mail,Product,Value\nada@example.com,INKWHISTLE,25\n"], "beside.csv", { type: "text/csv" }));
    const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer });
    document.querySelector("h1").dispatchEvent(drop);
    return drop.defaultPrevented;
  });
  await until(page, "Match the columns of beside.csv");
  await untilFocused(page, "step-title");
  await check(page);
  await untilFocused(page, "step-title");

  assert.equal(prevented, true);
  assert.equal(await status.evaluate((node) => node.isConnected && node.textContent), "beside.csv is read: 1 row ready, 0 to fix.");
});

async function planTeam(page) {
  await go(page, "Bulk");
  await reviewTeam(page);
  await press(page, "button", "Plan 24 orders");
  await until(page, "Nothing was sent yet.");
}

async function reviewTeam(page) {
  await press(page, "button", "Try 240 people");
  await check(page);
  await press(page, "button", "Pay them anyway");
  await until(page, "Included: each pays its person again.");
  await goOn(page);
}

/** Back to the review, and planned with so many people in an order. */
async function replan(page, size, button) {
  await press(page, "button", "Review");
  await page.select("#campaign-size", size);
  await press(page, "button", button);
}

async function recipients(desk) {
  return (await ordersOf(desk)).flatMap(({ LineItems }) => LineItems.map(({ DigitalDeliveryAddress }) => DigitalDeliveryAddress.Email));
}
