// POST /api/orders: takes an order, places it exactly once, and answers with what is known of it.
import { isGiftCardError } from "giftcard-partners";

import { giftCards } from "../../../client";

const STATUS: Record<string, number> = { validation_failed: 422, insufficient_funds: 402, po_number_conflict: 409 };

export async function POST(request: Request): Promise<Response> {
  // Your own sign-in comes here: whoever reaches this route can spend your deposit account.
  try {
    const { order, outcome } = await giftCards().createOrder(await request.arrayBuffer());
    return Response.json({ id: order.Id, status: order.Status, outcome }, { status: 201 });
  } catch (error) {
    if (!isGiftCardError(error)) throw error;
    const { code, outcome, poNumber, issues } = error;
    return Response.json({ code, outcome, poNumber, issues }, { status: STATUS[code] ?? 502 });
  }
}
