// The history of orders, as it is; nothing is placed.
import { keysOf, listOf, member } from "./answer.js";
import { asAssumed, notSeen, otherwise } from "./verdict.js";

/** The only status that is documented. Whatever is another one is taken for the end of the order. */
const PENDING = "pending";
/** What an order is called that has not ended. */
const UNFINISHED = /process|progress|queue|wait|hold|review|submit|accept|receiv|open|new|partial|schedul|creat|draft|back-?order|active|running|start/i;
/** An order that ended and brought no card. */
const FAILED = /fail|cancel|reject|error|declin|void/i;

export async function historyOf(probe) {
  return listOf(await probe.get("/v1/Orders"));
}

export function orderChecks(history) {
  const orders = history?.items ?? [];
  if (orders.length === 0) return { "orders.poNumber": notSeen(), "orders.statuses": notSeen() };
  const shown = orders.filter((order) => typeof member(order, "PONumber") === "string").length;
  const keys = keysOf(orders[0]);
  return {
    // The client finds an order whose answer was lost by what the 409 names, and by the PO number where the history shows it.
    "orders.poNumber": shown === orders.length ? asAssumed(keys) : otherwise({ keys, shown: shown > 0 ? "some" : "none" }, { copes: true }),
    "orders.statuses": statuses(orders),
  };
}

function statuses(orders) {
  const seen = [...new Set(orders.map((order) => member(order, "Status")).map((status) => (isWord(status) ? status : null)))].sort();
  const isFinished = (status) => status !== null && !UNFINISHED.test(status) && !FAILED.test(status);
  if (seen.every((status) => status?.toLowerCase() === PENDING || isFinished(status))) return asAssumed(seen);
  return otherwise(seen, { copes: seen.every((status) => status !== null && !UNFINISHED.test(status)) });
}

/** One of the API's words, and nothing that somebody wrote. */
function isWord(status) {
  return typeof status === "string" && /^[A-Za-z][A-Za-z _-]{0,29}$/.test(status);
}
