/**
 * The wasm as wrangler hands it out, a `WebAssembly.Module`; with esbuild's `file` loader its URL, in Bun its path. `init` of
 * `giftcard-partners/slim` takes each. Node, Deno, Vite and webpack have no default export here: README's table says what to write there.
 */
declare const module: object | string;
export default module;
