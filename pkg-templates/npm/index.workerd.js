// Workers refuse to compile bytes at run time: the module is imported, and the bundler compiles it.
import module from "./giftcard_partners.wasm?module";
import { initSync } from "./giftcard_partners.js";

initSync({ module });
export * from "./client.js";
