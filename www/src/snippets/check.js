import { quoteOrder, validateOrder } from "giftcard-partners/slim";

/** At every key: all that is wrong at once, each issue with the path of its field, and what the order will cost. */
export function check(order, catalog, balance) {
  const { valid, issues } = validateOrder(order, { catalog });
  const quote = valid && catalog ? quoteOrder(order, catalog, balance) : undefined;
  return { valid, issues, quote };
}
