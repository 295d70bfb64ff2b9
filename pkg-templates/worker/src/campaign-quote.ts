// What a campaign would cost: the sum of what its pieces cost, currency by currency. No money goes through a float.
import type { AccountBalance, Campaign, Catalog } from "giftcard-partners";

import { decimal, units } from "./amounts.js";

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
}

/** As whoever approves writes them: one amount, or one for each currency. */
export type Totals = string | Record<string, string>;

/** The quotes of a piece added to those of the pieces before it. */
export function withPiece(quotes: Quote[], plan: Campaign, catalog: Catalog | undefined, balance: AccountBalance | undefined): Quote[] {
  const sums = new Map(quotes.map((quote) => [quote.currency, quote]));
  for (const { currency, orders, lines, faceValue, total, available } of quotesOf(plan, catalog, balance)) {
    const sum = sums.get(currency) ?? { ...(currency ? { currency } : {}), orders: 0, lines: 0, faceValue: "0.00", total: "0.00" };
    sums.set(currency, {
      ...sum,
      orders: sum.orders + orders,
      lines: sum.lines + lines,
      faceValue: plus(sum.faceValue, faceValue),
      total: plus(sum.total, total),
      ...(available === undefined ? {} : { available }),
    });
  }
  return [...sums.values()].map(({ short: _, ...quote }) => ({ ...quote, ...shortOf(quote) }));
}

/** Whether somebody agrees to exactly what was quoted. */
export function isQuoted(quotes: Quote[], totals: Totals): boolean {
  if (typeof totals === "string") return quotes.length === 1 && isSame(quotes[0]?.total ?? "", totals);
  const agreed = Object.keys(totals);
  return agreed.length === quotes.length && quotes.every(({ currency = "", total }) => isSame(total, totals[currency] ?? ""));
}

function quotesOf(plan: Campaign, catalog: Catalog | undefined, balance: AccountBalance | undefined): Quote[] {
  if (catalog) return plan.quote(catalog, balance);
  const { orders, lines, faceValue } = plan.progress().remaining;
  return orders > 0 ? [{ orders, lines, faceValue, total: faceValue }] : [];
}

function shortOf({ total, available }: Quote): Pick<Quote, "short"> {
  const missing = available === undefined ? 0n : (units(total) ?? 0n) - (units(available) ?? 0n);
  return missing > 0n ? { short: decimal(missing) } : {};
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [units(one), units(other)];
  return a !== undefined && a === b;
}

function plus(one: string, other: string): string {
  return decimal((units(one) ?? 0n) + (units(other) ?? 0n));
}
