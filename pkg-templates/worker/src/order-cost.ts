// What orders cost, by the catalog of this moment.
import { type AccountBalance, type Catalog, type Campaign, type LineItem, type OrderDigest, type OrderType, quoteOrder, validateOrder } from "giftcard-partners";

import { decimal, units } from "./amounts.js";
import type { Cost } from "./budgets.js";

export interface OrderCost extends Cost {
  faceValue: string;
  available?: string;
}

/** Without a catalog nobody knows the currency, a discount or a fee: then it is the face value. An order that is not valid is thrown. */
export function costOf(body: Uint8Array, catalog: Catalog | undefined, balance?: AccountBalance): OrderCost {
  if (!catalog) {
    const { faceValue } = validateOrder(body);
    return { faceValue, total: faceValue };
  }
  const { currency, faceValue, total, available } = quoteOrder(body, catalog, balance);
  return { ...(currency ? { currency } : {}), faceValue, total, ...(available === undefined ? {} : { available }) };
}

/**
 * The same of orders whose rows were held to the catalog when they were read. What a line costs follows from its product, value and quantity,
 * so that each such line is quoted once, and not each order line by line.
 */
export class ListCosts {
  readonly #known = new Map<string, OrderCost>();

  constructor(
    readonly type: OrderType,
    readonly catalog: Catalog | undefined,
    readonly balance: AccountBalance | undefined,
  ) {}

  of({ poNumber, faceValue, items }: OrderDigest, plan: Campaign): OrderCost {
    if (!this.catalog) return { faceValue, total: faceValue };
    const alike = new Map<string, number>();
    for (const { lines, ...item } of items) {
      const key = keyOf(item);
      alike.set(key, (alike.get(key) ?? 0) + lines);
    }
    if (alike.keys().some((key) => !this.#known.has(key))) this.#learn(plan.order(poNumber)?.body, this.catalog);
    let [sum, decimals] = [0n, 0];
    let cost: OrderCost | undefined;
    for (const [key, count] of alike) {
      cost = this.#known.get(key);
      const { total = "0" } = cost ?? {};
      sum += (units(total) ?? 0n) * BigInt(count);
      decimals = total.split(".")[1]?.length ?? 0;
    }
    return { ...cost, faceValue, total: decimal(sum, decimals) };
  }

  /** What the lines of an order cost that are unlike any before. */
  #learn(body: Uint8Array | undefined, catalog: Catalog): void {
    const { LineItems } = JSON.parse(new TextDecoder().decode(body)) as { LineItems: LineItem[] };
    for (const item of LineItems) {
      const key = keyOf(item);
      if (!this.#known.has(key)) this.#known.set(key, costOf(this.#orderOf(item), catalog, this.balance));
    }
  }

  #orderOf(item: LineItem): Uint8Array {
    return new TextEncoder().encode(JSON.stringify({ Type: this.type, LineItems: [item], PONumber: "PO-1" }));
  }
}

function keyOf({ ProductId, Value, Quantity }: Pick<LineItem, "ProductId" | "Value" | "Quantity">): string {
  return `${Value} ${Quantity} ${ProductId}`;
}
