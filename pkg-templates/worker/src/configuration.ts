// What wrangler.jsonc and the secrets say, where it is JSON, and what is missing there. A value is never repeated: it may be a secret.
import { isSpendable, type Spendable, units } from "./amounts.js";
import type { Env } from "./env.js";

/** The Worker was deployed without something that it needs. */
export class NotConfigured extends Error {
  override readonly name = "NotConfigured";

  constructor(readonly variable: string, readonly what: string) {
    super(`${variable}: ${what}.`);
  }
}

/** Variables that hold money. */
const AMOUNTS = ["BUDGET_ORDER", "BUDGET_CALLER_DAY", "BUDGET_MONTH", "BUDGET_TOTAL", "APPROVAL_ABOVE"] as const;

const checked = new WeakSet<Env>();

/** Ends the first request of a deployment that could not order anything. */
export function mustBeConfigured(env: Env): void {
  if (checked.has(env)) return;
  const secret = (name: string) => new NotConfigured(name, `it is not set; \`npx wrangler secret put ${name}\` does that`);
  const base = URL.parse(env.GIFTCARD_BASE_URL ?? "");
  if (!base || (!env.API && base.hostname.endsWith(".example.invalid"))) {
    throw new NotConfigured("GIFTCARD_BASE_URL", "it says where the API is, in wrangler.jsonc; your account manager names it");
  }
  // Whoever binds a service of his own may have the credentials there.
  if (!env.API && !env.GIFTCARD_EMAIL) throw secret("GIFTCARD_EMAIL");
  if (!env.API && !env.GIFTCARD_ACCESS_TOKEN) throw secret("GIFTCARD_ACCESS_TOKEN");
  for (const name of AMOUNTS) spendableOf(name, env[name]);
  checked.add(env);
}

/** A variable as JSON: wrangler.jsonc may hold it as such or as text, a secret as text. Nothing where it is not set. */
export function json(name: string, value: unknown): unknown {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new NotConfigured(name, "it is no JSON");
  }
}

export function listed(name: string, value: unknown): unknown[] {
  const list = json(name, value) ?? [];
  if (!Array.isArray(list)) throw new NotConfigured(name, "it is a list");
  return list;
}

export function record(name: string, value: unknown): Record<string, unknown> {
  const parsed = json(name, value) ?? {};
  if (typeof parsed !== "object" || Array.isArray(parsed)) throw new NotConfigured(name, "it is an object");
  return parsed as Record<string, unknown>;
}

/** An amount, or amounts by currency. Nothing where it is not set. */
export function spendableOf(name: string, value: unknown): Spendable | undefined {
  const said = typeof value === "string" && units(value.trim()) !== undefined ? value.trim() : json(name, value);
  if (said === undefined || isSpendable(said)) return said;
  throw new NotConfigured(name, 'it is an amount as text, "5000.00", or amounts by currency, { "USD": "5000.00" }');
}
