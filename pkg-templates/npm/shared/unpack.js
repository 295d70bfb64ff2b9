// The wasm as an entry holds it: as text, packed by LZMA (xtask/unlzma), and behind a head that says which wasm it is.
import unlzma from "../unlzma.inline.js";
import { ConfigError } from "./errors.js";

/** Bytes before what is packed: the mark, which the file of that very wasm ends with, and the size of the wasm. */
const MARK = 8;
const HEAD = 12;
/** Bytes of the section that has the mark in the file. */
const SECTION = 13;

/** Whether this file, if there is one, is the very wasm of an entry: there may be another version's, or half of it, beside a bundle. */
export function isOf(text, file) {
  const { mark, size } = headOf(decoded(text.slice(0, (HEAD / 3) * 4)));
  return file?.length === size + SECTION && mark.every((byte, index) => byte === file[size + SECTION - MARK + index]);
}

/** The wasm behind the text of an entry. */
export function unpacked(text) {
  const packed = decoded(text);
  const { size } = headOf(packed);
  const { memory, unlzma: unpack } = new WebAssembly.Instance(new WebAssembly.Module(decoded(unlzma))).exports;
  const start = memory.buffer.byteLength;
  memory.grow((packed.length + size + PAGE - 1) / PAGE);
  const bytes = new Uint8Array(memory.buffer, start);
  bytes.set(packed);
  const result = start + packed.length;
  if (!isUnpacked(unpack, [start + HEAD, packed.length - HEAD, result, size])) {
    throw new ConfigError("The wasm cannot be used: the entry's text is damaged.");
  }
  return new Uint8Array(memory.buffer, result, size);
}

const PAGE = 65536;

function isUnpacked(unpack, parts) {
  try {
    return unpack(...parts);
  } catch {
    return false;
  }
}

function headOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { mark: bytes.subarray(0, MARK), size: view.getUint32(MARK, true) };
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
