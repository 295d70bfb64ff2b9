// The pages of the package's own docs: each Markdown file as a page, the reference among them.
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { html, writePage } from "./page.js";

const DOCS = join(dirname(fileURLToPath(import.meta.resolve("giftcard-partners/package.json"))), "docs");
const REFERENCE = "reference";

export function writeGuides() {
  const pages = readdirSync(DOCS).filter((name) => name.endsWith(".md")).map(readPage);
  for (const { id, title, text } of pages) writePage(id === REFERENCE ? "reference/index.html" : `guides/${id}.html`, title, html(text));
  const guides = pages.filter(({ id }) => id !== REFERENCE);
  const list = guides.map(({ id, title }) => `<li><a href="/guides/${id}.html"><strong>${title}</strong></a></li>`).join("");
  writePage("guides/index.html", "Guides", `<h1>Guides</h1><ul class="links">${list}</ul>`);
}

function readPage(name) {
  const text = readFileSync(join(DOCS, name), "utf8");
  const [, title] = /^# (.*)$/m.exec(text) ?? [];
  if (!title) throw new Error(`${name} has no title`);
  return { id: basename(name, ".md"), title, text };
}
