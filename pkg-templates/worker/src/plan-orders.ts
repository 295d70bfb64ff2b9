// The orders of a plan: what each costs, and whom they pay, by the package's digests of them.
import type { Campaign, OrderDigest } from "giftcard-partners";

import type { OrderCost } from "./order-cost.js";
import { type OrderPayments, PaymentRows } from "./payment-rows.js";

/** An order of a plan that is run here. */
export type PricedOrder = Pick<OrderDigest, "poNumber" | "lineCount" | "state"> & { cost: OrderCost };

/** What an order of a plan costs. */
export type CostOf = (order: OrderDigest, plan: Campaign) => OrderCost;

export interface PlanOrders {
  orders: PricedOrder[];
  /** The rows that they pay, or may have. */
  rows: PaymentRows;
}

/** `offset`: how many lines further down the file that was posted has what the plan has. */
export function ordersOf(plan: Campaign, secret: Uint8Array, costOf: CostOf, offset = 0): PlanOrders {
  const orders: PricedOrder[] = [];
  const paying: OrderPayments[] = [];
  for (const order of plan.digests(secret)) {
    if (order.isEarlier) continue;
    const { poNumber, lineCount, state, payments } = order;
    const isRun = ["planned", "short", "sent", "unknown"].includes(state);
    if (isRun) orders.push({ poNumber, lineCount, state, cost: costOf(order, plan) });
    if (state !== "rejected") paying.push({ payments, lineOf: (line) => line + offset, order: isRun ? orders.length : 0 });
  }
  return { orders, rows: PaymentRows.of(paying) };
}

/** What the campaigns have paid, or may have, that a plan carries: that is paid, wherever it was. */
export function rowsBefore(plan: Campaign, secret: Uint8Array): PaymentRows {
  const before = [...plan.digests(secret)].filter(({ isEarlier }) => isEarlier);
  return PaymentRows.of(before.map(({ payments }) => ({ payments, lineOf: () => 0, order: 0 })));
}
