// Whose call failed. An error is made where an answer came, below which no frame of the caller stands; a method that is `async` can see
// who waits for it.
import { isGiftCardError } from "./errors.js";

/** The error with the frames of here: to be called in the `catch` of an async method. */
export function traced(error) {
  if (isGiftCardError(error)) Error.captureStackTrace?.(error, traced);
  return error;
}

/** Keeps who calls `method`, for errors that come when nobody is in sight: what is returned gives an error these frames. */
export function callerOf(method) {
  const here = {};
  Error.captureStackTrace?.(here, method);
  return (error) => {
    const [, frames] = /(\n\s+at .*)/s.exec(here.stack) ?? [];
    if (frames && isGiftCardError(error)) error.stack = `${error.name}: ${error.message}${frames}`;
    return error;
  };
}
