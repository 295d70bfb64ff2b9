/** Available pays for orders; Pending is on its way and pays for nothing yet. */
export async function balanceOf(client) {
  const { Available = 0, Pending = 0 } = await client.accountBalance();
  return { Available, Pending };
}

/** The history, as far as one cares to walk: a page is asked for when its turn comes. */
export function historyOf(client, pageSize = 10) {
  return client.listOrders({ pageSize })[Symbol.asyncIterator]();
}
