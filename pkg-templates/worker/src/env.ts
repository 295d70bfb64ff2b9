// What the Worker is given: wrangler.jsonc names the bindings, `wrangler secret put` sets the secrets.
import type { AlertDesk } from "./alerts.js";
import type { AuditLog } from "./audit-log.js";
import type { CampaignList } from "./campaign-list.js";
import type { BudgetBook } from "./budget-book.js";
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
  /** The bearer token of one caller with all roles, named `caller`. */
  CALLER_TOKEN?: string;
  /** Callers with a bearer token each, as JSON: `[{ "id": "ann", "roles": ["order", "read"], "sha256": "…" }]`. */
  CALLERS?: string;
  /** The team of Cloudflare Access, if that lets callers through, and the audience tag of the application. */
  ACCESS_TEAM?: string;
  ACCESS_AUD?: string;
  /** The roles of its people, by e-mail address, `@domain` or `group:name`: `{ "ann@example.com": ["order", "read"] }`. */
  ACCESS_ROLES?: unknown;
  /** What may be spent, each an amount as text or amounts by currency: by one order, by a caller in a day (UTC), by all in a month, and ever. */
  BUDGET_ORDER?: unknown;
  BUDGET_CALLER_DAY?: unknown;
  BUDGET_MONTH?: unknown;
  BUDGET_TOTAL?: unknown;
  /** What one person may spend alone: above it whoever approves is not who posted. Default: any amount. */
  APPROVAL_ABOVE?: unknown;
  BUDGETS: DurableObjectNamespace<BudgetBook>;
  /** The platform's own rate limit, for each caller. */
  RATE_LIMIT?: RateLimit;
  /** Where alerts are posted to: a webhook of Slack, of Teams, or one of your own. */
  ALERT_WEBHOOK?: string;
  /** Days for which people are kept after a campaign has ended. Default: 30. */
  RETENTION_DAYS?: string;
  CACHE: KVNamespace;
  ORDERS: DurableObjectNamespace<OrderGate>;
  CAMPAIGNS: DurableObjectNamespace<CampaignStore>;
  PAYMENTS: DurableObjectNamespace<PaymentIndex>;
  AUDIT: DurableObjectNamespace<AuditLog>;
  LIST: DurableObjectNamespace<CampaignList>;
  ALERTS: DurableObjectNamespace<AlertDesk>;
  RUNS: Workflow<CampaignRunParams>;
  /** A service binding that is called instead of the network, if there is one. */
  API?: Fetcher;
}
