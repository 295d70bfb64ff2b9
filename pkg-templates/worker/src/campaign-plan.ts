// The plan of a child campaign, out of which the bytes of its orders are written whenever they are sent: always the same ones.
import { Campaign } from "giftcard-partners";

import type { Env } from "./env.js";
import { wholeOf } from "./kept-files.js";

/** Whoever takes it frees it. Nothing where its people are deleted. */
export async function planOf(env: Env, child: string): Promise<Campaign | undefined> {
  const store = env.CAMPAIGNS.getByName(child);
  const kept = await wholeOf((part) => store.file("plan", part));
  return kept && Campaign.fromBytes(kept.bytes);
}

/** The body of an order, with a callback URL as its last field where it has one. */
export function bodyOf(plan: Campaign, poNumber: string, callback: string | undefined): Uint8Array {
  const order = plan.order(poNumber);
  if (!order) throw new Error("the plan has no such order");
  return callback ? withField(order.body, `"WebhookSettings":${JSON.stringify({ FulfillmentComplete: callback })}`) : order.body;
}

function withField(body: Uint8Array, field: string): Uint8Array {
  const end = body.lastIndexOf(0x7d);
  const tail = new TextEncoder().encode(`,${field}}`);
  const whole = new Uint8Array(end + tail.length);
  whole.set(body.subarray(0, end));
  whole.set(tail, end);
  return whole;
}
