// What the Worker is given: wrangler.jsonc names the bindings, `wrangler secret put` sets the secrets.
import type { CampaignRunParams } from "./campaign-run.js";
import type { CampaignStore } from "./campaign-store.js";
import type { OrderGate } from "./order-gate.js";
import type { PaymentIndex } from "./payment-index.js";

export interface Env {
  GIFTCARD_BASE_URL: string;
  GIFTCARD_EMAIL?: string;
  GIFTCARD_ACCESS_TOKEN?: string;
  /** How long one request to the API may take. Default: 30,000 milliseconds. */
  GIFTCARD_TIMEOUT_MS?: string;
  /** Signs the callback URLs of orders. Several, separated by spaces, while you change it: the first one signs. */
  CALLBACK_SECRET?: string;
  /** What callers of this Worker present as a bearer token. Without it nobody may order. */
  CALLER_TOKEN?: string;
  CACHE: KVNamespace;
  ORDERS: DurableObjectNamespace<OrderGate>;
  CAMPAIGNS: DurableObjectNamespace<CampaignStore>;
  PAYMENTS: DurableObjectNamespace<PaymentIndex>;
  RUNS: Workflow<CampaignRunParams>;
  /** A service binding that is called instead of the network, if there is one. */
  API?: Fetcher;
}
