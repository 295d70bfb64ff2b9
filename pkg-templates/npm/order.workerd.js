import module from "./giftcard_partners_order.wasm?module";
import { initSync } from "./giftcard_partners_order.js";

initSync({ module });
export { pollDelayMs, validateOrder } from "./giftcard_partners_order.js";
export { Catalog, quoteOrder } from "./giftcard_partners_order.js";
export * from "./error-classes.js";
