// TextDecoder and TextEncoder, looked for when they are first used: esbuild puts these in the place of the globals, in the glue too.
// Jest's jsdom has neither, but Node has.

/** The platform's class of that name. */
export const platformClass = (name) => globalThis[name] ?? globalThis.process?.getBuiltinModule?.("node:util")[name];

class LazyTextDecoder {
  #make;
  #decoder;

  constructor(...args) {
    this.#make = () => new (platformClass("TextDecoder"))(...args);
  }

  decode(bytes) {
    return bytes === undefined ? "" : (this.#decoder ??= this.#make()).decode(bytes);
  }
}

class LazyTextEncoder {
  #encoder;

  get #own() {
    return (this.#encoder ??= new (platformClass("TextEncoder"))());
  }

  encode(text) {
    return this.#own.encode(text);
  }

  encodeInto(text, bytes) {
    return this.#own.encodeInto(text, bytes);
  }
}

export { LazyTextDecoder as TextDecoder, LazyTextEncoder as TextEncoder };
