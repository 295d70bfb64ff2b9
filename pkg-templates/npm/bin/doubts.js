// Orders of the list as it was before it changed, of which nobody knows whether they were placed.
import { PoNumberConflictError, isGiftCardError, quoteOrder } from "giftcard-partners";

import { decimal, units } from "./decimal.js";
import { Refusal } from "./fault.js";

/** The API answered about this very order, and that did not clear it: the others are not held up. */
const ANSWERED = ["bad_request", "validation_failed", "insufficient_funds", "po_number_conflict"];

/** They were begun, and no answer cleared them: orders of the lists before, and where the list has changed its own as well. */
export function doubtful(campaign, { hasChanged }) {
  if (!campaign) return [];
  const orders = [...campaign.earlier(), ...(hasChanged ? campaign.orders() : [])];
  return orders.filter(({ state, body }) => (state === "sent" || state === "unknown") && body.length > 0);
}

/** What is to be spent, by currency: the quotes and the orders in doubt, some of which may be paid already. */
export function totalsWith(quotes, doubts, catalog) {
  const totals = new Map();
  const add = ({ currency, total }) => totals.set(currency, (totals.get(currency) ?? 0n) + units(total));
  for (const quote of quotes) add(quote);
  for (const { body } of doubts) add(quoteOrder(body, catalog));
  return [...totals].map(([currency, amount]) => ({ currency, total: decimal(amount, currency) }));
}

/** Sends each again under its PO number, so that it is known; refuses to go on where the API cannot be asked. */
export async function settleDoubts(client, campaign, doubts, { folder, out }) {
  const keep = async (poNumber, outcome, orderId) => {
    campaign.record(poNumber, outcome, orderId);
    await folder.save(campaign.ledger());
  };
  let open = 0;
  for (const { poNumber, body } of doubts) {
    await keep(poNumber, "sent");
    const { outcome, orderId, error } = await client.createOrder(body).then(
      ({ order, outcome }) => ({ outcome, orderId: order.Id }),
      (error) => ({ outcome: error instanceof PoNumberConflictError ? "conflict" : "unknown", orderId: error?.orderId, error }),
    );
    if (error && !isGiftCardError(error)) throw error;
    await keep(poNumber, outcome, orderId);
    out.event("order", { poNumber, outcome, orderId, ...(error && { error: { code: error.code, message: error.message } }) });
    if (outcome === "unknown" && !ANSWERED.includes(error.code)) open += 1;
  }
  if (open > 0) {
    throw new Refusal(`Of ${open} order${open === 1 ? "" : "s"} of the list as it was nobody knows yet whether ${open === 1 ? "it was" : "they were"} placed. Call it again later. Nothing else was sent.`);
  }
}
