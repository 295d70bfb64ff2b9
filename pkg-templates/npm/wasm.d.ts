/**
 * What importing the wasm gives: in wrangler a `WebAssembly.Module`, with esbuild's `file` loader its URL, in Bun its path. `init` of
 * `giftcard-partners/slim` takes each of them. Node, Deno, Vite and webpack have no default export here: the table in docs/browser.md says
 * what to write there.
 */
declare const module: object | string;
export default module;
