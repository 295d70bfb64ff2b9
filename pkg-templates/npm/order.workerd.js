import module from "./giftcard_partners_order.wasm?module";
import { initSync } from "./giftcard_partners_order.js";

initSync({ module });
export * from "./order-entry.js";
