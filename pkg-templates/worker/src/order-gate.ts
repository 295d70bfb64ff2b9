// One Durable Object for each PO number: whatever is asked of that order goes through here, one after the other.
import { DurableObject } from "cloudflare:workers";
import { fingerprintOrder, type Order } from "giftcard-partners";

import { type Refusal, type Told, told } from "./answers.js";
import { clientOf } from "./client.js";
import type { Env } from "./env.js";

/** What is known of the order; no person is in it. */
interface Known {
  /** Of everything that the API compares. */
  fingerprint: string;
  /** Nothing while it is not known whether the order exists. */
  orderId?: string;
  status?: string;
}

export interface GatePlaced {
  order: Order;
  outcome: "created" | "reconciled";
}

export class OrderGate extends DurableObject<Env> {
  #placing: { fingerprint: string; placed: Promise<Told<GatePlaced>> } | undefined;

  /** Places the order of these bytes, which the validator has passed. Concurrent doubles share one request. */
  async place(body: Uint8Array): Promise<Told<GatePlaced>> {
    const fingerprint = fingerprintOrder(body);
    if (this.#placing) {
      return this.#placing.fingerprint === fingerprint ? this.#placing.placed : { ok: false, refusal: conflict() };
    }
    // Set before the first await: a second call finds it.
    const placed = this.#place(body, fingerprint).finally(() => (this.#placing = undefined));
    this.#placing = { fingerprint, placed };
    return placed;
  }

  /** Notes what a webhook was confirmed to say. */
  async fulfilled(orderId: string, status: string | undefined): Promise<void> {
    const known = await this.ctx.storage.get<Known>("order");
    if (known) await this.ctx.storage.put<Known>("order", { ...known, orderId, ...(status ? { status } : {}) });
  }

  async #place(body: Uint8Array, fingerprint: string): Promise<Told<GatePlaced>> {
    const known = await this.ctx.storage.get<Known>("order");
    if (known && known.fingerprint !== fingerprint) return { ok: false, refusal: conflict(known.orderId) };
    const client = clientOf(this.env);
    if (known?.orderId) {
      const id = known.orderId;
      return told(client.getOrder(id).then((order) => ({ order, outcome: "reconciled" as const })));
    }

    // Written before it is sent: after a restart this object knows that the order may exist.
    if (!known) await this.ctx.storage.put<Known>("order", { fingerprint });
    const placed = await told(client.createOrder(body));
    if (placed.ok) {
      const { order, outcome } = placed.value;
      const { Id: orderId, Status: status } = order;
      await this.ctx.storage.put<Known>("order", { fingerprint, orderId, ...(status ? { status } : {}) });
      return { ok: true, value: { order, outcome } };
    }
    // What is certainly not there leaves no trace, so that a mended order may use the PO number. Once a send was lost, it stays.
    const { outcome } = placed.refusal;
    if (!known && (outcome === "rejected" || outcome === "not-sent")) await this.ctx.storage.delete("order");
    return placed;
  }
}

function conflict(orderId?: string): Refusal {
  return {
    status: 409,
    code: "po_number_conflict",
    message: "Another order was sent under this PO number. Look at that one first; a new order needs a PO number of its own.",
    outcome: "rejected",
    ...(orderId ? { orderId } : {}),
  };
}
