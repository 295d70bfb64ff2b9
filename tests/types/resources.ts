// The smaller calls of the client, and callback URLs, with what every runtime has.
import { GiftCardPartners, signCallbackUrl, verifyCallbackUrl } from "giftcard-partners";
import type {
  ApiRequestInit,
  ApiResponse,
  ApiStatus,
  Branding,
  Carrier,
  ClientOptions,
  ConfirmOptions,
  Department,
  FindOrderOptions,
  HookRequest,
  HttpMethod,
  ListOrdersParams,
  Order,
  OrderRequest,
  OrderType,
  PagePromise,
  PreparedOrder,
  Product,
  QueryValue,
  RequestOptions,
  ShippingMethod,
  Token,
} from "giftcard-partners";
import * as order from "giftcard-partners/order";

import { expect, type Equal } from "./equal.js";

declare const client: GiftCardPartners;
declare const once: RequestOptions;
declare const request: OrderRequest;
declare const hook: HookRequest;

const token: Token = await client.createToken(once);
expect<Equal<typeof token.Value, string>>();
expect<Equal<typeof token.ExpiresIn, number | undefined>>();
expect<Equal<(typeof token)["Tomorrow"], unknown>>();

const status: ApiStatus = await client.status(once);
expect<Equal<typeof status.Status, string | undefined>>();

const product: Product = await client.getProduct("CVS", once);
expect<Equal<typeof product.Id, string>>();
// @ts-expect-error: which one
await client.getProduct();

const params: ListOrdersParams = { pageIndex: 2, pageSize: 50 };
expect<Equal<ReturnType<typeof client.listOrders>, PagePromise<Order>>>();
for await (const { Id } of client.listOrders(params, once)) expect<Equal<typeof Id, string>>();
// @ts-expect-error: the history has no filters
client.listOrders({ productName: "x" });

const methods: PagePromise<ShippingMethod> = client.listShippingMethods(once);
const carriers: PagePromise<Carrier> = client.listCarriers();
const brandings: PagePromise<Branding> = client.listBrandings();
const departments: PagePromise<Department> = client.listDepartments();
for (const list of [methods, carriers, brandings, departments]) {
  for (const { Id, Name } of (await list).Items) expect<Equal<typeof Id | typeof Name, string | undefined>>();
}

const search: FindOrderOptions = { ...once, maxPages: 5 };
expect<Equal<Awaited<ReturnType<typeof client.findOrder>>, Order | undefined>>();
const found = await client.findOrder("PO-1", search);
// @ts-expect-error: it may not have been found
found.Id;

const prepared: PreparedOrder = client.prepareOrder(request);
expect<Equal<typeof prepared.body, Uint8Array>>();
expect<Equal<typeof prepared.orderType, OrderType>>();
const said: [string, string, number, "POST", "/v1/Orders", "application/json"] = [
  prepared.poNumber,
  prepared.faceValue,
  prepared.lineCount,
  prepared.method,
  prepared.path,
  prepared.contentType,
];
void said;
await client.createOrder(prepared.body);

const confirm: ConfirmOptions = { ...once, poNumber: "PO-1" };
const confirmed: Order = await client.confirmFulfillment(hook, confirm);
void confirmed;
await client.confirmFulfillment("{}");
await client.confirmFulfillment(new Uint8Array());
await client.confirmFulfillment({ Id: "1" });
// @ts-expect-error: no notification in any form
await client.confirmFulfillment(42);

const value: QueryValue = 1n;
const init: ApiRequestInit = { ...once, query: { a: value, b: ["x", true, undefined], c: null }, body: { a: 1 } };
const method: HttpMethod = "PATCH";
const answer: ApiResponse = await client.request(method, "/v1/Tomorrow", init);
expect<Equal<typeof answer.body, unknown>>();
expect<Equal<typeof answer.status, number>>();
expect<Equal<typeof answer.requestId, string | undefined>>();
expect<Equal<typeof answer.headers, Record<string, string> | undefined>>();
await client.request("get", "v1/Status");
// @ts-expect-error: not a method
await client.request("TRACE", "/v1/Status");
await client.request("GET", "/v1/Status", { query: new Map([["a", value]]) });
await client.request("GET", "/v1/Status", { query: [["a", "b"], ["c", [1, 2]]] });
// @ts-expect-error: a text is the path's own query
await client.request("GET", "/v1/Status", { query: "a=b" });
// @ts-expect-error: not a value of a query
await client.request("GET", "/v1/Status", { query: { a: {} } });
// @ts-expect-error: headers are the client's
await client.request("GET", "/v1/Status", { headers: {} });

const limits: ClientOptions["limits"] = { maxCampaignValue: "10000.00" };
void limits;

const url: string = await signCallbackUrl({ href: "https://example.com/" }, "PO-1", "a secret of length");
expect<Equal<Awaited<ReturnType<typeof verifyCallbackUrl>>, { poNumber: string }>>();
await verifyCallbackUrl(url, ["a new secret of length", "an old secret of length"] as const);
// @ts-expect-error: a secret is needed
await verifyCallbackUrl(url);
expect<Equal<typeof order.signCallbackUrl, typeof signCallbackUrl>>();
expect<Equal<typeof order.verifyCallbackUrl, typeof verifyCallbackUrl>>();
