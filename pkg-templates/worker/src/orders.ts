// POST /orders and its like: the body's bytes through the validator, then through the gate of their PO number.
import { parseOrder, validateOrder } from "giftcard-partners";

import type { Refusal, Told } from "./answers.js";
import { isAboveApproval } from "./budgets.js";
import { catalogOf } from "./catalog.js";
import type { Env } from "./env.js";
import { BODY_BYTES } from "./limits.js";
import { costOf } from "./order-cost.js";
import type { GatePlaced } from "./order-gate.js";
import type { Caller } from "./roles.js";

const ALONE = "That is more than one person may order alone. Post it as a campaign, which somebody else approves.";

/** `as`: what the request is called in the log. */
export async function placeOrder(env: Env, request: Request, { id, limits }: Caller, as: string): Promise<Told<GatePlaced>> {
  const body = await bytesOf(request, BODY_BYTES);
  if (!body) return refused(413, "too_large", `An order may have ${BODY_BYTES} bytes.`);
  const catalog = await catalogOf(env);
  const { valid, issues } = validateOrder(body, catalog ? { catalog } : {});
  const cost = valid ? costOf(body, catalog) : undefined;
  catalog?.free();
  const invalid = refused(400, "validation_failed", "The order is not valid.", { issues });
  if (!cost && !validateOrder(body).valid) return invalid;

  const { PONumber: poNumber } = parseOrder(body);
  const gate = env.ORDERS.getByName(poNumber);
  try {
    // A catalog that has changed does not make an order unsent.
    if (!cost || isAboveApproval(env, [cost])) {
      if (!(await gate.knows(body))) return cost ? refused(403, "needs_approval", ALONE, { poNumber }) : invalid;
    }
    return await gate.place(poNumber, body, { spender: { id, ...(limits ? { limits } : {}) }, request: as, cost: cost ?? costOf(body, undefined) });
  } catch {
    // The Durable Object went away, and nobody knows at which point. It does: whoever asks again is told.
    const message = "It is not known whether the order was placed. Send it again as it is, under the same PO number.";
    return { ok: false, refusal: { status: 504, code: "server_error", message, outcome: "unknown", poNumber } };
  }
}

/** A body, unless it is longer than it may be; no more than that is ever in memory. */
export async function bytesOf({ headers, body }: Pick<Request, "headers" | "body">, limit: number): Promise<Uint8Array | undefined> {
  if (Number(headers.get("content-length")) > limit) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > limit) return undefined;
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

function refused(status: number, code: string, message: string, more: Pick<Refusal, "issues" | "poNumber"> = {}): Told<never> {
  return { ok: false, refusal: { status, code, message, outcome: "not-sent", ...more } };
}
