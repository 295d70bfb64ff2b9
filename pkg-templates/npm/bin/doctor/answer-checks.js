// What all answers have in common: casing, errors, headers, the clock.
import { folded, isObject, shapeOf } from "./answer.js";
import { asAssumed, notSeen, otherwise } from "./verdict.js";

const KNOWN = ["Value", "ExpiresIn", "Available", "Pending", "Data", "Items", "Page", "PageIndex", "PageSize", "TotalCount", "Id", "Name", "Type", "Status", "PONumber", "LineItems", "ProductId", "Quantity", "Cost", "Denominations", "DenominationType", "CurrencyCode", "AvailableDeliveryTypes"];
/** The headers that the client reads a request's name from. */
const REQUEST_IDS = ["x-request-id", "request-id", "x-correlation-id"];
const FAR_S = 30;
/** An id that no order has. */
const NOBODY = "00000000-0000-4000-8000-000000000000";

export async function errorChecks(probe) {
  const stranger = await probe.stranger("/v1/AccountBalance");
  const nobody = await probe.get(`/v1/Orders/${NOBODY}`);
  const isRefusal = nobody.status >= 400 && nobody.status < 500 && ![401, 403, 429].includes(nobody.status);
  return {
    // A token that ran out is replaced after a 401, and after no other status.
    "errors.unauthorized": stranger.status === 401 ? asAssumed(shapeOf(stranger)) : otherwise(shapeOf(stranger), { copes: stranger.status < 300 }),
    "errors.notFound": nobody.status === 404 ? asAssumed(shapeOf(nobody)) : otherwise(shapeOf(nobody), { copes: isRefusal }),
  };
}

export function answerChecks(answers) {
  return { casing: casing(answers), "headers.requestId": requestId(answers), clock: clock(answers) };
}

function casing(answers) {
  const known = new Map(KNOWN.map((name) => [folded(name), name]));
  const found = new Set();
  const look = (value, depth) => {
    if (depth === 0) return;
    if (Array.isArray(value)) return value.slice(0, 20).forEach((item) => look(item, depth - 1));
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const name = known.get(folded(key));
      if (name) found.add(spelling(key, name));
      look(inner, depth - 1);
    }
  };
  for (const { status, json } of answers) if (status < 300) look(json, 5);
  if (found.size === 0) return notSeen();
  const seen = found.size === 1 ? [...found][0] : [...found].sort();
  return seen === "pascal" ? asAssumed(seen) : otherwise(seen, { copes: !found.has("snake") });
}

function spelling(key, name) {
  if (key.includes("_")) return "snake";
  if (key === name) return "pascal";
  return /^[a-z]/.test(key) && key !== key.toUpperCase() ? "camel" : /^[A-Z][a-z]/.test(key) ? "pascal" : "other";
}

function requestId(answers) {
  const names = new Set(answers.flatMap(({ headers }) => [...headers.keys()]));
  const own = REQUEST_IDS.filter((name) => names.has(name));
  if (own.length > 0) return asAssumed(own[0]);
  const like = [...names].filter((name) => /request-?id|correlation|trace/.test(name)).sort();
  return otherwise(like.length > 0 ? like : null, { copes: true });
}

/** By how many seconds the API's clock is ahead, as far as its whole seconds say. */
function clock(answers) {
  const differences = answers.flatMap(({ headers, begun, ended }) => {
    const date = Date.parse(headers.get("date") ?? "");
    return Number.isNaN(date) ? [] : [Math.round((date - (begun + ended) / 2) / 1000)];
  });
  if (differences.length === 0) return notSeen();
  const seconds = differences.sort((a, b) => a - b)[differences.length >> 1];
  return Math.abs(seconds) <= FAR_S ? asAssumed({ seconds }) : otherwise({ seconds }, { copes: true });
}
