import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { launch } from "puppeteer-core";

const PROGRAMS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"];
// What makes a page's clock exact to 5 µs instead of 100.
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

export const chromium = () => PROGRAMS.find((path) => path && existsSync(path));

export async function openChromium(file) {
  const server = createServer(({ url }, answer) => {
    const script = url === "/suite.js";
    answer.writeHead(200, { ...ISOLATED, "content-type": script ? "text/javascript" : "text/html" });
    if (script) createReadStream(file).pipe(answer);
    else answer.end('<!doctype html><script type="module">window.suite = await import("/suite.js");</script>');
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await launch({ executablePath: chromium(), args: ["--no-sandbox", "--disable-gpu", "--js-flags=--max-old-space-size=4096"], protocolTimeout: 600_000 });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction("window.suite");
  return {
    name: "Chromium",
    version: (await browser.version()).split("/")[1],
    list: () => page.evaluate(() => window.suite.list()),
    run: (command) => page.evaluate((given) => window.suite.run(given), command),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
