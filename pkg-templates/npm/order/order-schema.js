// orderSchema: the validator as a Standard Schema (https://standardschema.dev), for forms, routes and tools that take one.
import text from "../order.schema.json";
import { ConfigError, ValidationError } from "../shared/errors.js";
import { messagesBy } from "./messages/message-of.js";

/** The schema, over the wasm of the entry that it belongs to. */
export function makeOrderSchema(parseOrder, messageOf = ({ message }) => message) {
  const validate = (value) => {
    try {
      return { value: parseOrder(value) };
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return { issues: error.issues.filter(isError).map((issue) => ({ message: messageOf(issue), path: issue.path })) };
    }
  };
  return {
    "~standard": { version: 1, vendor: "giftcard-partners", validate, jsonSchema: { input: jsonSchema, output: jsonSchema } },
    with: (options) => makeOrderSchema(parseOrder, messagesBy("orderSchema.with", options)),
  };
}

/** A schema knows no warnings. */
const isError = ({ severity }) => severity === "error";

const DIALECTS = {
  "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
  "openapi-3.0": undefined,
};

/**
 * A copy of `order.schema.json` for a target. What it asks of the order as a whole stays in its description: those who call models refuse a
 * schema that begins with a condition.
 */
function jsonSchema(options) {
  const { target } = options ?? {};
  if (!Object.hasOwn(DIALECTS, target)) {
    throw new ConfigError(`orderSchema: there is no JSON Schema for this target: there is ${Object.keys(DIALECTS).join(", ")}.`);
  }
  const isOpenApi = target === "openapi-3.0";
  // As drafts before the sixth have it.
  const exclusive = (key, value) => (isOpenApi && value?.exclusiveMinimum === 0 ? { ...value, minimum: 0, exclusiveMinimum: true } : value);
  const { $schema, allOf, ...schema } = JSON.parse(text, exclusive);
  return isOpenApi ? schema : { $schema: DIALECTS[target], ...schema };
}
