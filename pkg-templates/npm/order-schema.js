// orderSchema: the validator as a Standard Schema (https://standardschema.dev), for forms and routes that take one.
import { ValidationError } from "./errors.js";

/** The schema, over the wasm of the entry that it belongs to. */
export function makeOrderSchema({ parseOrder }) {
  const validate = (value) => {
    try {
      return { value: parseOrder(value) };
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return { issues: errorsOf(error) };
    }
  };
  return { "~standard": { version: 1, vendor: "giftcard-partners", validate } };
}

/** The errors alone: a schema knows no warnings. Behind a thousand warnings no error is listed, and there must be one. */
function errorsOf({ issues, message }) {
  const errors = issues.filter(({ severity }) => severity === "error");
  return errors.length ? errors.map(({ message, path }) => ({ message, path })) : [{ message, path: [] }];
}
