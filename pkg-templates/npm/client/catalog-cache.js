// The client's catalog: one copy here, one in the caller's store, and one load for whoever asks at the same time. Whether a copy
// may be used, and which one is kept, is decided in the wasm (src/flow/catalog_copy.rs).
import { AbortedError, DecodeError, NetworkError, TimeoutError } from "../shared/errors.js";
import { Catalog } from "../giftcard_partners.js";
import { rawClient } from "./ask.js";
import { list } from "./lists.js";
import { pagesOf } from "./page.js";
import { LATE, until } from "../shared/wait.js";
import { keep, look } from "./store.js";

/** A load that takes longer is of pages that never end, unless somebody waits for longer. */
const LONGEST_LOAD_MS = 300_000;
const STALE = 1;
const OVER = 2;

/** By client: `copy` (`{ catalog, storedAt, missing }`, the products that the API did not list) and `load`, the one that is under way, whose `ended` becomes `{ copy }` or `{ error }`. */
const states = new WeakMap();

/** The wasm's catalog, to be kept by whoever asks. */
export async function loadCatalog(client, options) {
  const [store, ttlMs, timeoutMs, deadlineMs, pageSize, email] = rawClient(client, "catalog").cache(options);
  const settings = { client, store, ttlMs, timeoutMs, deadlineMs, pageSize, email };
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
    // It never rejects, unless the platform has it: workerd does, once the request that began the load is over.
    const ended = load.ended.catch(() => ({}));
    const end = await until(ended, Math.min(patience, due - Date.now()), signal);
    if (end.copy) return handOut(state, end.copy, settings);
    if (end.error) throw end.error;
    if (Date.now() >= due) throw new TimeoutError("The catalog was not loaded in time.");
    if (end !== LATE && !joined) throw new NetworkError("The load of the catalog ended without an answer.");
    if (end !== LATE) drop(state, load);
  }
}

function stateOf(client) {
  if (!states.has(client)) states.set(client, {});
  return states.get(client);
}

function ageOf(copy, ttlMs) {
  return copy ? copy.catalog.age(copy.storedAt, copy.missing, Date.now(), ttlMs) : OVER;
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
  const end = (ended) => {
    drop(state, load);
    return ended;
  };
  load.ended = obtain(load, settings).then(
    (copy) => {
      if (replaces(copy, state.copy, settings.ttlMs)) state.copy = copy;
      return end({ copy });
    },
    (error) => end({ error }),
  );
  return load;
}

function drop(state, load) {
  if (state.load === load) state.load = undefined;
}

/** Whether a copy is kept in the place of another. */
function replaces({ catalog, storedAt, missing }, kept, ttlMs) {
  const numbers = kept && [kept.storedAt, kept.missing, kept.catalog.size];
  return catalog.replaces(storedAt, missing, numbers, Date.now(), ttlMs);
}

/** The copy of the store, unless the API is to be asked; else all pages. */
async function obtain(load, { client, store, ttlMs, timeoutMs, deadlineMs, pageSize, email }) {
  const ends = Date.now() + deadlineMs;
  const key = store && (await keyOf(client, email, timeoutMs));
  if (key && !load.fromApi) {
    const entry = await look(store, key, ends - Date.now());
    const [catalog, storedAt] = (entry && Catalog.open(key, entry)) || [];
    const copy = catalog && { catalog, storedAt, missing: 0 };
    if (ageOf(copy, ttlMs) !== OVER) return copy;
  }
  load.fromApi = true;
  const storedAt = Date.now();
  const products = [];
  let missing = 0;
  for await (const [page, unlisted] of pagesOf(list(client, "listProducts", { pageSize }, { timeoutMs }))) {
    for (const product of page.Items) products.push(product);
    missing = unlisted;
    load.beat = Date.now();
    if (load.beat > load.due) throw new TimeoutError("The catalog was not loaded in time.");
  }
  const catalog = read(products);
  const seconds = catalog.staySeconds(missing, ttlMs);
  if (key && seconds) await keep(store, key, catalog.seal(key, storedAt), seconds, ends - Date.now());
  return { catalog, storedAt, missing };
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
