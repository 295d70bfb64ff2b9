// The orders of a plan: what each costs, and whom they pay.
import type { Campaign, Catalog, PlannedOrder } from "giftcard-partners";

import type { OrderCost } from "./order-cost.js";
import { phonePayments } from "./phone-payments.js";
import { type PaymentRows, PaymentTeller } from "./payment-rows.js";

/** An order of a plan that is run here. */
export type PricedOrder = Pick<PlannedOrder, "poNumber" | "lineCount" | "state"> & { cost: OrderCost; bytes: number };

/** What an order costs. */
export type CostOf = (order: PlannedOrder) => OrderCost;

export interface PlanOrders {
  orders: PricedOrder[];
  /** The rows that they pay, or may have. */
  rows: PaymentRows;
}

/** How the payments of a plan are told. */
export interface PaymentOptions {
  /** Of the keys of payments. */
  secret: Uint8Array;
  /** That the plan's rows were read by. */
  catalog: Catalog | undefined;
}

/** `offset`: how many lines further down the file that was posted has what the plan has. */
export function ordersOf(plan: Campaign, options: PaymentOptions, costOf: CostOf, offset = 0): PlanOrders {
  const orders: PricedOrder[] = [];
  const payments = paymentsOf(plan, options);
  for (const order of plan.orders()) {
    const { poNumber, lineCount, state, body } = order;
    if (state === "rejected") {
      payments.skip(lineCount);
      continue;
    }
    const isRun = ["planned", "short", "sent", "unknown"].includes(state);
    if (isRun) orders.push({ poNumber, lineCount, state, cost: costOf(order), bytes: body.length });
    const phones = phonePayments(payments.phonesOf(lineCount), body, options);
    payments.take(lineCount, isRun ? orders.length : 0, { offset, phones });
  }
  return { orders, rows: payments.rows() };
}

/** What the campaigns have paid, or may have, that a plan carries: that is paid, wherever it was. */
export function rowsBefore(plan: Campaign, options: PaymentOptions): PaymentRows {
  const payments = paymentsOf(plan, options);
  // The package tells of these behind the plan's own.
  for (const { lineCount } of plan.orders()) payments.skip(lineCount);
  for (const { lineCount, body } of plan.earlier()) payments.take(lineCount, 0, { phones: phonePayments(payments.phonesOf(lineCount), body, options) });
  return payments.rows();
}

function paymentsOf(plan: Campaign, { secret }: PaymentOptions): PaymentTeller {
  return new PaymentTeller(new Uint32Array(plan.payments(secret).buffer));
}
