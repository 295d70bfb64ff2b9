/**
 * The same as the root, for those who load the wasm themselves: call {@link init} or {@link initSync} first for the client and the order
 * tools, {@link initBulk} or {@link initBulkSync} for lists and campaigns, and {@link initWorkbook} or {@link initWorkbookSync} for workbooks as lists. Anything used before is a `ConfigError`.
 *
 * ```js
 * import { init, validateOrder } from "giftcard-partners/slim";
 *
 * await init(fetch(new URL("./giftcard_partners.wasm", import.meta.url)));
 * ```
 */
export * from "./index.js";

/**
 * Loads `giftcard_partners.wasm`: from its bytes, a `WebAssembly.Module`, a `Response`, a URL, or a promise of one of them. In Node, Deno and
 * Bun also from a path or a `file:` URL, as `import.meta.resolve("giftcard-partners/giftcard_partners.wasm")` gives it. Once it is loaded,
 * further calls do nothing.
 *
 * @throws {ConfigError} for what cannot be had or is another wasm. A later call with the right one works.
 */
export declare function init(source: object | string | Promise<object | string>): Promise<void>;

/** The same at once, from bytes or a `WebAssembly.Module`. Browsers take modules of up to 8 MB on the main thread. */
export declare function initSync(module: object): void;

/**
 * Loads `giftcard_partners_bulk.wasm`, with `RecipientImport`, `ImportReport`, `Campaign` and `claimsCsv`, from what {@link init} takes: a page
 * may do so when a file is dropped. It needs no {@link init}.
 *
 * ```js
 * import { initBulk, RecipientImport } from "giftcard-partners/slim";
 *
 * await initBulk(fetch(new URL("./giftcard_partners_bulk.wasm", import.meta.url)));
 * const file = new RecipientImport({ type: "DigitalDelivery" });
 * ```
 */
export declare function initBulk(source: object | string | Promise<object | string>): Promise<void>;

/** The same at once, from bytes or a `WebAssembly.Module`. */
export declare function initBulkSync(module: object): void;

/**
 * Loads `giftcard_partners_workbook.wasm`, by which `importRecipients` reads workbooks, from what {@link init} takes. A CSV needs it not.
 * A workbook that comes before is a `ConfigError`.
 */
export declare function initWorkbook(source: object | string | Promise<object | string>): Promise<void>;

/** The same at once, from bytes or a `WebAssembly.Module`. */
export declare function initWorkbookSync(module: object): void;
