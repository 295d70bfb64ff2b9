// In a Cloudflare Worker: bindings as they are.
import { GiftCardPartners, isGiftCardError } from "giftcard-partners";
import { validateOrder } from "giftcard-partners/order";
import { createSandbox } from "giftcard-partners/sandbox";

interface Env {
  GIFTCARD_BASE_URL: string;
  GIFTCARD_EMAIL: string;
  GIFTCARD_ACCESS_TOKEN: string;
  /** A service binding. */
  SVC: Fetcher;
  KV: KVNamespace;
}

export default {
  async fetch(request, env) {
    const { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken } = env;
    const client = new GiftCardPartners({ baseUrl, credentials: { email, accessToken }, fetch: env.SVC });
    new GiftCardPartners({ baseUrl, fetch: (sent) => env.SVC.fetch(sent.url, { method: sent.method }) });
    new GiftCardPartners({ baseUrl, fetch, cache: env.KV });

    const body = await request.arrayBuffer();
    const { valid, issues } = validateOrder(body);
    if (!valid) return Response.json({ issues }, { status: 422 });
    try {
      const { order, outcome } = await client.createOrder(new Uint8Array(body), { signal: request.signal });
      return Response.json({ id: order.Id, outcome }, { status: 201 });
    } catch (error) {
      if (isGiftCardError(error)) return Response.json(error, { status: error.status ?? 502 });
      throw error;
    }
  },
} satisfies ExportedHandler<Env>;

/** A Worker may serve the sandbox. */
export const sandboxed = {
  fetch: (request) => createSandbox().fetch(request),
} satisfies ExportedHandler;
