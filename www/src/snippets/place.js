import { GiftCardPartners } from "giftcard-partners/slim";

/** No credentials in a page: the Worker behind /api has them. */
export function connect(onEvent) {
  return new GiftCardPartners({ baseUrl: "/api", onEvent });
}

/** Safe to call again after anything, a closed tab included: one order, or none. */
export async function place(client, order, tell) {
  const placed = await client.createOrder(order);
  tell(placed); // { order, outcome, attempts }
  const onUpdate = (order) => tell({ ...placed, order });
  onUpdate(await client.waitForOrder(placed.order, { onUpdate }));
}
