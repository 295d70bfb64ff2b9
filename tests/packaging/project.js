// A consumer's folder as a project of its own: copied to work/, so that its tools may write there, under the one node_modules.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const HERE = fileURLToPath(new URL(".", import.meta.url));
export const MODULES = join(HERE, "node_modules");
export const PACKAGE = join(MODULES, "giftcard-partners");
const WORK = join(HERE, "work");

/** The folder of a fresh project: the consumer's own files beside the programs, which are app/ unless that name means something. */
export function project(name, { from = name, programs = "app" } = {}) {
  const folder = join(WORK, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(HERE, "app"), join(folder, programs), { recursive: true });
  cpSync(join(HERE, from), folder, { recursive: true, filter: (path) => !path.endsWith("check.js") });
  const manifest = { private: true, type: "module", dependencies: { "giftcard-partners": "*" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

/** The version of an installed tool. */
export function versionOf(tool) {
  return JSON.parse(readFileSync(join(MODULES, tool, "package.json"), "utf8")).version;
}
