// The order desk as a person uses it, by role and accessible name: page → Worker in workerd → sandbox.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LIMIT, byRole, check, click, closeAll, command, downloaded, drop, fill, go, goOn, holdOrders, launch, letGo, openDesk, ordersOf, placed, press, until, untilFocused } from "./support.js";

let browser;
before(async () => {
  browser = await launch();
}, LIMIT);
after(() => closeAll(browser));

const EVIL = `<p onclick="globalThis.evil = 1">Kind <strong>terms</strong></p><script>globalThis.evil = 1</script><img src=x onerror="globalThis.evil = 1"><svg onload="globalThis.evil = 1"></svg><a href="javascript:globalThis.evil = 1">more</a>`;

test("2,000 products are searched by name, value and delivery, and each step is instant", LIMIT, async (t) => {
  const { page, complaints } = await openDesk(t, browser);
  await until(page, "2,000 of 2,000 products");

  await fill(page, "Name or id", "inkwhistle", "searchbox");
  await until(page, "1 of 2,000 products");
  await fill(page, "Card value", "33.33");
  await until(page, "0 of 2,000 products");
  const took = Number(await page.evaluate(() => /found in ([\d.]+) ms/.exec(document.body.innerText)[1]));

  assert.ok(took < 50, `${took} ms`);
  await until(page, "No product fits all of it. Try fewer words");
  await press(page, "button", "Clear the search");
  await until(page, "2,000 of 2,000 products");
  await untilFocused(page, "search-text");
  assert.deepEqual(complaints, []);
});

test("a product's terms are shown, and a script in them does nothing", LIMIT, async (t) => {
  const products = [{ Id: "EVIL", Name: "<script>globalThis.evil = 1</script>", Terms: EVIL, DenominationType: "Fixed", Denominations: [5], AvailableDeliveryTypes: ["Links"] }];
  const { page } = await openDesk(t, browser, { products });
  await until(page, "1 of 1 products");

  await press(page, "button", "<script>globalThis.evil = 1</script> $5 Links");
  await until(page, "Kind terms");
  await page.evaluate(() => document.querySelector(".terms p").click());

  const seen = await page.evaluate(() => ({
    evil: globalThis.evil,
    inside: [...document.querySelectorAll(".terms *")].map((element) => element.outerHTML),
  }));
  assert.deepEqual(seen, { evil: undefined, inside: ["<p>Kind <strong>terms</strong></p>", "<strong>terms</strong>"] });
});

test("mistakes are told at their fields and in a summary whose links lead there; the mended order is placed", LIMIT, async (t) => {
  const { page, complaints } = await openDesk(t, browser);
  await go(page, "One order");

  await fill(page, "Recipient's e-mail", "someone@");
  await fill(page, "Value of each card", "33");
  const field = await byRole(page, "textbox", "Value of each card");
  const described = await field.evaluate((node) => [node.ariaInvalid, node.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" ")]);
  assert.equal(described[0], "true");
  assert.match(described[1], /no denomination/);
  await press(page, "button", "Place the order");
  await until(page, "2 things to mend");
  await click(page, ".notice.bad a");
  await untilFocused(page, "field-LineItems-0-Value");

  await fill(page, "Value of each card", "25");
  await fill(page, "Recipient's e-mail", "someone@example.com");
  await until(page, "Nothing is wrong with it.");
  const cost = await page.evaluate(() => document.querySelector(".sums").innerText);
  assert.match(cost, /Total\s+\$25\.00\s+Available\s+\$[\d,]+\.\d\d/);
  await press(page, "button", "Place the order");
  await until(page, "It is done.");

  assert.deepEqual(complaints, []);
});

test("an amount that is no number, or would lose digits, is told in a person's words and never changed", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "One order");
  await press(page, "switch", "Show code");
  const told = async (value) => {
    await fill(page, "Value of each card", value);
    return page.evaluate(() => [document.querySelector("#field-LineItems-0-Value-issues")?.textContent.trim(), /"Value": (.*),/.exec(document.querySelector('[aria-label="Code: The request as it will be sent"]').textContent)[1]]);
  };

  const said = "Value of each card: Write it with digits and a point, such as 25 or 12.50.";
  assert.deepEqual(await told("25,00"), [said, '"25,00"']);
  assert.deepEqual(await told("$25"), [said, '"$25"']);
  assert.deepEqual(await told("25.000000000000000001"), [said, '"25.000000000000000001"']);
  assert.deepEqual(await told("25.00"), [undefined, "25"]);
});

