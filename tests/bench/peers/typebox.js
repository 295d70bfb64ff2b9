// Compiled at build time (prepare.js), as ajv is. Its `multipleOf` is a float's remainder, which refuses 12.5 of 0.01: cents are checked
// by hand behind it.
import { Errors } from "@sinclair/typebox/errors";
import check from "compiled:typebox";
import { isCents } from "./rules.js";
import { typeboxOrder } from "./typebox-schema.js";

export function checkWithTypebox(order) {
  const wrong = [];
  if (!check(order)) for (const { path } of Errors(typeboxOrder, order)) wrong.push(path.slice(1).replaceAll("/", "."));
  const items = Array.isArray(order?.LineItems) ? order.LineItems : [];
  for (let index = 0; index < items.length; index++) {
    const value = items[index]?.Value;
    if (typeof value === "number" && !isCents(value)) wrong.push(`LineItems.${index}.Value`);
  }
  return wrong;
}
