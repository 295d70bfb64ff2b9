/**
 * The same as the root, with a wasm that you load yourself. Call {@link init} or {@link initSync} before you use the client and the order tools,
 * {@link initBulk} or {@link initBulkSync} before lists and campaigns, and {@link initWorkbook} or {@link initWorkbookSync} before workbooks are
 * read. Anything that is used before that throws a `ConfigError`.
 *
 * ```js
 * import { init, validateOrder } from "giftcard-partners/slim";
 *
 * await init(fetch(new URL("./giftcard_partners.wasm", import.meta.url)));
 * ```
 */
export * from "./index.js";

/**
 * Loads `giftcard_partners.wasm`: from its bytes, a `WebAssembly.Module`, a `Response`, a URL, or a promise of one of them. In
 * Node, Deno and Bun also from a path or a `file:` URL, such as `import.meta.resolve("giftcard-partners/giftcard_partners.wasm")`.
 * Once it is loaded, further calls do nothing.
 *
 * @throws {ConfigError} If it cannot be loaded, or is another wasm. A later call with the right one works.
 */
export declare function init(source: object | string | Promise<object | string>): Promise<void>;

/** The same at once, from bytes or a `WebAssembly.Module`. On the main thread, browsers take modules of up to 8 MB. */
export declare function initSync(module: object): void;

/**
 * Loads `giftcard_partners_bulk.wasm`, which lists and campaigns need, from whatever {@link init} takes. It does not need
 * {@link init}. A page may call it when a file is dropped.
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
 * Loads `giftcard_partners_workbook.wasm`, with which `importRecipients` reads workbooks, from whatever {@link init} takes. Only
 * workbooks need it, not CSV. A workbook that comes before it is loaded is a `ConfigError`.
 */
export declare function initWorkbook(source: object | string | Promise<object | string>): Promise<void>;

/** The same at once, from bytes or a `WebAssembly.Module`. */
export declare function initWorkbookSync(module: object): void;