test("a placed order is seen and heard at 360 by 740; pressed twice it is one, and another one is asked for by name", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  await page.setViewport({ width: 360, height: 740 });
  await page.goto(`${desk.url}/#/order`);
  await fill(page, "Recipient's e-mail", "twice@example.com");
  await until(page, "Nothing is wrong with it.");
  const region = await page.waitForSelector('[aria-labelledby="lives-title"] > [role="status"]');
  const poNumber = () => page.evaluate(() => document.getElementById("field-PONumber").value);
  const first = await poNumber();
  let sent = 0;
  page.on("request", (request) => (sent += request.method() === "POST" && request.url().endsWith("/api/v1/Orders")));

  await press(page, "button", "Place the order", { count: 2 });
  await until(page, "It is done.");

  await untilFocused(page, `life-${first}`);
  const isSeen = await page.evaluate(() => {
    const { top } = document.activeElement.getBoundingClientRect();
    return top >= document.querySelector("header").getBoundingClientRect().bottom && top < innerHeight;
  });
  assert.equal(isSeen, true);
  assert.equal(await region.evaluate((node) => node.isConnected && node.textContent), `Order ${first}: It is done.`);
  await press(page, "button", "Show the order");
  assert.equal(await poNumber(), first);
  assert.equal(sent, 1);
  await press(page, "button", "Another order");
  assert.notEqual(await poNumber(), first);
  const orders = await ordersOf(desk);
  assert.equal(orders.filter(({ LineItems }) => LineItems[0].DigitalDeliveryAddress?.Email === "twice@example.com").length, 1);
});

test("who leaves the form and comes back finds what was written; the skip link and a reload stay in the section", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  await page.goto(`${desk.url}/#/order?product=QUILLFEATHER`);
  await page.waitForFunction(() => document.getElementById("field-LineItems-0-ProductId")?.value === "QUILLFEATHER");
  await fill(page, "Product", "BRAMBLEBOOT", "combobox");
  await fill(page, "Value of each card", "100");
  await go(page, "Account");
  await page.goBack();
  await byRole(page, "heading", "One order");

  const written = await page.evaluate(() => ["ProductId", "Value"].map((field) => document.getElementById(`field-LineItems-0-${field}`).value));
  assert.deepEqual(written, ["BRAMBLEBOOT", "100"]);
  await page.evaluate(() => document.querySelector(".skip").click());
  await untilFocused(page, "main");
  await page.reload();
  await byRole(page, "heading", "One order");
});

test("a section that cannot be loaded says so", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await until(page, "2,000 of 2,000 products");
  await cut(page, ({ url }) => url.includes("/assets/bulk-"));

  await press(page, "link", "Bulk");

  await until(page, "Bulk could not be loaded. See whether you are connected");
});

test("funding says only what is so: nothing for 0, an error alone, and Enter asks for it", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser, {});
  await go(page, "Account");
  await fill(page, "Amount", "0");
  await page.keyboard.press("Enter");
  await until(page, "An amount above 0");
  assert.equal(await page.evaluate(() => document.body.innerText.includes("on its way")), false);

  await fill(page, "Amount", "20");
  await page.keyboard.press("Enter");
  await until(page, "The funding is on its way.");
  await press(page, "button", "Let it arrive");
  await until(page, "The funding has arrived.");
  await press(page, "button", "Let it arrive");
  await page.waitForSelector('form [role="alert"]');

  assert.equal(await page.evaluate(() => document.body.innerText.includes("has arrived")), false);
});

test("what the page shows as the request is what the API gets, byte for byte", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  await go(page, "One order");
  await fill(page, "Recipient's e-mail", "someone@example.com");
  await until(page, "Nothing is wrong with it.");
  await press(page, "switch", "Show code");
  const shown = await page.evaluate(() => document.querySelector('[aria-label="Code: The request as it will be sent"]').textContent.split("\n\n")[1]);

  await press(page, "button", "Place the order");
  await until(page, "It is done.");

  const requests = await (await fetch(`${desk.sandbox.baseUrl}/_sandbox/requests`)).json();
  const { PONumber } = JSON.parse(shown);
  assert.deepEqual(requests.filter(({ body }) => body.includes(PONumber)).map(({ body }) => body), [shown]);
});

