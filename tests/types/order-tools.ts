// What makes, names and sums up orders. The root has the same.
import * as root from "giftcard-partners";
import {
  OrderBuilder,
  derivePoNumber,
  fingerprintOrder,
  messageOf,
  orderSchema,
  orderSummary,
  parseAmount,
  parseOrder,
  randomPoNumber,
} from "giftcard-partners/order";
import type {
  AmountOptions,
  Issue,
  LineItem,
  MessageOptions,
  OrderInput,
  OrderRequest,
  OrderSchema,
  OrderSummary,
  PoNumberOptions,
  StandardJsonSchemaOptions,
  StandardSchemaIssue,
  StandardSchemaResult,
  StandardSchemaV1,
} from "giftcard-partners/order";
import { locales } from "giftcard-partners/locales";
import type { StandardJSONSchemaV1 as JsonSpec, StandardSchemaV1 as Spec } from "@standard-schema/spec";

import { expect, type Equal } from "./equal.js";

const line: LineItem = { ProductId: "INKWHISTLE", Value: 25, Quantity: 1 };

const order: OrderRequest = OrderBuilder.digitalDelivery("PO-1")
  .note("For the team.")
  .fulfillmentWebhook("https://shop.example/hooks")
  .addLine(line)
  .build();
const bytes: Uint8Array = OrderBuilder.links().addLine(line).toBytes();
OrderBuilder.physicalShipment("PO-2").free();
// @ts-expect-error: the type of an order is chosen by name
new OrderBuilder();
// @ts-expect-error: a line has a quantity
OrderBuilder.links("PO-1").addLine({ ProductId: "INKWHISTLE", Value: 25 });

const inputs: OrderInput[] = [order, bytes, "{}", new ArrayBuffer(0), { Type: "Links" }];
const parsed: OrderRequest = parseOrder(inputs[0]!, { maxIssues: 10 });
const fingerprint: string = fingerprintOrder(parsed);
// @ts-expect-error: not an order in any form
fingerprintOrder(42);

const options: PoNumberOptions = { prefix: "SPRING", maxLength: 30 };
const names: string[] = [derivePoNumber([fingerprint, "row 1"], options), derivePoNumber(["a"] as const), randomPoNumber(), randomPoNumber("PO")];
// @ts-expect-error: parts are texts
derivePoNumber([1]);

const summary: OrderSummary = orderSummary({ Id: "1", LineItems: [{ Quantity: 1, ClaimData: [] }] });
expect<Equal<keyof OrderSummary, "lines" | "fulfilled" | "missing">>();

const typed: AmountOptions = { currency: "USD", locale: "en-US" };
const amounts: (number | undefined)[] = [parseAmount("25,50"), parseAmount("25,50", typed)];
expect<Equal<ReturnType<typeof parseAmount>, number | undefined>>();
// @ts-expect-error: a number needs no reading
parseAmount(25);

// What libraries take, by the specification's own types.
const spec: Spec<OrderRequest, OrderRequest> = orderSchema;
const jsonSpec: JsonSpec<OrderRequest, OrderRequest> = orderSchema;
const schema: StandardSchemaV1<OrderRequest, OrderRequest> = orderSchema;
const result: StandardSchemaResult<OrderRequest> = schema["~standard"].validate(order);
const issues: readonly StandardSchemaIssue[] = result.issues ?? [];
expect<Equal<Spec.InferOutput<typeof orderSchema>, OrderRequest>>();
expect<Equal<Spec.InferInput<typeof orderSchema>, OrderRequest>>();

declare const issue: Issue;
const wording: MessageOptions = {
  labels: { "LineItems.*.Value": "Amount" },
  locale: "de",
  translate: (code, params, label) => (code === "too_long" ? `${label}: ${String(params["maximum"])}` : undefined),
};
const messages: string[] = [messageOf(issue), messageOf(issue, wording)];
const worded: Spec<OrderRequest> = orderSchema.with(wording);
const german: OrderSchema = orderSchema.with(wording).with({ locale: locales.find((language) => language === "de") });
const target: StandardJsonSchemaOptions = { target: "openapi-3.0", libraryOptions: { strict: true } };
const jsonSchema: Record<string, unknown>[] = [german["~standard"].jsonSchema.input({ target: "draft-07" }), orderSchema["~standard"].jsonSchema.output(target)];
// @ts-expect-error: a target is needed
orderSchema["~standard"].jsonSchema.input({});
// @ts-expect-error: there is no such option
messageOf(issue, { label: {} });

void [names, amounts, summary, spec, jsonSpec, issues, messages, worded, jsonSchema];

expect<Equal<typeof root.OrderBuilder, typeof OrderBuilder>>();
expect<Equal<typeof root.parseOrder, typeof parseOrder>>();
expect<Equal<typeof root.messageOf, typeof messageOf>>();
expect<Equal<typeof root.orderSchema, typeof orderSchema>>();
expect<Equal<typeof root.derivePoNumber, typeof derivePoNumber>>();
expect<Equal<typeof root.randomPoNumber, typeof randomPoNumber>>();
expect<Equal<typeof root.fingerprintOrder, typeof fingerprintOrder>>();
expect<Equal<typeof root.orderSummary, typeof orderSummary>>();
expect<Equal<typeof root.parseAmount, typeof parseAmount>>();
