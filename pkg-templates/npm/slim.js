// The same as the root, for those who load the wasm themselves.
import { ConfigError } from "./errors.js";
import start, { bulkBy, initSync as startSync } from "./giftcard_partners.js";

export * from "./client.js";

export async function init(source) {
  await start({ module_or_path: await source });
}

export function initSync(module) {
  startSync({ module });
}

// The part is put beside the core when it is first used: the core need not be there yet.
export async function initBulk(source) {
  const module = await compiled(await source);
  bulkBy(() => module);
}

export function initBulkSync(module) {
  const part = isModule(module) ? module : new WebAssembly.Module(module);
  bulkBy(() => part);
}

/** What a start takes too: a module, bytes, a `Response`, or where to fetch one from. */
async function compiled(source) {
  if (isModule(source)) return source;
  const isAddress = typeof source === "string" || [globalThis.URL, globalThis.Request].some((type) => type && source instanceof type);
  const given = isAddress ? await fetch(source) : source;
  if (given?.ok === false) throw new ConfigError(`initBulk: the wasm was answered with ${given.status}.`);
  return WebAssembly.compile(given?.arrayBuffer ? await given.arrayBuffer() : given);
}

/** Also one of another realm. */
const isModule = (value) => Object.prototype.toString.call(value) === "[object WebAssembly.Module]";
