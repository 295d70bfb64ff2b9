// In Node.
import { readFile } from "node:fs/promises";

import { GiftCardPartners } from "giftcard-partners";
import { validateOrder } from "giftcard-partners/order";
import { initSync } from "giftcard-partners/slim";

initSync(await readFile("giftcard_partners.wasm"));
const order = await readFile("order.json");
const { valid } = validateOrder(order);
const client = new GiftCardPartners({
  baseUrl: process.env["GIFTCARD_BASE_URL"] ?? "",
  credentials: { email: process.env["GIFTCARD_EMAIL"] ?? "", accessToken: process.env["GIFTCARD_ACCESS_TOKEN"] ?? "" },
  fetch,
});
if (valid) await client.createOrder(order);
