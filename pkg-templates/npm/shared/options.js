// The options of a caller.
import { refusing } from "./input.js";

/**
 * One of them; nothing where there are none: what is false (`condition && { … }`) and a number (the index that `orders.map(validateOrder)`
 * gives) are none.
 */
export function optionOf(options, name) {
  if (!options || typeof options === "number") return undefined;
  return refusing(`${name} cannot be read: options belong into an object, and no getter of it may throw.`, () => options[name] ?? undefined);
}
