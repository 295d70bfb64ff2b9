// The client, with what every runtime has: no DOM, no Workers, no Node.
import { GiftCardPartners, PagePromise } from "giftcard-partners";
import type {
  AbortSignalLike,
  AccountBalance,
  ClaimData,
  ClientEvent,
  ApiProfile,
  ClientOptions,
  Credentials,
  FetchInit,
  FetchLike,
  HeaderFields,
  ListProductsParams,
  Order,
  OrderLine,
  OrderRequest,
  Page,
  PlacedOrder,
  PlatformRequest,
  PlatformResponse,
  OrderStatus,
  PlatformSignal,
  Product,
  RequestOptions,
  WaitOptions,
} from "giftcard-partners";

import { expect, type Equal } from "./equal.js";

declare const fetch_: FetchLike;
declare const signal: AbortSignalLike;
declare const request: OrderRequest;

const credentials: Credentials = { email: "someone@example.com", accessToken: "secret" };
const profile: ApiProfile = { firstPageIndex: 0, pageSize: 100, lists: "envelope" };
const full: ClientOptions = {
  baseUrl: "https://api.example",
  credentials,
  headers: { "X-Tenant": "1" },
  fetch: fetch_,
  timeoutMs: 1000,
  deadlineMs: 5000,
  maxRetries: 2,
  profile,
  limits: { maxOrderValue: "500.00", maxLines: 100 },
  onEvent: (event) => describe(event),
  dangerouslyAllowBrowser: false,
};
const client = new GiftCardPartners(full);
new GiftCardPartners({ baseUrl: "/api" });
new GiftCardPartners({ baseUrl: { href: "https://api.example" } });
new GiftCardPartners({ baseUrl: "/api", credentials: () => credentials, headers: () => ({ "X-Tenant": "1" }) });
const fields: HeaderFields = new Map([["X-Tenant", "1"]]);
for (const headers of [fields, [["X-Tenant", "1"]] satisfies HeaderFields]) new GiftCardPartners({ baseUrl: "/api", headers });
// @ts-expect-error: a header is a text
new GiftCardPartners({ baseUrl: "/api", headers: new Map([["X-Tenant", 1]]) });
new GiftCardPartners({ baseUrl: "/api", credentials: async () => credentials, headers: async () => ({ "X-Tenant": "1" }) });
new GiftCardPartners({ baseUrl: "/api", fetch: { fetch: fetch_ } });
// @ts-expect-error: pages are counted from 0 or from 1
new GiftCardPartners({ baseUrl: "/api", profile: { firstPageIndex: 2 } });
// @ts-expect-error: the API has no host that is known
new GiftCardPartners({ credentials });
// @ts-expect-error: both are needed
new GiftCardPartners({ baseUrl: "/api", credentials: { email: "someone@example.com" } });
// @ts-expect-error: money is decimal text
new GiftCardPartners({ baseUrl: "/api", limits: { maxOrderValue: 500 } });
// @ts-expect-error: an option that does not exist
new GiftCardPartners({ baseUrl: "/api", retries: 3 });

const once: RequestOptions = { signal, timeoutMs: 1000, deadlineMs: 5000 };
const wait: WaitOptions = { ...once, onUpdate: ({ Status }) => Status };

const placed: PlacedOrder = await client.createOrder(request, once);
await client.createOrder("{}");
await client.createOrder(new Uint8Array());
await client.createOrder(new ArrayBuffer(0));
// @ts-expect-error: not an order
await client.createOrder({ Type: "Links" });
// @ts-expect-error: no such option
await client.createOrder(request, { timeout: 1000 });
expect<Equal<PlacedOrder["outcome"], "created" | "reconciled">>();
expect<Equal<PlacedOrder["compared"], "full" | "partial" | undefined>>();
expect<Equal<typeof placed.attempts, number>>();
expect<Equal<PlacedOrder["requestId"], string | undefined>>();

const order: Order = await client.getOrder(placed.order.Id, once);
expect<Equal<typeof order.Id, string>>();
expect<Equal<typeof order.Status, OrderStatus | undefined>>();
expect<Equal<(typeof order)["Tomorrow"], unknown>>();
const lines: OrderLine[] = order.LineItems ?? [];
const cards: ClaimData[] = lines.flatMap(({ ClaimData }) => ClaimData ?? []);
const links: (string | undefined)[] = cards.map(({ ClaimLink }) => ClaimLink);
void [links, cards.map(({ ClaimLinkChallengeAnswer }) => ClaimLinkChallengeAnswer)];

expect<Equal<Awaited<ReturnType<typeof client.waitForOrder>>, Order>>();
await client.waitForOrder(order, wait);
await client.waitForOrder("order-id");
// @ts-expect-error: an order or its id
await client.waitForOrder(42);

const balance: AccountBalance = await client.accountBalance(once);
expect<Equal<typeof balance.Available, number | undefined>>();
expect<Equal<typeof balance.Pending, number | undefined>>();

const params: ListProductsParams = { pageIndex: 1, pageSize: 50, productName: "", productDescription: "", productType: "Digital" };
const list = client.listProducts(params, once);
expect<Equal<typeof list, PagePromise<Product>>>();
const page: Page<Product> = await list;
expect<Equal<typeof page.TotalCount, number | undefined>>();
expect<Equal<typeof page.PageIndex | typeof page.PageSize, number>>();
for await (const product of list) {
  expect<Equal<typeof product, Product>>();
  expect<Equal<typeof product.Denominations, number[] | undefined>>();
}
const promise: Promise<Page<Product>> = list;
void [promise, list instanceof PagePromise];
// @ts-expect-error: a page number is a number
client.listProducts({ pageIndex: "1" });

function describe(event: ClientEvent): string {
  const what = `${event.method} ${event.path} ${event.attempt} ${event.poNumber ?? ""}`;
  // @ts-expect-error: an event never has headers
  void event.headers;
  switch (event.type) {
    case "request":
    case "refresh":
      return what;
    case "response":
      expect<Equal<typeof event.durationMs, number>>();
      return `${what} ${event.status ?? "no answer"}`;
    case "retry":
      return `${what} ${event.waitMs}`;
    default:
      expect<Equal<typeof event, never>>();
      return what;
  }
}

/** A transport of your own needs no more than this. */
const own: FetchLike = async (sent: PlatformRequest): Promise<PlatformResponse> => client_(sent.method, sent.url);
void own;
declare function client_(method: string, url: string): Promise<PlatformResponse>;

client.free();

declare const init: FetchInit;
const given: PlatformSignal = init.signal;
expect<Equal<typeof init.headers, Record<string, string>>>();
expect<Equal<Parameters<FetchLike>[1], FetchInit>>();
void given;
