// What /slim starts a wasm by.
import { ConfigError } from "./errors.js";
import { isModule, platformRefusal } from "./instance.js";

/** `load` and `loadSync` of one wasm, which are called `name` and `nameSync` in what they throw. */
export function loader(name, instance) {
  async function load(source) {
    // Not asked for, but what it rejects with is nobody else's.
    if (instance.isStarted()) return void Promise.resolve(source).catch(() => {});
    const module = await compiled(name, source);
    // Nobody waits for what another call has begun: in a Worker that one's request may be over.
    try {
      await instance.startLater(module);
    } catch (error) {
      refuseModule(name, instance, error);
    }
  }

  function loadSync(module) {
    if (instance.isStarted()) return;
    const given = compiledSync(`${name}Sync`, module);
    try {
      instance.start(given);
    } catch (error) {
      refuseModule(`${name}Sync`, instance, error);
    }
  }

  return { load, loadSync };
}

/** Each wasm imports from a module of its own name, so no instance comes of another one's. */
function refuseModule(name, instance, error) {
  refuse(name, platformRefusal(error) ?? (error.name === "RangeError" ? "the engine has no room for it" : `it is not ${instance.name}.wasm of this version`), error);
}

/** What is given becomes a module: a module, bytes, a `Response`, where to fetch or to read one from, or a promise of one of them. */
async function compiled(name, source) {
  let why = UNREADABLE;
  try {
    const given = await source;
    if (isModule(given)) return given;
    const file = fileOf(given);
    if (file) {
      const files = globalThis.process?.getBuiltinModule?.("node:fs/promises");
      if (!files) why = "there is no file system here to read it from: hand in its bytes, or the URL of a server";
      return await WebAssembly.compile(await files.readFile(file));
    }
    const isAddress = typeof given === "string" || [globalThis.URL, globalThis.Request].some((type) => type && given instanceof type);
    const answer = isAddress ? await fetch(given) : given;
    if (answer.ok === false) throw { name: `status ${answer.status}` };
    return await compiledAnswer(answer);
  } catch (error) {
    return refuse(name, platformRefusal(error) ?? why, error);
  }
}

/** Where a file is, of a path or a `file:` URL, as `import.meta.resolve` gives it: Node's `fetch` takes neither. */
function fileOf(given) {
  const text = globalThis.URL && given instanceof URL ? given.href : given;
  if (typeof text !== "string") return undefined;
  if (/^file:/i.test(text)) return new URL(text);
  // In a page it is an address. `C:` of Windows is no scheme.
  return globalThis.location || /^[a-z][a-z\d+.-]+:/i.test(text) ? undefined : text;
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
    return refuse(name, platformRefusal(error) ?? UNREADABLE, error);
  }
}

const UNREADABLE = "it cannot be had, or is no wasm";

/** What an engine says of a failed request may hold an address: only its class is told. */
function refuse(name, why, error) {
  throw new ConfigError(`${name}: the wasm cannot be used: ${why}${error ? ` (${error.name})` : ""}.`);
}
