// The client's catalog: one copy here, one in the caller's store, and one load for whoever asks at the same time. Whether a copy
// may be used is decided in the wasm (src/flow/stored.rs).
import { AbortedError, DecodeError, TimeoutError } from "../shared/errors.js";
import { Catalog } from "../giftcard_partners.js";
import { rawClient } from "./ask.js";
import { list } from "./lists.js";
import { pagesOf } from "./page.js";
import { LATE, keep, look, until } from "./store.js";

/** The largest page that a client is known to ask for. */
const PAGE_SIZE = 500;
/** A load that takes longer is of pages that never end, unless somebody waits for longer. */
const LONGEST_LOAD_MS = 300_000;
/** For how long a catalog is fresh that has fewer products than the API says there are. */
const SHORT_TTL_MS = 300_000;
const STALE = 1;
const OVER = 2;

/** By client: `copy` (`{ catalog, storedAt, isShort }`) and `load`, the one that is under way. */
const states = new WeakMap();

/** The wasm's catalog, to be kept by whoever asks. */
export async function loadCatalog(client, options) {
  const [store, ttlMs, timeoutMs, deadlineMs, email] = rawClient(client, "catalog").cache(options);
  const settings = { client, store, ttlMs, timeoutMs, deadlineMs, email };
  const state = stateOf(client);
  const due = Date.now() + deadlineMs;
  const signal = options?.signal;
  if (signal?.aborted) throw new AbortedError("The call was aborted.");
  if (!options?.refresh && ageOf(state.copy, ttlMs) !== OVER) return handOut(state, state.copy, settings);
  for (;;) {
    const joined = underWay(state, options?.refresh, timeoutMs);
    const load = joined ?? begin(state, settings, options?.refresh);
    load.due = Math.max(load.due, due);
    const patience = joined ? load.beat + timeoutMs - Date.now() : Infinity;
    const copy = await until(load.promise, Math.min(patience, due - Date.now()), signal);
    if (copy !== LATE) return handOut(state, copy, settings);
    if (Date.now() >= due) throw new TimeoutError("The catalog was not loaded in time.");
  }
}

function stateOf(client) {
  if (!states.has(client)) states.set(client, {});
  return states.get(client);
}

function ageOf(copy, ttlMs) {
  return copy ? Catalog.age(copy.storedAt, Date.now(), copy.isShort ? Math.min(ttlMs, SHORT_TTL_MS) : ttlMs) : OVER;
}

/** A handle of the caller's own. A stale copy is handed out too, while a new one is loaded. */
function handOut(state, copy, settings) {
  if (ageOf(copy, settings.ttlMs) === STALE && !underWay(state, true, settings.timeoutMs)) begin(state, settings, true);
  return copy.catalog.share();
}

/** The load that can be waited for. The one who began it may be gone: without a page for so long it counts for nothing. */
function underWay({ load }, fromApi, timeoutMs) {
  return load && (load.fromApi || !fromApi) && Date.now() - load.beat < timeoutMs ? load : undefined;
}

function begin(state, settings, fromApi) {
  const load = { beat: Date.now(), due: Date.now() + LONGEST_LOAD_MS, fromApi };
  state.load = load;
  load.promise = obtain(load, settings).then(
    (copy) => {
      if (state.load === load) state.load = undefined;
      if (replaces(copy, state.copy, settings.ttlMs)) state.copy = copy;
      return copy;
    },
    (error) => {
      if (state.load === load) state.load = undefined;
      throw error;
    },
  );
  // Nobody waits for a load behind a stale copy; whoever waits for another is told by the promise itself.
  load.promise.catch(() => {});
  return load;
}

/**
 * Whether a copy is kept in the place of another. One that was overtaken does not undo what the other brought, and one that is short
 * does not undo a whole one; but what is over is worth nothing, whatever its time: the clock may have been set back. A catalog without a
 * product is never kept: it would be a week without any.
 */
function replaces(copy, kept, ttlMs) {
  if (copy.catalog.size === 0) return false;
  return ageOf(kept, ttlMs) === OVER || (kept.storedAt <= copy.storedAt && (kept.isShort || !copy.isShort));
}

/** The copy of the store, unless the API is to be asked; else all pages. */
async function obtain(load, { client, store, ttlMs, timeoutMs, deadlineMs, email }) {
  const ends = Date.now() + deadlineMs;
  const key = store && (await keyOf(client, email, timeoutMs));
  if (key && !load.fromApi) {
    const entry = await look(store, key, ends - Date.now());
    const [catalog, storedAt] = (entry && Catalog.open(key, entry)) || [];
    const copy = catalog && { catalog, storedAt };
    if (catalog?.size > 0 && ageOf(copy, ttlMs) !== OVER) return copy;
  }
  load.fromApi = true;
  const storedAt = Date.now();
  const products = [];
  let total;
  for await (const page of pagesOf(list(client, "listProducts", { pageSize: PAGE_SIZE }, { timeoutMs }))) {
    for (const product of page.Items) products.push(product);
    total = page.TotalCount;
    load.beat = Date.now();
    if (load.beat > load.due) throw new TimeoutError("The catalog was not loaded in time.");
  }
  const catalog = read(products);
  const isShort = products.length < total;
  if (key && products.length > 0 && !isShort) {
    await keep(store, key, catalog.seal(key, storedAt), Math.max((4 * ttlMs) / 1_000, 60), ends - Date.now());
  }
  return { catalog, storedAt, isShort };
}

/** The store's key for this base URL and account. Where the credentials cannot be had, the store is left out. */
async function keyOf(client, email, timeoutMs) {
  if (typeof email !== "function") return rawClient(client).catalogKey(email);
  try {
    const given = (await until((async () => email())(), timeoutMs))?.email;
    return typeof given === "string" ? rawClient(client).catalogKey(given) : undefined;
  } catch {
    return undefined;
  }
}

function read(products) {
  try {
    return Catalog.from(products);
  } catch {
    throw new DecodeError("The API's answer holds no products.");
  }
}
