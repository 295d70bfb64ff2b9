// The offline API where wasm may only be imported: Cloudflare Workers and other edge runtimes.
import { initSync } from "./giftcard_partners_sandbox.js";
import wasm from "./giftcard_partners_sandbox.wasm?module";

initSync({ module: wasm });

export * from "./sandbox-core.js";
