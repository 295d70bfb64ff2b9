// Vite: what it builds, and its development server, which bundles dependencies beforehand. Both are loaded in browsers.
import assert from "node:assert/strict";
import { join } from "node:path";

import { build, createLogger, createServer } from "vite";

import { DESK, FORM, LIST } from "../app/expected.js";
import { NAMES, browser, resultOf, serveFiles } from "../browsers.js";
import { assertDesk, assertForm, assertList, filesIn } from "../bundle.js";
import { project, versionOf } from "../project.js";

const browsers = NAMES.filter((name) => browser(name));

/** Collects what Vite warns of, but for one thing: that a chunk with wasm in it is large. */
function listen() {
  const warnings = [];
  const collect = (message) => /chunks are larger than/.test(message) || warnings.push(message);
  const customLogger = { ...createLogger("silent"), warn: collect, warnOnce: collect, error: collect };
  return { warnings, customLogger };
}

export default [
  {
    tool: "Vite",
    what: `build, in ${browsers.join(" and ")}`,
    async run() {
      const root = project("vite-build", { from: "vite" });
      const { warnings, customLogger } = listen();
      const built = async (page) => {
        const outDir = join(root, "out", page);
        await build({ root, configFile: false, logLevel: "warn", customLogger, build: { outDir, rolldownOptions: { input: join(root, `${page}.html`) } } });
        const server = await serveFiles([outDir]);
        for (const name of browsers) {
          assert.deepEqual(await resultOf(name, `${server.url}/${page}.html`), { index: DESK, list: LIST, form: FORM }[page]);
        }
        server.close();
        return filesIn(outDir);
      };

      assertDesk(await built("index"));
      assertList(await built("list"));
      const form = assertForm(await built("form"));

      assert.deepEqual(warnings, []);
      return { version: versionOf("vite"), form };
    },
  },
  {
    tool: "Vite",
    what: `development server, in ${browsers.join(" and ")}`,
    async run() {
      const root = project("vite-dev", { from: "vite" });
      const { warnings, customLogger } = listen();
      const server = await createServer({ root, configFile: false, logLevel: "warn", customLogger, cacheDir: join(root, ".vite"), server: { host: "127.0.0.1", port: 0 } });
      await server.listen();
      const [url] = server.resolvedUrls.local;
      try {
        for (const name of browsers) {
          assert.deepEqual(await resultOf(name, url), DESK);
          assert.deepEqual(await resultOf(name, new URL("list.html", url).href), LIST);
        }
      } finally {
        await server.close();
      }
      assert.deepEqual(warnings, []);
      return { version: versionOf("vite") };
    },
  },
];
