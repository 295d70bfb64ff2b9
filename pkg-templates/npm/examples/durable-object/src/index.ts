// An outbox: an order is stored before it is sent, and sent again by an alarm until it is known what became of it.
import { DurableObject } from "cloudflare:workers";
import { GiftCardPartners, fingerprintOrder, isGiftCardError, validateOrder } from "giftcard-partners";

interface Env {
  GIFTCARD_BASE_URL: string;
  GIFTCARD_EMAIL: string;
  GIFTCARD_ACCESS_TOKEN: string;
  OUTBOX: DurableObjectNamespace<Outbox>;
}
interface State {
  /** `stopped`: sent again as it is, it would be refused again. Look at the account before you order anew. */
  state: "waiting" | "placed" | "stopped";
  orderId?: string;
  code?: string;
}
const FINAL = ["validation_failed", "po_number_conflict", "bad_request"];
const WAIT_MS = 60_000;

export class Outbox extends DurableObject<Env> {
  /** Takes the order of its PO number, once; nothing for another one under the same number. */
  async take(body: string): Promise<State | undefined> {
    const fingerprint = fingerprintOrder(body);
    const known = await this.state();
    if (known) return (await this.ctx.storage.get("fingerprint")) === fingerprint ? known : undefined;
    await this.ctx.storage.put({ body, fingerprint, state: { state: "waiting" } satisfies State });
    await this.ctx.storage.setAlarm(Date.now());
    return { state: "waiting" };
  }

  state(): Promise<State | undefined> {
    return this.ctx.storage.get<State>("state");
  }

  override async alarm(): Promise<void> {
    // An alarm may run again after its end.
    if ((await this.state())?.state !== "waiting") return;
    const { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken } = this.env;
    const client = new GiftCardPartners({ baseUrl, credentials: { email, accessToken } });
    try {
      const { order } = await client.createOrder((await this.ctx.storage.get<string>("body")) ?? "");
      await this.#end({ state: "placed", orderId: order.Id });
    } catch (error) {
      if (!isGiftCardError(error)) throw error;
      if (error.outcome !== "unknown" && FINAL.includes(error.code)) return this.#end({ state: "stopped", code: error.code });
      await this.ctx.storage.setAlarm(Date.now() + Math.max(WAIT_MS, error.retryAfterMs ?? 0)); // Not funded yet, not reached, not known.
    }
  }

  async #end(state: State): Promise<void> {
    await this.ctx.storage.put("state", state);
    await this.ctx.storage.delete("body"); // It holds a person.
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    // Your own sign-in comes here.
    const outboxOf = (poNumber: string) => env.OUTBOX.get(env.OUTBOX.idFromName(poNumber));
    if (request.method === "GET") {
      const state = await outboxOf(decodeURIComponent(new URL(request.url).pathname.slice("/orders/".length))).state();
      return Response.json(state ?? null, { status: state ? 200 : 404 });
    }
    const body = await request.text();
    const { valid, issues } = validateOrder(body);
    if (!valid) return Response.json({ issues }, { status: 422 });
    const taken = await outboxOf(JSON.parse(body).PONumber).take(body);
    return Response.json(taken ?? { code: "po_number_conflict" }, { status: taken ? 202 : 409 });
  },
} satisfies ExportedHandler<Env>;
