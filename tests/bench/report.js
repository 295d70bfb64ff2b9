// One run as a page: what was reached, then every figure.
import { quantile, ratio } from "./measure.js";
import { best, megabytes, reach } from "./reach.js";

/** What profiles and trials have shown; by hand, of November 2026. */
const WHY = `- *Bytes*: one pass at about 1 GB/s, the speed that the aim names (the MB/s below). Where the ratio is less than asked, the peers are what is
  faster: Node 24, Chromium and workerd parse JSON up to twice as fast as Node 20 does. Half of a line's time goes into its address, its text and
  the table of recipients; comparing what lines have in common in one go, without a look at each value, gained nothing.
- *One line*: 0.9 to 1.2 µs, most of them the way into wasm and back and the copy of the bytes.
- *Objects and the builder*: an object has to become bytes, and \`JSON.stringify\` with \`TextEncoder\` is two thirds of the whole (100 lines: 100
  of 141 µs in Node 20, 72 of 105 in Node 24). Packing what changes from line to line instead took 44 and 39 µs in a trial. It was not taken: it would
  have reached, by reckoning, the builder's row in Node 20 and the row of bodies, no other, and cost the client 1.4 KB after gzip, which is over its budget already.
- *CSV*: 1.2 µs a row, none of it in one place: writing the line's JSON a third, splitting the cells a sixth, hashes of the payment a tenth, checks of the
  texts a tenth, memory and copies the rest. \`opt-level = "s"\` is part of it, and stays for the bytes.
- *Catalog answers*: every name is looked up without its case, and what is kept becomes objects by the engine's \`JSON.parse\` once more.
- *Start*: Node takes 1.4 (24) to 3.8 ms (20) to compile the order tools' wasm, 1.6 to 2 ms to read it as base64, and 0.6 ms for each file. It would
  take half of the bytes.`;

const OURS = "giftcard-partners";

const table = (head, rows) =>
  [`| ${head.join(" | ")} |`, `|${" --- |".repeat(head.length)}`, ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");

/** A time with three digits that count. */
function duration(milliseconds) {
  if (milliseconds >= 1) return `${Number(milliseconds.toPrecision(3))} ms`;
  return `${Number((milliseconds * 1000).toPrecision(3))} µs`;
}

const spread = (times) => `${Math.round(((quantile(times, 0.75) - quantile(times, 0.25)) / 2 / quantile(times)) * 100)} %`;

function times({ median, low, high }) {
  return `**${median.toFixed(2)}** (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function jobTable(cells) {
  const peers = [...new Set(cells.flatMap((cell) => Object.keys(cell.times)))].filter((name) => name !== OURS);
  const rows = cells.map(({ runtime, size, unit, times: all, bytes }) => [
    runtime,
    `${size.toLocaleString("en")} ${unit}`,
    `${duration(quantile(all[OURS]))} ± ${spread(all[OURS])}`,
    bytes ? Math.round(bytes / quantile(all[OURS]) / 1000).toLocaleString("en") : "",
    `${times(ratio(all[OURS], all[best(all)]))} ${best(all)}`,
    // A peer that needs what a runtime forbids is not there.
    ...peers.map((name) => (all[name] ? ratio(all[OURS], all[name]).median.toFixed(2) : "–")),
  ]);
  return table(["runtime", "size", "ours", "MB/s", "× the best peer (middle half of the rounds)", ...peers.map((name) => `× ${name}`)], rows);
}

function startTable({ runtime, times: all }) {
  return Object.entries(all).map(([name, one]) => [runtime, name, `${duration(quantile(one))} ± ${spread(one)}`]);
}

export function page({ cells, starts, sizes, memory, absent, machine, versions }) {
  const reached = reach(cells, starts, memory).map(({ what, to, found, reached: yes }) => [what, to, found, yes === undefined ? "–" : yes ? "yes" : "**no**"]);
  const parts = [
    "# What one run measured",
    "Written by `cargo xtask bench`; read it there before changing it here.",
    table(["", ""], Object.entries(machine)),
    `Against ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(", ")}.`,
    "Every contender first had to give the same verdict, and name the same places, or make the same bodies. Rounds are interleaved: each contender has its " +
      "turn in each. A time is the median of the rounds, ± half of the middle half. A ratio is the median of the rounds' ratios: above 1 ours is faster. " +
      "What stands in parentheses does less than the job and is not among the best peers.",
    "## To reach",
    table(["job", "at least", "found, over sizes and runtimes", "reached"], reached),
    "## Why the rest was not",
    WHY,
  ];
  for (const job of new Set(cells.map((cell) => cell.job))) parts.push(`## ${job}`, jobTable(cells.filter((cell) => cell.job === job)));
  if (absent.length) parts.push("## Not in this build", absent.map((job) => `- ${job}: the package does not export it`).join("\n"));
  if (starts.length) parts.push("## Import to first validation, fresh process", "Ours as it is installed, the peers bundled and minified.", table(["runtime", "", "time"], starts.flatMap(startTable)));
  if (memory) {
    const rows = Object.entries(memory.peaks).map(([name, peak]) => (peak ? [name, megabytes(peak.bytes), duration(peak.milliseconds)] : [name, "did not get through", "–"]));
    parts.push(
      "## CSV to checked orders: peak memory",
      `${memory.rows.toLocaleString("en")} rows in Node 20, a fresh process each, less what an idle one takes. Ours reads the file in chunks and hands out one ` +
        "order at a time; the peers are the programs that are timed: they take the whole text and give all orders at once.",
      table(["", "peak", "time, cold"], rows),
    );
  }
  if (sizes.length) {
    const rows = sizes.map(({ name, raw, gzip, brotli }) => [name, ...[raw, gzip, brotli].map((bytes) => bytes.toLocaleString("en"))]);
    parts.push("## Size", "Bundled and minified by esbuild, for a browser.", table(["bytes", "raw", "gzip -9", "brotli 11"], rows));
  }
  return `${parts.join("\n\n")}\n`;
}
