import { GiftCardPartners } from "giftcard-partners/slim";

/** No credentials in a page: the Worker behind /api has them, and knows who may order. */
export function connect(onEvent) {
  return new GiftCardPartners({ baseUrl: "/api", onEvent });
}

/** The PO number makes it safe to call again after anything, a closed tab included: there is one order, or none. */
export async function place(client, order, tell) {
  const { order: placed, outcome, attempts } = await client.createOrder(order);
  tell({ order: placed, outcome, attempts });
  const finished = await client.waitForOrder(placed, { onUpdate: (order) => tell({ order, outcome, attempts }) });
  tell({ order: finished, outcome, attempts });
}
