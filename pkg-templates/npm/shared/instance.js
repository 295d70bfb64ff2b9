// The instance of a wasm, made when something of it is first used: nothing happens at import.
import { fileBeside } from "./beside.js";
import { ConfigError } from "./errors.js";
import { guarded } from "./trap.js";
import { isOf, unpacked } from "./unpack.js";

/**
 * @param name What the wasm is called, and imports from.
 * @param setWasm What the glue is told its wasm by.
 * @param imports What the wasm imports.
 */
export function instanceOf(name, setWasm, imports) {
  let source;
  let isStarted = false;
  const begin = ({ exports }) => {
    const wasm = guarded(exports);
    setWasm(wasm);
    wasm.__wbindgen_start();
    isStarted = true;
    return wasm;
  };
  const start = (module) => begin(new WebAssembly.Instance(module, { [name]: imports }));
  const first = () => {
    if (!source) throw new ConfigError(`giftcard-partners/slim: ${name}.wasm is not there yet: await ${initOf(name)}(wasm) first.`);
    return started(name, source, start);
  };
  setWasm(new Proxy({}, { get: (_, key) => first()[key] }));
  return {
    name,
    isStarted: () => isStarted,
    /** What the wasm is made of once it is used: a module, or the text of an entry. */
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

const initOf = (name) => ({ giftcard_partners_bulk: "initBulk", giftcard_partners_workbook: "initWorkbook" })[name] ?? "init";

/** Also one of another realm: Next.js compiles the wasm of its edge runtime outside of the realm that runs it. */
export const isModule = (value) => Object.prototype.toString.call(value) === "[object WebAssembly.Module]";

function started(name, given, start) {
  try {
    return start(isModule(given) ? given : compiled(name, given));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    // Our own bytes are good. WebKit compiles what a policy forbids, and makes no instance of it.
    throw new ConfigError(`The wasm cannot be used: ${platformRefusal(error) ?? (error.name === "RangeError" ? NO_ROOM : "the engine refuses it")} (${error.name}).`);
  }
}

/** Of its file, where that is there, and else of the text. */
function compiled(name, text) {
  const file = fileBeside(`${name}.wasm`);
  try {
    if (isOf(text, file)) return new WebAssembly.Module(file);
  } catch {
    // Something in the middle of it is another.
  }
  return new WebAssembly.Module(unpacked(text));
}

const NO_ROOM = "the engine has no room for it, or compiles none of its size at once (Chrome of before 2023)";

/** Why a platform takes no wasm, or none from bytes, and the way out; nothing where it is not the platform that refuses. */
export function platformRefusal({ message }) {
  if (typeof WebAssembly === "undefined") {
    return "there is no WebAssembly here, as Lockdown Mode has it: allow it for this site, or check and send orders on a server";
  }
  if (/Security.Policy|unsafe-eval|CSP/i.test(message) || (globalThis.document && EMBEDDER.test(message))) {
    return "the page's Content-Security-Policy forbids it: script-src needs 'wasm-unsafe-eval'";
  }
  if (EMBEDDER.test(message)) {
    return (
      "this runtime compiles none from bytes: bundle with the condition `workerd` (esbuild: --conditions=workerd), as wrangler does, which " +
      "takes the entry that imports it as a module"
    );
  }
  return undefined;
}

/** What V8 says for whoever forbids it. */
const EMBEDDER = /disallowed by embedder/i;
