// The wasm as an entry holds it: as text, packed by LZMA (xtask/unlzma), and behind a head that says which wasm it is.
import unlzma from "../unlzma.inline.js";
import { ConfigError } from "./errors.js";

/** Characters before what is packed: a hash and the size of the wasm. The file of that very wasm ends with them too. */
const HEAD = 19;
const HASH = 12;
/** Bytes of the section that has them in the file. */
const SECTION = 24;

/** Whether this file, if there is one, is the very wasm of an entry: there may be another version's, or half of it, beside a bundle. */
export function isOf(text, file) {
  return file?.length === sizeOf(text) + SECTION && text.startsWith(String.fromCharCode(...file.subarray(-HEAD)));
}

/** The wasm behind the text of an entry. */
export function unpacked(text) {
  const packed = text.slice(HEAD);
  const size = sizeOf(text);
  const { memory, unlzma: unpack } = new WebAssembly.Instance(new WebAssembly.Module(decoded(unlzma))).exports;
  const start = memory.buffer.byteLength;
  memory.grow((packed.length + size + PAGE - 1) / PAGE);
  const bytes = new Uint8Array(memory.buffer, start);
  new TextEncoder().encodeInto(packed, bytes);
  const result = start + packed.length;
  if (!isUnpacked(unpack, [start, packed.length, result, size])) {
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

const sizeOf = (text) => Number(text.slice(HASH, HEAD));

const decoded = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
