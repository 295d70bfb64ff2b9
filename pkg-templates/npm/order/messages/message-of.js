// messageOf: what a person at a field is told of an issue. An issue's own `message` is for whoever writes the program.
import { ConfigError } from "../../shared/errors.js";
import { refusing } from "../../shared/input.js";
import { onlyKnown, optionOf } from "../../shared/options.js";
import { localeOf } from "../locale.js";
import { wordsOf } from "./languages.js";

export function messageOf(issue, options) {
  const message = messagesBy("messageOf", options);
  const isIssue = refusing(NO_ISSUE, () => typeof issue.code === "string" && Array.isArray(issue.path) && issue.params !== null);
  if (!isIssue) throw new ConfigError(NO_ISSUE);
  return message(issue);
}

const NO_ISSUE = "messageOf: issue must be one of a report's issues.";

/** The function that makes messages by those options. */
export function messagesBy(method, options) {
  onlyKnown(method, options, ["labels", "locale", "translate"]);
  const [labels, translate] = ["labels", "translate"].map((name) => optionOf(options, name));
  if (translate !== undefined && typeof translate !== "function") throw new ConfigError(`${method}: translate must be a function.`);
  const patterns = refusing(`${method}: labels must be an object of texts.`, () => patternsOf(labels));
  const locale = localeOf(method, options);
  return ({ code, path, params = {}, message }) => {
    const field = path.findLast((part) => typeof part === "string") ?? "";
    const label = labelOf(patterns, path);
    const own = translate?.(code, params, label ?? field);
    if (typeof own === "string") return own;
    const sentence = sentenceOf(wordsOf(locale), locale ?? "en-GB", { code, field, params }) ?? message;
    return label === undefined ? sentence : `${label}: ${sentence}`;
  };
}

/** `LineItems[*].Value` is `LineItems.*.Value`. */
function patternsOf(labels = {}) {
  if (typeof labels !== "object") throw new TypeError("no labels");
  return Object.entries(labels).map(([path, label]) => ({ parts: path.split(/[.[\]]+/).filter(Boolean), label: label.trim() }));
}

/** The label of the pattern with the fewest wildcards. */
function labelOf(patterns, path) {
  let best;
  for (const { parts, label } of patterns) {
    const fits = parts.length === path.length && parts.every((part, at) => part === "*" || part === String(path[at]));
    const wildcards = parts.filter((part) => part === "*").length;
    if (fits && !(best?.wildcards <= wildcards)) best = { label, wildcards };
  }
  return best?.label;
}

/** Codes of which the field alone decides what is to be done. */
const BY_FIELD = ["required", "invalid_type", "unknown_order_type", "invalid_country", "invalid_url", "invalid_date_time", "missing_delivery_address"];

const PLACES = /\{(\w+)\}/g;

function sentenceOf({ fields, codes }, locale, { code, field, params }) {
  const { reason, orderType, nearest, minimum, maximum, digits, example } = params;
  const kinds = [reason, orderType, nearest && "nearest", minimum && "range", maximum === 0 && "whole", field];
  const key = kinds.map((kind) => `${code}.${kind}`).find((key) => codes[key]) ?? code;
  const sentence = codes[key] ?? (BY_FIELD.includes(code) ? (fields[field] ?? fields.other) : undefined);
  // Not of an issue that lacks what the sentence says.
  if (sentence?.match(PLACES)?.some((place) => params[place.slice(1, -1)] === undefined)) return undefined;
  const shown = {
    ...{ nearest, digits, example },
    minimum: () => numberOf(locale, minimum, params.currency),
    maximum: () => numberOf(locale, maximum, params.currency),
    offered: () => listOf(locale, params.offered.map((value) => numberOf(locale, value, params.currency))),
    firstLine: () => numberOf(locale, params.firstLine + 1),
  };
  return sentence?.replace(PLACES, (_, name) => (typeof shown[name] === "function" ? shown[name]() : shown[name]));
}

/** An amount, which is a decimal text, or a count, as they are written there. */
function numberOf(locale, value, currency) {
  if (typeof value !== "string") return new Intl.NumberFormat(locale).format(value);
  // A catalog's code may be none of ISO 4217.
  const style = /^[a-z]{3}$/i.test(currency) ? { style: "currency", currency } : { minimumFractionDigits: 2, maximumFractionDigits: 3 };
  return new Intl.NumberFormat(locale, { ...style, trailingZeroDisplay: "stripIfInteger" }).format(value);
}

const listOf = (locale, values) => new Intl.ListFormat(locale, { type: "disjunction" }).format(values);
