// Orders that are known by their PO number, or by what a notification says of them.
import { ConfigError } from "../shared/errors.js";
import { CALL, onlyKnown, optionOf } from "../shared/options.js";
import { ask, rawClient } from "./ask.js";
import { readHook } from "./hook.js";
import { refusing } from "../shared/input.js";

export async function findOrder(client, poNumber, options) {
  onlyKnown("findOrder", options, [...CALL, "maxPages"]);
  const maxPages = optionOf(options, "maxPages");
  const most = maxPages === Infinity ? undefined : maxPages;
  return await ask(client, "findOrder", { poNumber: poNumberOf(poNumber, "findOrder"), maxPages: most }, options);
}

export async function confirmFulfillment(client, hook, options) {
  onlyKnown("confirmFulfillment", options, [...CALL, "poNumber"]);
  const begun = Date.now();
  const poNumber = refusing("confirmFulfillment: poNumber cannot be read.", () => options?.poNumber);
  if (poNumber !== undefined) poNumberOf(poNumber, "confirmFulfillment");
  const { read, cancel } = readHook(hook);
  try {
    const id = await rawClient(client, "confirmFulfillment").hook(read, options);
    return await ask(client, "confirmFulfillment", { id, poNumber }, options, begun);
  } finally {
    cancel();
  }
}

function poNumberOf(poNumber, method) {
  if (typeof poNumber === "string" && poNumber.trim() !== "") return poNumber;
  throw new ConfigError(`${method}: poNumber ${poNumber == null ? "is missing" : "must be a text that is not empty"}.`);
}
