// What is read of an answer: keys in any casing, and shapes without their content.

/** The value of a key, in whatever case it is spelled, with or without underscores. */
export function member(object, name) {
  const key = keyOf(object, name);
  return key === undefined ? undefined : object[key];
}

/** The spelling of a key. */
export function keyOf(object, name) {
  if (!isObject(object)) return undefined;
  return Object.keys(object).find((key) => folded(key) === folded(name));
}

export const folded = (key) => key.replaceAll("_", "").toLowerCase();

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names of keys, which are the API's own; none that could be somebody's name. */
export function keysOf(value) {
  return isObject(value) ? Object.keys(value).filter((key) => /^[A-Za-z_][\w-]{0,39}$/.test(key)).sort() : [];
}

/** An answer without its content: to be attached to a public issue. */
export function shapeOf({ status, headers, json }) {
  const contentType = headers.get("content-type")?.split(";")[0].trim().slice(0, 60);
  return { status, contentType, body: json === undefined ? "not JSON" : Array.isArray(json) ? "array" : isObject(json) ? keysOf(json) : typeof json };
}

/** The items of a list and how it is wrapped. */
export function listOf({ status, json }) {
  if (status >= 300) return undefined;
  if (Array.isArray(json)) return { shape: "bare", items: json };
  for (const name of ["Data", "Items", "Results"]) {
    const items = member(json, name);
    if (Array.isArray(items)) return { shape: "envelope", items, name, page: number(json, "Page") ?? number(json, "PageIndex"), size: number(json, "PageSize"), total: number(json, "TotalCount") };
  }
  return undefined;
}

function number(json, name) {
  const value = member(json, name);
  return value === undefined || value === null || value === "" || Number.isNaN(Number(value)) ? undefined : Number(value);
}
