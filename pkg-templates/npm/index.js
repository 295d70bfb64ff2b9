import { initSync } from "./giftcard_partners.js";
import module from "./giftcard_partners.inline.js";

initSync({ module });
export * from "./client.js";
