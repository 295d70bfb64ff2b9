import { initSync } from "./giftcard_partners_order.js";
import module from "./giftcard_partners_order.inline.js";

initSync({ module });
export * from "./order-entry.js";
