// The client's calls for a single object, and for what the API adds tomorrow.
import { ConfigError } from "./errors.js";
import { GiftCardPartners } from "./giftcard_partners.js";

const decoder = new TextDecoder();
const client = GiftCardPartners.prototype;

client.accountBalance = function accountBalance(options) {
  return this.__get("accountBalance", undefined, options);
};

client.status = function status(options) {
  return this.__get("status", undefined, options);
};

client.getProduct = function getProduct(id, options) {
  return this.__get("getProduct", id, options);
};

client.getOrder = function getOrder(id, options) {
  return this.__get("getOrder", id, options);
};

client.request = async function request(method, path, init = {}) {
  if (typeof method !== "string" || typeof path !== "string") {
    throw new ConfigError("request: method and path must be texts.");
  }
  if (typeof init !== "object" || init === null) throw new ConfigError("request: init must be an object.");
  const { query, body, ...options } = init;
  const [answer, bytes] = await this.__request(method, withQuery(path, query), plain(body), options);
  if (bytes) answer.body = decoder.decode(bytes);
  return answer;
};

function withQuery(path, query) {
  if (query === undefined || query === null) return path;
  if (typeof query !== "object") throw new ConfigError("request: query must be an object.");
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const given = pairs.filter(([, value]) => value !== undefined && value !== null);
  if (given.some(([, value]) => !["string", "number", "boolean", "bigint"].includes(typeof value))) {
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

/** A body that JSON can say: a form, a stream or a Map would silently become `{}`. */
function plain(body) {
  const bytes = ArrayBuffer.isView(body) || body instanceof ArrayBuffer;
  if (typeof body === "object" && body?.[Symbol.toStringTag] && !bytes && typeof body.toJSON !== "function") {
    throw new ConfigError("request: body must be plain data, JSON text, or the bytes of it.");
  }
  return body;
}
