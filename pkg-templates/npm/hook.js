// The body of a notification, read no further than it may be long: whoever knows the URL can send one.
import { ConfigError } from "./errors.js";

/** What the wasm takes: `LARGEST` of src/api/webhook.rs. */
const LARGEST = 1_000_000;
const encoder = new TextEncoder();

/** A promise of the bytes, or of nothing where there are too many, and what gives up reading. */
export function readHook(hook) {
  if (typeof hook === "string") {
    return read(hook.length > LARGEST ? undefined : encoder.encode(hook));
  }
  if (ArrayBuffer.isView(hook) || hook?.[Symbol.toStringTag] === "ArrayBuffer") return read(hook);
  if (typeof hook?.arrayBuffer !== "function") {
    throw new ConfigError("confirmFulfillment: hook must be a Request, or its body as text or bytes.");
  }
  if (hook.bodyUsed) {
    throw new ConfigError("confirmFulfillment: the body of the Request was read before. Hand in its text, or request.clone().");
  }
  if (typeof hook.body?.getReader !== "function") return read(hook.arrayBuffer());
  const reader = hook.body.getReader();
  return { bytes: readAll(reader), cancel: () => reader.cancel().catch(() => {}) };
}

function read(bytes) {
  return { bytes: Promise.resolve(bytes), cancel() {} };
}

async function readAll(reader) {
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > LARGEST) return undefined;
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
