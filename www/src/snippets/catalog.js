import { Catalog } from "giftcard-partners/slim";

/** One small file for 2,000 products. The Worker keeps it in KV; the browser asks again by its hash. */
export async function loadCatalog() {
  const answer = await fetch("/catalog");
  if (!answer.ok) throw new Error(`GET /catalog was answered with ${answer.status}`);
  return Catalog.from(await answer.arrayBuffer());
}

/** Everything that is asked for must fit: { text: "coffee", deliveryType: "Links", amount: "25.00" } */
export function find(catalog, query) {
  return catalog.search(query);
}
