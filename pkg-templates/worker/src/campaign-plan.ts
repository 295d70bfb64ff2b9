// The plan of a child campaign, out of which the bytes of its orders are written whenever they are sent: always the same ones.
import { Campaign } from "giftcard-partners";

import type { Env } from "./env.js";
import { wholeOf } from "./kept-files.js";

/** A plan that is read when it is asked for first, and again when it was freed. */
export class ReadPlan {
  #plan: Campaign | undefined;

  constructor(
    readonly env: Env,
    readonly child: string,
  ) {}

  /** Nothing where its people are deleted. */
  async whole(): Promise<Campaign | undefined> {
    if (this.#plan) return this.#plan;
    const store = this.env.CAMPAIGNS.getByName(this.child);
    const kept = await wholeOf((part) => store.file("plan", part));
    this.#plan = kept && Campaign.fromBytes(kept.bytes);
    return this.#plan;
  }

  free(): void {
    this.#plan?.free();
    this.#plan = undefined;
  }
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
