// The same as the root, for those who load the wasm themselves.
import start, { initSync as startSync } from "./giftcard_partners.js";

export * from "./client.js";

export async function init(source) {
  await start({ module_or_path: await source });
}

export function initSync(module) {
  startSync({ module });
}
