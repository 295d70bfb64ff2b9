// What an order costs, by the catalog of this moment.
import { type AccountBalance, type Catalog, quoteOrder, validateOrder } from "giftcard-partners";

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
