// parseOrder, and orderSchema in the hands of those who take a Standard Schema: Hono's validator and React Hook Form's resolver.
import assert from "node:assert/strict";
import { test } from "node:test";

import { sValidator } from "@hono/standard-validator";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { Hono } from "hono";

import * as root from "giftcard-partners";
import * as order from "giftcard-partners/order";

const { ConfigError, ValidationError, orderSchema, parseOrder } = order;
const ORDER = { Type: "Links", LineItems: [{ ProductId: "CVS", Value: 25, Quantity: 2 }], PONumber: "PO-1" };
const BAD = { ...ORDER, Note: " n ", LineItems: [{ ProductId: "CVS", Value: 25.001, Quantity: 2 }], PONumber: undefined };
const encode = (text) => new TextEncoder().encode(text);

test("parseOrder hands out the order that it checked, from any form of it", () => {
  for (const input of [ORDER, JSON.stringify(ORDER), encode(JSON.stringify(ORDER)), encode(JSON.stringify(ORDER)).buffer]) {
    assert.deepEqual(parseOrder(input), ORDER);
    assert.deepEqual(root.parseOrder(input), ORDER);
  }
  assert.deepEqual(parseOrder('{"PONumber":"PO-1","Type":"Links","LineItems":[{"ProductId":"CVS","Value":2.5e1,"Quantity":2.0}]}'), ORDER);
});

test("what parseOrder hands out is a copy: the order as it was checked, whatever its object does later", () => {
  let reads = 0;
  const shifty = { ...ORDER, get PONumber() { return (reads += 1) === 1 ? "PO-1" : " "; } };

  const parsed = parseOrder(shifty);

  assert.deepEqual(parsed, ORDER);
  assert.notEqual(parsed, shifty);
});

test("parseOrder throws every issue, and warnings alone do not make it throw", () => {
  assert.throws(
    () => parseOrder(BAD),
    (error) => {
      assert.ok(error instanceof ValidationError);
      assert.deepEqual(error.issues, order.validateOrder(BAD).issues);
      assert.match(error.message, /^The order is not valid: LineItems\[0\]\.Value has more than two decimals\. `issues` has 1 more\.$/);
      return true;
    },
  );
  assert.equal(parseOrder({ ...ORDER, Note: " n " }).Note, " n ");
  assert.throws(() => parseOrder({}, { maxIssues: 1 }), ({ issues }) => issues.length === 1);
  assert.throws(() => parseOrder(ORDER, { maxIssues: -1 }), ConfigError);
  for (const input of [undefined, null, 7, "", "{", new Uint8Array(), () => {}]) assert.throws(() => parseOrder(input), ValidationError);
});

for (const [entry, { orderSchema }] of Object.entries({ root, order })) {
  test(`${entry}: orderSchema is a Standard Schema: a value, or errors with message and path and nothing else`, () => {
    const { version, vendor, validate } = orderSchema["~standard"];

    assert.deepEqual([version, vendor], [1, "giftcard-partners"]);
    assert.deepEqual(validate(ORDER), { value: ORDER });
    assert.deepEqual(validate(BAD), {
      issues: [
        { message: "LineItems[0].Value has more than two decimals.", path: ["LineItems", 0, "Value"] },
        { message: "PONumber is required.", path: ["PONumber"] },
      ],
    });
    for (const value of [undefined, null, 7, Symbol("x"), 1n]) assert.equal(validate(value).issues.length, 1);
  });
}

test("an error behind a thousand warnings is told, and where it is", () => {
  const LineItems = Array.from({ length: 1_001 }, () => ({ ...ORDER.LineItems[0], Colour: "red" }));
  LineItems.push({ ...ORDER.LineItems[0], Value: 0 });
  const input = { LineItems, Type: "Links" };

  const { issues } = orderSchema["~standard"].validate(input);

  assert.deepEqual(issues.map(({ path }) => path), [["LineItems", 1_001, "Value"], ["PONumber"]]);
  assert.throws(
    () => parseOrder(input),
    ({ issues, message }) => issues.length === 1_000 && issues.filter(({ severity }) => severity === "error").length === 2 && /Value/.test(message),
  );
  const report = order.validateOrder(input);
  assert.deepEqual([report.valid, report.issues.length, report.omitted], [false, 1_000, 4]);
});

test("no amount that is taken loses its cents on the way through a number", () => {
  const of = (value) => `{"Type":"Links","LineItems":[{"ProductId":"CVS","Value":${value},"Quantity":1}],"PONumber":"PO-1"}`;
  for (const value of ["70368744177663.99", "70368744177663.01", "19.99"]) {
    assert.equal(JSON.stringify(parseOrder(of(value)).LineItems[0].Value), value);
  }
  for (const value of ["70368744177664", "80000000000000.01"]) {
    assert.throws(() => parseOrder(of(value)), ({ issues }) => issues[0].code === "out_of_range" && issues[0].params.maximum === "70368744177663.99");
  }
});

test("Hono's validator takes orderSchema: a route gets the order, a bad one is answered with the issues", async () => {
  const app = new Hono();
  app.post("/orders", sValidator("json", orderSchema), (context) => context.json(context.req.valid("json").LineItems));
  const post = (body) => app.request("/orders", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

  const good = await post(ORDER);
  const bad = await post(BAD);

  assert.deepEqual([good.status, await good.json()], [200, ORDER.LineItems]);
  assert.equal(bad.status, 400);
  const { error } = await bad.json();
  assert.deepEqual(error.map(({ path }) => path), [["LineItems", 0, "Value"], ["PONumber"]]);
});

test("React Hook Form's resolver takes orderSchema: values, or an error at each field", async () => {
  const resolve = standardSchemaResolver(orderSchema);
  const options = { fields: {}, shouldUseNativeValidation: false };

  const good = await resolve(ORDER, undefined, options);
  const bad = await resolve(BAD, undefined, options);

  assert.deepEqual(good, { values: ORDER, errors: {} });
  assert.deepEqual(bad.values, {});
  assert.match(bad.errors.LineItems[0].Value.message, /two decimals/);
  assert.match(bad.errors.PONumber.message, /required/);
  assert.equal(bad.errors.Note, undefined);
});
