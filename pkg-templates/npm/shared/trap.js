// What becomes of an instance of a wasm that traps: half-done work is left in it, so it is stopped. Every promise that waits on it
// rejects, and every later call says so.

/** The instance that is running, and the function by which the wasm was entered. */
let running;
let entry;

/** What promises and the garbage collector call, and nobody's code waits for. */
const isCallback = (name) => name.includes("closure") || name.endsWith("_free");

/** The exports of an instance, of which the first that traps stops all. */
export function guarded(exports) {
  const instance = { trap: undefined, waiting: new Set() };
  const guard = (name, call) => {
    const guarding = (...args) => {
      const before = [running, entry];
      running = instance;
      entry ??= guarding;
      try {
        if (!instance.trap) return call(...args);
      } catch (error) {
        if (error?.name !== "RuntimeError") throw error;
        instance.trap = causeOf(error, exports);
        for (const reject of instance.waiting) reject(stopped(instance.trap));
      } finally {
        [running, entry] = before;
      }
      // Callbacks stay silent.
      if (isCallback(name)) return [];
      throw stopped(instance.trap);
    };
    return guarding;
  };
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => [name, typeof value === "function" ? guard(name, value) : value]),
  );
}

/** Frames of the wasm between an error and whoever entered it: V8 counts them, and skips none. */
const DEEPEST = 64;

/** The error with the frames of whoever entered the wasm, and none of the wasm's. */
export function outside(error) {
  const limit = Error.stackTraceLimit;
  if (!Error.captureStackTrace || !(limit > 0)) return error;
  try {
    Reflect.set(Error, "stackTraceLimit", limit + DEEPEST);
    Error.captureStackTrace(error, entry);
    const lines = error.stack.split("\n").filter((line) => !line.includes("wasm://"));
    error.stack = lines.slice(0, limit + 1).join("\n");
  } catch {
    // An Error that is frozen, or whose stack is somebody's own: it stays as it is.
  } finally {
    Reflect.set(Error, "stackTraceLimit", limit);
  }
  return error;
}

/** A promise of the running instance, which rejects where that one stops. */
export function untilStopped(promise) {
  if (!running) return promise;
  const { waiting } = running;
  return new Promise((resolve, reject) => {
    const ending = (end) => (value) => {
      waiting.delete(reject);
      end(value);
    };
    waiting.add(reject);
    promise.then(ending(resolve), ending(reject));
  });
}

function stopped({ isMemory, place }) {
  const why = isMemory ? "there was no memory for a call" : `by a fault of its own, at ${place}. Please report that place`;
  const Class = isMemory ? RangeError : Error;
  return new Class(
    `giftcard-partners has stopped: ${why}. Load it anew, in a new process, page or isolate. An order that was on its way may have ` +
      "been placed: send it again with the same PO number.",
  );
}

/**
 * Whether there was no memory, which the instance knows, and else where in the wasm it was: the file and the line of a panic would be the
 * standard library's, and its words 6 % of what a form downloads.
 */
function causeOf(trap, { refusedBytes }) {
  return { isMemory: refusedBytes() !== 0, place: /wasm-function\[\d+\](:0x[0-9a-f]+)?/.exec(trap.stack)?.[0] ?? "a place that the engine does not tell" };
}
