/** What pays for orders, and what is on its way. Only Available counts: quoteOrder() and quote() say what it covers. */
export async function balanceOf(client) {
  const { Available = 0, Pending = 0 } = await client.accountBalance();
  return { Available, Pending };
}

/** The history, page by page, as far as one cares to walk. */
export async function recentOrders(client, most = 10) {
  const { Items } = await client.listOrders({ pageSize: most });
  return Items;
}
