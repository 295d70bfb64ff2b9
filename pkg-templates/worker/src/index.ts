// A Worker that places gift card orders for those who may: one order, a whole spreadsheet, or a browser app's client.
import { Hono, type MiddlewareHandler } from "hono";

import { answerOf, includesClaims, refusal, refusalOf, refused, withoutClaims } from "./answers.js";
import { authorize } from "./authorize.js";
import { overBudget, wordsOf } from "./budgets.js";
import { takeCallback } from "./callbacks.js";
import { isCampaignId } from "./campaign-ids.js";
import { importList, importPlan } from "./campaign-import.js";
import type { Totals } from "./campaign-quote.js";
import { approve, cancel, forget, pause, progressOf, resume, type Said } from "./campaigns.js";
import type { Hold } from "./campaign-terms.js";
import { serveCatalog } from "./catalog.js";
import { clientOf } from "./client.js";
import { mustBeConfigured } from "./configuration.js";
import type { Env } from "./env.js";
import { readOptionsOf, WrongParameter } from "./import-options.js";
import { NAME_CHARACTERS, RATE_LIMIT_MS } from "./limits.js";
import { placeOrder } from "./orders.js";
import { proxy } from "./proxy.js";
import { records } from "./record-routes.js";
import { logged } from "./request-log.js";
import { lookAround } from "./retention.js";
import { needs, type Routed } from "./roles.js";

export { AlertDesk } from "./alerts.js";
export { AuditLog } from "./audit-log.js";
export { CampaignList } from "./campaign-list.js";
export { BudgetBook } from "./budget-book.js";
export { CampaignRun } from "./campaign-run.js";
export { CampaignStore } from "./campaign-store.js";
export { OrderGate } from "./order-gate.js";
export { PaymentIndex } from "./payment-index.js";

const app = new Hono<Routed>();

app.onError((error, { var: { request } }) => {
  if (error instanceof WrongParameter) return refused(400, "bad_request", error.message);
  const refusal = refusalOf(error);
  // The kind alone: a message may hold what a person wrote. Of a failure of our own more is in the log already, under its id.
  const { code: failed, id } = refusal;
  console.error(JSON.stringify({ failed, ...(id ? { id } : {}), request }));
  return answerOf(refusal);
});
app.notFound(() => refused(404, "not_found", "There is no such route."));

app.use(logged);

app.use(({ env }, next) => {
  mustBeConfigured(env);
  return next();
});

// These two are open: the catalog is no secret, and a callback is nothing but a reason to look.
app.get("/catalog", ({ env, req }) => serveCatalog(env, req.header("if-none-match")));
app.post("/fulfillment", ({ env, req }) => takeCallback(env, req.raw));

app.use(async ({ env, req, set }, next) => {
  const caller = await authorize(req.raw, env);
  if ("status" in caller) return answerOf(caller);
  // The binding's own count, which each of Cloudflare's places keeps for itself.
  const limited = await env.RATE_LIMIT?.limit({ key: caller.id });
  if (limited && !limited.success) {
    return answerOf({ ...refusal(429, "rate_limited", "That is more than a caller may ask for at a time. Nothing was done."), retryAfterMs: RATE_LIMIT_MS });
  }
  set("caller", caller);
  return next();
});

app.post("/orders", needs("order"), async ({ env, req, var: { caller, request } }) => {
  const placed = await placeOrder(env, req.raw, caller, request);
  if (!placed.ok) return answerOf(placed.refusal);
  const { order, outcome } = placed.value;
  return Response.json({ outcome, order: withoutClaims(order, includesClaims(req.raw)) }, { status: outcome === "created" ? 201 : 200 });
});

app.get("/orders/:id", needs("read"), async ({ env, req }) => {
  const id = req.param("id").trim();
  if (!id) return refused(400, "bad_request", "An order has an id.");
  const order = await clientOf(env).getOrder(id);
  return Response.json(withoutClaims(order, includesClaims(req.raw)));
});

app.get("/balance", needs("read"), async ({ env }) => Response.json(await clientOf(env).accountBalance()));

app.post("/campaigns", needs("order"), async ({ env, req, var: { caller } }) => {
  const name = req.query("name");
  if (!name || name.length > NAME_CHARACTERS || !req.raw.body) {
    return refused(400, "bad_request", `Send a file, and the campaign's name of at most ${NAME_CHARACTERS} characters as ?name=.`);
  }
  const after = req.query("after");
  if (after !== undefined && !isCampaignId(after)) return missing();
  const request = {
    name,
    read: readOptionsOf(req.query()),
    after,
    skipRejected: req.query("skipRejected") === "true",
    dryRun: req.query("dryRun") === "true",
    poster: { id: caller.id, ...(caller.limits ? { limits: caller.limits } : {}) },
    origin: new URL(req.url).origin,
  };
  const isPlan = /^application\/octet-stream\b/i.test(req.header("content-type") ?? "");
  const { status, body } = await (isPlan ? importPlan : importList)(env, req.raw.body, request);
  return Response.json(body, { status });
});

