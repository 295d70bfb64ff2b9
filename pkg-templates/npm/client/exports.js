// What the root and /slim export of the client's wasm.
import { instance } from "../giftcard_partners.js";
import { GiftCardPartners, tools } from "./client.js";

/** The client and the order tools, with the wasm from there once one is used. */
export function clientBy(source) {
  instance.from(source);
  return { GiftCardPartners, ...tools };
}
