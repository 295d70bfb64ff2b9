import { bulkBy, initSync } from "./giftcard_partners.js";
import module, { bulk } from "./giftcard_partners.inline.js";

initSync({ module });
bulkBy(() => new WebAssembly.Module(bulk()));
export * from "./client.js";
