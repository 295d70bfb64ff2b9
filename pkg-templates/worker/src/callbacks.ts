// The URLs that orders call when they are fulfilled, and what happens when one of them is called.
import { signCallbackUrl, verifyCallbackUrl } from "giftcard-partners";

import { refused } from "./answers.js";
import { isChildId } from "./campaign-ids.js";
import { tell } from "./campaign-run.js";
import { clientOf } from "./client.js";
import type { Env } from "./env.js";
import { HOOK_BYTES } from "./limits.js";
import { isPending } from "./order-status.js";
import { bytesOf } from "./orders.js";

/** The secrets that sign and verify callbacks; the first one signs. */
function secretsOf(env: Env): string[] {
  return (env.CALLBACK_SECRET ?? "").split(" ").filter(Boolean);
}

/** The same order gets the same URL each time. Nothing where no callback could come: without a secret, and on a developer's machine. */
export async function callbackUrl(env: Env, origin: string, campaign: string, poNumber: string): Promise<string | undefined> {
  const [secret] = secretsOf(env);
  if (!secret || !origin.startsWith("https:")) return undefined;
  return signCallbackUrl(`${origin}/fulfillment?campaign=${campaign}`, poNumber, secret);
}

/** Anyone may knock: what is said is only a reason to look, and only a URL that we signed is one. Repeats change nothing. */
export async function takeCallback(env: Env, request: Request): Promise<Response> {
  const signed = await verified(env, request.url);
  if (!signed) return refused(401, "unauthorized", "This URL is not one that was signed here.");
  const { poNumber } = signed;
  const body = await bytesOf(request, HOOK_BYTES);
  if (!body) return refused(413, "too_large", `A callback may have ${HOOK_BYTES} bytes.`);
  const order = await clientOf(env).confirmFulfillment(body, { poNumber });
  // Not signed, and need not be: a campaign knows its own orders.
  const campaign = new URL(request.url).searchParams.get("campaign");
  if (!campaign) {
    await env.ORDERS.getByName(poNumber).fulfilled(order.Id, order.Status);
  } else if (isChildId(campaign) && !isPending(order.Status)) {
    const wasLast = await env.CAMPAIGNS.getByName(campaign).finished(poNumber, order.Id);
    if (wasLast) await tell(env, campaign, "fulfilled");
  }
  return new Response(null, { status: 204 });
}

async function verified(env: Env, url: string): Promise<{ poNumber: string } | undefined> {
  try {
    return await verifyCallbackUrl(url, secretsOf(env));
  } catch {
    return undefined;
  }
}
