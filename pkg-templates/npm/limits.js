// The names of the client's limits. For the wasm alone.

/** Whether it is an object, and nothing else is among them. */
export const areLimits = (limits) => Object(limits) === limits && Object.keys(limits).every((name) => /^max(Lines|(Order|Campaign)Value)$/.test(name));
