// A Worker with slim alone: nothing but the caller initialises the wasm.
import wasm from "giftcard-partners/giftcard_partners.wasm";
import { initSync, validateOrder } from "giftcard-partners/slim";

import { INVALID, VALID } from "./app/orders.js";

initSync(wasm);

export default {
  fetch() {
    return Response.json({ valid: validateOrder(VALID).valid, issues: validateOrder(INVALID).issues.map(({ code }) => code) });
  },
};
