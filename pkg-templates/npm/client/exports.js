// What the root and /slim export of the client's wasm.
import { instance, parseAmount } from "../giftcard_partners.js";
import { makeParseAmount } from "../order/amount.js";
import { GiftCardPartners, tools } from "./client.js";

/** The client and the order tools, with the wasm from there once one is used. */
export function clientBy(source) {
  instance().from(source);
  return { GiftCardPartners, ...tools };
}

/** `parseAmount`, as `/order` makes it. */
export function parseAmountBy(source) {
  instance().from(source);
  return makeParseAmount(parseAmount);
}
