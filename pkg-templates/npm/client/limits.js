// The names of the client's limits. For the wasm alone.
import { isPlain } from "../shared/input.js";

/** Whether it is an object, and nothing else is among them. */
export const areLimits = (limits) => isPlain(limits) && Object.keys(limits).every((name) => /^max(Lines|(Order|Campaign)Value)$/.test(name));
