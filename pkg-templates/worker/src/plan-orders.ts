// The orders of a plan, each read once: what it costs, and whom it pays.
import type { Campaign, LineItem, PlannedOrder } from "giftcard-partners";

import type { OrderCost } from "./order-cost.js";
import { addPayment } from "./payment-keys.js";
import { PaymentRows } from "./payment-rows.js";
import { rowsOf } from "./plan-rows.js";

/** An order of a plan that is run here. */
export type PricedOrder = Pick<PlannedOrder, "poNumber" | "lineCount" | "state" | "body"> & { cost: OrderCost };

/** What an order costs. */
export type CostOf = (order: PlannedOrder, items: LineItem[]) => OrderCost;

export interface PlanOrders {
  orders: PricedOrder[];
  /** The rows that they pay, or may have. */
  rows: PaymentRows;
}

/**
 * Reads them. `lines`: of the file that was posted, of the rows in their order, where that is known; else `offset` says how many lines further
 * down that file has what the plan has.
 */
export function ordersOf(plan: Campaign, secret: Uint32Array, costOf: CostOf, { lines, offset = 0 }: { lines?: number[] | undefined; offset?: number }): PlanOrders {
  const planned = [...plan.orders()];
  const count = planned.reduce((sum, { lineCount }) => sum + lineCount, 0);
  // Orders of several currencies are filled at the same time.
  const isInFile = lines?.length === count && planned.every(({ currency }) => currency === planned[0]?.currency);
  const lineOf = isInFile ? lines : rowsOf(plan).map(({ line }) => line + offset);
  const [orders, rows]: [PricedOrder[], PaymentRows] = [[], PaymentRows.withRoomFor(count)];
  let before = 0;
  for (const order of planned) {
    const { poNumber, lineCount, state, body } = order;
    const items = itemsOf(body);
    const isRun = ["planned", "short", "sent", "unknown"].includes(state);
    if (isRun) orders.push({ poNumber, lineCount, state, body, cost: costOf(order, items) });
    const place = isRun ? orders.length : 0;
    if (state !== "rejected") for (const [row, item] of items.entries()) addPayment(rows, item, { line: lineOf[before + row] ?? 0, order: place }, secret);
    before += lineCount;
  }
  return { orders, rows: rows.length < count ? rows.slice(0) : rows };
}

/** What the campaigns have paid, or may have, that a plan carries: that is paid, wherever it was. */
export function rowsBefore(plan: Campaign, secret: Uint32Array): PaymentRows {
  const before = [...plan.earlier()].filter(({ state }) => state !== "rejected");
  const rows = PaymentRows.withRoomFor(before.reduce((sum, { lineCount }) => sum + lineCount, 0));
  for (const { body } of before) for (const item of itemsOf(body)) addPayment(rows, item, { line: 0, order: 0 }, secret);
  return rows;
}

function itemsOf(body: Uint8Array): LineItem[] {
  return (JSON.parse(new TextDecoder().decode(body)) as { LineItems: LineItem[] }).LineItems;
}
