import { Catalog } from "giftcard-partners/slim";

/** One small file for all products: in KV behind the Worker, by its hash in the browser. */
export async function loadCatalog() {
  const answer = await fetch("/catalog");
  if (!answer.ok) throw new Error(`GET /catalog was answered with ${answer.status}`);
  return Catalog.from(await answer.arrayBuffer());
}

/** All of it must fit: { text: "coffee", deliveryType: "Links", amount: "25.00" } */
export function find(catalog, query) {
  return catalog.search(query);
}