test("an order of claim links is pending, then done, and its links are hidden until they are asked for", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "One order");

  await press(page, "radio", "Claim links");
  await fill(page, "How many cards", "5");
  await press(page, "button", "Place the order");
  await until(page, "The API has it and is working on it.");
  await until(page, "It is done.");
  assert.equal(await page.evaluate(() => document.body.innerText.includes("https://claim")), false);
  await press(page, "button", "Show claim links");
  const list = await byRole(page, "list", "Claim links");
  const links = await list.evaluate((node) => [...node.querySelectorAll("li")].map((item) => item.innerText));

  assert.equal(links.length, 5);
  assert.match(links[0], /^https:\/\/\S+\s+Answer: \S+/);
  await press(page, "button", "Hide claim links");
  assert.equal(await page.$('[aria-label="Claim links"]'), null);
});

test("plastic is ordered with an address, and its states, methods and holders are the API's", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  await go(page, "One order");

  await press(page, "radio", "Plastic by mail");
  await fill(page, "Recipient's name", "Ada Lovelace");
  await fill(page, "Street and number", "1 Main Street");
  await fill(page, "City", "Springfield");
  await fill(page, "State", "IL");
  await fill(page, "ZIP code", "62701");
  await until(page, "Nothing is wrong with it.");
  await press(page, "button", "Place the order");
  await until(page, "It is done.");

  const orders = await ordersOf(desk);
  const order = orders.find(({ Type }) => Type === "PhysicalShipment");
  assert.equal(order.LineItems[0].PhysicalDeliveryAddress.City, "Springfield");
});

test("a spreadsheet is read, planned, quoted, placed, paused, found again after a reload, and finished: nobody twice", LIMIT, async (t) => {
  const { page, desk, complaints } = await openDesk(t, browser, {});
  await go(page, "Bulk");
  await press(page, "button", "Try 240 people");
  await check(page);
  const shown = () => page.evaluate(() => document.querySelector("main").innerText.replace(/\s+/g, " "));
  const rejected = await shown();
  assert.match(rejected, /Rows 240 Ready 233 To fix 5 Repeated 2 Face value \$5,825\.00/);
  assert.match(rejected, /Left out, so that nobody is paid twice by mistake\. Row \d+ is as row \d+\./);
  await press(page, "button", "Pay them anyway");
  await until(page, "Included: each pays its person again.");
  const text = await shown();
  assert.match(text, /Rows 240 Ready 235 To fix 5 Repeated 2 Face value \$5,875\.00/);
  assert.match(text, /Did you mean INKWHISTLE/);
  assert.match(await downloaded(page, "Download the rows to fix"), /^\uFEFF?E-mail,Name,Product,Value,Message,reason\r?\nada\.abara@,/);

  await goOn(page);
  await press(page, "button", "Plan 24 orders");
  await until(page, "covers all 24 orders");
  await holdOrders(desk, { times: 4 });
  await press(page, "button", "Place 24 orders");
  await placed(desk, 4);
  // The tab is closed half way.
  await page.reload();
  await letGo(desk);

  await until(page, "It goes on where it stopped: 4 orders that were under way are finished first.");
  await press(page, "button", "Resume");
  await until(page, "Every order is placed", 40_000);

  const orders = await ordersOf(desk);
  assert.equal(orders.length, 24);
  assert.equal(new Set(orders.map(({ PONumber }) => PONumber)).size, 24);
  assert.equal(orders.flatMap(({ LineItems }) => LineItems).length, 235);
  assert.deepEqual(complaints.filter((text) => !text.includes("Failed to load resource")), []);
});

test("where the funds stop is shown before anything is sent, and after funding the rest is placed", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser, { available: "500.00" });
  await go(page, "Bulk");
  await press(page, "button", "Try 240 people");
  await check(page);
  await goOn(page);
  await press(page, "button", "Plan 24 orders");
  await until(page, "covers the first 2 of 24 orders; $5,325.00 is missing");

  await press(page, "button", "Place 24 orders");
  await until(page, "The funds ran out.");
  await go(page, "Account");
  await fill(page, "Amount", "6000");
  await press(page, "button", "Request funding");
  await until(page, "The funding is on its way.");
  await press(page, "button", "Let it arrive");
  await until(page, "The funding has arrived.");
  await go(page, "Bulk");
  await press(page, "button", "Resume");

  await until(page, "Every order is placed", 30_000);
});

