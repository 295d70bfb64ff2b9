// Under a policy without 'wasm-unsafe-eval': what is in the way is said at the first use.
import { ConfigError, validateOrder } from "./giftcard-partners/order.js";

try {
  globalThis.result = validateOrder({});
} catch (error) {
  globalThis.result = [error instanceof ConfigError, error.message.includes("needs 'wasm-unsafe-eval'")];
}
