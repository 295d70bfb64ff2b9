// A request for what the API adds tomorrow.
import { ConfigError } from "../shared/errors.js";
import { isBytes, isData, refusing } from "../shared/input.js";
import { CALL, onlyKnown } from "../shared/options.js";
import { ask } from "./ask.js";
import { pairsOf } from "./header-pairs.js";

const decoder = new TextDecoder();
export async function request(client, method, path, init = {}) {
  if (typeof method !== "string" || typeof path !== "string") {
    throw new ConfigError("request: method and path must be texts.");
  }
  if (typeof init !== "object" || init === null) throw new ConfigError("request: init must be an object.");
  onlyKnown("request", init, [...CALL, "query", "body"]);
  const [query, body, options] = refusing("request: init cannot be read.", () => {
    const { query, body, ...options } = init;
    return [query, body, options];
  });
  // A form, a stream or a Map would silently become `{}`.
  if (!refusing("request: body cannot be read.", () => isBytes(body) || isData(body))) {
    throw new ConfigError("request: body must be plain data, JSON text, or the bytes of it.");
  }
  const given = { method, path: withQuery(path, query), body };
  const [answer, bytes, headers] = await ask(client, "request", given, options);
  if (bytes) answer.body = decoder.decode(bytes);
  // A `fetch` of the caller's own owes no more than `headers.get`.
  if (typeof headers?.[Symbol.iterator] === "function") answer.headers = Object.fromEntries(headers);
  return answer;
}

function withQuery(path, query) {
  if (query === undefined || query === null) return path;
  const pairs = refusing("request: query must be an object, URLSearchParams, or pairs.", () =>
    pairsOf(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  );
  const given = pairs.filter(([, value]) => value !== undefined && value !== null);
  if (given.some(([, value]) => ["object", "function", "symbol"].includes(typeof value))) {
    throw new ConfigError("request: the values of query must be texts, numbers or booleans, or arrays of them.");
  }
  if (given.length === 0) return path;
  try {
    const text = given.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
    return path + (path.includes("?") ? "&" : "?") + text;
  } catch {
    throw new ConfigError("request: query holds half of a surrogate pair.");
  }
}
