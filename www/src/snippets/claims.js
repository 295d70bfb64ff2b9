/** Link and answer are the card. The Worker leaves them out unless they are asked for. */
export async function claims(client, orderId) {
  const path = `/v1/Orders/${encodeURIComponent(orderId)}`;
  const { body } = await client.request("GET", path, { query: { include: "claims" } });
  return body.LineItems.flatMap((line) => line.ClaimData ?? []);
}
