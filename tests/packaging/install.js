// The tarball, installed by npm into an empty project, and from there into the node_modules that all consumers share.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { run } from "./processes.js";
import { HERE, PACKAGE } from "./project.js";

const ROOT = join(HERE, "../..");
export const INSTALLED = join(HERE, "work/install");

/** Where the build puts the tarball. */
export function tarballOf() {
  const { version } = JSON.parse(readFileSync(join(ROOT, "target/npm/giftcard-partners/package.json"), "utf8"));
  return join(ROOT, `target/npm/giftcard-partners-${version}.tgz`);
}

export async function install() {
  const tarball = tarballOf();
  assert.ok(existsSync(tarball), `${tarball} is missing: cargo xtask build makes it`);
  const project = INSTALLED;
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), "{}");

  // As users do: npm itself, with install scripts, of which there must be none.
  await run("npm", ["install", tarball, "--offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: project });
  rmSync(PACKAGE, { recursive: true, force: true });
  cpSync(join(project, "node_modules/giftcard-partners"), PACKAGE, { recursive: true });
}