/** Behind the role that a route needs: whoever may not ask is told nothing of ids. */
const named: MiddlewareHandler<Routed, "/campaigns/:id"> = async ({ req }, next) => (isCampaignId(req.param("id")) ? next() : missing());

app.post("/campaigns/:id/approve", needs("approve"), named, async ({ env, req, var: { caller } }) => {
  const id = req.param("id");
  const said = await approvalOf(req.raw);
  if (said === undefined) return refused(400, "bad_request", 'Say what it may cost: { "total": "15000.00" }, or with several currencies { "total": { "USD": "15000.00" } }.');
  const verdict = await approve(env, id, { ...said, approver: caller.id });
  if (!verdict) return missing();
  const progress = await progressOf(env, id);
  if (typeof verdict === "object") {
    return Response.json({ ...progress, ...overBudget(verdict, undefined), message: `${wordsOf(verdict, "The campaign")} Nothing was sent.` }, { status: 402 });
  }
  if (verdict === "approved") return Response.json(progress, { status: 202 });
  if (verdict === "alone") {
    return refused(403, "needs_approval", "That is more than one person may spend alone: somebody else than who posted it has to approve it. Nothing was sent.");
  }
  const message = verdict === "cancelled" ? "The campaign was cancelled." : "That is not what the campaign costs, or not the file that waits. Nothing was sent.";
  return Response.json({ code: "conflict", message, ...progress }, { status: 409 });
});
app.delete("/campaigns/:id", needs("order", "approve"), async ({ env, req, var: { caller } }) => {
  const isGone = isCampaignId(req.param("id")) && (await forget(env, req.param("id"), caller.id));
  return isGone ? new Response(null, { status: 204 }) : refused(409, "conflict", "Only a campaign that waits to be approved can be deleted.");
});

app.get("/campaigns/:id", needs("read"), named, async ({ env, req }) => {
  const progress = await progressOf(env, req.param("id"));
  return progress ? Response.json(progress) : missing();
});
app.post("/campaigns/:id/pause", needs("order", "approve"), named, async ({ env, req, var: { caller } }) => heard(req.param("id"), await pause(env, req.param("id"), caller.id), "hold"));
app.post("/campaigns/:id/resume", needs("order", "approve"), named, async ({ env, req, var: { caller } }) => heard(req.param("id"), await resume(env, req.param("id"), caller.id), "go"));
app.post("/campaigns/:id/cancel", needs("order", "approve"), named, async ({ env, req, var: { caller } }) => heard(req.param("id"), await cancel(env, req.param("id"), caller.id), "close"));

app.route("/", records);
app.route("/api", proxy);

export default {
  fetch: app.fetch,
  scheduled: ({ scheduledTime }, env) => lookAround(env, scheduledTime),
} satisfies ExportedHandler<Env>;

/** Nothing for what is no total. */
async function approvalOf(request: Request): Promise<{ totals: Totals; digest?: string } | undefined> {
  const body: unknown = await request.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || !("total" in body)) return undefined;
  const { total } = body;
  const digest = "digest" in body ? body.digest : undefined;
  if (digest !== undefined && typeof digest !== "string") return undefined;
  const isList = typeof total === "object" && total !== null && !Array.isArray(total) && Object.values(total).every((amount) => typeof amount === "string");
  if (typeof total !== "string" && !isList) return undefined;
  return { totals: total as Totals, ...(digest === undefined ? {} : { digest }) };
}

const STATUS: Record<Hold, string> = { go: "running", hold: "paused", close: "cancelled" };

/** What a word to a campaign came to. A cancelled one hears no other. */
function heard(id: string, said: Said | undefined, word: Hold): Response {
  if (!said) return missing();
  const { hold, underWay } = said;
  if (hold === word) return Response.json({ id, status: STATUS[hold], underWay }, { status: 202 });
  return Response.json({ code: "conflict", message: "The campaign was cancelled.", id, status: STATUS[hold], underWay }, { status: 409 });
}

function missing(): Response {
  return refused(404, "not_found", "There is no such campaign, or it has ended.");
}
