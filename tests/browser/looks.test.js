// What is seen, heard and allowed: accessibility, the keyboard, the policy, the first paint, and pictures for people to look at.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";

import * as root from "giftcard-partners";
import * as sandbox from "giftcard-partners/sandbox";

import { LIMIT, byRole, check, closeAll, fill, go, goOn, isChromium, launch, openDesk, press, screenshot, until, violations } from "./support.js";

const SECTIONS = ["Catalog", "One order", "Bulk", "Results", "Account", "Trouble", "Developers"];
const DOCS = readdirSync(new URL("docs/", import.meta.resolve("giftcard-partners/package.json")));
const PAGES = ["/guides", ...DOCS.map((name) => (name === "reference.md" ? "/reference/" : `/guides/${name.replace(/\.md$/, ".html")}`))];
const LONG = { timeout: 90_000 };

let browser;
before(async () => {
  browser = await launch();
}, LIMIT);
after(() => closeAll(browser));

test("axe finds nothing in any section, in either theme", LONG, async (t) => {
  const { found } = await walk(t);

  assert.deepEqual(found, []);
});

test("nothing is wider than a narrow screen", LONG, async (t) => {
  const { wider } = await walk(t);

  assert.deepEqual(wider, []);
});

test("axe finds nothing in a product's dialog, nor in the guides and the reference", LONG, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  await until(page, "2,000 of 2,000 products");
  await fill(page, "Name or id", "INKWHISTLE", "searchbox");
  await press(page, "button", "Inkwhistle Books $10, $25, $50, $100 E-mail, text · Links");
  await until(page, "are an invention of the sandbox");
  const found = { dialog: await violations(page) };
  const wider = [];
  for (const path of PAGES) {
    await page.setViewport({ width: 1280, height: 900 });
    await page.goto(desk.url + path);
    found[path] = await violations(page);
    await page.setViewport({ width: 360, height: 740 });
    // Also what would have to be scrolled to be read.
    if (await page.evaluate(() => [...document.querySelectorAll("html, .scroll-x")].some((node) => node.scrollWidth > node.clientWidth + 1))) wider.push(path);
  }

  assert.deepEqual(Object.entries(found).filter(([, list]) => list.length > 0), []);
  assert.deepEqual(wider, []);
});

test("the reference has every export of the package, and each of its links leads somewhere", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  await page.goto(`${desk.url}/reference/`);
  const { names, ids, links } = await page.evaluate(() => ({
    names: [...document.querySelectorAll("h3")].map(({ textContent }) => textContent),
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    links: [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute("href").slice(1)),
  }));

  assert.deepEqual([...Object.keys(root), ...Object.keys(sandbox), "init", "initSync"].filter((name) => !names.includes(name)), []);
  assert.deepEqual(links.filter((name) => !ids.includes(name)), []);
});

test("what has the focus is not under the header, however many rows that is of", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  await page.setViewport({ width: 320, height: 740 });
  await page.goto(`${desk.url}/#/order`);
  await byRole(page, "button", "Another order");

  const hidden = await page.evaluate(() => {
    const shown = [...document.querySelectorAll("main a, main button, main input, main textarea, main summary")].filter((node) => node.checkVisibility());
    // Upwards, as by Shift and Tab: that is where it would go under.
    return shown.reverse().filter((node) => {
      node.focus();
      return node.getBoundingClientRect().top < document.querySelector("header").getBoundingClientRect().bottom;
    }).length;
  });

  assert.equal(hidden, 0);
});

test("every state's colour is 3:1 or more on what is behind it, in both themes, and shown where the system chooses the colours", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);

  const { low, forced } = await page.evaluate(() => {
    const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = (color) => {
      const [red, green, blue] = [1, 3, 5].map((at) => part(Number.parseInt(color.slice(at, at + 2), 16)));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const low = [];
    for (const theme of ["light", "dark"]) {
      document.documentElement.dataset.theme = theme;
      const style = getComputedStyle(document.documentElement);
      const color = (name) => style.getPropertyValue(`--${name}`).trim();
      for (const state of ["placed", "again", "sent", "unknown", "short", "refused", "planned"]) {
        for (const behind of ["surface", "sunken"]) {
          const [least, most] = [luminance(color(`state-${state}`)), luminance(color(behind))].sort((a, b) => a - b);
          if (!((most + 0.05) / (least + 0.05) >= 3)) low.push(`${state} on ${behind}, ${theme}`);
        }
      }
    }
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    return { low, forced: rules.filter(({ media }) => media?.mediaText.includes("forced-colors")).map(({ cssText }) => cssText).join() };
  });

  assert.deepEqual(low, []);
  assert.match(forced, /\.waffle i[^}]*forced-color-adjust: none/);
});

