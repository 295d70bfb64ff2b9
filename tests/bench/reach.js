// What is to be reached, and whether it was: the table of the issue, held against one run.
import { quantile, ratio } from "./measure.js";

const OURS = "giftcard-partners";

/** The best of the peers: the fastest one that does the whole job. What is in parentheses does less. */
export function best(times) {
  const peers = Object.keys(times).filter((name) => name !== OURS && !name.startsWith("("));
  return peers.sort((a, b) => quantile(times[a]) - quantile(times[b]))[0];
}

/** The worst ratio of the cells of a job against a peer (or the best one), and what it was where. */
function worst(cells, peer) {
  const ratios = cells.map(({ times }) => ratio(times[OURS], times[peer ?? best(times)]).median);
  return { least: Math.min(...ratios), most: Math.max(...ratios) };
}

const many = (cell) => cell.size >= 100;
const one = (cell) => cell.size === 1;
const times = (range) => `${range.least.toFixed(1)} to ${range.most.toFixed(1)} ×`;

/** A row for a job's ratio to the best peer and to zod, in every runtime. */
function ratios(what, job, where, leastBest, leastZod, zod = "zod") {
  return (cells) => {
    const chosen = cells.filter((cell) => cell.job === job && where(cell));
    if (!chosen.length) return { what, to: "", found: "not in this build" };
    const to = [];
    const found = [];
    let reached = true;
    for (const [least, peer, label] of [[leastBest, undefined, "the best"], [leastZod, zod, zod]]) {
      if (least === undefined) continue;
      const range = worst(chosen, peer);
      to.push(`${least} × ${label}`);
      found.push(`${times(range)} ${label}`);
      reached &&= range.least >= least;
    }
    return { what, to: to.join(", "), found: found.join(", "), reached };
  };
}

function growth(cells) {
  const found = [];
  for (const small of cells.filter(({ job, size }) => job === "bytes, valid, compact" && size === 100)) {
    const large = cells.find((cell) => cell.job === small.job && cell.runtime === small.runtime && cell.size === 100_000);
    if (large) found.push(quantile(large.times[OURS]) / 1000 / quantile(small.times[OURS]));
  }
  if (!found.length) return { what: "growth: a line at 100,000 against one at 100", to: "1.3 ×", found: "not measured" };
  const range = { least: Math.min(...found), most: Math.max(...found) };
  return { what: "growth: a line at 100,000 against one at 100", to: "at most 1.3 ×", found: times(range), reached: range.most <= 1.3 };
}

function overhead(cells) {
  const found = cells.filter(({ job, size }) => job === "place orders, 50 at a time" && size === 1000)
    .map((cell) => quantile(cell.times[OURS].map((ours, round) => ours - cell.times["(bare fetch)"][round])));
  if (!found.length) return { what: "one order's overhead over bare fetch", to: "at most 100 µs", found: "not measured" };
  // Milliseconds for a thousand orders are microseconds for one.
  return { what: "one order's overhead over bare fetch", to: "at most 100 µs", found: found.map((one) => `${one.toFixed(0)} µs`).join(", "), reached: Math.max(...found) <= 100 };
}

function started(starts) {
  return starts.map(({ runtime, times: all }) => {
    const limit = runtime === "Node 20" ? 10 : 5;
    const [ours, zod] = [quantile(all[OURS]), quantile(all.zod)];
    return {
      what: `import to first validation, fresh process, ${runtime}`,
      to: `half of zod's, ${limit} ms`,
      found: `${ours.toFixed(1)} ms (zod ${zod.toFixed(1)})`,
      reached: ours <= limit && ours <= zod / 2,
    };
  });
}

export const megabytes = (bytes) => `${Math.round(bytes / 1e6).toLocaleString("en")} MB`;

function peak(memory) {
  if (!memory) return [];
  const { [OURS]: { bytes: ours }, ...peers } = memory.peaks;
  const least = Math.min(...Object.values(peers).filter(Boolean).map(({ bytes }) => bytes));
  return [{
    what: `CSV peak memory, ${memory.rows.toLocaleString("en")} rows`, to: "no more than the best", found: `${megabytes(ours)} (best peer ${megabytes(least)})`, reached: ours <= least,
  }];
}

const ROWS = [
  ratios("bytes, valid, compact, 100 lines and more", "bytes, valid, compact", many, 5, 12),
  ratios("the same, pretty-printed", "bytes, valid, pretty", many, 3, 7),
  ratios("bytes, valid, one line", "bytes, valid, compact", one, 1.5, 4),
  ratios("bytes, 1 % bad lines", "bytes, 1 % bad lines", many, 2),
  ratios("object in memory, 100 lines and more", "object, valid", many, undefined, 1.5),
  ratios("object to checked body bytes, 100 lines and more", "object to checked body", many, 1.1, 2),
  ratios("builder, line by line, 100 lines and more", "builder, line by line", many, 1.4, 2.5),
  ratios("CSV, 100,000 rows, to checked orders", "CSV to checked orders", ({ size }) => size === 100_000, 5, 15, "papaparse + zod"),
  ratios("catalog answer, PascalCase", "catalog answer, PascalCase", () => true, 1),
  ratios("catalog answer, camelCase", "catalog answer, camelCase", () => true, 1),
  overhead,
  growth,
];

/** The rows of the table: what, at least, found, reached. */
export function reach(cells, starts, memory) {
  return [...ROWS.map((row) => row(cells)), ...peak(memory), ...started(starts)];
}
