// orderSchema as the input of a tool that a model calls: the AI SDK, and MCP's TypeScript SDK.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Client } from "@modelcontextprotocol/client";
import { InMemoryTransport, McpServer } from "@modelcontextprotocol/server";
import { asSchema, generateText, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";

import { orderSchema } from "giftcard-partners/order";

const ORDER = { Type: "Links", LineItems: [{ ProductId: "CVS", Value: 25, Quantity: 2 }], PONumber: "PO-1" };
const WRONG = { ...ORDER, LineItems: [{ ...ORDER.LineItems[0], Value: 0 }] };
const FIELDS = ["Type", "LineItems", "PONumber", "Note", "WebhookSettings"];

/** A model that calls the tool with that order, and what it was told of the tool. */
function caller(order) {
  const usage = { inputTokens: { total: 1 }, outputTokens: { total: 1 } };
  const call = { type: "tool-call", toolCallId: "1", toolName: "placeOrder", input: JSON.stringify(order) };
  return new MockLanguageModelV4({ doGenerate: async () => ({ content: [call], finishReason: { unified: "tool-calls" }, usage, warnings: [] }) });
}

for (const [what, order] of [["right", ORDER], ["wrong", WRONG]]) {
  test(`the AI SDK tells a model what an order is, and hands over what is right: ${what}`, async () => {
    const placed = [];
    const placeOrder = tool({ description: "Orders gift cards.", inputSchema: orderSchema, execute: async (order) => placed.push(order) });
    const model = caller(order);

    const { content } = await generateText({ model, tools: { placeOrder }, prompt: "Two cards for Ann." });

    const [{ inputSchema }] = model.doGenerateCalls[0].tools;
    assert.equal(inputSchema.type, "object");
    assert.deepEqual(Object.keys(inputSchema.properties).sort(), FIELDS.toSorted());
    assert.deepEqual(placed, order === ORDER ? [ORDER] : []);
    const { invalid = false, error } = content.find(({ type }) => type === "tool-call");
    assert.equal(invalid, order === WRONG);
    if (invalid) assert.match(String(error), /LineItems\[0\]\.Value must be more than zero/);
  });
}

test("the AI SDK's asSchema judges as the validator does", async () => {
  const { validate } = asSchema(orderSchema.with({ labels: { "LineItems.*.Value": "Amount" } }));

  assert.deepEqual(await validate(ORDER), { success: true, value: ORDER });
  const { success, error } = await validate(WRONG);
  assert.equal(success, false);
  assert.match(error.message, /Amount: Enter an amount above 0\./);
});

test("an MCP server lists a tool that takes an order, and hands over what is right", async () => {
  const server = new McpServer({ name: "gifts", version: "1.0.0" });
  const placed = [];
  server.registerTool("place_order", { description: "Orders gift cards.", inputSchema: orderSchema }, async (order) => {
    placed.push(order);
    return { content: [{ type: "text", text: order.PONumber }] };
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  await Promise.all(InMemoryTransport.createLinkedPair().map((transport, at) => [server, client][at].connect(transport)));

  const { tools } = await client.listTools();
  const right = await client.callTool({ name: "place_order", arguments: ORDER });
  const wrong = await client.callTool({ name: "place_order", arguments: WRONG });
  await client.close();

  assert.deepEqual(tools.map(({ name, inputSchema }) => [name, inputSchema.type, Object.keys(inputSchema.properties).sort()]), [["place_order", "object", FIELDS.toSorted()]]);
  assert.deepEqual([right.content[0].text, right.isError ?? false, placed], ["PO-1", false, [ORDER]]);
  assert.equal(wrong.isError, true);
  assert.match(wrong.content[0].text, /LineItems\[0\]\.Value must be more than zero/);
});
