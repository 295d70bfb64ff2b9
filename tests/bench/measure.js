// Interleaved rounds: in each round every contender has its turn, so that what disturbs the machine disturbs all of them.

/** The middle of some numbers, or another part of them. */
export function quantile(numbers, part = 0.5) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const low = Math.floor(place);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (place - low);
}

/** Milliseconds of so many calls, for synchronous work and for promises. */
async function time(work, calls) {
  const started = performance.now();
  for (let i = 0; i < calls; i++) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  return performance.now() - started;
}

/** How many calls take about so long, after as much time to warm up. */
async function calibrate(work, { warm, slice }) {
  let calls = 1;
  for (let spent = 0; ; ) {
    const took = await time(work, calls);
    spent += took;
    if (took >= slice / 2 && spent >= warm) return { calls: Math.max(1, Math.round((calls * slice) / took)), took };
    if (took < slice) calls = took < slice / 50 ? calls * 10 : calls * 2;
  }
}

/**
 * Times each contender: `{ name: work }` becomes `{ name: [milliseconds per call, one a round] }`.
 *
 * @param pace In milliseconds: `warm` before a contender is timed, `slice` its turn in a round (a call that takes longer has a turn of its
 * own), `budget` all rounds; and `fewest` and `most` rounds.
 */
export async function measure(contenders, pace) {
  const names = Object.keys(contenders);
  const calls = {};
  const times = {};
  let round = 0;
  for (const name of names) {
    const found = await calibrate(contenders[name], pace);
    calls[name] = found.calls;
    round += Math.max(found.took, pace.slice);
    times[name] = [];
  }
  const rounds = Math.max(pace.fewest, Math.min(pace.most, Math.floor(pace.budget / round)));
  for (let i = 0; i < rounds; i++) {
    for (let place = 0; place < names.length; place++) {
      // Another one begins each round.
      const name = names[(place + i) % names.length];
      times[name].push((await time(contenders[name], calls[name])) / calls[name]);
    }
  }
  return times;
}

/** How many times faster than `other` a contender is: the median of the rounds' ratios, and the middle half of them. */
export function ratio(times, other) {
  const ratios = times.map((ours, round) => other[round] / ours);
  return { median: quantile(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}
