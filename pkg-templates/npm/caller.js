// Whose line it was. An error that is made where a wasm future ends has no frame of the caller; one whose stack is captured in the `catch` of
// an async function has those of every function that awaits it.
import { isGiftCardError } from "./errors.js";

/** The same error with the frames of here, and of who awaits what is here. To be called in a `catch`; where the engine has no such thing, nothing is done. */
export function shown(error) {
  if (isGiftCardError(error)) Error.captureStackTrace?.(error, shown);
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
