import { bulkBy, initSync } from "./giftcard_partners_order.js";
import module, { bulk } from "./giftcard_partners_order.inline.js";

initSync({ module });
bulkBy(() => new WebAssembly.Module(bulk()));
export * from "./order-entry.js";
