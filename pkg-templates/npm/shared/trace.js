// Whose call failed. An error is made where an answer came, below which no frame of the caller stands; a method that is `async` can see
// who waits for it.
import { isGiftCardError } from "./errors.js";

/** The error with the frames of here: to be called in the `catch` of an async method. */
export function traced(error) {
  if (isGiftCardError(error)) Error.captureStackTrace?.(error, traced);
  return error;
}

/** The same of a call whose promise is no async method's: by the frames of now, above those of `method`. */
export function caller(method) {
  const here = {};
  Error.captureStackTrace?.(here, method);
  return (error) => {
    if (isGiftCardError(error) && here.stack) {
      const frames = here.stack.split("\n").filter((line) => /^\s+at /.test(line));
      error.stack = [`${error.name}: ${error.message}`, ...frames].join("\n");
    }
    return error;
  };
}
