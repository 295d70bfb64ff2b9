/** What was sent and never answered, again under its PO number: afterwards it is known. Nothing else is sent. */
export async function settle(client, campaign, store) {
  for (const { poNumber, body, state } of campaign.orders()) {
    if (state !== "sent" && state !== "unknown") continue;
    // Said again it is in doubt for good: what is answered now does not say what became of it before.
    campaign.record(poNumber, "sent");
    await store.keep("ledger", campaign.ledger());
    try {
      const { outcome, order } = await client.createOrder(body);
      campaign.record(poNumber, outcome, order.Id);
    } catch ({ outcome, code }) {
      if (code === "po_number_conflict") campaign.record(poNumber, "conflict");
      else if (outcome === "rejected") campaign.record(poNumber, code === "insufficient_funds" ? "short" : "rejected");
    }
    await store.keep("ledger", campaign.ledger());
  }
}
