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
 * Loads the wasm: `giftcard_partners.wasm`, or its larger part `giftcard_partners_core.wasm`, with the other by
 * {@link initBulk}. From its bytes, a `WebAssembly.Module`, a `Response`, a URL, or a promise of one of them. Once it is loaded, further
 * calls do nothing.
 *
 * @throws {ConfigError} for what cannot be had or is another wasm. A later call with the right one works.
 */
export declare function init(source: object | string | Promise<object | string>): Promise<void>;

/** The same at once, from bytes or a `WebAssembly.Module`. Browsers take modules of up to 8 MB on the main thread. */
export declare function initSync(module: object): void;

/**
 * Loads what `giftcard_partners_core.wasm` leaves out: `giftcard_partners_bulk.wasm`, with `RecipientImport`, `ImportReport`, `Campaign` and
 * `claimsCsv`. A page that begins with the core loads a quarter less, and the rest when a file is dropped. From what {@link init} takes;
 * in any order with it. Any of the four used before is a `ConfigError`. Beside `giftcard_partners.wasm`, which has both, it does nothing.
 *
 * ```js
 * import { init, initBulk, RecipientImport } from "giftcard-partners/slim";
 *
 * await init(fetch(new URL("./giftcard_partners_core.wasm", import.meta.url)));
 * // When there is a file:
 * await initBulk(fetch(new URL("./giftcard_partners_bulk.wasm", import.meta.url)));
 * const file = new RecipientImport({ type: "DigitalDelivery" });
 * ```
 */
export declare function initBulk(source: object | string | Promise<object | string>): Promise<void>;

/** The same at once, from bytes or a `WebAssembly.Module`. */
export declare function initBulkSync(module: object): void;
