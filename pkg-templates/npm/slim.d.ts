/**
 * The same as the root, for those who load the wasm themselves: call {@link init} or {@link initSync} once, first. Anything
 * used before is a `ConfigError`.
 *
 * ```js
 * import { init, validateOrder } from "giftcard-partners/slim";
 *
 * await init(fetch(new URL("./giftcard_partners.wasm", import.meta.url)));
 * ```
 */
export * from "./index.js";

/**
 * Loads the wasm: from its bytes, a `WebAssembly.Module`, a `Response`, a URL, or a promise of one of them. Repeated calls do
 * nothing.
 */
export declare function init(source: object | string | Promise<object | string>): Promise<void>;

/** The same at once, from bytes or a `WebAssembly.Module`. Browsers take modules of up to 8 MB on the main thread. */
export declare function initSync(module: object): void;
