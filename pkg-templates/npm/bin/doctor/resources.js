// The resources of which nothing but the name is documented, and what products are like: to be told, not judged.
import { keysOf, listOf, member, shapeOf } from "./answer.js";

const PATHS = { shippingMethods: "/v1/ShippingMethods", carriers: "/v1/Carriers", brandings: "/v1/Brandings", departments: "/v1/Departments", status: "/v1/Status" };

export async function resources(probe) {
  const found = {};
  for (const [name, path] of Object.entries(PATHS)) {
    const answer = await probe.get(path);
    const list = listOf(answer);
    found[name] = { ...shapeOf(answer), ...(list && { items: list.items.length > 0 ? shapeOf({ ...answer, json: list.items[0] }).body : "none" }) };
  }
  return found;
}

/** Words of the catalog: none is an id or an amount. */
export function productsSeen(products) {
  const words = (name) => [...new Set(products.flatMap((product) => member(product, name) ?? []).filter((word) => typeof word === "string" && /^\w{1,30}$/.test(word)))].sort();
  const costs = products.map((product) => member(product, "Cost")).filter(Boolean);
  return {
    types: words("Type"),
    denominationTypes: words("DenominationType"),
    currencies: words("CurrencyCode"),
    deliveryTypes: words("AvailableDeliveryTypes"),
    withDenominations: products.every((product) => Array.isArray(member(product, "Denominations"))),
    cost: costs.length === 0 ? "none" : [...new Set(costs.flatMap(keysOf))].sort(),
  };
}

/** Names of headers that matter, and whether a page may read the API. */
export function headersSeen(answers) {
  const names = new Set(answers.flatMap(({ headers }) => [...headers.keys()]));
  const has = (pattern) => [...names].filter((name) => pattern.test(name)).sort();
  return { retryAfter: names.has("retry-after"), cors: has(/^access-control-/), limits: has(/rate-?limit/), requestIds: has(/request-?id|correlation|trace/) };
}
