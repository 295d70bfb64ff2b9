// What /order exports.
import {
  Catalog,
  checkedOrder,
  derivePoNumber,
  fingerprintOrder,
  instance,
  orderSummary,
  parseAmount as rawParseAmount,
  parseOrder,
  pollDelayMs,
  quoteOrder,
  validateOrder,
} from "../giftcard_partners_order.js";
import { makeParseAmount } from "./amount.js";
import { makeOrderTools } from "./tools.js";

/** The tools, with the wasm from there once one is used. */
export function orderBy(source) {
  instance().from(source);
  return makeOrderTools({ Catalog, checkedOrder, derivePoNumber, fingerprintOrder, orderSummary, parseOrder, pollDelayMs, quoteOrder, validateOrder });
}

/** `parseAmount`, made by a call of its own, so that a bundler drops it from a program that has no form. */
export function parseAmountBy(source) {
  instance().from(source);
  return makeParseAmount(rawParseAmount);
}
