// How long the page stands still. Run alone: what stands still beside other browsers is the machine.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LIMIT, check, closeAll, go, goOn, isChromium, launch, openDesk, press, until, upload } from "./support.js";

let browser;
before(async () => {
  browser = await launch();
}, LIMIT);
after(() => closeAll(browser));

test("100,000 rows are read while the page draws on: no pause of 100 ms", { timeout: 90_000 }, async (t) => {
  const { page } = await openDesk(t, browser);
  await go(page, "Bulk");
  await page.evaluate(() => {
    const seen = { last: performance.now(), longest: 0 };
    const frame = (now) => {
      seen.longest = Math.max(seen.longest, now - seen.last);
      seen.last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => {
      seen.last = now;
      frame(now);
    });
    globalThis.frames_seen = seen;
  });

  const rows = Array.from({ length: 100_000 }, (_, index) => `person-${index}@example.com,Person ${index},INKWHISTLE,25`);
  await upload(page, "large.csv", `Email,Name,Product,Value\n${rows.join("\n")}\n`);
  await check(page);
  await goOn(page);
  await press(page, "button", "Plan 200 orders");
  await until(page, "of 200 orders", 30_000);
  const longest = await page.evaluate(() => globalThis.frames_seen.longest);

  t.diagnostic(`longest time between two frames: ${longest.toFixed(0)} ms`);
  // Firefox without a window draws when it likes.
  if (isChromium) assert.ok(longest < 100, `${longest} ms`);
});
