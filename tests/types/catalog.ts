// The catalog, its search, and quotes. The root has the same ones.
import * as root from "giftcard-partners";
import { GiftCardPartners } from "giftcard-partners";
import type { AccountBalance, CacheStore, CatalogOptions, Product } from "giftcard-partners";
import { Catalog, quoteOrder, validateOrder } from "giftcard-partners/order";
import type {
  CatalogProduct,
  CatalogQuery,
  CatalogSource,
  OrderRequest,
  Quote,
  QuoteAssumption,
  QuoteAssumptionCode,
} from "giftcard-partners/order";

import { expect, type Equal } from "./equal.js";

declare const products: Product[];
declare const balance: AccountBalance;
declare const order: OrderRequest;
const source: CatalogSource = { Id: "CVS", Name: "CVS Pharmacy", Anything: 1 };
const catalog: Catalog = Catalog.from(products);
Catalog.from([source]);
Catalog.from([{ Id: "CVS", Denominations: [5, 10] }]);
Catalog.from(new Uint8Array());
Catalog.from(new ArrayBuffer(0));
// What it hands out is what it can be made of.
Catalog.from(catalog.search());
// @ts-expect-error: a product has an Id
Catalog.from([{ Name: "CVS Pharmacy" }]);
// @ts-expect-error: one is made by from()
new Catalog();

expect<Equal<typeof catalog.hash, string>>();
expect<Equal<typeof catalog.size, number>>();
expect<Equal<ReturnType<Catalog["toBytes"]>, Uint8Array>>();
const product: CatalogProduct | undefined = catalog.product("CVS");
const denominations: number[] = product?.Denominations ?? [];
const fee: number | undefined = product?.Cost.Fee;
void [denominations, fee];
const query: CatalogQuery = { text: "coffee", amount: "25.00", deliveryType: "Links", currency: "USD", type: "Digital", limit: 10 };
const found: CatalogProduct[] = catalog.search(query);
catalog.search({ amount: 25 });
// @ts-expect-error: a field that does not exist
catalog.search({ name: "coffee" });
// @ts-expect-error: its hash cannot be set
catalog.hash = "";
void found;

validateOrder(order, { catalog });
// @ts-expect-error: products are made a catalog of first
validateOrder(order, { catalog: products });

const quote: Quote = quoteOrder(order, catalog);
quoteOrder("{}", catalog, balance);
quoteOrder(new Uint8Array(), catalog, { Available: "1.00" });
// @ts-expect-error: a catalog is needed
quoteOrder(order);
expect<Equal<Quote["total"], string>>();
expect<Equal<Quote["short"], string | undefined>>();
expect<Equal<Quote["assumptions"], QuoteAssumption[]>>();
const code: QuoteAssumptionCode = "fee_per_card";
for (const assumption of quote.assumptions) {
  const text: string = assumption.code === code ? assumption.message : "";
  void text;
}
catalog.free();

expect<Equal<typeof root.Catalog, typeof Catalog>>();
expect<Equal<typeof root.quoteOrder, typeof quoteOrder>>();

const memory = new Map<string, string>();
const store: CacheStore = {
  get: async (key) => memory.get(key) ?? null,
  put: async (key, value, options) => void memory.set(key, value + (options?.expirationTtl ?? 60)),
};
const client = new GiftCardPartners({ baseUrl: "/api", cache: store, cacheToken: true, catalogTtlSeconds: 86_400 });
const wish: CatalogOptions = { refresh: true, timeoutMs: 90_000 };
const loaded: Catalog = await client.catalog(wish);
await client.catalog();
loaded.free();
// @ts-expect-error: a store can be written to
new GiftCardPartners({ baseUrl: "/api", cache: { get: store.get } });
// @ts-expect-error: an option that does not exist
await client.catalog({ force: true });
