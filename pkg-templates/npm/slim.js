// The same as the root, for those who load the wasm themselves.
import { ConfigError } from "./errors.js";
import startAsync, { bulkBy, initSync as startSync } from "./giftcard_partners.js";

export * from "./client.js";

/** What the bulk part imports the core by: `CORE` of xtask/src/split.rs. */
const CORE = "_";
let isStarted = false;

/** What has been begun: one after the other, so that a wrong wasm fails nobody else's call. */
let last = Promise.resolve();

export async function init(source) {
  // Not asked for, but what it rejects with is nobody else's.
  if (isStarted) return void Promise.resolve(source).catch(() => {});
  const module = await compiled("init", source);
  const started = last.then(async () => {
    try {
      // Asynchronously: browsers of before 2023 take no large module otherwise.
      if (!isStarted) await startAsync({ module_or_path: module });
    } catch (error) {
      refuseModule("init", error);
    }
    isStarted = true;
  });
  last = started.catch(() => {});
  await started;
}

export function initSync(module) {
  if (isStarted) return;
  const given = compiledSync("initSync", module);
  try {
    startSync({ module: given });
  } catch (error) {
    refuseModule("initSync", error);
  }
  isStarted = true;
}

export async function initBulk(source) {
  keepBulk("initBulk", await compiled("initBulk", source));
}

export function initBulkSync(module) {
  keepBulk("initBulkSync", compiledSync("initBulkSync", module));
}

/** Another artifact's wasm imports from other modules, so no instance comes of it (xtask/src/names.rs). */
function refuseModule(name, error) {
  const why = error.name === "RangeError" ? "the engine has no room for it" : "it is not giftcard_partners.wasm or its core, of this version";
  refuse(name, why, error);
}

// The part is put beside the core when it is first used: the core need not be there yet.
function keepBulk(name, part) {
  if (!WebAssembly.Module.imports(part).some(({ module }) => module === CORE)) refuse(name, "it is not giftcard_partners_bulk.wasm");
  bulkBy(() => part);
}

/** What is given becomes a module: a module, bytes, a `Response`, where to fetch one from, or a promise of one of them. */
async function compiled(name, source) {
  try {
    const given = await source;
    if (isModule(given)) return given;
    const isAddress = typeof given === "string" || [globalThis.URL, globalThis.Request].some((type) => type && given instanceof type);
    const answer = isAddress ? await fetch(given) : given;
    if (answer.ok === false) throw { name: `status ${answer.status}` };
    return await compiledAnswer(answer);
  } catch (error) {
    return refuse(name, UNREADABLE, error);
  }
}

/** As it streams, where the server calls it wasm: engines keep what they compile of that. */
async function compiledAnswer(answer) {
  const isStream = globalThis.Response && answer instanceof Response && answer.headers.get("Content-Type") === "application/wasm";
  if (isStream && WebAssembly.compileStreaming) return WebAssembly.compileStreaming(answer);
  return WebAssembly.compile(answer.arrayBuffer ? await answer.arrayBuffer() : answer);
}

function compiledSync(name, module) {
  try {
    return isModule(module) ? module : new WebAssembly.Module(module);
  } catch (error) {
    return refuse(name, UNREADABLE, error);
  }
}

const UNREADABLE = "it cannot be had, or is no wasm";

/** What an engine says of a failed request may hold an address: only its class is told. */
function refuse(name, why, error) {
  throw new ConfigError(`${name}: the wasm cannot be used: ${why}${error ? ` (${error.name})` : ""}.`);
}

/** Also one of another realm. */
const isModule = (value) => Object.prototype.toString.call(value) === "[object WebAssembly.Module]";
