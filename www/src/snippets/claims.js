/** Link and answer together are the card. The Worker hands them out to those who ask for them by name, and nobody else. */
export async function claims(client, orderId) {
  const { body } = await client.request("GET", `/v1/Orders/${encodeURIComponent(orderId)}`, { query: { include: "claims" } });
  return body.LineItems.flatMap((line) => line.ClaimData ?? []);
}
