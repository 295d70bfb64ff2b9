// The guides: www/guides/*.md as pages. A line `<!-- snippet: name -->` becomes the file that the desk runs, `<!-- codes: Name -->` a table
// of that union in the package's .d.ts.
import { readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { html, writePage } from "./page.js";

const GUIDES = fileURLToPath(new URL("../guides/", import.meta.url));
const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners/package.json")));
const SNIPPETS = fileURLToPath(new URL("../src/snippets/", import.meta.url));

export function writeGuides() {
  const guides = readdirSync(GUIDES).filter((name) => name.endsWith(".md")).map(readGuide);
  for (const { id, title, text } of guides) writePage(`guides/${id}.html`, title, html(text));
  const list = guides.map(({ id, title }) => `<li><a href="/guides/${id}.html"><strong>${title}</strong></a></li>`).join("");
  writePage("guides/index.html", "Guides", `<h1>Guides</h1><ul class="links">${list}</ul>`);
}

function readGuide(name) {
  const text = readFileSync(join(GUIDES, name), "utf8")
    .replace(/^<!-- snippet: ([\w-]+) -->$/gm, (_, snippet) => `\`\`\`js\n${readFileSync(join(SNIPPETS, `${snippet}.js`), "utf8").trim()}\n\`\`\``)
    .replace(/^<!-- codes: (\w+) -->$/gm, (_, union) => tableOf(union));
  const [, title] = /^# (.*)$/m.exec(text) ?? [];
  if (!title) throw new Error(`${name} has no title`);
  return { id: basename(name, ".md"), title, text };
}

/** Each member of a union of codes with its doc comment. */
function tableOf(union) {
  const declarations = ["errors.d.ts", "order.d.ts"].map((file) => readFileSync(join(PACKAGE, file), "utf8")).join("\n");
  const [, members] = new RegExp(`export type ${union} =([\\s\\S]*?);\\n`).exec(declarations) ?? [];
  const rows = [...(members ?? "").matchAll(/\/\*\*([\s\S]*?)\*\/\s*\| "(\w+)"/g)].map(([, comment, code]) => {
    const words = comment.replace(/^\s*\*/gm, " ").replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
    return `| \`${code}\` | ${words} |`;
  });
  if (rows.length === 0) throw new Error(`no codes of ${union} in the .d.ts`);
  return ["| code | when |", "| --- | --- |", ...rows].join("\n");
}
