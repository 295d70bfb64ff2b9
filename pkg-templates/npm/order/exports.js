// What /order exports.
import {
  Catalog,
  checkedOrder,
  derivePoNumber,
  fingerprintOrder,
  instance,
  orderSummary,
  parseOrder,
  pollDelayMs,
  quoteOrder,
  validateOrder,
} from "../giftcard_partners_order.js";
import { makeOrderTools } from "./tools.js";

/** The tools, with the wasm from there once one is used. */
export function orderBy(source) {
  instance.from(source);
  return makeOrderTools({ Catalog, checkedOrder, derivePoNumber, fingerprintOrder, orderSummary, parseOrder, pollDelayMs, quoteOrder, validateOrder });
}
