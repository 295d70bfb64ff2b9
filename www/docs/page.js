// The frame of a plain page: no script but the theme's, the policy and the style of the desk.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OUT = fileURLToPath(new URL("../../target/www/", import.meta.url));

export function writePage(path, title, body) {
  const file = join(OUT, path);
  mkdirSync(dirname(file), { recursive: true });
  const style = readdirSync(join(OUT, "assets")).find((name) => name.endsWith(".css"));
  const [policy] = /<meta\s+http-equiv="Content-Security-Policy"[^>]+>/.exec(readFileSync(join(OUT, "index.html"), "utf8"));
  writeFileSync(
    file,
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)} · Order desk</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<script src="/theme.js"></script>
<link rel="stylesheet" href="/assets/${style}">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><div class="top-inner"><a class="brand" href="/#/developers">Order desk</a>
<nav aria-label="Pages"><ul><li><a href="/#/developers">For developers</a></li><li><a href="/guides/">Guides</a></li><li><a href="/reference/">Reference</a></li></ul></nav></div></header>
<main id="main" class="prose" tabindex="-1">
${body}
</main>
</body>
</html>
`,
  );
}

export function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Paragraphs, headings, lists of "- ", tables, `code` and fenced code: as much of Markdown as the documents use. */
export function html(text) {
  const slugs = new Map();
  // Code may have blank lines of its own.
  return text
    .split(/^(```[\s\S]*?^```)$/m)
    .flatMap((part) => (part.startsWith("```") ? [part] : part.split(/\n{2,}/)))
    .map((block) => blockOf(block.trim(), slugs))
    // A table that scrolls is a region, and is named as the heading above it.
    .map((block, index, blocks) => block.replace('aria-label="Table"', () => `aria-label="${headingAbove(blocks, index)}"`))
    .join("\n");
}

function headingAbove(blocks, index) {
  const heading = blocks.slice(0, index).findLast((block) => /^<h\d/.test(block)) ?? "Table";
  return `Table: ${heading.replace(/<[^>]+>/g, "")}`;
}

function blockOf(block, slugs) {
  const fenced = /^```\w*\n([\s\S]*?)\n?```$/.exec(block);
  if (fenced) return `<pre tabindex="0" aria-label="Code"><code>${escape(fenced[1])}</code></pre>`;
  const heading = /^(#{1,4}) (.*)$/.exec(block);
  if (heading) return `<h${heading[1].length} id="${slugOf(heading[2], slugs)}">${inline(heading[2])}</h${heading[1].length}>`;
  if (/^- /.test(block)) {
    const items = block.split(/\n(?=- )/).map((item) => `<li>${inline(item.slice(2))}</li>`);
    return `<ul class="bullets">${items.join("")}</ul>`;
  }
  if (/^\|/.test(block)) return tableOf(block);
  const mixed = block.search(/\n(?=- )/);
  if (mixed > 0) return `${blockOf(block.slice(0, mixed), slugs)}\n${blockOf(block.slice(mixed + 1), slugs)}`;
  return block ? `<p>${inline(block)}</p>` : "";
}

/** Where a heading can be linked to, as GitHub and npm name it. */
function slugOf(heading, slugs) {
  const slug = heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
  const before = slugs.get(slug) ?? 0;
  slugs.set(slug, before + 1);
  return before ? `${slug}-${before}` : slug;
}

function tableOf(block) {
  const [head, , ...rows] = block.split("\n").map((row) => cellsOf(row).map((cell) => breakable(inline(cell))));
  const headers = head.map((cell) => `<th scope="col">${cell}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n");
  return `<div class="scroll-x" tabindex="0" role="region" aria-label="Table"><table><thead><tr>${headers}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A code may be parted at its underscores and between its words, where the column is narrow. */
function breakable(cell) {
  return cell.replace(/<code>[^<]*<\/code>/g, (code) => code.replaceAll("_", "_<wbr>").replace(/(?<=[a-z])(?=[A-Z])/g, "<wbr>"));
}

function inline(text) {
  return text
    .split(/(`[^`]+`|\[[^\]]+\]\([^)\s]+\)|\*\*[^*]+\*\*)/)
    .map((part) => {
      if (/^`/.test(part)) return `<code>${escape(part.slice(1, -1))}</code>`;
      const anchor = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
      if (anchor) return `<a href="${escape(hrefOf(anchor[2]))}">${escape(anchor[1].replaceAll("`", ""))}</a>`;
      if (/^\*\*/.test(part)) return `<strong>${escape(part.slice(2, -2))}</strong>`;
      return escape(part);
    })
    .join("");
}

/** A link of the package's docs, here. */
function hrefOf(target) {
  if (/^(https:\/\/|#)/.test(target)) return target;
  const [, page, place] = /^([\w-]+)\.md(#.*)?$/.exec(target) ?? [];
  if (!page) throw new Error(`a link to ${target}`);
  return `${page === "reference" ? "/reference/" : `/guides/${page}.html`}${place ?? ""}`;
}

function cellsOf(row) {
  return row.replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
