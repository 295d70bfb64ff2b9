// GET /budgets: what may be spent, what is spent and what is left.
import { decimal, type Spendable, spendable } from "./amounts.js";
import type { Spent } from "./budget-book.js";
import { type Budget, book, limitsOf } from "./budgets.js";
import { limitsOfCaller } from "./callers.js";
import type { Env } from "./env.js";
import type { Caller } from "./roles.js";

/** Amounts are decimal texts. */
export interface BudgetState {
  budget: Budget;
  /** Of a caller's day. */
  caller?: string;
  day?: string;
  month?: string;
  /** ISO 4217; absent where no order has told one, and where no catalog does. */
  currency?: string;
  limit: string;
  /** Of one order nothing is: each is held to the limit by itself. */
  spent?: string;
  /** Of what is spent, what orders come to that are on their way or in doubt. */
  inDoubt?: string;
  left?: string;
}

/** The budgets that are limited: of one order, of whoever asks and of all who have ordered today, of this month, and of all. */
export async function budgetsOf(env: Env, asking: Caller): Promise<BudgetState[]> {
  const { day, sums: spent } = await book(env).spent();
  const states: BudgetState[] = [];
  const all = limitsOf(env, asking) ?? {};
  for (const currency of currenciesOf(all.order, [])) states.push({ budget: "order", ...currency, limit: limitOf(all.order, currency) });

  const callers = new Set([asking.id, ...spent.flatMap(({ caller }) => caller ?? [])]);
  for (const caller of callers) {
    const limits = caller === asking.id ? asking.limits : await limitsOfCaller(env, caller);
    const limit = limitsOf(env, { id: caller, ...(limits ? { limits } : {}) })?.day;
    states.push(...of("day", limit, spent.filter((sum) => sum.caller === caller), { caller, day }));
  }
  states.push(...of("month", all.month, spent.filter(({ span }) => span === "month"), { month: day.slice(0, "2026-11".length) }));
  states.push(...of("total", all.total, spent.filter(({ span }) => span === "total"), {}));
  return states;
}

function of(budget: Budget, limit: Spendable | undefined, sums: Spent[], whose: Pick<BudgetState, "caller" | "day" | "month">): BudgetState[] {
  return currenciesOf(limit, sums.map(({ currency }) => currency)).map((currency) => {
    const sum = sums.find((one) => one.currency === (currency.currency ?? ""));
    const [spent, inDoubt] = [BigInt(sum?.spent ?? "0"), BigInt(sum?.inDoubt ?? "0")];
    const left = spendable(limit ?? "0", currency.currency) - spent;
    const amounts = { limit: limitOf(limit, currency), spent: decimal(spent), inDoubt: decimal(inDoubt), left: decimal(left > 0n ? left : 0n) };
    return { budget, ...whose, ...currency, ...amounts };
  });
}

/** Those that a limit names and those that were spent; none where nothing is limited. */
function currenciesOf(limit: Spendable | undefined, spent: string[]): { currency?: string }[] {
  if (limit === undefined) return [];
  const named = new Set([...(typeof limit === "string" ? [] : Object.keys(limit)), ...spent]);
  if (named.size === 0) return [{}];
  return [...named].sort().map((currency) => (currency ? { currency } : {}));
}

function limitOf(limit: Spendable | undefined, { currency }: { currency?: string }): string {
  return decimal(spendable(limit ?? "0", currency));
}
