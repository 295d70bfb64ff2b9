// The part "as it is felt" as a page of its own: FELT.md.
import { quantile, ratio } from "../measure.js";
import { best } from "../reach.js";
import { OURS } from "./contenders.js";

const BEFORE = "(the build before)";
const PEER = "papaparse + zod";
const HELD = "plain, ten reports and a heap held";
const milliseconds = (times) => `${Math.round(quantile(times))} ms`;
const table = (head, rows) => [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

/** What is to be reached: the kind of list, and how many times faster than papaparse + zod, in a process and in a page. */
const LEAST = { node: { plain: 6, accents: 5, "quotes and breaks": 5, "another script": 5 }, page: { plain: 4, accents: 4, "quotes and breaks": 4, "another script": 4 } };

function row(place, { what, times }, shares) {
  const peers = Object.keys(times).filter((name) => name !== OURS);
  const cells = peers.map((name) => `${ratio(times[OURS], times[name]).median.toFixed(2)} × ${name} (${milliseconds(times[name])})`);
  return [place, what, milliseconds(times[OURS]), shares[what] ?? "–", cells.join("; ") || "–"];
}

function reached(place, results) {
  const rows = [];
  for (const { what, times } of results) {
    const least = LEAST[place][what];
    if (!least) continue;
    const found = ratio(times[OURS], times[PEER]).median;
    rows.push([place === "node" ? "Node 24" : "Chromium", what, `${least} × ${PEER}`, `${found.toFixed(1)} ×`, found >= least ? "yes" : "**no**"]);
  }
  const book = results.find(({ what }) => what === ".xlsx");
  for (const [peer, least] of [["SheetJS + zod", 5], ["exceljs + zod", 8]]) {
    if (!book) continue;
    const found = ratio(book.times[OURS], book.times[peer]).median;
    rows.push(["Node 24", ".xlsx", `${least} × ${peer}`, `${found.toFixed(1)} ×`, found >= least ? "yes" : "**no**"]);
  }
  const plain = results.find(({ what }) => what === "plain");
  const held = results.find(({ what }) => what === HELD);
  if (plain && held) {
    const factor = quantile(held.times[OURS]) / quantile(plain.times[OURS]);
    rows.push(["Node 24", "beside ten reports and a heap of a million objects", "at most 1.3 × of a first one", `${factor.toFixed(1)} ×`, factor <= 1.3 ? "yes" : "**no**"]);
  }
  return rows;
}

export function feltPage({ rows, node, page, bodies, machine, shares }) {
  const lists = [...node.map((one) => row("Node 24", one, shares)), ...page.map((one) => row("Chromium", one, shares))];
  const before = node.filter(({ times }) => times[BEFORE]).map(({ what, times }) => [what, `${ratio(times[OURS], times[BEFORE]).median.toFixed(2)} ×`]);
  const parts = [
    "# As it is felt",
    "Written by `cargo xtask bench felt`. What a person waits for: one list, once, in a fresh process or in a Web Worker of a fresh page, from the import of the " +
      "package to the bodies of all orders. Medians of interleaved rounds; a ratio is the median of the rounds' ratios, above 1 ours is faster.",
    table(["", ""], Object.entries(machine)),
    "## To reach",
    table(["where", "list", "at least", "found", "reached"], [...reached("node", node), ...reached("page", page)]),
    `## Lists of ${rows.toLocaleString("en")} rows`,
    table(["where", "list", "ours", "rows on the fast path", "how many times as fast as"], lists),
  ];
  if (before.length) parts.push("## Beside the build before", table(["list", "as fast as it"], before));
  if (bodies.length) {
    parts.push("## Bodies of 100 lines, in a warm loop", table(["where", "body", "ours", "× of the plain one's time", "× the best peer"], bodies.map(({ runtime, job, times }) => {
      const plain = bodies.find((other) => other.runtime === runtime && other.job.endsWith("plain"));
      return [runtime, job.replace("a body of people's texts, ", ""), `${(quantile(times[OURS]) * 1000).toFixed(0)} µs`,
        (quantile(times[OURS]) / quantile(plain.times[OURS])).toFixed(2), `${ratio(times[OURS], times[best(times)]).median.toFixed(2)} ${best(times)}`];
    })));
  }
  return `${parts.join("\n\n")}\n`;
}
