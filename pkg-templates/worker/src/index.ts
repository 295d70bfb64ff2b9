// A Worker that places gift card orders for those who may: one order, a whole spreadsheet, or a browser app's client.
import { type LineItem, type OrderType, verifyCallbackUrl } from "giftcard-partners";
import { Hono } from "hono";

import { refusalOf, withoutClaims } from "./answers.js";
import { authorize } from "./authorize.js";
import { tell } from "./campaign-run.js";
import { importCsv, importPlan, pause, progressOf, resume, secretsOf } from "./campaigns.js";
import { clientOf } from "./client.js";
import type { Env } from "./env.js";
import { includesClaims, placeOrder } from "./orders.js";
import { proxy } from "./proxy.js";

export { CampaignRun } from "./campaign-run.js";
export { CampaignStore } from "./campaign-store.js";
export { OrderGate } from "./order-gate.js";

const app = new Hono<{ Bindings: Env }>();

app.onError((error) => {
  const refusal = refusalOf(error);
  // The kind alone: a message may hold what a person wrote.
  console.error(JSON.stringify({ failed: refusal.code }));
  return Response.json(refusal, { status: refusal.status });
});

app.get("/catalog", async ({ env, req }) => {
  const catalog = await clientOf(env).catalog();
  const headers = { etag: `"${catalog.hash}"`, "cache-control": "public, max-age=3600", "content-type": "application/octet-stream" };
  if (req.header("if-none-match") === headers.etag) return new Response(null, { status: 304, headers });
  return new Response(catalog.toBytes() as Uint8Array<ArrayBuffer>, { headers });
});

// Anyone may knock: what the callback says is only a reason to look, and only a URL that we signed is one.
app.post("/fulfillment", async ({ env, req }) => {
  const { poNumber } = await verifyCallbackUrl(req.url, secretsOf(env));
  const order = await clientOf(env).confirmFulfillment(req.raw, { poNumber });
  await env.ORDERS.getByName(poNumber).fulfilled(order.Id, order.Status);
  const campaign = req.query("campaign");
  if (campaign && String(order.Status).toLowerCase() !== "pending") {
    const last = await env.CAMPAIGNS.getByName(campaign).finished(poNumber, order.Id);
    if (last) await tell(env, campaign, "fulfilled");
  }
  return new Response(null, { status: 204 });
});

app.use(async ({ env, req }, next) => {
  if (await authorize(req.raw, env)) return next();
  return Response.json({ code: "unauthorized", message: "Present the caller's token." }, { status: 401 });
});

app.post("/orders", async ({ env, req }) => {
  const placed = await placeOrder(env, req.raw);
  if (!placed.ok) return Response.json(placed.refusal, { status: placed.refusal.status });
  const { order, outcome } = placed.value;
  return Response.json({ outcome, order: withoutClaims(order, includesClaims(req.raw)) }, { status: outcome === "created" ? 201 : 200 });
});

app.get("/orders/:id", async ({ env, req }) => {
  const order = await clientOf(env).getOrder(req.param("id"));
  return Response.json(withoutClaims(order, includesClaims(req.raw)));
});

app.get("/balance", async ({ env }) => Response.json(await clientOf(env).accountBalance()));

app.post("/campaigns", async ({ env, req }) => {
  const name = req.query("name");
  if (!name || !req.raw.body) return Response.json({ code: "bad_request", message: "Send a file, and its name as ?name=." }, { status: 400 });
  const request = {
    name,
    type: (req.query("type") ?? "DigitalDelivery") as OrderType,
    defaults: defaultsOf(req.query()),
    skipRejected: req.query("skipRejected") === "true",
    origin: new URL(req.url).origin,
  };
  const isPlan = req.header("content-type") === "application/octet-stream";
  const { status, body } = await (isPlan ? importPlan : importCsv)(env, req.raw.body, request);
  return Response.json(body, { status });
});

app.get("/campaigns/:id", async ({ env, req }) => {
  const progress = await progressOf(env, req.param("id"));
  return progress ? Response.json(progress) : missing();
});

app.post("/campaigns/:id/pause", async ({ env, req }) => ((await pause(env, req.param("id"))) ? accepted() : missing()));
app.post("/campaigns/:id/resume", async ({ env, req }) => ((await resume(env, req.param("id"))) ? accepted() : missing()));

app.route("/api", proxy);

export default app;

/** What holds for every row that does not say otherwise. */
function defaultsOf({ productId, value, quantity }: Record<string, string>): Partial<LineItem> {
  return {
    ...(productId ? { ProductId: productId } : {}),
    ...(value ? { Value: Number(value) } : {}),
    Quantity: quantity ? Number(quantity) : 1,
  };
}

function accepted(): Response {
  return new Response(null, { status: 202 });
}

function missing(): Response {
  return Response.json({ code: "not_found", message: "There is no such campaign, or it has ended." }, { status: 404 });
}
