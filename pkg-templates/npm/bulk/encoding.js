// The encodings that the host knows and the wasm does not.
import { ConfigError } from "../shared/errors.js";
import { platformClass } from "../shared/text.js";

/** Those that the wasm reads itself, in every runtime alike: hosts differ in windows-1252. */
const OWN = ["utf-8", "utf-16le", "utf-16be", "windows-1252"];

/** The label of an encoding, and what makes UTF-8 of its bytes, where the wasm does not read them as they are. */
export function encodingOf(name) {
  if (name === undefined) return {};
  let decoder;
  try {
    // The platform's own: it is asked what its encoding is, and decodes a stream.
    decoder = new (platformClass("TextDecoder"))(name);
  } catch {
    throw new ConfigError('encoding must be one that TextDecoder knows, such as "windows-1250" or "shift_jis".');
  }
  const label = decoder.encoding;
  if (OWN.includes(label)) return { label };
  const encoder = new TextEncoder();
  return { label, recoded: (chunk) => encoder.encode(chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()) };
}
