// One run as a page: what was reached, then every figure.
import { quantile, ratio } from "./measure.js";
import { best, megabytes, reach } from "./reach.js";

/** What profiles and trials have shown; by hand, of November 2026. */
const WHY = `- *Bytes*: one pass over them, at the MB/s below. Five times the best is missed in Chromium, and at 100,000 lines in workerd too, where the copy into wasm and
  the table of recipients no longer fit in the processor's cache; twelve times zod where zod itself is fast, mostly in Chromium.
- *One line*: most of it is the way into wasm and back and the copy of the bytes.
- *Growth*: timed right after each other, of 100,000 lines one takes 1.2 to 1.6 times as long as of 100: of 28 MB each byte is read, written and read again, and no cache
  holds them. What is above that is the machine, whose pace changes by half from one size to the next.
- *Objects and the builder*: what a line has otherwise than the one before crosses packed, and \`JSON.stringify\` is not asked. Of 95 µs for 100 lines (Node 24) a look
  at every value of every object is 34, the texts made bytes 9, the JSON put together 25, the check 22. \`JSON.stringify\` alone is 95 µs in Node 20, 55 in Node 24 and
  still less in Chromium, so that there nothing is left to win. A builder that is used for one line takes 1 to 2 µs longer.
- *CSV*: of the time of a row three quarters are the import: writing the line's JSON a quarter of that, splitting a sixth, hashes a tenth. The plan and the orders are
  bound by memory: the 330 bytes of JSON that a row becomes are written, hashed, and copied twice. \`opt-level = 3\` took an eighth off, for 13 KB, before the last changes.
- *Catalog answers*: what is left is mostly the engine's. The answer's buffer, its text and \`JSON.parse\`, timed one by one, took as long as the whole (2.2 ms
  for 732 KB, Node 20); the buffer is for our look at the bytes, where \`text()\` would need none.
- *One order's overhead*: at the bound in Node. In Chromium and workerd it was 129 and 108 µs in the run before; right after this one the package of before took
  261 and 268 µs in Chromium and this one 195 and 241, while bare fetches slowed down as well: that is the machine. In a profile, signals to abort
  were a fifth of all samples, those of \`Request\` itself among them.
- *Start*: Node 20 takes 3 ms to compile what the order tools need at first (a third of it for how JavaScript calls the exports), 1.3 to make an instance, 1.8 for
  the first call, whose functions are compiled then, 0.9 for the wasm being text, and the rest for two files of JavaScript. Node 24: 1.3, 0.5, 1.8, 0.7.`;

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
