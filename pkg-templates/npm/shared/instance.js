// The instance of a wasm, made when something of it is first used: nothing happens at import.
import { ConfigError } from "./errors.js";
import { guarded } from "./trap.js";

/**
 * @param name What the wasm is called, and imports from.
 * @param setWasm What the glue is told its wasm by.
 * @param imports What the wasm imports.
 */
export function instanceOf(name, setWasm, imports) {
  let source;
  let isStarted = false;
  const begin = ({ exports }) => {
    setWasm(guarded(exports));
    exports.__wbindgen_start();
    isStarted = true;
    return exports;
  };
  const start = (module) => begin(new WebAssembly.Instance(module, { [name]: imports }));
  const first = () => {
    if (!source) throw new ConfigError(`giftcard-partners/slim: ${name}.wasm is not there yet: await ${initOf(name)}(wasm) first.`);
    return start(compiled(source()));
  };
  setWasm(new Proxy({}, { get: (_, key) => first()[key] }));
  return {
    name,
    isStarted: () => isStarted,
    /** Where the wasm is to be had, as a module or as bytes, once it is used. */
    from(given) {
      source ??= given;
    },
    start,
    /** Browsers of before 2023 take no large module otherwise. */
    async startLater(module) {
      const instance = await WebAssembly.instantiate(module, { [name]: imports });
      if (!isStarted) begin(instance);
    },
  };
}

const initOf = (name) => (name.endsWith("_bulk") ? "initBulk" : "init");

/** Also one of another realm: Next.js compiles the wasm of its edge runtime outside of the realm that runs it. */
export const isModule = (value) => Object.prototype.toString.call(value) === "[object WebAssembly.Module]";

function compiled(given) {
  if (isModule(given)) return given;
  try {
    return new WebAssembly.Module(given);
  } catch (error) {
    throw new ConfigError(whyRefused(error), { cause: undefined });
  }
}

/** Our own bytes are good, so it is the platform that takes no wasm, or none from bytes. */
export function whyRefused(error) {
  if (typeof WebAssembly === "undefined") {
    return "There is no WebAssembly here (Lockdown Mode turns it off): allow it for this site, or check and send orders on a server.";
  }
  if (isEdge(error)) {
    return (
      "This runtime compiles no wasm from bytes: bundle with the condition `workerd` (esbuild: --conditions=workerd), as wrangler does, " +
      "which takes the entry that imports the wasm as a module."
    );
  }
  if (error.name === "RangeError") return "The engine has no room for the wasm, or compiles none of its size at once (Chrome before 115).";
  return "The page may not compile wasm: its Content-Security-Policy needs 'wasm-unsafe-eval' in script-src.";
}

const isEdge = ({ message }) =>
  globalThis.navigator?.userAgent === "Cloudflare-Workers" || typeof globalThis.EdgeRuntime === "string" || (!globalThis.document && /embedder/.test(message));
