import { quoteOrder, validateOrder } from "giftcard-partners/slim";

/** At every key: all that is wrong, each with its field's path, and the cost. */
export function check(order, catalog, balance) {
  const { valid, issues } = validateOrder(order, { catalog });
  const quote = valid && catalog ? quoteOrder(order, catalog, balance) : undefined;
  return { valid, issues, quote };
}
