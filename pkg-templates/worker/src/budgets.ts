// What may be spent: by one order, by a caller in a day, by all in a month, and ever. `budget-book.ts` counts; where nothing is limited it is
// not asked.
import { isGiftCardError } from "giftcard-partners";

import { decimal, type Spendable, spendable, units } from "./amounts.js";
import type { Refusal } from "./answers.js";
import { spendableOf } from "./configuration.js";
import type { Env } from "./env.js";
import type { Caller } from "./roles.js";

export type Span = "day" | "month" | "total";
export type Budget = "order" | Span;

/** What is limited, and to what. */
export type Limits = Partial<Record<Budget, Spendable>>;

/** Decimal texts: what each limited budget has left. */
export type Left = Partial<Record<Budget, string>>;

/** Whose budget it is. */
export type Spender = Pick<Caller, "id" | "limits">;

/** What an order costs. */
export interface Cost {
  /** ISO 4217; absent where no catalog names one. */
  currency?: string;
  /** Decimal text. */
  total: string;
}

/** An order that is about to be sent. */
export interface Claim {
  poNumber: string;
  /** Who sends it: a campaign's child, or the gate of single orders. */
  owner: string;
  caller: string;
  /** Empty where nobody knows it. */
  currency: string;
  /** In ten-thousandths. */
  amount: string;
  /** Whether an earlier send may have placed it. */
  mayExist: boolean;
}

/** Which budget an order, or a campaign, would exceed. */
export interface Over {
  budget: Budget;
  currency?: string;
  /** What it would cost, and what is left. */
  asked: string;
  left: string;
}

const WORDS: Record<Budget, string> = {
  order: "an order may come to",
  day: "the caller's budget of today has left",
  month: "this month's budget has left",
  total: "the whole budget has left",
};

/** Nothing where nothing is limited. */
export function limitsOf(env: Env, { limits = {} }: Spender): Limits | undefined {
  const found: [Budget, Spendable | undefined][] = [
    ["order", limits.order ?? spendableOf("BUDGET_ORDER", env.BUDGET_ORDER)],
    ["day", limits.day ?? spendableOf("BUDGET_CALLER_DAY", env.BUDGET_CALLER_DAY)],
    ["month", spendableOf("BUDGET_MONTH", env.BUDGET_MONTH)],
    ["total", spendableOf("BUDGET_TOTAL", env.BUDGET_TOTAL)],
  ];
  const set = found.filter(([, limit]) => limit !== undefined);
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}

/** Counts an order before it is sent. Says which budget it would exceed; then it is not to be sent. */
export async function reserve(env: Env, owner: string, spender: Spender, order: { poNumber: string; cost: Cost; mayExist: boolean }): Promise<Over | undefined> {
  const limits = limitsOf(env, spender);
  if (!limits) return undefined;
  const { poNumber, mayExist, cost: { currency = "", total } } = order;
  return book(env).reserve({ poNumber, owner, caller: spender.id, currency, amount: String(units(total) ?? 0n), mayExist }, limits);
}

/** Gives back what was reserved for orders that were never sent, or refused. */
export async function giveBack(env: Env, owner: string, spender: Spender, poNumbers: string[]): Promise<void> {
  if (poNumbers.length > 0 && limitsOf(env, spender)) await book(env).giveBack(owner, poNumbers);
}

/** Orders that are placed are no longer in doubt. */
export async function settle(env: Env, poNumbers: string[]): Promise<void> {
  await book(env).settle(poNumbers);
}

/** Whether an order that was sent for the first time is certainly not there. Under a taken PO number may be its own lost send. */
export function isCertainlyAbsent(error: unknown): boolean {
  if (!isGiftCardError(error) || (error.outcome !== "rejected" && error.outcome !== "not-sent")) return false;
  return error.code !== "po_number_conflict" || error.attempts === 1;
}

export function overBudget(over: Over, outcome: Refusal["outcome"], poNumber?: string): Refusal {
  return { status: 402, code: "over_budget", message: wordsOf(over, "The order"), ...(outcome ? { outcome } : {}), ...(poNumber ? { poNumber } : {}), over };
}

export function wordsOf({ budget, currency, asked, left }: Over, what: string): string {
  const of = (amount: string) => (currency ? `${amount} ${currency}` : amount);
  const unknown = currency ? "" : " In which currency, no catalog says just now.";
  return `${what} comes to ${of(asked)}, and ${WORDS[budget]} ${of(left)}.${unknown}`;
}

/** What a campaign would spend that is not counted yet, order by order. */
export class Spending {
  readonly #sums = new Map<string, bigint>();
  readonly #largest = new Map<string, bigint>();

  constructor(
    readonly env: Env,
    readonly spender: Spender,
    readonly limits: Limits | undefined,
  ) {}

  async add(orders: { poNumber: string; cost: Cost }[]): Promise<void> {
    if (!this.limits || orders.length === 0) return;
    const uncounted = new Set(await book(this.env).uncounted(orders.map(({ poNumber }) => poNumber)));
    for (const { poNumber, cost: { currency = "", total } } of orders) {
      if (!uncounted.has(poNumber)) continue;
      const amount = units(total) ?? 0n;
      this.#sums.set(currency, (this.#sums.get(currency) ?? 0n) + amount);
      if (amount > (this.#largest.get(currency) ?? 0n)) this.#largest.set(currency, amount);
    }
  }

  /** What the budgets have left for each currency, and the first that would be exceeded. */
  async judge(currencies: Iterable<string> = this.#sums.keys()): Promise<{ left: Map<string, Left>; over?: Over }> {
    const left = new Map<string, Left>();
    if (!this.limits) return { left };
    for (const currency of currencies) left.set(currency, await book(this.env).left(this.spender.id, currency, this.limits));
    for (const [currency, of] of left) {
      for (const [budget, amount] of Object.entries(of) as [Budget, string][]) {
        const asked = (budget === "order" ? this.#largest : this.#sums).get(currency) ?? 0n;
        if (asked > (units(amount) ?? 0n)) return { left, over: { budget, ...(currency ? { currency } : {}), asked: decimal(asked), left: amount } };
      }
    }
    return { left };
  }

  /** What `judge` goes by, to be asked again later. */
  toJSON(): SpendingSums {
    const texts = (sums: Map<string, bigint>) => Object.fromEntries([...sums].map(([currency, amount]) => [currency, String(amount)]));
    return { sums: texts(this.#sums), largest: texts(this.#largest) };
  }

  static from(env: Env, spender: Spender, { sums, largest }: SpendingSums): Spending {
    const spending = new Spending(env, spender, limitsOf(env, spender));
    for (const [currency, amount] of Object.entries(sums)) spending.#sums.set(currency, BigInt(amount));
    for (const [currency, amount] of Object.entries(largest)) spending.#largest.set(currency, BigInt(amount));
    return spending;
  }
}

export interface SpendingSums {
  sums: Record<string, string>;
  largest: Record<string, string>;
}

/** Whether it is more than one person may spend alone. */
export function isAboveApproval(env: Env, costs: Cost[]): boolean {
  const above = spendableOf("APPROVAL_ABOVE", env.APPROVAL_ABOVE);
  return above !== undefined && costs.some(({ currency, total }) => (units(total) ?? 0n) > spendable(above, currency));
}

export function book(env: Env) {
  return env.BUDGETS.getByName("budgets");
}
