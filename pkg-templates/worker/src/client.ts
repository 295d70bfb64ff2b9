// The API's client: one for each set of bindings that an isolate sees.
import { type FetchLike, GiftCardPartners, isGiftCardError, type PlacedOrder } from "giftcard-partners";

import type { Env } from "./env.js";
import { HISTORY_PAGES } from "./limits.js";

/** What an order is placed for: the child of a campaign, or a request to this Worker. */
export interface PlacedFor {
  campaign?: string;
  request?: string;
}

/** Of the orders that are being placed: the log names these, and no PO number. */
const placedFor = new Map<string, PlacedFor>();

const clients = new WeakMap<Env, GiftCardPartners>();

/** Tokens and the catalog are kept in KV, so that a new isolate does not begin with requests. */
export function clientOf(env: Env): GiftCardPartners {
  const known = clients.get(env);
  if (known) return known;
  const client = makeClient(env, env.API);
  clients.set(env, client);
  return client;
}

/**
 * Sends an order whose bytes are stored already. Where an earlier send of it was lost (`mayExist`), a refusal now says nothing of that
 * one: it may have taken the funds that this one lacks. So the history is asked for the PO number. `of`: for the log.
 */
export async function place(env: Env, body: Uint8Array, poNumber: string, mayExist: boolean, of: PlacedFor): Promise<PlacedOrder> {
  placedFor.set(poNumber, of);
  try {
    return await send(env, body, poNumber, mayExist);
  } finally {
    placedFor.delete(poNumber);
  }
}

async function send(env: Env, body: Uint8Array, poNumber: string, mayExist: boolean): Promise<PlacedOrder> {
  const client = clientOf(env);
  try {
    return await client.createOrder(body);
  } catch (error) {
    const wasRefused = isGiftCardError(error) && error.outcome === "rejected" && error.code !== "po_number_conflict";
    if (!mayExist || !wasRefused) throw error;
    const found = await client.findOrder(poNumber, { maxPages: HISTORY_PAGES }).catch(() => undefined);
    if (!found) throw error;
    return compare(env, body, found.Id);
  }
}

/** The client's own comparison of an order with one that exists: its POST is answered here, by the 409 that names that one. */
async function compare(env: Env, body: Uint8Array, orderId: string): Promise<PlacedOrder> {
  const conflict = async (request: Request) => {
    const isOrder = request.method === "POST" && new URL(request.url).pathname.endsWith("/v1/Orders");
    if (isOrder) return Response.json({ previousOrderIds: [orderId] }, { status: 409 });
    return env.API ? env.API.fetch(request) : fetch(request);
  };
  const client = makeClient(env, conflict as FetchLike);
  try {
    return await client.createOrder(body);
  } finally {
    client.free();
  }
}

function makeClient(env: Env, send: FetchLike | { fetch: FetchLike } | undefined): GiftCardPartners {
  const { GIFTCARD_BASE_URL: baseUrl, GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken, GIFTCARD_TIMEOUT_MS: timeoutMs } = env;
  return new GiftCardPartners({
    baseUrl,
    ...(email && accessToken ? { credentials: { email, accessToken } } : {}),
    ...(timeoutMs ? { timeoutMs: Number(timeoutMs) } : {}),
    ...(send ? { fetch: send } : {}),
    cache: env.CACHE,
    cacheToken: true,
    // Events hold no secret and no person; but what callers make their PO numbers of, nobody knows, or what they ask for as an id.
    onEvent: ({ poNumber = "", ...event }) => {
      const path = "path" in event ? { path: withoutId(event.path) } : {};
      console.log(JSON.stringify({ ...event, ...path, ...placedFor.get(poNumber) }));
    },
  });
}

/** `/v1/Orders/…` for every order. */
function withoutId(path: string): string {
  return path.replace(/(\/v1\/[^/]+\/).+/, "$1…");
}
