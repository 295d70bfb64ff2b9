// A client that places an order and waits for it: what README's table calls "a client".
import { GiftCardPartners } from "giftcard-partners";

const client = new GiftCardPartners({ baseUrl: "/api" });

export async function place(body) {
  const { order } = await client.createOrder(body);
  return client.waitForOrder(order);
}
