// The reference, made of the package's .d.ts files: each export with its own words. TypeDoc needs an older compiler than ours.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import ts from "typescript-5";

import { escape, html, writePage } from "./page.js";

const PACKAGE = dirname(fileURLToPath(import.meta.resolve("giftcard-partners/package.json")));
const ENTRIES = [
  ["index.d.ts", "giftcard-partners", "Everything but the sandbox. <code>giftcard-partners/order</code> has the order tools of it, without network; <code>giftcard-partners/slim</code> is the same after <code>init()</code>."],
  ["slim.d.ts", "giftcard-partners/slim", "What it has beside the root."],
  ["sandbox.d.ts", "giftcard-partners/sandbox", "The API in memory."],
];
const KINDS = [
  ["Classes", ts.SyntaxKind.ClassDeclaration],
  ["Functions", ts.SyntaxKind.FunctionDeclaration],
  ["Values", ts.SyntaxKind.VariableDeclaration],
  ["Interfaces", ts.SyntaxKind.InterfaceDeclaration],
  ["Types", ts.SyntaxKind.TypeAliasDeclaration],
];

const printer = ts.createPrinter({ removeComments: true });

export function writeReference() {
  const files = ENTRIES.map(([file]) => join(PACKAGE, file));
  const program = ts.createProgram(files, { strict: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ["lib.es2023.d.ts"] });
  const checker = program.getTypeChecker();
  const seen = new Set();
  const sections = ENTRIES.map(([file, name, about], index) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(files[index]));
    const symbols = checker.getExportsOfModule(module).map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
    const fresh = symbols.filter((symbol) => !seen.has(symbol) && seen.add(symbol));
    return { file, name, about, exports: fresh.map((symbol) => ({ name: symbol.getName(), declaration: symbol.declarations?.[0] })).filter(({ declaration }) => declaration) };
  });
  const names = new Set(sections.flatMap(({ exports }) => exports.map(({ name }) => name)));
  const link = (target) => {
    const [name] = target.split(/[.#]/);
    return names.has(name) ? `<a href="#${name}"><code>${escape(target)}</code></a>` : `<code>${escape(target)}</code>`;
  };
  writePage("reference/index.html", "Reference", `<h1>Reference</h1><p class="soft">Made from the package's own <code>.d.ts</code> files.</p>${sections.map((section) => entryOf(section, link)).join("\n")}`);
}

function entryOf({ name, about, exports }, link) {
  const groups = KINDS.map(([title, kind]) => ({ title, found: exports.filter(({ declaration }) => declaration.kind === kind).sort((one, other) => one.name.localeCompare(other.name)) })).filter(({ found }) => found.length > 0);
  const contents = groups.map(({ title, found }) => `<h3>${title}</h3><ul class="chips">${found.map(({ name }) => `<li><a href="#${name}"><code>${name}</code></a></li>`).join("")}</ul>`).join("");
  const bodies = groups.flatMap(({ found }) => found.map((item) => itemOf(item, link))).join("\n");
  return `<section class="stack"><h2><code>${name}</code></h2><p>${about}</p>${contents}${bodies}</section>`;
}

function itemOf({ name, declaration }, link) {
  const members = declaration.members?.filter((member) => ts.getJSDocCommentsAndTags(member).length > 0) ?? [];
  const signature = members.length > 0 ? headOf(declaration) : textOf(declaration);
  const list = members.map((member) => `<dt><code>${escape(textOf(member))}</code></dt><dd>${commentOf(member, link)}</dd>`).join("");
  return `<article class="panel stack" id="${name}"><h3>${name}</h3><pre tabindex="0" aria-label="Declaration of ${name}"><code>${escape(signature)}</code></pre>${commentOf(declaration, link)}${list ? `<dl class="members">${list}</dl>` : ""}</article>`;
}

/** Everything before the members. */
function headOf(declaration) {
  const text = textOf(declaration);
  return text.slice(0, text.indexOf("{")).trim();
}

function textOf(node) {
  const owner = node.kind === ts.SyntaxKind.VariableDeclaration ? node.parent.parent : node;
  return printer.printNode(ts.EmitHint.Unspecified, owner, node.getSourceFile()).replace(/^export (declare )?/, "").replace(/^declare /, "");
}

/** A doc comment, with its parameters and errors. */
function commentOf(node, link) {
  const owner = node.kind === ts.SyntaxKind.VariableDeclaration ? node.parent.parent : node;
  return ts
    .getJSDocCommentsAndTags(owner)
    .filter(ts.isJSDoc)
    .map((doc) => {
      const tags = (doc.tags ?? []).map((tag) => `- ${tagOf(tag)}`).join("\n");
      return html([rawOf(doc.comment), tags].filter(Boolean).join("\n\n"), link);
    })
    .join("");
}

function tagOf(tag) {
  const text = rawOf(tag.comment);
  if (ts.isJSDocParameterTag(tag)) return `\`${tag.name.getText()}\`: ${text}`;
  if (tag.tagName.text === "throws") return `Throws ${tag.typeExpression ? tag.typeExpression.getText().replace(/^\{(.*)\}$/, "{@link $1}") : ""} ${text}`;
  return `${tag.tagName.text} ${text}`;
}

/** The words as they stand in the file, links included. */
function rawOf(comment) {
  if (typeof comment === "string") return comment;
  return (comment ?? []).map((part) => (part.kind === ts.SyntaxKind.JSDocText ? part.text : `{@link ${part.name?.getText() ?? ""}${part.text ?? ""}}`)).join("");
}
