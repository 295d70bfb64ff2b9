// Orders that are known by their PO number, or by what a notification says of them.
import { ConfigError, DecodeError, GiftCardError, PoNumberConflictError } from "../shared/errors.js";
import { CALL, onlyKnown } from "../shared/options.js";
import { ask, rawClient } from "./ask.js";
import { readHook } from "./hook.js";
import { refusing } from "../shared/input.js";
import { behind } from "./page.js";

export async function findOrder(client, poNumber, options) {
  onlyKnown("findOrder", options, [...CALL, "maxPages"]);
  const maxPages = refusing("findOrder: maxPages cannot be read.", () => options?.maxPages);
  return find(client, poNumberOf(poNumber, "findOrder"), options, maxPages, Date.now());
}

export async function confirmFulfillment(client, hook, options) {
  onlyKnown("confirmFulfillment", options, [...CALL, "poNumber"]);
  const begun = Date.now();
  const poNumber = refusing("confirmFulfillment: poNumber cannot be read.", () => options?.poNumber);
  if (poNumber !== undefined) poNumberOf(poNumber, "confirmFulfillment");
  const { read, cancel } = readHook(hook);
  try {
    const id = await rawClient(client, "confirmFulfillment").hook(read, options);
    const order = await named(client, id, poNumber, options, begun);
    if (poNumber !== undefined) check(order, poNumber);
    return order;
  } finally {
    cancel();
  }
}

/** The order is fetched whatever the notification says of it: anyone may have sent that. */
async function named(client, id, poNumber, options, begun) {
  if (id !== undefined) return ask(client, "getOrder", id, options, begun);
  if (poNumber === undefined) throw new DecodeError("The notification names no order.");
  const order = await find(client, poNumber, options, undefined, begun);
  if (order === undefined) {
    throw new GiftCardError("The notification names no order, and the history has none of that PO number.", { code: "not_found", poNumber });
  }
  return order;
}

/** As after a 409, a server that writes a PO number in another case than it was sent in means the same one. */
function check({ Id: orderId, PONumber: shown }, poNumber) {
  if (typeof shown === "string" && folded(shown) === folded(poNumber)) return;
  if (typeof shown !== "string") {
    throw new DecodeError("The order that the notification names shows no PO number to know it by.", { orderId, poNumber });
  }
  throw new PoNumberConflictError("The notification names an order with another PO number.", { orderId, poNumber });
}

const folded = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

async function find(client, poNumber, options, maxPages, begun) {
  const most = maxPages ?? Infinity;
  if (most !== Infinity && !(Number.isInteger(most) && most >= 1)) {
    throw new ConfigError("findOrder: maxPages must be a whole number from 1.");
  }
  const known = new Set();
  let seen = 0;
  let showsAny = false;
  let before;
  for (let index = 1; index <= most; index += 1) {
    const answer = await behind(before, ask(client, "findOrder", { poNumber, pageIndex: index, seen }, options, begun));
    if (!answer) break;
    const [id, hasNext, digest, count, total] = answer;
    if (typeof id === "string") return ask(client, "getOrder", id, options, begun);
    showsAny ||= id === null;
    // A server that begins anew behind its last page would never end.
    const isRepeated = known.has(digest);
    if (!isRepeated) seen += count;
    if (!hasNext || isRepeated) {
      if (seen < total) throw untold("The history ends before its TotalCount", poNumber);
      break;
    }
    known.add(digest);
    before = { total };
  }
  if (seen > 0 && !showsAny) throw untold("The history shows no PO numbers", poNumber);
  return undefined;
}

/** What is not found in such a history may be there all the same. */
const untold = (reason, poNumber) => new DecodeError(`${reason}: whether it has the order cannot be told.`, { poNumber });

function poNumberOf(poNumber, method) {
  if (typeof poNumber === "string" && poNumber.trim() !== "") return poNumber;
  throw new ConfigError(`${method}: poNumber must be a text that is not empty.`);
}
