// What orders cost, by the catalog of this moment.
import { type AccountBalance, type Catalog, type LineItem, type OrderType, type PlannedOrder, quoteOrder, validateOrder } from "giftcard-partners";

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

  of({ faceValue, lineCount, body }: PlannedOrder): OrderCost {
    if (!this.catalog) return { faceValue, total: faceValue };
    const alike = new Map<string, number>();
    const text = new TextDecoder().decode(body);
    const runs = [...runsOf(text)];
    if (runs.reduce((sum, { lines }) => sum + lines, 0) !== lineCount) return costOf(body, this.catalog, this.balance);
    for (const { item, lines, first } of runs) {
      alike.set(item, (alike.get(item) ?? 0) + lines);
      if (!this.#known.has(item)) this.#known.set(item, costOf(this.#orderOf(text, first), this.catalog, this.balance));
    }
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

  /** An order of that line alone. */
  #orderOf(text: string, line: number): Uint8Array {
    const { LineItems } = JSON.parse(text) as { LineItems: LineItem[] };
    return new TextEncoder().encode(JSON.stringify({ Type: this.type, LineItems: [LineItems[line]], PONumber: "PO-1" }));
  }
}

/** What every line of the package's orders begins with. In a text these quotes would be escaped. */
const [BEGIN, QUANTITY] = ['{"ProductId":', ',"Quantity":'];

/** Lines of an order that follow each other and order the same: product, value and quantity as the JSON says them. Fewer than there are where a line is of another form. */
function* runsOf(text: string): Generator<{ item: string; lines: number; first: number }, void> {
  let [item, lines, first] = ["", 0, 0];
  for (let at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + item.length)) {
    if (lines > 0 && text.startsWith(item, at)) {
      lines += 1;
      continue;
    }
    if (lines > 0) yield { item, lines, first };
    const quantity = text.indexOf(QUANTITY, at);
    if (quantity < 0) return;
    // A number is followed by a comma or a bracket, which belongs to what is compared.
    const end = /[,}]/g;
    end.lastIndex = quantity + QUANTITY.length;
    end.test(text);
    [item, first, lines] = [text.slice(at, end.lastIndex), first + lines, 1];
  }
  if (lines > 0) yield { item, lines, first };
}
