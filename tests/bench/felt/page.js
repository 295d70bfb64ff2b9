// A list in a Web Worker of a fresh page of Chromium: from the import of the bundle to the bodies of all orders.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { launch } from "puppeteer-core";
import { csv, kinds } from "../data.js";
import { chromium } from "../runtimes/chromium.js";
import { bundled, sources } from "./contenders.js";

const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
const WORKER = `
const bytes = new Uint8Array(await (await fetch("/rows.csv")).arrayBuffer());
const started = performance.now();
const { fromBytes } = await import(self.name);
const orders = fromBytes(bytes);
const took = performance.now() - started;
postMessage([took, orders.reduce((sum, { lineCount }) => sum + lineCount, 0)]);
`;

const inWorker = (module) => new Promise((done, fail) => {
  const worker = new Worker("/worker.js", { type: "module", name: module });
  worker.onmessage = ({ data }) => done(data);
  worker.onerror = ({ message }) => fail(new Error(message));
});

/** `[{ what, times }]` as in a process. */
export async function feltInPage(scratch, rows, rounds) {
  const files = new Map([["/worker.js", WORKER], ["/", "<!doctype html>"]]);
  const modules = {};
  for (const [index, [name, source]] of Object.entries(sources()).entries()) {
    const file = `${scratch}felt-page-${index}.js`;
    await bundled(name, source, file, "browser");
    modules[name] = `/felt-${index}.js`;
    files.set(modules[name], readFileSync(file));
  }
  const server = createServer(({ url }, answer) => {
    const type = url.endsWith(".js") ? "text/javascript" : url.endsWith(".csv") ? "text/csv" : "text/html";
    answer.writeHead(files.has(url) ? 200 : 404, { ...ISOLATED, "content-type": type }).end(files.get(url));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await launch({ executablePath: chromium(), args: ["--no-sandbox", "--disable-gpu"], protocolTimeout: 600_000 });
  const results = [];
  try {
    for (const what of kinds) {
      files.set("/rows.csv", csv(rows, what));
      const names = Object.keys(modules);
      const times = Object.fromEntries(names.map((name) => [name, []]));
      for (let round = 0; round < rounds; round++) {
        for (let place = 0; place < names.length; place++) {
          const name = names[(place + round) % names.length];
          const context = await browser.createBrowserContext();
          const page = await context.newPage();
          await page.goto(`http://127.0.0.1:${server.address().port}/`);
          const [took, lines] = await page.evaluate(inWorker, modules[name]);
          await context.close();
          if (lines !== rows) throw new Error(`${name} made ${lines} lines of ${rows} rows, ${what}`);
          times[name].push(took);
        }
      }
      results.push({ what, times });
    }
  } finally {
    await browser.close();
    server.close();
  }
  return results;
}
