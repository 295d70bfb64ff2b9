// A user's own code, checked with the strictest options and without skipLibCheck.
import { GiftCardPartners, isGiftCardError, type PlacedOrder } from "giftcard-partners";
import { validateOrder, type OrderRequest } from "giftcard-partners/order";
import { createSandbox } from "giftcard-partners/sandbox";
import * as slim from "giftcard-partners/slim";

const order: OrderRequest = { Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }], PONumber: "PO-1" };

export async function place(): Promise<PlacedOrder["outcome"] | undefined> {
  const { baseUrl, credentials, fetch } = createSandbox();
  const client = new GiftCardPartners({ baseUrl, credentials, fetch });
  if (!validateOrder(order).valid) return undefined;
  try {
    return (await client.createOrder(order)).outcome;
  } catch (error) {
    if (isGiftCardError(error)) return undefined;
    throw error;
  }
}

// @ts-expect-error: no order has this type.
export const wrong: OrderRequest = { ...order, Type: "Unknown" };

export const same: typeof GiftCardPartners = slim.GiftCardPartners;
