// One listener for each signal, however many calls wait on it: Node 20 warns of a leak at the eleventh.

const waits = new WeakMap();

/** Whether it has all that is used of an AbortSignal. */
export const isSignal = ({ aborted, addEventListener, removeEventListener }) =>
  typeof aborted === "boolean" && typeof addEventListener === "function" && typeof removeEventListener === "function";

/** Has `end` called when the signal aborts. */
export function listen(signal, end) {
  let wait = waits.get(signal);
  if (!wait) {
    const ends = new Set();
    wait = { ends, abort: () => ends.forEach((end) => end()) };
    signal.addEventListener("abort", wait.abort);
    waits.set(signal, wait);
  }
  wait.ends.add(end);
}

/** Takes that back; with the last `end` the listener goes. */
export function unlisten(signal, end) {
  const wait = waits.get(signal);
  if (!wait?.ends.delete(end) || wait.ends.size > 0) return;
  waits.delete(signal);
  signal.removeEventListener("abort", wait.abort);
}
