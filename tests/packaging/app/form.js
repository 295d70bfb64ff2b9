// A form: the order tools alone.
import { validateOrder } from "giftcard-partners/order";

import { INVALID, VALID } from "./orders.js";

export function form() {
  return { valid: validateOrder(VALID).valid, issues: validateOrder(INVALID).issues.map(({ code }) => code) };
}
