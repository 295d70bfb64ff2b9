// Each example: short enough to be read, and told in ten lines.
import assert from "node:assert/strict";
import { test } from "node:test";

import { NAMES, filesOf } from "./examples.js";

const isCode = (name) => /\.(tsx?|mjs)$/.test(name);
const isLine = (line) => line.trim() !== "" && !line.trim().startsWith("//");

test("the examples are those that the documents name", () => {
  assert.deepEqual(NAMES, ["cron", "durable-object", "express", "hono-worker", "nextjs", "opentelemetry", "react-hook-form"]);
});

for (const name of NAMES) {
  test(`${name} has fewer than 80 lines of code, and a README of about ten that names each of its files that one copies`, () => {
    const files = filesOf(name);

    const code = files.filter(([file]) => isCode(file)).flatMap(([, text]) => text.split("\n").filter(isLine));
    const [, readme] = files.find(([file]) => file === "README.md");

    assert.ok(code.length < 80, `${code.length} lines`);
    assert.ok(readme.trimEnd().split("\n").length <= 12, "a README of ten lines");
    assert.match(readme, /^# .+\n\n/);
    assert.match(readme, /^npm install giftcard-partners/m);
  });
}
