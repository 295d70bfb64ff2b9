// SipHash-2-4 with 128 bits, as its authors define it: a keyed hash of short texts. WebCrypto's HMAC is a promise for each of them, which
// takes longer than all else that is done with a row.

const utf8 = new TextEncoder();
let bytes = new Uint8Array(1_024);
let words = new Uint32Array(bytes.buffer);

/** The words of a key of 16 bytes. */
export function hashKey(secret: ArrayBuffer): Uint32Array {
  return new Uint32Array(secret.slice(0, 16));
}

/** Writes the first 96 bits of a text's hash, as three words. */
export function keyedHash(text: string, key: Uint32Array, into: Uint32Array, at: number): void {
  const last = encode(text);
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = key;
  // Each number of 64 bits is two words: the low one and the high one.
  let [a, A] = [k0 ^ 0x70736575, k1 ^ 0x736f6d65];
  let [b, B] = [k2 ^ 0x6e646f6d ^ 0xee, k3 ^ 0x646f7261];
  let [c, C] = [k0 ^ 0x6e657261, k1 ^ 0x6c796765];
  let [d, D] = [k2 ^ 0x79746573, k3 ^ 0x74656462];
  for (let step = 0; step <= last + 2; step += 1) {
    const isWord = step <= last;
    const low = isWord ? (words[2 * step] as number) : 0;
    const high = isWord ? (words[2 * step + 1] as number) : 0;
    d ^= low;
    D ^= high;
    if (step === last + 1) c ^= 0xee;
    else if (step === last + 2) b ^= 0xdd;
    for (let round = isWord ? 2 : 4; round > 0; round -= 1) {
      let was = a;
      a = (a + b) | 0;
      A = (A + B + (a >>> 0 < was >>> 0 ? 1 : 0)) | 0;
      was = b;
      b = ((b << 13) | (B >>> 19)) ^ a;
      B = ((B << 13) | (was >>> 19)) ^ A;
      was = a;
      a = A;
      A = was;
      was = c;
      c = (c + d) | 0;
      C = (C + D + (c >>> 0 < was >>> 0 ? 1 : 0)) | 0;
      was = d;
      d = ((d << 16) | (D >>> 16)) ^ c;
      D = ((D << 16) | (was >>> 16)) ^ C;
      was = a;
      a = (a + d) | 0;
      A = (A + D + (a >>> 0 < was >>> 0 ? 1 : 0)) | 0;
      was = d;
      d = ((d << 21) | (D >>> 11)) ^ a;
      D = ((D << 21) | (was >>> 11)) ^ A;
      was = c;
      c = (c + b) | 0;
      C = (C + B + (c >>> 0 < was >>> 0 ? 1 : 0)) | 0;
      was = b;
      b = ((b << 17) | (B >>> 15)) ^ c;
      B = ((B << 17) | (was >>> 15)) ^ C;
      was = c;
      c = C;
      C = was;
    }
    a ^= low;
    A ^= high;
    if (step === last + 1) {
      into[at] = a ^ b ^ c ^ d;
      into[at + 1] = A ^ B ^ C ^ D;
    } else if (step === last + 2) into[at + 2] = a ^ b ^ c ^ d;
  }
}

/** Puts a text into the words, with its length at the end of the last one, whose number it gives. */
function encode(text: string): number {
  const most = 3 * text.length + 8;
  if (most > bytes.length) {
    bytes = new Uint8Array(2 ** Math.ceil(Math.log2(most)));
    words = new Uint32Array(bytes.buffer);
  }
  const { written } = utf8.encodeInto(text, bytes);
  const last = written >>> 3;
  bytes.fill(0, written, 8 * last + 7);
  bytes[8 * last + 7] = written;
  return last;
}
