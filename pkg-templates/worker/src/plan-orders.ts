// The orders of a plan: what each costs, and whom they pay.
import type { Campaign, Catalog, PlannedOrder } from "giftcard-partners";

import type { OrderCost } from "./order-cost.js";
import { phonePayments } from "./phone-payments.js";
import { type OrderPayments, PaymentRows, TOLD_BYTES } from "./payment-rows.js";

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
  const paying: OrderPayments[] = [];
  const payments = paymentsOf(plan, options);
  for (const order of plan.orders()) {
    const { poNumber, lineCount, state, body: { length: bytes } } = order;
    const of = payments(order);
    const isRun = ["planned", "short", "sent", "unknown"].includes(state);
    if (isRun) orders.push({ poNumber, lineCount, state, cost: costOf(order), bytes });
    if (state !== "rejected") paying.push({ ...of, lineOf: (line) => line + offset, order: isRun ? orders.length : 0 });
  }
  return { orders, rows: PaymentRows.of(paying) };
}

/** What the campaigns have paid, or may have, that a plan carries: that is paid, wherever it was. */
export function rowsBefore(plan: Campaign, options: PaymentOptions): PaymentRows {
  const payments = paymentsOf(plan, options);
  // The package tells of these behind the plan's own.
  for (const order of plan.orders()) payments(order);
  return PaymentRows.of([...plan.earlier()].map((order) => ({ ...payments(order), lineOf: () => 0, order: 0 })));
}

/** What the lines of each next order pay. */
function paymentsOf(plan: Campaign, { secret, catalog }: PaymentOptions): (order: PlannedOrder) => Pick<OrderPayments, "payments" | "phones"> {
  const { buffer } = plan.payments(secret);
  let at = 0;
  return ({ lineCount, body }) => {
    const payments = new Uint32Array(buffer, at, (lineCount * TOLD_BYTES) / 4);
    at += payments.byteLength;
    return { payments, phones: phonePayments(payments, body, secret, catalog) };
  };
}
