// orderSummary: how much of an order is delivered. "Not Pending" alone does not say that each card is there.

import { isPlain, refusing } from "../shared/input.js";

/** Counts lines; see the declaration for what makes one fulfilled. */
export function orderSummary(order) {
  return refusing("orderSummary: order must be an order as answered.", () => {
    const lines = isPlain(order) ? (field(order, "LineItems") ?? []) : undefined;
    const fulfilled = lines.filter((line) => isPlain(line) && isFulfilled(line, order)).length;
    return { lines: lines.length, fulfilled, missing: lines.length - fulfilled };
  });
}

function isFulfilled(line, order) {
  const status = field(line, "Status") ?? field(order, "Status");
  if (typeof status !== "string" || /^\s*(pending)?\s*$/i.test(status)) return false;
  const claims = field(line, "ClaimData")?.length ?? 0;
  // Only a Links order is sure to show its cards; where another shows some, they count too.
  const shown = claims > 0 || /^links$/i.test(field(order, "Type"));
  return !shown || claims >= (field(line, "Quantity") ?? 1);
}

/** A field in any casing: answers are handed out as documented, but an order may come from elsewhere. */
function field(object, name) {
  if (object[name] !== undefined) return object[name];
  const key = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
  return object[key];
}
