// Cuts a stream of CSV between records, so that a file of any length is imported piece by piece. Where a record ends is decided as the
// package's import decides it; what a record holds is not this file's business.

const QUOTE = 0x22;
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** Comma, semicolon, tab: the first of those that the header has most of. */
const DELIMITERS = [0x2c, 0x3b, 0x09];
/** A header that is longer is taken as it is. */
const HEADER_BYTES = 64 * 1_024;

export interface Piece {
  /** Whole records. */
  bytes: Uint8Array;
  /** Lines of the file before this piece, the header's included. */
  linesBefore: number;
}

/** A record that does not end. */
export class EndlessRecord extends Error {
  constructor(readonly line: number) {
    super("a record is longer than it may be");
  }
}

export interface Csv {
  /** The first record with its line break, and what stands before it: a byte order mark, Excel's `sep=;`. */
  header: Uint8Array;
  /** The records behind it in pieces of a size or a little more; the last may be shorter, and there is one at least. */
  pieces(size: number, longestRecord: number): AsyncGenerator<Piece>;
}

/** Reads the header. */
export async function openCsv(stream: ReadableStream<Uint8Array>): Promise<Csv> {
  const reader = stream.getReader();
  let head: Uint8Array = new Uint8Array();
  let end: number | undefined;
  for (;;) {
    const { done, value } = await reader.read();
    if (value) head = join([head, value]);
    end = headerEnd(head, done);
    if (done || end !== undefined) break;
  }
  const header = head.slice(0, end ?? head.length);
  async function* rows(): AsyncGenerator<Uint8Array> {
    yield head.subarray(header.length);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  }
  return { header, pieces: (size, longest) => pieces(rows(), header, size, longest) };
}

async function* pieces(rows: AsyncIterable<Uint8Array>, header: Uint8Array, size: number, longest: number): AsyncGenerator<Piece> {
  const records = new Records(delimiterOf(header));
  let parts: Uint8Array[] = [];
  let length = 0;
  let lines = linesOf(header);
  let linesBefore = lines;
  // Of the file, and of this piece: where the last record began.
  let [line, begun] = [lines + 1, 0];
  let isFirst = true;
  for await (const chunk of rows) {
    let from = 0;
    for (let place = 0; place < chunk.length; place += 1) {
      const byte = chunk[place] as number;
      const begins = records.begins(byte);
      if (begins) {
        [line, begun] = [lines + 1, length + place - from];
        if (begun >= size) {
          yield { bytes: join([...parts, chunk.subarray(from, place)]), linesBefore };
          [parts, length, from, linesBefore, begun, isFirst] = [[], 0, place, lines, 0, false];
        }
      }
      lines += records.read(byte);
    }
    parts.push(chunk.slice(from));
    length += chunk.length - from;
    if (length - begun > longest) throw new EndlessRecord(line);
  }
  if (length > 0 || isFirst) yield { bytes: join(parts), linesBefore };
}

const [START, PLAIN, QUOTED, CLOSING, CLOSED] = [0, 1, 2, 3, 4];

/** Where records begin. */
class Records {
  #state = START;
  #ended = true;
  #previous = LINE_FEED;

  constructor(readonly delimiter: number) {}

  /** Whether the next byte is the first of a record. */
  begins(byte: number): boolean {
    return this.#ended && !(byte === LINE_FEED && this.#previous === RETURN);
  }

  /** Takes a byte; 1 where it ends a line, else 0. */
  read(byte: number): number {
    const secondHalf = byte === LINE_FEED && this.#previous === RETURN;
    this.#previous = byte;
    const isBreak = byte === LINE_FEED || byte === RETURN;
    if (this.#ended && secondHalf) return 0;
    this.#ended = false;
    if (this.#state === QUOTED) {
      if (byte === QUOTE) this.#state = CLOSING;
      return isBreak && !secondHalf ? 1 : 0;
    }
    if (isBreak) {
      this.#ended = true;
      this.#state = START;
      return secondHalf ? 0 : 1;
    }
    if (byte === this.delimiter) this.#state = START;
    else if (this.#state === CLOSING) this.#state = byte === QUOTE ? QUOTED : CLOSED;
    else if (this.#state === START && byte !== SPACE) this.#state = byte === QUOTE ? QUOTED : PLAIN;
    return 0;
  }
}

/** Behind the first record that has a character on it, and behind the line break that ends it. */
function headerEnd(bytes: Uint8Array, isAll: boolean): number | undefined {
  let from = lengthOfPreface(bytes);
  let [quoted, begun] = [false, false];
  for (; from < bytes.length; from += 1) {
    const byte = bytes[from];
    const isBreak = byte === LINE_FEED || byte === RETURN;
    if (isBreak && !quoted && begun) {
      if (byte === LINE_FEED) return from + 1;
      // Whether a line feed follows is known when there is a next byte.
      if (from + 1 < bytes.length) return bytes[from + 1] === LINE_FEED ? from + 2 : from + 1;
      return isAll ? from + 1 : undefined;
    }
    begun ||= !isBreak;
    if (byte === QUOTE) quoted = !quoted;
  }
  return bytes.length > HEADER_BYTES ? bytes.length : undefined;
}

/** A byte order mark, and the line `sep=;`. */
function lengthOfPreface(bytes: Uint8Array): number {
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes.subarray(0, 16));
  const mark = text.startsWith("\ufeff") ? 3 : 0;
  const line = /^\ufeff?(sep=[,;\t](?:\r\n|\r|\n))/i.exec(text)?.[1];
  return mark + (line?.length ?? 0);
}

function delimiterOf(header: Uint8Array): number {
  const text = new TextDecoder().decode(header);
  const said = /^sep=([,;\t])[\r\n]/i.exec(text)?.[1];
  if (said) return said.charCodeAt(0);
  const counts = [0, 0, 0];
  let quoted = false;
  for (const byte of header) {
    if (byte === QUOTE) quoted = !quoted;
    const candidate = quoted ? -1 : DELIMITERS.indexOf(byte);
    if (candidate >= 0) counts[candidate] = (counts[candidate] ?? 0) + 1;
  }
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as number;
}

export function linesOf(bytes: Uint8Array): number {
  let lines = 0;
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place];
    if (byte === RETURN || (byte === LINE_FEED && bytes[place - 1] !== RETURN)) lines += 1;
  }
  return lines;
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
