import { claimsCsv } from "giftcard-partners/slim";

/** Every card beside its row, those of the campaigns before too. It is money: asked for by hand, and kept nowhere here. */
export async function claimsFile(client, campaign) {
  const orders = [];
  for (const { orderId } of [...campaign.earlier(), ...campaign.orders()]) {
    if (!orderId) continue;
    await client.waitForOrder(await client.getOrder(orderId)); // Pending ones have no links yet.
    const path = `/v1/Orders/${encodeURIComponent(orderId)}`;
    const { body } = await client.request("GET", path, { query: { include: "claims" } });
    orders.push(body);
  }
  return claimsCsv(campaign, orders);
}
