/** After trouble only "unknown" is open, and the same call again closes it. */
export async function attempt(client, order) {
  try {
    const { outcome, attempts } = await client.createOrder(order);
    return { outcome, attempts }; // "created", or "reconciled": it was there already
  } catch (error) {
    const { outcome, attempts, code } = error;
    return { outcome, attempts, code }; // "rejected", "not-sent" or "unknown"
  }
}
