// docs/reference.md of the package, made of its .d.ts files: each export with its own words. TypeDoc needs an older compiler than ours.
// Called by the build with the package's folder.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import ts from "typescript-5";

const FOLDER = resolve(process.argv[2]);
const ENTRIES = [
  ["index.d.ts", "giftcard-partners", "Everything but the sandbox. `giftcard-partners/order` has the order tools of it, `giftcard-partners/bulk` lists and campaigns, and `giftcard-partners/slim` all of it after `init()`."],
  ["slim.d.ts", "giftcard-partners/slim", "What it has beside the root."],
  ["locales.d.ts", "giftcard-partners/locales", "German, French and Spanish for `messageOf` and `orderSchema.with`."],
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
const files = ENTRIES.map(([file]) => join(FOLDER, file));
const program = ts.createProgram(files, { strict: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ["lib.es2023.d.ts"], types: [] });
const checker = program.getTypeChecker();
const seen = new Set();
const sections = ENTRIES.map(([, name, about], index) => {
  const symbols = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(files[index])));
  const own = symbols.map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
  const fresh = own.filter((symbol) => !seen.has(symbol) && seen.add(symbol));
  return { name, about, exports: fresh.map((symbol) => ({ name: symbol.getName(), declaration: symbol.declarations?.[0] })).filter(({ declaration }) => declaration) };
});
// Where a heading can be reached: two names that differ in their case alone are numbered, as GitHub does it.
const places = new Map();
const taken = new Map();
const listed = sections.map(({ exports, ...section }) => ({
  ...section,
  groups: KINDS.map(([title, kind]) => ({ title, found: exports.filter(({ declaration }) => declaration.kind === kind).sort((one, other) => one.name.localeCompare(other.name)) })).filter(({ found }) => found.length > 0),
}));
for (const { name } of listed.flatMap(({ groups }) => groups.flatMap(({ found }) => found))) {
  const slug = name.toLowerCase();
  const before = taken.get(slug) ?? 0;
  taken.set(slug, before + 1);
  if (!places.has(name)) places.set(name, before ? `${slug}-${before}` : slug);
}

const head = "# Reference\n\nEvery export with its limits, units and defaults, made from the package's own `.d.ts` files, which your editor shows too.";
writeFileSync(join(FOLDER, "docs/reference.md"), `${[head, ...listed.map(sectionOf)].join("\n\n")}\n`);

function sectionOf({ name, about, groups }) {
  const contents = groups.map(({ title, found }) => `**${title}:** ${found.map(({ name }) => linkTo(name)).join(", ")}`);
  return [`## ${name}`, about, ...contents, ...groups.flatMap(({ found }) => found.map(itemOf))].join("\n\n");
}

function itemOf({ name, declaration }) {
  const members = declaration.members?.filter((member) => ts.getJSDocCommentsAndTags(member).length > 0) ?? [];
  const signature = members.length > 0 ? headOf(declaration) : textOf(declaration);
  const listed = members.map((member) => `#### \`${textOf(member).replace(/\s+/g, " ")}\`\n\n${commentOf(member)}`);
  return [`### ${name}`, `\`\`\`ts\n${signature}\n\`\`\``, commentOf(declaration), ...listed].filter(Boolean).join("\n\n");
}

function linkTo(target) {
  const [name] = target.split(/[.#]/);
  return places.has(name) ? `[${target}](#${places.get(name)})` : `\`${target}\``;
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

/** A doc comment, with its parameters and errors; of a union of codes also what each member says. */
function commentOf(node) {
  const owner = node.kind === ts.SyntaxKind.VariableDeclaration ? node.parent.parent : node;
  const docs = ts.getJSDocCommentsAndTags(owner).filter(ts.isJSDoc);
  const said = docs.flatMap((doc) => [rawOf(doc.comment), (doc.tags ?? []).map((tag) => `- ${tagOf(tag)}`).join("\n")]);
  return [...said, membersOf(node)].filter(Boolean).join("\n\n");
}

function membersOf(node) {
  if (!ts.isTypeAliasDeclaration(node) || !ts.isUnionTypeNode(node.type)) return "";
  const members = [...node.getText().matchAll(/\/\*\*([\s\S]*?)\*\/\s*\| ([^\n;]+)/g)];
  return members.map(([, words, member]) => `- \`${member}\`: ${linked(words.replace(/^\s*\*/gm, " ")).replace(/\s+/g, " ").trim()}`).join("\n");
}

function tagOf(tag) {
  const text = rawOf(tag.comment).replace(/\s+/g, " ");
  if (ts.isJSDocParameterTag(tag)) return `\`${tag.name.getText()}\`: ${text}`;
  if (tag.tagName.text === "throws") return `Throws ${tag.typeExpression ? linkTo(tag.typeExpression.getText().replace(/^\{(.*)\}$/, "$1")) : ""} ${text.replace(/^(For|If|At|As) /, (word) => word.toLowerCase())}`.trim();
  return `${tag.tagName.text} ${text}`;
}

/** The words as they stand in the file, links included. */
function rawOf(comment) {
  if (typeof comment === "string") return linked(comment);
  return linked((comment ?? []).map((part) => (part.kind === ts.SyntaxKind.JSDocText ? part.text : `{@link ${part.name?.getText() ?? ""}${part.text ?? ""}}`)).join(""));
}

function linked(text) {
  return text.replace(/\{@link ([^}]+)\}/g, (_, target) => linkTo(target.trim()));
}
