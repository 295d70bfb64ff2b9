// /api/v1/…: what a browser app's client without credentials talks to. It forwards what reads, and orders through the same gate as
// POST /orders, and nothing else.
import { Hono } from "hono";

import { refusalOf, withoutClaims } from "./answers.js";
import { clientOf } from "./client.js";
import type { Env } from "./env.js";
import { includesClaims, placeOrder } from "./orders.js";

const READABLE = /^\/v1\/(?:AccountBalance|Status|ShippingMethods|Carriers|Brandings|Departments|Products(?:\/[^/]+)?|Orders(?:\/[^/]+)?)$/;

export const proxy = new Hono<{ Bindings: Env }>();

proxy.post("/v1/Orders", async (context) => {
  const placed = await placeOrder(context.env, context.req.raw);
  if (placed.ok) return context.json(withoutClaims(placed.value.order, includesClaims(context.req.raw)), 201);
  const { status, orderId, ...refusal } = placed.refusal;
  // As the API answers a repeated PO number, so that the client behind this proxy can look at the original.
  return Response.json({ ...refusal, ...(orderId ? { previousOrderIds: [orderId] } : {}) }, { status });
});

proxy.get("/v1/*", async (context) => {
  const { pathname, search } = new URL(context.req.url);
  const path = pathname.slice(pathname.indexOf("/v1/"));
  if (!READABLE.test(path)) return context.json({ code: "not_found", message: "This Worker does not forward that." }, 404);
  const query = search.replace(/[?&]include=claims\b/, "").replace(/^&/, "?");
  try {
    const { status, body } = await clientOf(context.env).request("GET", `${path}${query}`);
    return Response.json(path.startsWith("/v1/Orders") ? hideClaims(body, includesClaims(context.req.raw)) : body, { status });
  } catch (error) {
    const refusal = refusalOf(error);
    return Response.json(refusal, { status: refusal.status });
  }
});

/** In an order, in a list of them, and in an envelope around a list. */
function hideClaims(value: unknown, included: boolean): unknown {
  if (included || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item) => hideClaims(item, included));
  const kept = Object.entries(value).filter(([key]) => key.toLowerCase() !== "claimdata");
  return Object.fromEntries(kept.map(([key, inner]) => [key, hideClaims(inner, included)]));
}
