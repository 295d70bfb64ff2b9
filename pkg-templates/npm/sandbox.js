// The offline API, wherever wasm may be compiled from bytes: browsers, Node, Deno, Bun.
import { initSync } from "./giftcard_partners_sandbox.js";
import bytes from "./giftcard_partners_sandbox.inline.js";

initSync({ module: bytes });

export * from "./sandbox-core.js";
