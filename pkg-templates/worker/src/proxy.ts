// /api/v1/…: what a browser app's client without credentials talks to. It forwards what reads, and orders through the same gate as
// POST /orders, and nothing else.
import { Hono } from "hono";

import { answerOf, includesClaims, refused, refusalOf, withoutClaims } from "./answers.js";
import { clientOf } from "./client.js";
import type { Env } from "./env.js";
import { placeOrder } from "./orders.js";

const READABLE = /^\/v1\/(?:AccountBalance|Status|ShippingMethods|Carriers|Brandings|Departments|Products(?:\/[^/]+)?|Orders(?:\/[^/]+)?)$/;

export const proxy = new Hono<{ Bindings: Env }>();

proxy.post("/v1/Orders", async ({ env, req }) => {
  const placed = await placeOrder(env, req.raw);
  if (placed.ok) {
    const { order, outcome } = placed.value;
    if (outcome === "created") return Response.json(withoutClaims(order, includesClaims(req.raw)), { status: 201 });
    // As the API answers a repeated PO number: the client behind this proxy fetches the original, compares it and calls it reconciled.
    return Response.json({ previousOrderIds: [order.Id] }, { status: 409 });
  }
  const { orderId, ...refusal } = placed.refusal;
  return answerOf(refusal, { ...refusal, ...(orderId ? { previousOrderIds: [orderId] } : {}) });
});

proxy.get("/v1/*", async ({ env, req }) => {
  const { pathname, searchParams } = new URL(req.url);
  const path = pathname.slice(pathname.indexOf("/v1/"));
  if (!READABLE.test(path)) return refused(404, "not_found", "This Worker does not forward that.");
  searchParams.delete("include");
  try {
    const { status, body } = await clientOf(env).request("GET", path, { query: Object.fromEntries(searchParams) });
    return Response.json(withoutClaims(body ?? null, includesClaims(req.raw)), { status });
  } catch (error) {
    return answerOf(refusalOf(error));
  }
});
