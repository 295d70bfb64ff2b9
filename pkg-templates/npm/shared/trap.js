// What becomes of an instance of a wasm that traps: half-done work is left in it, so it is stopped. Every promise that waits on it
// rejects, and every later call says so.

/** The instance that is running. */
let running;

/** What `stoppedBy` of src/wasm/stop.rs is asked for. */
const MEMORY = 0;
const FILE = 1;
const LENGTH = 2;
const LINE = 3;

/** What promises and the garbage collector call, and nobody's code waits for. */
const isCallback = (name) => name.includes("closure") || name.endsWith("_free");

/** The exports of an instance, of which the first that traps stops all. */
export function guarded(exports) {
  const instance = { trap: undefined, waiting: new Set() };
  const guard = (name, call) => {
    const guarding = (...args) => {
      const before = running;
      running = instance;
      try {
        if (!instance.trap) return call(...args);
      } catch (error) {
        if (error?.name !== "RuntimeError") {
          // With the caller's frames, and without the wasm's.
          if (error instanceof Error) Error.captureStackTrace?.(error, guarding);
          throw error;
        }
        instance.trap = causeOf(error, exports);
        for (const reject of instance.waiting) reject(stopped(instance.trap));
      } finally {
        running = before;
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

/** A promise of the running instance, which rejects where that one stops. */
export function untilStopped(promise) {
  if (!running) return promise;
  const { waiting } = running;
  return new Promise((resolve, reject) => {
    waiting.add(reject);
    promise.then(resolve, reject).finally(() => waiting.delete(reject));
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

/** What the instance says of its end, else where in the wasm that was. It only reads numbers, and allocates nothing. */
function causeOf(trap, { memory, stoppedBy }) {
  if (stoppedBy(MEMORY) !== 0) return { isMemory: true };
  const [file, length, line] = [FILE, LENGTH, LINE].map((part) => stoppedBy(part) >>> 0);
  const inWasm = /wasm-function\[\d+\](:0x[0-9a-f]+)?/.exec(trap.stack)?.[0] ?? "an unknown place";
  return { place: file ? `${String.fromCharCode(...new Uint8Array(memory.buffer, file, length))}:${line}` : inWasm };
}
