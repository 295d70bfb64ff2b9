// POST /orders and its like: the body's bytes through the validator, then through the gate of their PO number.
import { validateOrder } from "giftcard-partners";

import type { Told } from "./answers.js";
import { catalogOf } from "./campaigns.js";
import type { Env } from "./env.js";
import { BODY_BYTES } from "./limits.js";
import type { GatePlaced } from "./order-gate.js";

export async function placeOrder(env: Env, request: Request): Promise<Told<GatePlaced>> {
  const body = await bytesOf(request);
  if (!body) {
    return { ok: false, refusal: { status: 413, code: "too_large", message: `An order may have ${BODY_BYTES} bytes.`, outcome: "not-sent" } };
  }
  const catalog = await catalogOf(env);
  const { valid, issues } = validateOrder(body, catalog ? { catalog } : {});
  if (!valid) {
    return { ok: false, refusal: { status: 400, code: "validation_failed", message: "The order is not valid.", outcome: "not-sent", issues } };
  }
  const { PONumber } = JSON.parse(new TextDecoder().decode(body)) as { PONumber: string };
  return env.ORDERS.getByName(PONumber).place(body);
}

export function includesClaims(request: Request): boolean {
  return new URL(request.url).searchParams.get("include") === "claims";
}

/** The body, unless it is longer than an order may be; no more than that is ever in memory. */
async function bytesOf(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get("content-length")) > BODY_BYTES) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > BODY_BYTES) return undefined;
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
