// The caller's store, which may fail, throw, hang or hold anything: no call fails by it, and none waits for it for long.
import { AbortedError } from "../shared/errors.js";

/** The longest that a use of it is waited for; of a short call's time a part, so that enough is left for the API. */
const PATIENCE_MS = 1_000;
const PART = 4;
/** Stores whose last use was late. One call may use a store more than once: one that hangs is waited for in full but once. */
const late = new WeakSet();
const LATE_AGAIN_MS = 100;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What `until` resolves to when the time is up. */
export const LATE = Symbol("late");

/** The text under a key; `undefined` where there is none, or none in time. `leftMs` is what is left of the call. */
export async function look(store, key, leftMs) {
  const found = await patiently(store, leftMs, () => store.get(key));
  return typeof found === "string" ? found : undefined;
}

/** Keeps a text for so many seconds. */
export async function keep(store, key, text, expirationTtl, leftMs) {
  await patiently(store, leftMs, () => store.put(key, text, { expirationTtl }));
}

async function patiently(store, leftMs, act) {
  const patience = late.has(store) ? LATE_AGAIN_MS : PATIENCE_MS;
  try {
    const found = await until((async () => act())(), Math.min(patience, leftMs / PART));
    if (found === LATE) late.add(store);
    else late.delete(store);
    return found;
  } catch {
    return undefined;
  }
}

/** What a promise settles as, unless the time or the signal comes first. Nothing is left behind: no timer, no listener. */
export function until(promise, ms, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => end(reject, new AbortedError("The call was aborted."));
    const timer = ms <= LONGEST_TIMER_MS ? setTimeout(() => end(resolve, LATE), Math.max(ms, 0)) : undefined;
    function end(settle, value) {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      settle(value);
    }
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort);
    promise.then(
      (value) => end(resolve, value),
      (error) => end(reject, error),
    );
  });
}
