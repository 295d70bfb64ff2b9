// A program that only orders: the root alone. It gets its fetch from outside.
import { GiftCardPartners, validateOrder } from "giftcard-partners";

import { INVALID, VALID } from "./orders.js";

/** `dangerouslyAllowBrowser`, because the sandbox's credentials are no secret. */
export async function client({ baseUrl, credentials, fetch }) {
  const partners = new GiftCardPartners({ baseUrl, credentials, fetch, dangerouslyAllowBrowser: true });
  const { outcome } = await partners.createOrder(VALID);
  return { valid: validateOrder(VALID).valid, issues: validateOrder(INVALID).issues.map(({ code }) => code), outcome };
}
