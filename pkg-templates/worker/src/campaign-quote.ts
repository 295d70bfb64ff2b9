// What a campaign would cost: the sum of what its orders cost, currency by currency. No money goes through a float.
import { decimal, units } from "./amounts.js";
import type { Left } from "./budgets.js";
import type { OrderCost } from "./order-cost.js";

export interface Quote {
  /** ISO 4217; absent where no catalog names one. */
  currency?: string;
  orders: number;
  lines: number;
  faceValue: string;
  /** What is paid: the face value where no catalog was to be had that knows discounts and fees. */
  total: string;
  /** The account's funds, where they were to be had. */
  available?: string;
  /** What they lack; absent where they are enough. */
  short?: string;
  /** What the budgets had left when it was quoted, where there are any. */
  left?: Left;
}

/** As whoever approves writes them: one amount, or one for each currency. */
export type Totals = string | Record<string, string>;

/** The quotes with an order more. */
export function withOrder(quotes: Quote[], { currency, faceValue, total, available }: OrderCost, lines: number): Quote[] {
  const sums = new Map(quotes.map((quote) => [quote.currency, quote]));
  const sum = sums.get(currency) ?? { ...(currency ? { currency } : {}), orders: 0, lines: 0, faceValue: "0.00", total: "0.00" };
  sums.set(currency, {
    ...sum,
    orders: sum.orders + 1,
    lines: sum.lines + lines,
    faceValue: plus(sum.faceValue, faceValue),
    total: plus(sum.total, total),
    ...(available === undefined ? {} : { available }),
  });
  return [...sums.values()].map(({ short: _, ...quote }) => ({ ...quote, ...shortOf(quote) }));
}

/** Whether somebody agrees to exactly what was quoted. */
export function isQuoted(quotes: Quote[], totals: Totals): boolean {
  if (typeof totals === "string") return quotes.length === 1 && isSame(quotes[0]?.total ?? "", totals);
  const agreed = Object.keys(totals);
  return agreed.length === quotes.length && quotes.every(({ currency = "", total }) => isSame(total, totals[currency] ?? ""));
}

function shortOf({ total, available }: Quote): Pick<Quote, "short"> {
  if (available === undefined) return {};
  // Below zero where the account owes.
  const funds = available.startsWith("-") ? -(units(available.slice(1)) ?? 0n) : (units(available) ?? 0n);
  const missing = (units(total) ?? 0n) - funds;
  return missing > 0n ? { short: decimal(missing) } : {};
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [units(one), units(other)];
  return a !== undefined && a === b;
}

function plus(one: string, other: string): string {
  return decimal((units(one) ?? 0n) + (units(other) ?? 0n));
}
