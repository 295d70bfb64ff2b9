// orderSchema: the validator as a Standard Schema (https://standardschema.dev), for forms and routes that take one.
import { ValidationError } from "../shared/errors.js";

/** The schema, over the wasm of the entry that it belongs to. */
export function makeOrderSchema({ parseOrder }) {
  const validate = (value) => {
    try {
      return { value: parseOrder(value) };
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return { issues: error.issues.filter(isError).map(({ message, path }) => ({ message, path })) };
    }
  };
  return { "~standard": { version: 1, vendor: "giftcard-partners", validate } };
}

/** A schema knows no warnings. */
const isError = ({ severity }) => severity === "error";
