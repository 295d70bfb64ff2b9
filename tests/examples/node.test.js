// The examples that run in Node, against the package's own sandbox on a socket.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { GiftCardPartners, signCallbackUrl } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";

import { copyOf, links, startSandbox } from "./examples.js";

const SECRET = "a secret of at least sixteen characters";

test("Express places an order, answers a wrong one with its issues, and hears when one is done", async (t) => {
  const sandbox = await startSandbox(t);
  Object.assign(process.env, sandbox.env, { CALLBACK_SECRET: SECRET });
  const said = [];
  t.mock.method(console, "log", (line) => said.push(line));
  const { app } = await import(join(copyOf("express"), "server.mjs"));
  const server = app.listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const base = `http://127.0.0.1:${server.address().port}`;
  const post = async (path, body) => {
    const answer = await fetch(base + path, { method: "POST", body });
    return [answer.status, answer.status === 204 ? undefined : await answer.json()];
  };

  const [created, order] = await post("/orders", JSON.stringify(links("PO-1")));
  const [again, same] = await post("/orders", JSON.stringify(links("PO-1")));
  const [wrong, { issues }] = await post("/orders", JSON.stringify({ ...links("PO-2"), Type: "Cash" }));
  const [taken, conflict] = await post("/orders", JSON.stringify(links("PO-1", 3)));
  const [empty] = await post("/orders");
  const looked = await fetch(`${base}/orders/${order.id}`);
  const missing = await fetch(`${base}/orders/none`);
  const callback = await signCallbackUrl(`${base}/fulfilled`, "PO-1", SECRET);
  const [told] = await post(callback.slice(base.length), JSON.stringify({ OrderId: order.id }));
  const [forged] = await post("/fulfilled?po=PO-1&sig=forged", JSON.stringify({ OrderId: order.id }));

  assert.deepEqual([created, order.outcome, again, same.outcome], [201, "created", 201, "reconciled"]);
  assert.deepEqual([wrong, issues.map(({ code }) => code)], [422, ["unknown_order_type"]]);
  assert.deepEqual([taken, conflict.code, conflict.outcome], [409, "po_number_conflict", "rejected"]);
  assert.equal(empty, 422);
  assert.deepEqual([looked.status, await looked.json()], [200, { id: order.id, status: "Completed" }]);
  assert.equal(missing.status, 404);
  assert.deepEqual([told, forged, said], [204, 401, [`Order ${order.id} is Completed`]]);
  assert.equal((await sandbox.orders()).length, 1);
});

test("the cron job gives each person one card a year, whenever it runs, and a missed day is made up for", async (t) => {
  const sandbox = await startSandbox(t);
  const cwd = copyOf("cron");
  const person = (id, birthday) => ({ id, name: `Person ${id}`, email: `${id}@example.org`, birthday });
  writeFileSync(join(cwd, "people.json"), JSON.stringify([person("a", "12-24"), person("b", "12-25"), person("c", "06-01")]));
  const run = async (day) => {
    const env = { ...process.env, ...sandbox.env, TODAY: `${day}T08:00:00.000Z` };
    const ended = await promisify(execFile)(process.execPath, ["birthdays.mjs", "people.json"], { cwd, env }).catch((error) => error);
    return [ended.code ?? 0, (ended.stdout + ended.stderr).trim().split("\n").map((line) => line.replace(/ BDAY-\w+/, ""))];
  };

  assert.deepEqual(await run("2026-12-24"), [0, ["a created"]]);
  assert.deepEqual(await run("2026-12-24"), [0, ["a reconciled"]]);
  assert.deepEqual(await run("2026-12-26"), [0, ["a reconciled", "b created"]]);
  assert.deepEqual(await run("2027-12-24"), [0, ["a created"]]);

  const orders = await sandbox.orders();
  assert.deepEqual(orders.map(({ LineItems: [line] }) => line.DigitalDeliveryAddress.Email), ["a@example.org", "b@example.org", "a@example.org"]);
  assert.ok(orders.every(({ PONumber }) => PONumber.startsWith("BDAY-")));
});

test("the cron job leaves the rest for the next run where the account is empty, and says so", async (t) => {
  const sandbox = await startSandbox(t, "--available", "30.00");
  const cwd = copyOf("cron");
  const people = ["a", "b", "c"].map((id) => ({ id, name: id, email: `${id}@example.org`, birthday: "12-24" }));
  writeFileSync(join(cwd, "people.json"), JSON.stringify(people));
  const env = { ...process.env, ...sandbox.env, TODAY: "2026-12-24T08:00:00.000Z" };

  const ended = await promisify(execFile)(process.execPath, ["birthdays.mjs"], { cwd, env }).catch((error) => error);

  assert.equal(ended.code, 1);
  assert.match(ended.stdout, /^a BDAY-\w+ created\n$/);
  assert.match(ended.stderr, /^b BDAY-\w+ rejected insufficient_funds\n$/);
});

test("OpenTelemetry has a span for each request, by its template, with nothing of the order in it", async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer("test");
  const { spansOf } = await import(join(copyOf("opentelemetry"), "spans.mjs"));
  const sandbox = createSandbox();
  const job = tracer.startSpan("job");
  const client = new GiftCardPartners({ ...accountOf(sandbox), onEvent: spansOf(tracer, trace.setSpan(ROOT_CONTEXT, job)) });
  sandbox.inject("500");

  const { order } = await client.createOrder(links("PO-OF-ADA"));
  await client.getOrder(order.Id);
  await new GiftCardPartners({ ...accountOf(sandbox), onEvent: spansOf(tracer) }).accountBalance();

  const spans = exporter.getFinishedSpans();
  assert.deepEqual(
    spans.map(({ name, attributes }) => [name, attributes["http.response.status_code"], attributes["http.request.resend_count"], attributes["error.type"]]),
    [
      ["POST /v1/Tokens", 200, undefined, undefined],
      ["POST /v1/Orders", 500, undefined, "500"],
      ["POST /v1/Orders", 201, 1, undefined],
      ["GET /v1/Orders/{id}", 200, undefined, undefined],
      ["POST /v1/Tokens", 200, undefined, undefined],
      ["GET /v1/AccountBalance", 200, undefined, undefined],
    ],
  );
  assert.deepEqual(spans.map(({ parentSpanContext }) => parentSpanContext?.spanId === job.spanContext().spanId), [true, true, true, true, false, false]);
  const shown = JSON.stringify(spans.map(({ name, attributes, status, events }) => ({ name, attributes, status, events })));
  for (const secret of [order.Id, "PO-OF-ADA", sandbox.credentials.email, sandbox.credentials.accessToken]) assert.ok(!shown.includes(secret), secret);
});

function accountOf({ fetch, baseUrl, credentials }) {
  return { fetch, baseUrl, credentials };
}
