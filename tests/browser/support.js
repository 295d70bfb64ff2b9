// A browser, the desk, and parts of a page by role and accessible name.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import puppeteer from "puppeteer-core";

import { startDesk } from "../../www/server/desk.js";

/** Which browser these tests drive: `Chromium` or `Firefox`. `cargo xtask test` runs them in both. */
export const BROWSER = process.env.BROWSER ?? "Chromium";
export const LIMIT = { timeout: 60_000 };

const PROGRAMS = {
  Chromium: { browser: "chrome", executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] },
  Firefox: { browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr" },
};
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SCREENSHOTS = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

export const isChromium = BROWSER === "Chromium";

export async function launch() {
  return puppeteer.launch({ ...PROGRAMS[BROWSER], protocol: "webDriverBiDi", headless: true });
}

let shared;

/** One desk for all tests that ask for nothing special. */
export function sharedDesk() {
  shared ??= startDesk();
  return shared;
}

export async function closeAll(browser) {
  await browser?.close();
  await (await shared)?.close();
}

/**
 * Opens the desk in a page of its own, with storage of its own; what the page complains of is collected. With options, the desk is one
 * of its own too.
 */
export async function openDesk(t, browser, options) {
  const desk = options ? await startDesk(options) : await sharedDesk();
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  // Puppeteer's own search by role, where it meets a page that has just been loaded.
  page.on("pageerror", (error) => String(error).includes("__ariaQuerySelector") || complaints.push(String(error)));
  t.after(async () => {
    await context.close();
    if (options) await desk.close();
  });
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(desk.url);
  return { page, desk, complaints };
}

/** The first element of this role and name, as a screen reader would announce it; waits until it is there. */
export function byRole(page, role, name) {
  return page.waitForSelector(accessible(role, name), { timeout: 15_000 });
}

export function press(page, role, name, options) {
  return click(page, accessible(role, name), options);
}

/** Clicks as a person does: what can be clicked, where it stays. A button that is disabled or moves is waited for. */
export async function click(page, selector, options) {
  const element = await page.waitForSelector(selector, { timeout: 15_000 });
  // Not only just in view: there the header lies over it.
  await element.evaluate((node) => node.scrollIntoView({ block: "center", behavior: "instant" }));
  await element.dispose();
  await page.locator(selector).setTimeout(15_000).click(options);
}

function accessible(role, name) {
  const exact = name === undefined ? "" : `[name="${name}"]`;
  return `::-p-aria(${exact}[role="${role}"])`;
}

/** Replaces what stands in a field, as a paste does. */
export async function fill(page, name, text, role = "textbox") {
  const field = await byRole(page, role, name);
  await field.evaluate((node, pasted) => {
    node.focus();
    node.select();
    document.execCommand("insertText", false, pasted);
  }, text);
  await field.dispose();
}

/** Chooses a file of this content, as a person would from a disk, and waits for its columns. */
export async function upload(page, name, content) {
  const folder = mkdtempSync(join(tmpdir(), "order-desk-test-"));
  const path = join(folder, name);
  writeFileSync(path, content);
  const input = await page.waitForSelector('input[type="file"]');
  await input.uploadFile(path);
  // Read lazily: the file must stay until the page has had it.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await until(page, `Match the columns of ${name}`, 30_000);
}

/** Drops a file of this content on the page, wherever that is. */
export async function drop(page, name, content) {
  await page.evaluate(
    (fileName, text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], fileName));
      const target = document.querySelector("h1");
      for (const type of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    },
    name,
    content,
  );
  await until(page, `Match the columns of ${name}`);
}

/** From matched columns to what is ready and what is to be fixed. */
export async function check(page) {
  await press(page, "button", "Check the rows");
  await page.waitForFunction(() => document.querySelector(".stepper [aria-current]")?.textContent.endsWith("Fix"), { timeout: 60_000, polling: 50 });
}

/** From a list of this content to its review. */
export async function review(page, name, content) {
  await drop(page, name, content);
  await check(page);
  await goOn(page);
}

/** From what is to be fixed to the review, with what is ready. */
export async function goOn(page) {
  await click(page, "button.main::-p-text(Go on)");
  await until(page, "Review ");
}

/** What the file holds that a button offers. */
export async function downloaded(page, button) {
  await page.evaluate(() => {
    delete globalThis.downloadedText;
    const real = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      blob.text().then((text) => (globalThis.downloadedText = text));
      return real.call(URL, blob);
    };
  });
  await press(page, "button", button);
  return (await page.waitForFunction(() => globalThis.downloadedText)).jsonValue();
}

/** Waits until the page says so; `"textContent"`: also where only a screen reader hears it. */
export async function until(page, text, timeout = 15_000, where = "innerText") {
  try {
    await page.waitForFunction((wanted, property) => document.body[property].includes(wanted), { timeout, polling: 50 }, text, where);
  } catch (error) {
    const seen = await page.evaluate(() => document.querySelector("main")?.innerText).catch(() => undefined);
    throw new Error(`the page does not say "${text}", but: ${seen}`, { cause: error });
  }
}

/** Waits until the element of this id has the focus, which is given a moment after what it is for has been drawn. */
export function untilFocused(page, id) {
  return page.waitForFunction((wanted) => document.activeElement.id === wanted, { timeout: 15_000, polling: 50 }, id);
}

/** Longer than any test takes, and shorter than the page and the Worker wait for an answer. */
const HELD_MS = 25_000;

/** Answers of orders that are placed stop half way, until {@link letGo}: which of them waits while something else happens is up to the test, not to the machine's speed. */
export function holdOrders(desk, more) {
  return command(desk, "inject", { fault: "slow-body", delayMs: HELD_MS, ...more });
}

export function letGo(desk) {
  return command(desk, "advance", { ms: HELD_MS });
}

/** Tells the sandbox to do something. */
export async function command(desk, name, body) {
  const answer = await fetch(`${desk.sandbox.baseUrl}/_sandbox/${name}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  assert.equal(answer.ok, true, name);
}

/** Every order that the sandbox has, whoever knows of it. */
export async function ordersOf(desk) {
  return (await fetch(`${desk.sandbox.baseUrl}/_sandbox/orders`)).json();
}

/** Waits until the sandbox has so many orders. */
export async function placed(desk, number) {
  while ((await ordersOf(desk)).length < number) await new Promise((resolve) => setTimeout(resolve, 50));
}

export async function isDisabled(page, button) {
  return (await byRole(page, "button", button)).evaluate((node) => node.disabled);
}

/** Goes to a section by its link, as a person would, and waits for its heading. */
export async function go(page, section) {
  await press(page, "link", section);
  await byRole(page, "heading", section);
}

/** What axe finds wrong with the page as it stands; the source goes in past the page's policy, as a script of the debugger. */
export async function violations(page) {
  await page.evaluate(`${AXE}; undefined`);
  return page.evaluate(async () => {
    // Half way between two themes nothing has the contrast of either.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const { violations } = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
  });
}

export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.evaluate(() => {
    scrollTo(0, 0);
    return Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => undefined);
  });
  await page.screenshot({ path: `${SCREENSHOTS}${BROWSER.toLowerCase()}-${name}.png`, fullPage: true });
}
