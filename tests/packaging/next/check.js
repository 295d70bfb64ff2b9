// Next.js: a page rendered on the server and in the browser, a route in Node and a route in the edge runtime.
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { DESK, FORM } from "../app/expected.js";
import { NAMES, browser, resultOf } from "../browsers.js";
import { run, serve } from "../processes.js";
import { MODULES, project, versionOf } from "../project.js";

const NEXT = join(MODULES, "next/dist/bin/next");

const next = (bundler, what, routes, words = []) => ({
  tool: "Next.js",
  what: `${bundler}: ${what}`,
  async run() {
    const cwd = project(`next-${bundler.toLowerCase()}`, { from: "next", programs: "programs" });
    for (const route of ["node", "edge"]) if (!routes.includes(route)) rmSync(join(cwd, `app/api/${route}`), { recursive: true });
    const { stdout, stderr } = await run(process.execPath, [NEXT, "build", ...words], { cwd, timeout: 240_000 });
    assert.doesNotMatch(stdout + stderr, /warn|not exported|doesn't exist in target/i);

    const server = await serve(process.execPath, [NEXT, "start", "--port=0", "--hostname=127.0.0.1"], { cwd });
    try {
      for (const route of routes) {
        const response = await fetch(`${server.url}/api/${route}`);
        const text = await response.text();
        assert.equal(response.status, 200, `${route}: ${text.slice(0, 500)}\n${server.said()}`);
        assert.deepEqual(JSON.parse(text), DESK);
      }
      const html = await (await fetch(server.url)).text();
      assert.ok(html.replaceAll("&quot;", '"').includes(JSON.stringify(FORM)), "the server rendered what the order tools say");
      for (const name of NAMES.filter((name) => browser(name))) assert.deepEqual(await resultOf(name, server.url), DESK);
    } finally {
      server.stop();
    }
    return { version: versionOf("next") };
  },
});

export default [
  next("Turbopack", "page, Node and edge routes", ["node", "edge"]),
  // With its webpack Next.js 16.4 cannot build any edge route at all, not even one without the package.
  next("webpack", "page and Node route", ["node"], ["--webpack"]),
];
