// The API's client: one for each set of bindings that an isolate sees.
import { GiftCardPartners } from "giftcard-partners";

import type { Env } from "./env.js";

const clients = new WeakMap<Env, GiftCardPartners>();

/** Tokens and the catalog are kept in KV, so that a new isolate does not begin with requests. */
export function clientOf(env: Env): GiftCardPartners {
  const known = clients.get(env);
  if (known) return known;
  const client = makeClient(env);
  clients.set(env, client);
  return client;
}

function makeClient(env: Env): GiftCardPartners {
  const { GCP_BASE_URL: baseUrl, GCP_EMAIL: email, GCP_ACCESS_TOKEN: accessToken } = env;
  return new GiftCardPartners({
    baseUrl,
    ...(email && accessToken ? { credentials: { email, accessToken } } : {}),
    ...(env.API ? { fetch: env.API } : {}),
    cache: env.CACHE,
    cacheToken: true,
    // Events hold no secret and no person: they are safe to log.
    onEvent: (event) => console.log(JSON.stringify(event)),
  });
}
