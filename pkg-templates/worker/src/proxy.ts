// /api/v1/…: what a browser app's client without credentials talks to. It forwards what reads, and orders through the same gate as
// POST /orders, and nothing else.
import { Hono } from "hono";

import { answerOf, includesClaims, type Refusal, refused, refusalOf, withoutClaims } from "./answers.js";
import { clientOf } from "./client.js";
import { placeOrder } from "./orders.js";
import { needs, type Routed } from "./roles.js";

/** Of a decoded path. An id has nothing in it that could lead elsewhere, or that a server could decode once more. */
const READABLE = /^\/v1\/(?:AccountBalance|Status|ShippingMethods|Carriers|Brandings|Departments|(?:Products|Orders)(?:\/(?!\.\.?$)[^/\\%\p{Cc}]+)?)$/u;

export const proxy = new Hono<Routed>();

proxy.post("/v1/Orders", needs("order"), async ({ env, req, var: { caller, request } }) => {
  const placed = await placeOrder(env, req.raw, caller, request);
  if (placed.ok) {
    const { order, outcome } = placed.value;
    if (outcome === "created") return Response.json(withoutClaims(order, includesClaims(req.raw)), { status: 201 });
    // As the API answers a repeated PO number: the client behind this proxy fetches the original, compares it and calls it reconciled.
    return Response.json({ previousOrderIds: [order.Id] }, { status: 409 });
  }
  const { orderId, ...refusal } = forClient(placed.refusal);
  return answerOf(refusal, { ...refusal, ...(orderId ? { previousOrderIds: [orderId] } : {}) });
});

proxy.get("/v1/*", needs("read"), async ({ env, req }) => {
  const { pathname, searchParams } = new URL(req.url);
  const path = pathname.slice(pathname.indexOf("/v1/"));
  if (!READABLE.test(decoded(path))) return refused(404, "not_found", "This Worker does not forward that.");
  searchParams.delete("include");
  try {
    const { status, body } = await clientOf(env).request("GET", path, { query: Object.fromEntries(searchParams) });
    return Response.json(withoutClaims(body ?? null, includesClaims(req.raw)), { status });
  } catch (error) {
    return answerOf(forClient(refusalOf(error)));
  }
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}

/**
 * Where the API refuses the Worker's own credentials, the client behind this proxy has to hear that nothing was ordered and that asking
 * again is no use: to it a 502 is an answer that was lost on the way, and the order in doubt.
 */
function forClient(refusal: Refusal): Refusal {
  // Of all answers that the API is documented to give, this one says that there is no money for it.
  if (refusal.code === "over_budget") return { ...refusal, status: 422 };
  const isCertain = (refusal.code === "unauthorized" || refusal.code === "forbidden") && refusal.outcome !== "unknown";
  // A token that was refused otherwise than by a 401.
  const isToken = refusal.code === "unexpected_status" && refusal.outcome === "not-sent";
  return isCertain || isToken ? { ...refusal, status: 403 } : refusal;
}
