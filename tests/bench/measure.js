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

/** How many calls take about so long; warms up on the way. */
async function calibrate(work, milliseconds) {
  let calls = 1;
  for (;;) {
    const took = await time(work, calls);
    if (took >= milliseconds / 2) return Math.max(1, Math.round((calls * milliseconds) / took));
    calls = took < milliseconds / 50 ? calls * 10 : calls * 2;
  }
}

/**
 * Times each contender: `{ name: work }` becomes `{ name: [milliseconds per call, one a round] }`.
 *
 * @param slice Milliseconds of one contender's turn; a call that takes longer has a turn of its own.
 * @param budget Milliseconds in all, by which the rounds are bounded.
 */
export async function measure(contenders, { slice, budget, fewest, most }) {
  const names = Object.keys(contenders);
  const calls = {};
  const times = {};
  let round = 0;
  for (const name of names) {
    calls[name] = await calibrate(contenders[name], slice);
    const took = await time(contenders[name], calls[name]);
    round += took;
    times[name] = [];
  }
  const rounds = Math.max(fewest, Math.min(most, Math.floor(budget / round)));
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
