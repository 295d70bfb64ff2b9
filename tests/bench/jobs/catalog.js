// Reading an answer of GET /v1/Products: 100 and 2,000 products with long HTML texts, in either casing.
import * as root from "giftcard-partners";
import { products } from "../data.js";

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const IN_MEMORY = "https://api.example";

/** Keys as documented, as people write it by hand. */
function normalise(value) {
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key[0].toUpperCase() + key.slice(1), normalise(inside)]));
}

function expectItems(page, count) {
  if (page.Items.length !== count || page.Items.at(-1).Id !== `PRODUCT-${count - 1}`) throw new Error("the page is another one");
  return page;
}

const list = (casing) => (count) => {
  const bytes = encoder.encode(JSON.stringify(products(count, casing)));
  const fetch = async ({ url }) => url.includes("/v1/Tokens")
    ? new Response('{"Value":"token","ExpiresIn":3600}', { headers: { "content-type": "application/json" } })
    : new Response(bytes, { headers: { "content-type": "application/json" } });
  const client = new root.GiftCardPartners({ baseUrl: IN_MEMORY, fetch });
  const contenders = {
    "giftcard-partners": async () => expectItems(await client.listProducts(), count),
    "JSON.parse and by hand": async () => {
      const answer = await fetch(new Request(`${IN_MEMORY}/v1/Products`));
      return expectItems(normalise(JSON.parse(await answer.text())), count);
    },
  };
  return { contenders, bytes: bytes.length };
};

function index(count) {
  const bytes = encoder.encode(JSON.stringify(products(count, "pascal")));
  const contenders = {
    "giftcard-partners": () => {
      const catalog = root.Catalog.from(bytes);
      if (catalog.product(`PRODUCT-${count - 1}`).Id !== `PRODUCT-${count - 1}`) throw new Error("the product is another one");
      catalog.free();
    },
    "JSON.parse and a Map": () => {
      const page = normalise(JSON.parse(decoder.decode(bytes)));
      if (new Map(page.Items.map((item) => [item.Id, item])).get(`PRODUCT-${count - 1}`).CurrencyCode !== "USD") throw new Error("the product is another one");
    },
  };
  return { contenders, bytes: bytes.length };
}

const SIZES = [100, 2000];

export const jobs = [
  { job: "catalog answer, PascalCase", sizes: SIZES, unit: "products", prepare: list("pascal") },
  { job: "catalog answer, camelCase", sizes: SIZES, unit: "products", prepare: list("camel") },
  { job: "catalog index of an answer", sizes: SIZES, unit: "products", prepare: index, absent: !root.Catalog },
];