test("the Web Worker and what it needs are loaded with the first file, and no sooner", LIMIT, async (t) => {
  const { page, complaints } = await openDesk(t, browser);
  const loaded = (part) => page.evaluate((name) => performance.getEntriesByType("resource").some((entry) => entry.name.includes(name)), part);
  await go(page, "Bulk");
  await byRole(page, "region", "Upload a list");
  await page.waitForNetworkIdle({ idleTime: 500 });

  assert.deepEqual([await loaded("giftcard_partners-"), await loaded("/worker-"), await loaded("/later-"), await loaded("_bulk-")], [true, false, false, false]);
  await drop(page, "one.csv", "Email,Product,Value\nana@example.com,INKWHISTLE,25\n");
  assert.equal(await loaded("/worker-"), true);
  // The Web Worker's own requests are not the page's.
  assert.equal(await loaded("/later-"), true);
  assert.deepEqual(complaints, []);
});

test("a file is dropped; a script in its cells and headers does nothing", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Bulk");
  const cell = `<img src=x onerror="globalThis.evil=1"><script>globalThis.evil=1</script>`;

  await drop(page, "evil.csv", `Email,Name,Product,Value,"${cell.replaceAll('"', '""')}"\n"${cell.replaceAll('"', '""')}",Ada,INKWHISTLE,25,x\n`);
  await check(page);
  await until(page, "Not used: <img");

  assert.equal(await page.evaluate(() => globalThis.evil), undefined);
  assert.equal(await page.evaluate(() => document.querySelectorAll("main img, main script").length), 0);
});

test("with lost answers, a gateway's 504 and a 429 on the way, three orders asked for are three orders", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Trouble");

  await press(page, "switch", "A gateway gives up: 504");
  await press(page, "switch", "The Worker's answer is lost");
  await press(page, "button", "Place 3 orders");
  await until(page, "3 orders asked for, 3 in the sandbox, 0 twice.", 30_000);

  const attempts = await page.$$eval(".log li", (lines) => lines.map(({ innerText }) => innerText).filter((line) => line.includes("Worker → API · POST /v1/Orders")));
  assert.ok(attempts.length >= 9, `${attempts.length} lines`);
  assert.deepEqual(attempts.filter((line) => !/TROUBLE-\w+/.test(line)), []);
  const log = await page.evaluate(() => document.querySelector(".log").innerText);
  assert.match(log, /Worker → API · POST \/v1\/Orders · no answer/);
  assert.match(log, /Worker → API · POST \/v1\/Orders · 504/);
  assert.match(log, /Worker → API · POST \/v1\/Orders · 409/);
  assert.match(log, /page → Worker · POST \/v1\/Orders · 409/);
  const outcomes = await page.evaluate(() => [...document.querySelectorAll(".asked > li > :last-child")].map((line) => line.innerText));
  assert.deepEqual(outcomes.map((text) => text.split(" ")[1]), ["reconciled", "reconciled", "reconciled"]);
});

test("an order beyond the funds is refused, however much that is, and there is no such order", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser, { available: "80000000.00" });
  await go(page, "Trouble");

  await press(page, "switch", "The API's answer is lost");
  await press(page, "switch", "The funds run out");
  await press(page, "button", "Place 3 orders");

  await until(page, "3 orders asked for, 0 in the sandbox, 0 twice.");
  await until(page, "insufficient_funds");
});

test("an order that is placed is never called failed nor offered again, also where its state cannot be asked", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  let isDown = true;
  await cut(page, ({ url, method }) => isDown && method === "GET" && /\/api\/v1\/Orders\/[^/?]+$/.test(url));
  await go(page, "One order");
  await fill(page, "Recipient's e-mail", "pending@example.com");
  // More than four cards: the order is Pending at first.
  await fill(page, "How many cards", "6");
  await until(page, "Nothing is wrong with it.");
  await press(page, "button", "Place the order");
  await until(page, "It is placed. What became of it since is not known", 30_000);

  assert.equal(await page.$eval(".life .tag", (tag) => tag.innerText), "created");
  assert.equal(await page.$eval(".steps li", (step) => step.innerText), "Sent");
  assert.ok(await page.$eval(".life .notice", (notice) => notice.innerText.trim().length > 0));
  assert.equal(await page.evaluate(() => document.body.innerText.includes("It was not placed")), false);
  await byRole(page, "button", "Show the order");
  isDown = false;
  await click(page, "button::-p-text(Ask for)");
  await until(page, "It is done.", 30_000);
  const orders = await ordersOf(desk);
  assert.equal(orders.filter(({ LineItems }) => LineItems[0].DigitalDeliveryAddress?.Email === "pending@example.com").length, 1);
});

