// A question to the API, and who asks it.
import { ConfigError } from "../shared/errors.js";
import { rawOfThis } from "../shared/handle.js";
import { CALL, onlyKnown } from "../shared/options.js";
import { traced } from "../shared/trace.js";

/** The wasm's client in the one that a method was called on. */
export const rawClient = (client, method) => rawOfThis(client, method, "a client");

/** What the API answers, or the error with the frames of whoever waits for it. `begun` is when a call of several questions began. */
export async function ask(client, method, about, options, begun) {
  try {
    return await rawClient(client, method).ask(method, about, options, begun);
  } catch (error) {
    throw traced(error);
  }
}

/** The same for a method that asks but one. */
export async function question(client, method, about, options) {
  onlyKnown(method, options, CALL);
  return await ask(client, method, about, options);
}

/** What the wasm's own method of that name makes of a subject. */
export async function called(client, method, subject, options, known) {
  try {
    onlyKnown(method, options, known);
    return await rawClient(client, method)[method](subject, options);
  } catch (error) {
    // The wasm says it of its own.
    if (method === "createOrder" && error instanceof ConfigError) Object.assign(error, { outcome: "not-sent", attempts: 0, ...error });
    throw traced(error);
  }
}
