/** Available pays for orders; Pending is on its way and pays for nothing yet. */
export async function balanceOf(client) {
  const { Available = 0, Pending = 0 } = await client.accountBalance();
  return { Available, Pending };
}

/** The history, page by page, as far as one cares to walk. */
export async function recentOrders(client, most = 10) {
  const { Items } = await client.listOrders({ pageSize: most });
  return Items;
}
