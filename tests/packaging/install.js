// The tarball, installed by npm into an empty project, and from there into the node_modules that all consumers share.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { run } from "./processes.js";
import { HERE, PACKAGE } from "./project.js";

const ROOT = join(HERE, "../..");
const FILES = join(HERE, "files.txt");

export async function install() {
  const { version } = JSON.parse(readFileSync(join(ROOT, "target/npm/giftcard-partners/package.json"), "utf8"));
  const tarball = join(ROOT, `target/npm/giftcard-partners-${version}.tgz`);
  assert.ok(existsSync(tarball), `${tarball} is missing: cargo xtask build makes it`);
  const project = join(HERE, "work/install");
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), "{}");

  // As users do: npm itself, with install scripts, of which there must be none.
  await run("npm", ["install", tarball, "--offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: project });

  const modules = join(project, "node_modules");
  const installed = join(modules, "giftcard-partners");
  const others = readdirSync(modules).filter((name) => !name.startsWith("."));
  assert.deepEqual(others, ["giftcard-partners"], "it brings no dependency");
  const { stdout } = await run(join(modules, ".bin/giftcard-partners-sandbox"), ["--help"]);
  assert.match(stdout, /--port/);
  compareFiles(installed);
  rmSync(PACKAGE, { recursive: true, force: true });
  cpSync(installed, PACKAGE, { recursive: true });
}

/** What is shipped, against the list that was agreed on: nothing gets in or out by accident. */
function compareFiles(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = entries.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"));
  const list = `${names.sort().join("\n")}\n`;
  if (process.env.UPDATE) writeFileSync(FILES, list);
  const agreed = existsSync(FILES) ? readFileSync(FILES, "utf8") : "";
  const only = (some, others) => some.split("\n").filter((name) => !others.split("\n").includes(name));
  assert.deepEqual(
    { added: only(list, agreed), missing: only(agreed, list) },
    { added: [], missing: [] },
    "the tarball's files are not those of tests/packaging/files.txt; UPDATE=1 node tests/packaging/run.js writes the list",
  );
}
