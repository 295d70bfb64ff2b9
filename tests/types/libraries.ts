// orderSchema in the hands of the libraries that the documents name, as their users write it.
import { sValidator } from "@hono/standard-validator";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { McpServer } from "@modelcontextprotocol/server";
import { useForm as useTanStackForm } from "@tanstack/react-form";
import { initTRPC } from "@trpc/server";
import { tool } from "ai";
import { Hono } from "hono";
import { standardSchemaResolver as resolver5 } from "hookform-resolvers-5/standard-schema";
import { useForm } from "react-hook-form";

import { messageOf, orderSchema } from "giftcard-partners/order";
import type { DigitalDeliveryOrder, OrderRequest } from "giftcard-partners/order";

import { expect, type Equal } from "./equal.js";

declare function place(order: OrderRequest): Promise<void>;

export function reactHookForm(): void {
  const { handleSubmit, register, formState } = useForm({ resolver: standardSchemaResolver(orderSchema) });
  register("LineItems.0.Value", { valueAsNumber: true });
  register("LineItems.0.DigitalDeliveryAddress.Email");
  void handleSubmit((order) => {
    expect<Equal<typeof order, OrderRequest>>();
    return place(order);
  });
  const message: string | undefined = formState.errors.LineItems?.[0]?.Value?.message;
  void message;
  useForm<OrderRequest>({ resolver: standardSchemaResolver(orderSchema.with({ locale: "de", labels: { "LineItems.*.Value": "Betrag" } })) });
  useForm<OrderRequest>({ resolver: resolver5(orderSchema) });
  useForm({ resolver: resolver5(orderSchema) });
}

export function tanStackForm(): void {
  const defaultValues: DigitalDeliveryOrder = {
    Type: "DigitalDelivery",
    LineItems: [{ ProductId: "", Value: 25, Quantity: 1, DigitalDeliveryAddress: { Email: "" } }],
    PONumber: "",
  };
  const form = useTanStackForm({
    defaultValues: defaultValues as OrderRequest,
    validators: { onSubmit: orderSchema, onChange: orderSchema.with({ locale: "fr" }) },
    onSubmit: ({ value }) => place(value),
  });
  form.setFieldValue("PONumber", "PO-1");
}

export const hono = new Hono().post("/orders", sValidator("json", orderSchema), async (context) => {
  const order = context.req.valid("json");
  expect<Equal<typeof order, OrderRequest>>();
  await place(order);
  return context.body(null, 201);
});

const { procedure, router } = initTRPC.create();
export const trpc = router({
  order: procedure.input(orderSchema).mutation(({ input }) => {
    expect<Equal<typeof input, OrderRequest>>();
    return place(input);
  }),
});

export const aiTool = tool({
  description: "Orders gift cards.",
  inputSchema: orderSchema,
  execute: (order) => {
    expect<Equal<typeof order, OrderRequest>>();
    return place(order);
  },
});

export const mcp = new McpServer({ name: "gifts", version: "1.0.0" });
mcp.registerTool("place_order", { inputSchema: orderSchema }, async (order) => {
  expect<Equal<typeof order, OrderRequest>>();
  await place(order);
  return { content: [] };
});

void messageOf;
