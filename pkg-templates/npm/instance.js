// What becomes of an instance of the wasm that traps, as it does where memory cannot be had. Half-done work is left in it, so it is
// stopped: every promise that waits on it rejects, and every later call says so. For the wasm and its glue alone.

/** The instance that is running. */
let running;

function stopped() {
  return new RangeError(
    "giftcard-partners has stopped: there was no memory for a call. Load it anew, in a new process, page or isolate. An order that " +
      "was on its way may have been placed: send it again with the same PO number.",
  );
}

/**
 * What guards the exports of an instance, and of the part of it that comes later: what traps in one stops both. `callbacksOf` names those
 * that nobody's code waits for: they stay silent.
 */
export function guarding(callbacksOf) {
  const instance = { isStopped: false, waiting: new Set() };
  return (exports) => {
    const callbacks = callbacksOf(exports);
    const guard = (call) => (...args) => {
      const before = running;
      running = instance;
      try {
        if (!instance.isStopped) return call(...args);
      } catch (error) {
        if (error?.name !== "RuntimeError") throw error;
        instance.isStopped = true;
        for (const reject of instance.waiting) reject(stopped());
      } finally {
        running = before;
      }
      if (callbacks.includes(call)) return [];
      throw stopped();
    };
    // What only the other part calls has a name in capitals, and no guard: it is inside of a call already (xtask/src/split.rs).
    const called = Object.entries(exports).filter(([name]) => name >= "a");
    return Object.fromEntries(called.map(([name, value]) => [name, typeof value === "function" ? guard(value) : value]));
  };
}

/** A promise of the running instance, which rejects where that one stops. */
export function untilStopped(promise) {
  if (!running) return promise;
  const { waiting } = running;
  return new Promise((resolve, reject) => {
    waiting.add(reject);
    promise.then(resolve, reject).finally(() => waiting.delete(reject));
  });
}
