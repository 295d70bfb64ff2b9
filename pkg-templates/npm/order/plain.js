// The order tools that need no wasm.
export { signCallbackUrl, verifyCallbackUrl } from "./callback.js";
export { orderSummary } from "./order-summary.js";
