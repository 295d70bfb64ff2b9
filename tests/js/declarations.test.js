// The hand-written .d.ts files against what the package exports, and against tests/types, where the compiler judges them.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import ts from "typescript-5";

const ENTRIES = ["giftcard-partners", "giftcard-partners/order", "giftcard-partners/bulk", "giftcard-partners/locales", "giftcard-partners/sandbox", "giftcard-partners/slim"];
const manifestUrl = new URL(import.meta.resolve("giftcard-partners/package.json"));
const manifest = JSON.parse(readFileSync(manifestUrl, "utf8"));
const folder = new URL("./", manifestUrl);
const declarations = readdirSync(folder).filter((name) => name.endsWith(".d.ts"));
const program = ts.createProgram(
  declarations.map((name) => fileURLToPath(new URL(name, folder))),
  { lib: ["lib.es2022.d.ts"], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true, types: [] },
);
const checker = program.getTypeChecker();

test("no declaration says any", () => {
  assert.ok(declarations.length >= 6);
  for (const name of declarations) {
    const file = sourceOf(name);
    ts.forEachChild(file, function visit(node) {
      if (node.kind === ts.SyntaxKind.AnyKeyword) {
        const { line } = file.getLineAndCharacterOfPosition(node.pos);
        assert.fail(`${name}:${line + 1} says any`);
      }
      ts.forEachChild(node, visit);
    });
  }
});

test("every field and method says what it is", () => {
  // The platform's own shapes, as far as they are used.
  const known = ["HookRequest", "PlatformResponse", "AbortSignalLike", "RequestLike", "ResponseLike", "PagePromise"];
  const silent = [];
  for (const name of declarations) {
    ts.forEachChild(sourceOf(name), (node) => {
      if (!(ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) || known.includes(node.name.text)) return;
      for (const member of node.members) {
        const isOpen = ts.isIndexSignatureDeclaration(member) || ts.isConstructorDeclaration(member);
        if (!isOpen && ts.getJSDocCommentsAndTags(member).length === 0) silent.push(`${name}: ${node.name.text}.${member.name.getText()}`);
      }
    });
  }

  assert.deepEqual(silent, []);
});

for (const entry of ENTRIES) {
  test(`the declarations of ${entry} have exactly its exports`, async () => {
    const declared = exportsOf(entry).filter(isValue).map(({ name }) => name);

    const exported = Object.keys(await import(entry));

    assert.deepEqual(declared.sort(), exported.sort());
  });
}

test("every exported name is used in tests/types", () => {
  const types = new URL("../types/", import.meta.url);
  const files = readdirSync(types).filter((name) => name.endsWith(".ts"));
  const used = new Set(files.flatMap((name) => readFileSync(new URL(name, types), "utf8").match(/\w+/g)));

  const names = ENTRIES.flatMap((entry) => exportsOf(entry).map(({ name }) => name));

  assert.deepEqual(names.filter((name) => !used.has(name)), []);
});

test("every file of tests/types is compiled by a project", () => {
  const folder = new URL("../types/", import.meta.url);
  const projects = readdirSync(folder).filter((name) => name.startsWith("tsconfig"));
  const compiled = projects.flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")).files ?? []);

  // What the others import is compiled with them.
  const alone = readdirSync(folder).filter((name) => name.endsWith(".ts") && name !== "equal.ts" && !compiled.includes(name));

  assert.deepEqual(alone, []);
});

function exportsOf(entry) {
  const { types } = manifest.exports[`.${entry.slice(manifest.name.length)}`];
  return checker.getExportsOfModule(checker.getSymbolAtLocation(sourceOf(types)));
}

function sourceOf(name) {
  return program.getSourceFile(fileURLToPath(new URL(name, folder)));
}

function isValue(symbol) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & ts.SymbolFlags.Value) !== 0;
}
