// npm: what it installs, and no more than that.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { filesIn } from "../bundle.js";
import { INSTALLED, tarballOf } from "../install.js";
import { run } from "../processes.js";
import { HERE, PACKAGE } from "../project.js";

const FILES = join(HERE, "files.txt");

async function version() {
  return (await run("npm", ["--version", "--loglevel=error"])).stdout.trim();
}

export default [
  {
    tool: "npm",
    what: "no dependency, no script; its program runs",
    async run() {
      const modules = join(INSTALLED, "node_modules");
      const others = readdirSync(modules).filter((name) => !name.startsWith("."));
      assert.deepEqual(others, ["giftcard-partners"]);
      const manifest = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
      for (const key of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) assert.equal(manifest[key], undefined, key);
      for (const words of [["giftcard-partners", "sandbox"], ["giftcard-partners-sandbox"]]) {
        const { stdout } = await run(join(modules, ".bin", words[0]), [...words.slice(1), "--help"]);
        assert.match(stdout, /--port/);
      }
      return { version: await version() };
    },
  },
  {
    tool: "npm",
    what: "publishes only what says where it comes from",
    async run() {
      const { repository, homepage, bugs, private: isPrivate } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
      const said = [repository, homepage, bugs].filter(Boolean).length;
      assert.equal(said, isPrivate ? 0 : 3);
      // Nobody listens there, and a dry run would not ask.
      const nobody = ["--registry=http://127.0.0.1:9/", "--//127.0.0.1:9/:_authToken=none"];
      if (isPrivate) await assert.rejects(run("npm", ["publish", "--ignore-scripts", ...nobody, tarballOf()]), /EPRIVATE/);
      return { version: await version() };
    },
  },
  {
    tool: "npm",
    what: "the agreed files",
    async run() {
      const names = [...filesIn(PACKAGE).keys()].map((path) => relative(PACKAGE, path).replaceAll("\\", "/"));
      // What entries have in common is named by its content.
      const list = [...new Set(names.map((name) => name.replace(/^chunk-\w+\.js$/, "chunk-*.js")))].sort();
      if (process.env.UPDATE) writeFileSync(FILES, `${list.join("\n")}\n`);
      const agreed = existsSync(FILES) ? readFileSync(FILES, "utf8").trim().split("\n") : [];
      // Nothing gets in or out by accident.
      assert.deepEqual(
        { added: list.filter((name) => !agreed.includes(name)), missing: agreed.filter((name) => !list.includes(name)) },
        { added: [], missing: [] },
        "the tarball's files are not those of tests/packaging/files.txt; UPDATE=1 node tests/packaging/run.js npm writes the list",
      );
      for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-LICENSES.txt"]) assert.ok(list.includes(name), name);
      return { version: await version() };
    },
  },
];
