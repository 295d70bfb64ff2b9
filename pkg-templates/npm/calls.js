// The client's calls for a single object, and for what the API adds tomorrow.
import { shown } from "./caller.js";
import { ConfigError } from "./errors.js";
import { GiftCardPartners } from "./giftcard_partners.js";
import { isBytes, isData, refusing } from "./input.js";
import { knowOptions } from "./options.js";
import { pairsOf } from "./pairs.js";

const decoder = new TextDecoder();
const methods = GiftCardPartners.prototype;

// Asked of a client that was freed, they throw. As promises they reject.
for (const name of ["__ask", "createOrder", "waitForOrder"]) {
  const call = methods[name];
  methods[name] = async function (...args) {
    if (!(this instanceof GiftCardPartners)) throw new ConfigError(`${name} must be called as a method of a client.`);
    try {
      return await call.apply(this, args);
    } catch (error) {
      throw shown(error);
    }
  };
}

methods.createToken = function createToken(options) {
  return this.__ask("createToken", undefined, options);
};

methods.accountBalance = function accountBalance(options) {
  return this.__ask("accountBalance", undefined, options);
};

methods.status = function status(options) {
  return this.__ask("status", undefined, options);
};

methods.getProduct = function getProduct(id, options) {
  return this.__ask("getProduct", id, options);
};

methods.getOrder = function getOrder(id, options) {
  return this.__ask("getOrder", id, options);
};

methods.request = async function request(method, path, init = {}) {
  if (typeof method !== "string" || typeof path !== "string") {
    throw new ConfigError("request: method and path must be texts.");
  }
  if (typeof init !== "object" || init === null) throw new ConfigError("request: init must be an object.");
  const [query, body, options] = refusing("request: init cannot be read.", () => {
    const { query, body, ...options } = init;
    return [query, body, options];
  });
  // A form, a stream or a Map would silently become `{}`.
  if (!refusing("request: body cannot be read.", () => isBytes(body) || isData(body))) {
    throw new ConfigError("request: body must be plain data, JSON text, or the bytes of it.");
  }
  knowOptions("request", options, "query body signal timeoutMs deadlineMs");
  const given = { method, path: withQuery(path, query), body };
  const [answer, bytes, headers] = await this.__ask("request", given, options);
  if (bytes) answer.body = decoder.decode(bytes);
  // A `fetch` of the caller's own owes no more than `headers.get`.
  if (typeof headers?.[Symbol.iterator] === "function") answer.headers = Object.fromEntries(headers);
  return answer;
};

function withQuery(path, query) {
  if (query === undefined || query === null) return path;
  const pairs = refusing("request: query must be an object, URLSearchParams, or pairs.", () =>
    pairsOf(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  );
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
