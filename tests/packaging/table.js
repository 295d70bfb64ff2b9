// The table: tool, version, result, and what was measured. RESULTS.md is the same table, kept.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { HERE } from "./project.js";

const RESULTS = join(HERE, "RESULTS.md");
const HEADER = `# What the package loads in

Written by \`cargo xtask test packaging\`, which installs the tarball and takes it into each of these, without any configuration
for the package. Where all entries are loaded, a valid order is accepted, an invalid one refused, and an order placed in the sandbox;
where one is, what it can do of that. A bundle holds each wasm that it uses once, and nothing of the entries that it does not use.

Sizes are what the tool makes of a program in production, after gzip (Rollup does not minify): *form* uses \`giftcard-partners/order\` alone, *client* the root alone.
The figures are those of the last run that changed a tool, a version or a result (or of \`UPDATE=1\`).

`;
const STARTING = `
## Speed of starting

Milliseconds on one machine that others share: a scale, not a promise. Medians of several new processes, pages or isolates: to
import the entry, to check a first order, and to check one more. For a Worker *import* is the CPU time of its start-up, of which
Cloudflare allows a second; its calls are what an answer takes beyond that of a Worker without the package.
Where those say 0.00, there was less than can be told from the noise.

`;

export class Table {
  #rows = [];
  #starts = [];

  /** Takes a verdict in; the line that tells of it. */
  add(check, { error, skipped, version = "", form, client, starts = [] }, seconds) {
    const result = error ? "✗" : skipped ? `not run: ${skipped}` : "✓";
    this.#rows.push({ tool: check.tool, version, what: check.what, result, form, client });
    this.#starts.push(...starts);
    const line = `  ${result} ${check.tool} ${version}: ${check.what}  ${seconds.toFixed(1)} s`;
    return error ? `${line}\n${error.stack}` : line;
  }

  passed() {
    return this.#rows.every(({ result }) => result !== "✗");
  }

  text() {
    const rows = this.#rows.toSorted((a, b) => a.tool.localeCompare(b.tool) || a.version.localeCompare(b.version, "en", { numeric: true }));
    const results = markdown(
      ["tool", "version", "what", "result", "form", "client"],
      rows.map(({ tool, version, what, result, form = "", client = "" }) => [tool, version, what, result, form, client]),
    );
    if (this.#starts.length === 0) return results;
    const starts = markdown(
      ["runtime", "entry", "import", "first call", "later call"],
      this.#starts.map(({ runtime, entry, imported, first, later }) => [runtime, entry, ...[imported, first, later].map((ms) => ms?.toFixed(2) ?? "")]),
    );
    return `${results}${STARTING}${starts}`;
  }

  /** Writes RESULTS.md, unless nothing but the figures would change. */
  keep() {
    const now = HEADER + this.text();
    const before = existsSync(RESULTS) ? readFileSync(RESULTS, "utf8") : "";
    if (process.env.UPDATE || withoutFigures(now) !== withoutFigures(before)) writeFileSync(RESULTS, now);
  }
}

function markdown(head, rows) {
  const width = head.map((word, column) => Math.max(word.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(width[column])).join(" | ")} |\n`;
  return line(head) + line(width.map((length) => "-".repeat(length))) + rows.map(line).join("");
}

/** The results without sizes, times and the spaces that hang on them. */
function withoutFigures(text) {
  return text.replace(/\d+\.\d+ KB/g, "").replace(/\| +\d+\.\d\d(?= )/g, "|").replace(/[ -]+/g, " ");
}
