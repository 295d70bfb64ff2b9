// The sandbox, and that it fits the client in every runtime.
import { GiftCardPartners, type FetchLike } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";
import type {
  AbortSignalLike,
  FaultRate,
  Injection,
  RequestLike,
  ResponseLike,
  Sandbox,
  SandboxFault,
  SandboxFetch,
  SandboxLine,
  SandboxOptions,
  SandboxOrder,
  SandboxProduct,
  SandboxRequest,
  SandboxWebhook,
} from "giftcard-partners/sandbox";

import { expect, type Equal } from "./equal.js";

const product: SandboxProduct = {
  Id: "OURS",
  Name: "Ours",
  Type: "Digital",
  DenominationType: "Variable",
  Denominations: [5, 200],
  AvailableDeliveryTypes: ["Links"],
  Cost: { Fee: 0.5, DiscountPercentage: 4.55 },
  Meta: { ShippingConfiguration: { FulfillmentGroup: "A", HasRequiredCardCarriers: true } },
};
const faults: FaultRate = { rate: 0.3, seed: 5 };
const options: SandboxOptions = {
  seed: 7,
  clock: "manual",
  casing: "camel",
  lists: "bare",
  asyncThreshold: 10,
  fulfillmentMs: 500,
  available: "100.00",
  pending: "0.00",
  products: [product],
  faults,
};
const sandbox: Sandbox = createSandbox(options);
createSandbox();
// What the API answered can be played back.
createSandbox({ products: (await new GiftCardPartners(sandbox).listProducts()).Items });
createSandbox({ products: [product, { Id: "THEIRS" }] });
// @ts-expect-error: a product has an Id
createSandbox({ products: [{ Name: "Ours" }] });
// @ts-expect-error: faults have a rate
createSandbox({ faults: { seed: 5 } });
// @ts-expect-error: funds are decimal text
createSandbox({ available: 100 });
// @ts-expect-error: one of two
createSandbox({ clock: "fast" });

const { fetch, baseUrl, credentials } = sandbox;
expect<Equal<typeof fetch, SandboxFetch>>();
const client = new GiftCardPartners({ baseUrl, credentials, fetch });
new GiftCardPartners({ baseUrl, credentials, fetch: sandbox });
new GiftCardPartners(sandbox);
const assignable: FetchLike = sandbox.fetch;
void [assignable, client];

const fault: SandboxFault = "drop-response";
const injection: Injection = { fault, path: "GET /v1/Orders/*", times: 2, after: 1, delayMs: 10, retryAfterSeconds: 1 };
sandbox.inject(fault);
sandbox.inject(injection);
// @ts-expect-error: no such fault
sandbox.inject("drop");
sandbox.advance(1000);
sandbox.fund("100.00");
sandbox.settle("100.00");
// @ts-expect-error: an amount is decimal text
sandbox.fund(100);

const orders: SandboxOrder[] = sandbox.orders();
const lines: SandboxLine[] = orders.flatMap(({ LineItems }) => LineItems);
const requests: SandboxRequest[] = sandbox.requests();
const webhooks: SandboxWebhook[] = sandbox.webhooks();
void [lines, webhooks];
expect<Equal<SandboxRequest["status"], number | null>>();
expect<Equal<SandboxOrder["Status"], "Pending" | "Completed">>();
expect<Equal<(typeof requests)[number]["headers"], Record<string, string>>>();

const answer = await sandbox.fetch("https://api.example/v1/Products", { method: "GET", headers: { Accept: "*/*" } });
const answered: ResponseLike = answer;
const status: number = answer.status;
const json: unknown = await answer.json();
void [answered, status, json];

declare const request: RequestLike;
declare const signal: AbortSignalLike;
await sandbox.fetch(request);
await sandbox.fetch({ href: "https://api.example/" }, { signal, body: new Uint8Array() });

sandbox.free();
