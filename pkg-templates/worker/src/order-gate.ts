// One Durable Object for each PO number: whatever is asked of that order goes through here, one after the other.
import { DurableObject } from "cloudflare:workers";
import { fingerprintOrder, type Order } from "giftcard-partners";

import { inDoubt, type Refusal, type Told, told, unread } from "./answers.js";
import type { AuditEntry } from "./audit-chain.js";
import { auditOf } from "./audit-log.js";
import { type Cost, giveBack, isCertainlyAbsent, overBudget, reserve, settle, type Spender } from "./budgets.js";
import { clientOf, place } from "./client.js";
import type { Env } from "./env.js";
import { noted } from "./failures.js";

/** What is known of the order. Its bytes are kept beside it while it is not known whether it exists, and no longer. */
interface Known {
  /** Of everything that the API compares. */
  fingerprint: string;
  /** Nothing while it is not known whether the order exists. */
  orderId?: string;
  status?: string;
  /** Whether it stands in the audit that it was placed. */
  isTold?: boolean;
}

/** Whoever asks for an order, by which request, and what it costs. */
export interface Asked {
  spender: Spender;
  request: string;
  cost: Cost;
}

/** Of what this gate has counted in the budgets. */
const OWNER = "order";

export interface GatePlaced {
  order: Order;
  outcome: "created" | "reconciled";
}

export class OrderGate extends DurableObject<Env> {
  #placing: { fingerprint: string; placed: Promise<Told<GatePlaced>> } | undefined;

  /** Places the order of these bytes, which the validator has passed. Concurrent doubles share one request. */
  async place(poNumber: string, body: Uint8Array, asked: Asked): Promise<Told<GatePlaced>> {
    const fingerprint = fingerprintOrder(body);
    if (this.#placing) {
      return this.#placing.fingerprint === fingerprint ? this.#placing.placed : { ok: false, refusal: conflict() };
    }
    // Set before the first await: a second call finds it.
    const placed = this.#place(poNumber, body, fingerprint, asked).finally(() => (this.#placing = undefined));
    this.#placing = { fingerprint, placed };
    return placed;
  }

  /** Whether the order of these bytes was sent before. Then it is judged by what it met, and not by the catalog of today. */
  async knows(body: Uint8Array): Promise<boolean> {
    const fingerprint = fingerprintOrder(body);
    const known = this.#placing ?? (await this.ctx.storage.get<Known>("order"));
    return known?.fingerprint === fingerprint;
  }

  /** Notes what a webhook was confirmed to say of the order that is known here; one in doubt is compared when it is asked for again. */
  async fulfilled(orderId: string, status: string | undefined): Promise<void> {
    const known = await this.ctx.storage.get<Known>("order");
    if (known?.orderId === orderId && status) await this.#keep({ ...known, status });
  }

  async #place(poNumber: string, body: Uint8Array, fingerprint: string, asked: Asked): Promise<Told<GatePlaced>> {
    const { spender, request, cost } = asked;
    const { storage } = this.ctx;
    const known = await storage.get<Known>("order");
    if (known && known.fingerprint !== fingerprint) return { ok: false, refusal: conflict(known.orderId) };
    if (known?.orderId) {
      const looked = await told(clientOf(this.env).getOrder(known.orderId));
      if (!known.isTold) await this.#tell(poNumber, known, "reconciled", asked);
      if (!looked.ok) return { ok: false, refusal: unread(looked.refusal, poNumber, known.orderId) };
      return { ok: true, value: { order: looked.value, outcome: "reconciled" } };
    }

    const mayExist = known !== undefined;
    const over = await reserve(this.env, OWNER, spender, { poNumber, cost, mayExist });
    if (over) return { ok: false, refusal: overBudget(over, "not-sent", poNumber) };
    // Written before it is sent: after a restart this object knows that the order may exist, and which bytes were sent.
    if (!known) await storage.put({ order: { fingerprint } satisfies Known, body });
    const bytes = (known && (await storage.get<Uint8Array>("body"))) ?? body;
    const placed = await told(
      place(this.env, bytes, poNumber, mayExist, { request }).catch(async (error) => {
        if (!mayExist && isCertainlyAbsent(error)) await giveBack(this.env, OWNER, spender, [poNumber]);
        throw error;
      }),
    );
    if (placed.ok) {
      const { order, outcome } = placed.value;
      const kept = { fingerprint, orderId: order.Id, ...(order.Status ? { status: order.Status } : {}) };
      await this.#keep(kept);
      await this.#tell(poNumber, kept, outcome, asked);
      return { ok: true, value: { order, outcome } };
    }
    const { refusal } = placed;
    if (refusal.outcome === "rejected") await tellRefusal(this.env, poNumber, refusal, asked);
    // Also where the PO number is said to be another order's: that one may be ours, shown otherwise than it was sent.
    if (known) return { ok: false, refusal: inDoubt(refusal) };
    // What is certainly not there leaves no trace, so that a mended order may use the PO number.
    if (refusal.outcome === "rejected" || refusal.outcome === "not-sent") await storage.deleteAll();
    return placed;
  }

  /** Writes down that the order was placed; once, though it is asked for again before that could be said. */
  async #tell(poNumber: string, known: Known, outcome: string, asked: Asked): Promise<void> {
    try {
      await auditOf(this.env).append([
        { once: `order ${poNumber} ${known.orderId}`, entry: entryOf(poNumber, "placed", asked, outcome, known.orderId) },
      ]);
      await settle(this.env, [poNumber]);
      await this.#keep({ ...known, isTold: true });
    } catch (error) {
      noted(error);
    }
  }

  async #keep(known: Known): Promise<void> {
    await this.ctx.storage.put<Known>("order", known);
    await this.ctx.storage.delete("body");
  }
}

/** What is refused is told each time. It is refused all the same where that cannot be told. */
async function tellRefusal(env: Env, poNumber: string, { code, orderId }: Refusal, asked: Asked): Promise<void> {
  const entry = entryOf(poNumber, "refused", asked, code, orderId);
  try {
    await auditOf(env).append([{ once: crypto.randomUUID(), entry }]);
  } catch (error) {
    noted(error);
  }
}

function entryOf(poNumber: string, what: "placed" | "refused", { spender, cost }: Asked, outcome: string, orderId?: string): AuditEntry {
  const { total: amount, currency } = cost;
  return { who: spender.id, what, poNumber, ...(orderId ? { orderId } : {}), amount, ...(currency ? { currency } : {}), outcome };
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