test("an order that is open is found again after a reload, is the same order when it is sent again, and is kept no longer than that", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser, {});
  const kept = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.open("order-desk-orders").onsuccess = ({ target: { result } }) => {
            result.transaction("campaign").objectStore("campaign").count().onsuccess = ({ target }) => (result.close(), resolve(target.result));
          };
        }),
    );
  const settled = async () => {
    while ((await kept()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const order = async (email, cards) => {
    await fill(page, "Recipient's e-mail", email);
    await fill(page, "How many cards", cards);
    await until(page, "Nothing is wrong with it.");
    await press(page, "button", "Place the order");
  };
  await holdOrders(desk);
  await go(page, "One order");
  await order("reload@example.com", "1");
  await until(page, "It is being sent.");
  await placed(desk, 1);

  await page.reload();
  await letGo(desk);
  await until(page, "Nobody knows whether it was placed.");
  await click(page, "button::-p-text(again)");
  await until(page, "It is done.", 30_000);
  await settled();

  // One that the API has answered is not sent at all.
  await order("pending@example.com", "6");
  await until(page, "The API has it and is working on it.");
  await page.reload();
  await until(page, "It is placed. What became of it since");
  await click(page, "button::-p-text(Ask for)");
  await until(page, "It is done.", 30_000);
  await settled();
  await page.reload();
  await until(page, "None yet.");

  const orders = await ordersOf(desk);
  assert.deepEqual(orders.map(({ LineItems }) => LineItems[0].DigitalDeliveryAddress.Email), ["reload@example.com", "pending@example.com"]);
});

test("an order that is unknown stays so where a later attempt of it is refused", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser, {});
  let attempts = 0;
  await cut(page, ({ url, method }) => method === "POST" && url.endsWith("/api/v1/Orders") && (attempts += 1) <= 4);
  await go(page, "One order");
  await fill(page, "Recipient's e-mail", "refused@example.com");
  await press(page, "button", "Place the order");
  await until(page, "Nobody knows whether it was placed.");

  await command(desk, "inject", { fault: "429", times: 20, retryAfterSeconds: 0 });
  const again = "button::-p-text(Send )::-p-text(again)";
  await click(page, again);
  await page.waitForFunction(() => document.querySelector(".life .notice")?.innerText.includes("429"), { timeout: 30_000 });

  assert.match(await page.$eval(".life", (life) => life.innerText), /Nobody knows whether it was placed/);
  await byRole(page, "button", "Show the order");
});

test("an order that stays unknown is not called failed, and can be asked for again under its PO number", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  let attempts = 0;
  // Every attempt of the first order.
  await cut(page, ({ url, method }) => method === "POST" && url.endsWith("/api/v1/Orders") && (attempts += 1) <= 4);
  await go(page, "One order");
  await fill(page, "Recipient's e-mail", "unknown@example.com");
  await press(page, "button", "Place the order");
  await until(page, "Nobody knows whether it was placed.");
  assert.equal(await page.$eval(".steps li", (step) => step.innerText), "Unknown");
  await press(page, "button", "Show the order");
  assert.equal(attempts, 4);
  await click(page, "button::-p-text(again)");
  await until(page, "It is done.");

  attempts = 0;
  await go(page, "Trouble");
  await press(page, "switch", "The API's answer is lost");
  await press(page, "button", "Place 3 orders");
  await until(page, "3 orders asked for, 2 in the sandbox, 0 twice.", 30_000);
  const again = await page.waitForSelector('button[aria-label^="Ask again"]');
  const poNumber = await again.evaluate((button) => button.closest("li").querySelector(".num").innerText);

  await again.evaluate((button) => button.click());

  await until(page, "3 orders asked for, 3 in the sandbox, 0 twice.");
  const lines = await page.$$eval(".asked > li", (items) => items.map(({ innerText }) => innerText));
  assert.match(lines.find((line) => line.includes(poNumber)), /created/);
});

/** Lets those requests fail as they do without a connection. */
async function cut(page, isCut) {
  await page.setRequestInterception(true);
  page.on("request", (request) => void (isCut({ url: request.url(), method: request.method() }) ? request.abort() : request.continue()));
}
