// Cuts a stream of CSV between records, so that a file of any length is imported piece by piece. What a record holds is not its business.

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

export interface Piece {
  /** Whole records. */
  bytes: Uint8Array;
  /** Lines of the file before this piece. */
  linesBefore: number;
}

/** Pieces of `size` bytes or a little more; the last may be shorter. A single record that is longer than that stays whole. */
export async function* pieces(stream: ReadableStream<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let [quoted, lines, linesBefore] = [false, 0, 0];
  for await (const chunk of stream) {
    let from = 0;
    for (let place = 0; place < chunk.length; place += 1) {
      const byte = chunk[place];
      if (byte === QUOTE) quoted = !quoted;
      if (byte !== LINE_FEED) continue;
      lines += 1;
      if (quoted || length + place + 1 - from < size) continue;
      yield { bytes: join([...parts, chunk.subarray(from, place + 1)]), linesBefore };
      [parts, length, from, linesBefore] = [[], 0, place + 1, lines];
    }
    parts.push(chunk.slice(from));
    length += chunk.length - from;
  }
  if (length > 0) yield { bytes: join(parts), linesBefore };
}

/** The header: the first record, with its line break. */
export function headerOf(bytes: Uint8Array): Uint8Array {
  let quoted = false;
  for (let place = 0; place < bytes.length; place += 1) {
    if (bytes[place] === QUOTE) quoted = !quoted;
    if (bytes[place] === LINE_FEED && !quoted) return bytes.slice(0, place + 1);
  }
  return bytes.slice();
}

export function linesOf(bytes: Uint8Array): number {
  return bytes.reduce((lines, byte) => lines + (byte === LINE_FEED ? 1 : 0), 0);
}

/** Whether a text is UTF-16, whose line breaks are not where these bytes have them. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}

function join(parts: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    joined.set(part, place);
    place += part.length;
  }
  return joined;
}
