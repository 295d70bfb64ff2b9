// The wasm as an entry holds it: deflated, which base64 makes a hundredth larger on its way, and not a third.
import { makeInflate } from "./fflate.js";

/** The bytes behind the text of an entry. */
export function inflated(base64) {
  const deflated = decoded(base64);
  const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");
  if (zlib) return zlib.inflateRawSync(deflated, { chunkSize: 4 * deflated.length });
  return makeInflate()(deflated);
}

function decoded(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  // Node before 25, where the loop would take 2 ms; by way of globalThis, so that no bundler adds one of its own.
  if (globalThis.Buffer) return globalThis.Buffer.from(base64, "base64");
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}
