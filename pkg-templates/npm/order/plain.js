// The order tools that need no wasm.
export { signCallbackUrl, verifyCallbackUrl } from "./callback.js";
export { messageOf } from "./messages/message-of.js";
