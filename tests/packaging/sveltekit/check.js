// SvelteKit: a page rendered on the server and in the browser, and a route on the server.
import assert from "node:assert/strict";
import { join } from "node:path";

import { DESK, FORM } from "../app/expected.js";
import { NAMES, browser, resultOf } from "../browsers.js";
import { run, serve } from "../processes.js";
import { MODULES, project, versionOf } from "../project.js";

const VITE = join(MODULES, "vite/bin/vite.js");

export default [
  {
    tool: "SvelteKit",
    what: "page and route",
    async run() {
      const cwd = project("sveltekit");
      const { stdout, stderr } = await run(process.execPath, [VITE, "build", "--logLevel=warn"], { cwd });
      assert.doesNotMatch(stdout + stderr, /not exported|externalized/i);

      const server = await serve(process.execPath, [VITE, "preview", "--port=0", "--host=127.0.0.1"], { cwd });
      try {
        assert.deepEqual(await (await fetch(`${server.url}/api`)).json(), DESK);
        const html = await (await fetch(server.url)).text();
        assert.ok(html.includes(JSON.stringify(FORM)), "the server rendered what the order tools say");
        for (const name of NAMES.filter((name) => browser(name))) assert.deepEqual(await resultOf(name, server.url), DESK);
      } finally {
        server.stop();
      }
      return { version: versionOf("@sveltejs/kit") };
    },
  },
];
