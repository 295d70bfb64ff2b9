// What a caller may do. Each route names the roles of which one is needed.
import type { Context, MiddlewareHandler } from "hono";

import type { Spendable } from "./amounts.js";
import { includesClaims, refused } from "./answers.js";
import type { Env } from "./env.js";

/**
 * `order` posts orders and campaigns, `approve` lets campaigns spend, `read` sees what was ordered and the balance, `claims` sees the cards
 * themselves.
 */
export const ROLES = ["order", "approve", "read", "claims"] as const;
export type Role = (typeof ROLES)[number];

/** Whoever asks. */
export interface Caller {
  /** Which person or program it is: whoever posts a large campaign cannot approve it. In small letters, so that one person is one. */
  id: string;
  roles: readonly Role[];
  /** What this caller may spend, instead of what `BUDGET_ORDER` and `BUDGET_CALLER_DAY` say. */
  limits?: CallerLimits;
}

export interface CallerLimits {
  /** One order. */
  order?: Spendable;
  /** All orders of a day, in UTC. */
  day?: Spendable;
}

/** What Hono hands to each route behind `authorize`. */
export interface Routed {
  Bindings: Env;
  /** `request`: what the request is called in the log. */
  Variables: { caller: Caller; request: string };
}

/** Lets through whoever has one of these roles; and `claims` as well, where claims are asked for. */
export function needs(...roles: Role[]): MiddlewareHandler<Routed> {
  return async (context, next) => {
    const missing = missingRole(context, roles);
    return missing ? refused(403, "forbidden", `This needs the role ${missing}.`) : next();
  };
}

function missingRole({ var: { caller }, req }: Context<Routed>, roles: Role[]): string | undefined {
  if (!roles.some((role) => caller.roles.includes(role))) return roles.join(" or ");
  return includesClaims(req.raw) && !caller.roles.includes("claims") ? "claims" : undefined;
}
