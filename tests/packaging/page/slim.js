import { init, validateOrder } from "./giftcard-partners/slim.js";
import { INVALID, VALID } from "./app/orders.js";

await init(fetch(new URL("./giftcard-partners/giftcard_partners.wasm", import.meta.url)));
globalThis.result = { valid: validateOrder(VALID).valid, issues: validateOrder(INVALID).issues.map(({ code }) => code) };