test("an order is placed by keyboard alone, from the skip link on", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await until(page, "2,000 of 2,000 products");
  const tabTo = async (wanted) => {
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
      if (name.startsWith(wanted)) return;
    }
    assert.fail(`the Tab key does not reach ${wanted}`);
  };

  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
  await tabTo("One order");
  await page.keyboard.press("Enter");
  await byRole(page, "heading", "One order");
  await page.waitForFunction(() => document.activeElement.textContent === "One order");
  await tabTo("Recipient's e-mail");
  await page.keyboard.type("a@b.co");
  await page.keyboard.press("Enter");

  await until(page, "It is done.");
});

test("nothing inline runs, nothing from elsewhere is asked for, and text does not become markup unseen", LIMIT, async (t) => {
  const { page, desk } = await openDesk(t, browser);
  const hosts = new Set();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  await page.reload();
  await until(page, "2,000 of 2,000 products");

  const refused = await page.evaluate(() => {
    const script = document.createElement("script");
    try {
      script.textContent = "globalThis.evil = 1";
      document.body.append(script);
    } catch {
      // Trusted Types refuse it even earlier.
    }
    const refuses = (act) => {
      try {
        act();
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    };
    return {
      evil: globalThis.evil,
      markup: "trustedTypes" in globalThis ? refuses(() => (document.createElement("p").innerHTML = "<b>b</b>")) : true,
      worker: "trustedTypes" in globalThis ? refuses(() => new Worker("/theme.js")) : true,
    };
  });

  assert.deepEqual(refused, { evil: undefined, markup: true, worker: true });
  assert.deepEqual([...hosts], [desk.url]);
  const { headers } = await fetch(desk.url);
  assert.match(headers.get("content-security-policy"), /default-src 'self'; script-src 'self' 'wasm-unsafe-eval';.*require-trusted-types-for 'script'/);
});

test("the desk's server answers no other site and no other name", LIMIT, async (t) => {
  const { desk } = await openDesk(t, browser);
  const status = async (headers) => (await fetch(`${desk.url}/balance`, { headers })).status;

  assert.equal(await status({}), 200);
  assert.equal(await status({ origin: "https://evil.example" }), 403);
  assert.equal(await status({ "sec-fetch-site": "cross-site" }), 403);
});

test("the largest paint comes within a second", LIMIT, async (t) => {
  const { page } = await openDesk(t, browser);
  await until(page, "2,000 of 2,000 products");

  const paint = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
      }),
  );

  t.diagnostic(`largest paint after ${paint.toFixed(0)} ms`);
  assert.ok(paint < 1_000, `${paint} ms`);
});

let walked;

/** Through every section once, with something in it to see; pictures of all that are kept in target/screenshots. */
function walk(t) {
  walked ??= visitAll(t);
  return walked;
}

async function visitAll(t) {
  const { page } = await openDesk(t, browser);
  await until(page, "2,000 of 2,000 products");
  const found = [];
  const wider = [];
  for (const section of SECTIONS) {
    await go(page, section);
    wider.push(...(await widerAt(page, `${section}, empty`, [320])));
    await fillIn(page, section);
    const name = section.toLowerCase().replaceAll(" ", "-");
    // The colours are the same in all browsers: one of them shows both themes.
    for (const theme of isChromium ? ["light", "dark"] : ["light"]) {
      if (theme === "dark") await press(page, "button", "Dark theme");
      found.push(...(await violations(page)).map((text) => `${section}, ${theme}: ${text}`));
      for (const width of [320, 360, 1440]) {
        wider.push(...(await widerAt(page, section, [width])));
        if (width > 320) await screenshot(page, `${name}-${width}-${theme}`);
      }
      await page.setViewport({ width: 1280, height: 900 });
    }
    if (isChromium) await press(page, "button", "Light theme");
  }
  return { found, wider };
}

/** Also a part that hangs out of its box without the page scrolling for it. */
async function widerAt(page, name, widths) {
  const found = [];
  for (const width of widths) {
    await page.setViewport({ width, height: 900 });
    const isWider = await page.evaluate(() => {
      const cards = [...document.querySelectorAll(".life, .panel, .drop")];
      return document.documentElement.scrollWidth > innerWidth || cards.some((card) => card.scrollWidth > card.clientWidth + 1);
    });
    if (isWider) found.push(`${name} at ${width}`);
  }
  return found;
}

/** Brings a section into a state with something to see. */
async function fillIn(page, section) {
  if (section === "One order") {
    await fill(page, "Recipient's e-mail", "someone@");
    await press(page, "radio", "Claim links");
    await fill(page, "PO number", "P".repeat(50));
    await press(page, "button", "Place the order");
    await until(page, "It is done.");
    await press(page, "button", "Show claim links");
    await byRole(page, "list", "Claim links");
    await press(page, "button", "Another order");
    await press(page, "radio", "E-mail or text message");
    await press(page, "button", "Place the order");
    await until(page, "to mend");
  }
  if (section === "Bulk") {
    await press(page, "button", "Try 240 people");
    await check(page);
    await goOn(page);
    await press(page, "button", "Plan 24 orders");
    await until(page, "covers all 24 orders");
  }
  if (section === "Trouble") {
    await press(page, "button", "Place 3 orders");
    await until(page, "3 in the sandbox, 0 twice.");
  }
}
