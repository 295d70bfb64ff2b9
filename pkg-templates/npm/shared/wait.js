// One way to wait: for a promise, but not past a time or the caller's signal. `AbortSignal.any` and `AbortSignal.timeout` would do part of
// it, and are missing in the oldest browsers that the package runs in.
import { AbortedError } from "./errors.js";

/** What `until` becomes when the time is up. */
export const LATE = Symbol("late");

/** A timer over this fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A time and a signal, for one promise after another. Nothing is left behind once it is released: no timer, no listener. */
export class Wait {
  #timer;
  #signal;
  #ended;
  #isOver = false;
  #resolve;
  #end = () => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#resolve?.(this);
    this.#ended?.(this.isAborted);
  };

  /** Starts the clock. `Infinity` is no time. `ended` is called at the end itself, with whether it was the signal. */
  constructor(ms, signal, ended) {
    this.#signal = signal;
    this.#ended = ended;
    if (signal?.aborted) this.#end();
    else if (signal) listen(signal, this.#end);
    try {
      if (ms <= LONGEST_MS) this.#timer = setTimeout(this.#end, Math.max(ms, 0));
    } catch {
      // At the global scope of a Worker there are no timers, and a wait that could not end would hang its promise.
      this.#end();
    }
  }

  /** Whether it was the signal that came. */
  get isAborted() {
    return this.#signal?.aborted === true;
  }

  /** What the promise settles as, or this very wait where its end comes first. The promise goes first where both have come. */
  settled(promise) {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      promise?.then(resolve, reject);
      if (this.#isOver) Promise.resolve().then(() => resolve(this));
    });
  }

  release() {
    clearTimeout(this.#timer);
    if (this.#signal) unlisten(this.#signal, this.#end);
  }
}

/** What a promise settles as; LATE where the time comes first, and an AbortedError where the signal does. */
export async function until(promise, ms, signal) {
  const wait = new Wait(ms, signal);
  try {
    const settled = await wait.settled(promise);
    if (settled !== wait) return settled;
    if (wait.isAborted) throw new AbortedError("The call was aborted.");
    return LATE;
  } finally {
    wait.release();
  }
}

/** For the wasm: `[how, value]` of a wait that never rejects. `how` is 0 for a value, 1 for a rejection, 2 for the time, 3 for the signal. */
export async function waited(promise, ms, signal) {
  const wait = new Wait(ms, signal);
  try {
    const value = await wait.settled(promise);
    if (value === wait) return [wait.isAborted ? 3 : 2];
    return [0, value];
  } catch (fault) {
    return [1, fault];
  } finally {
    wait.release();
  }
}

/** Whether it has all that is used of an AbortSignal. */
export const isSignal = ({ aborted, addEventListener, removeEventListener }) =>
  typeof aborted === "boolean" && typeof addEventListener === "function" && typeof removeEventListener === "function";

/** One listener for each signal, however many calls wait on it: Node 20 warns of a leak at the eleventh. */
const listeners = new WeakMap();

function listen(signal, end) {
  let listener = listeners.get(signal);
  if (!listener) {
    const ends = new Set();
    listener = { ends, abort: () => ends.forEach((end) => end()) };
    signal.addEventListener("abort", listener.abort);
    listeners.set(signal, listener);
  }
  listener.ends.add(end);
}

function unlisten(signal, end) {
  const listener = listeners.get(signal);
  if (!listener?.ends.delete(end) || listener.ends.size > 0) return;
  listeners.delete(signal);
  signal.removeEventListener("abort", listener.abort);
}
