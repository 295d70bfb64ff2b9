// One client for the server: its calls share a token and a catalog. Only server code may import this file.
import { GiftCardPartners } from "giftcard-partners";

let client: GiftCardPartners | undefined;

export function giftCards(): GiftCardPartners {
  const { GIFTCARD_BASE_URL: baseUrl = "", GIFTCARD_EMAIL: email = "", GIFTCARD_ACCESS_TOKEN: accessToken = "" } = process.env;
  client ??= new GiftCardPartners({ baseUrl, credentials: { email, accessToken }, limits: { maxOrderValue: "500.00" } });
  return client;
}
