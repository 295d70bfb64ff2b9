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
    const text = new TextDecoder().decode(body);
    const alike = knownItemsOf(text, [...this.#known.keys()], lineCount) ?? itemsOf(text);
    if ([...alike.values()].reduce((sum, { lines }) => sum + lines, 0) !== lineCount) return costOf(body, this.catalog, this.balance);
    for (const [item, { first }] of alike) if (!this.#known.has(item)) this.#known.set(item, costOf(this.#orderOf(text, first), this.catalog, this.balance));
    let [sum, decimals] = [0n, 0];
    let cost: OrderCost | undefined;
    for (const [item, { lines }] of alike) {
      cost = this.#known.get(item);
      const { total = "0" } = cost ?? {};
      sum += (units(total) ?? 0n) * BigInt(lines);
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

/** What lines of an order order, product, value and quantity as the JSON says them: how many do, and the first of them. */
type Items = Map<string, { lines: number; first: number }>;

/** So many items are searched for in an order as a whole, one after the other. */
const FEW = 8;

/** The same where all lines are of known items, of which there are few. */
function knownItemsOf(text: string, known: string[], lineCount: number): Items | undefined {
  if (known.length > FEW) return undefined;
  const items: Items = new Map();
  let left = lineCount;
  for (const item of known) {
    if (left === 0) break;
    const lines = text.split(item).length - 1;
    if (lines > 0) items.set(item, { lines, first: -1 });
    left -= lines;
  }
  return left === 0 ? items : undefined;
}

/** Fewer lines than there are where one is of another form. */
function itemsOf(text: string): Items {
  const items: Items = new Map();
  let [item, same] = ["", { lines: 0, first: 0 }];
  for (const [place, line] of text.split(BEGIN).entries()) {
    // Before the first line stands what is no line.
    if (place === 0) continue;
    if (same.lines === 0 || !line.startsWith(item)) {
      const quantity = line.indexOf(QUANTITY);
      if (quantity < 0) return items;
      // A number is followed by a comma or a bracket, which belongs to what is searched for.
      const end = /[,}]/g;
      end.lastIndex = quantity + QUANTITY.length;
      end.test(line);
      item = line.slice(0, end.lastIndex);
      same = items.get(`${BEGIN}${item}`) ?? { lines: 0, first: place - 1 };
      items.set(`${BEGIN}${item}`, same);
    }
    same.lines += 1;
  }
  return items;
}
