// The caller's store, which may fail, throw, hang or hold anything: no call fails by it, and none waits for it for long.
import { LATE, until } from "../shared/wait.js";

/** The longest that a use of it is waited for; of a short call's time a part, so that enough is left for the API. */
const PATIENCE_MS = 1_000;
const PART = 4;
/** Stores whose last use was late. One call may use a store more than once: one that hangs is waited for in full but once. */
const late = new WeakSet();
const LATE_AGAIN_MS = 100;

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
