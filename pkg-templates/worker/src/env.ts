// What the Worker is given: wrangler.jsonc names the bindings, `wrangler secret put` sets the secrets.
import type { CampaignRun, CampaignRunParams } from "./campaign-run.js";
import type { CampaignStore } from "./campaign-store.js";
import type { OrderGate } from "./order-gate.js";

export interface Env {
  GCP_BASE_URL: string;
  GCP_EMAIL?: string;
  GCP_ACCESS_TOKEN?: string;
  /** Signs the callback URLs of orders. Several, separated by spaces, while you change it: the first one signs. */
  CALLBACK_SECRET?: string;
  /** What callers of this Worker present as a bearer token. Without it nobody may order. */
  CALLER_TOKEN?: string;
  CACHE: KVNamespace;
  ORDERS: DurableObjectNamespace<OrderGate>;
  CAMPAIGNS: DurableObjectNamespace<CampaignStore>;
  RUNS: Workflow<CampaignRunParams>;
  /** Only in tests: a service binding instead of the network. */
  API?: Fetcher;
}

export type { CampaignRun };
