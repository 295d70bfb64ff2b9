// In Node.
import nodeFetch from "node-fetch";
import * as undici from "undici";
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

// Whoever sends: another library's fetch, as a function, as an object, or wrapped.
new GiftCardPartners({ baseUrl: "/api", fetch: undici.fetch });
new GiftCardPartners({ baseUrl: "/api", fetch: undici });
new GiftCardPartners({ baseUrl: "/api", fetch: nodeFetch });
new GiftCardPartners({ baseUrl: "/api", fetch: (url, init) => undici.fetch(url, { ...init, dispatcher: new undici.Agent() }) });
new GiftCardPartners({ baseUrl: "/api", fetch: (url, init) => nodeFetch(url, init) });
new GiftCardPartners({ baseUrl: "/api", fetch: (url, init) => globalThis.fetch(new URL(url), init), allowHttp: true });
