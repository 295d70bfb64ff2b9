// Cuts a stream of CSV between records, so that a file of any length is imported piece by piece. Where a record ends is decided as the
// package's import decides it; what a record holds is not this file's business.

const QUOTE = 0x22;
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** Comma, semicolon, tab: the first of those that the header has most of. */
const DELIMITERS = [",", ";", "\t"] as const;
/** The longest header: each piece is read behind it. The package looks as far for the delimiter. */
const HEADER_BYTES = 64 * 1_024;

export interface Piece {
  /** Whole records. */
  bytes: Uint8Array;
  /** How many of them have a character: what the import calls rows. */
  rows: number;
  /** Lines of the file before this piece, the header's included. */
  linesBefore: number;
  /** Whether its bytes say nothing of the file's encoding. */
  isAscii: boolean;
}

/** A record that does not end. */
export class EndlessRecord extends Error {
  constructor(readonly line: number, readonly limit: number) {
    super("a record is longer than it may be");
  }
}

/** No CSV whose line breaks can be seen in its bytes. */
export class NoCsv extends Error {}

export interface Csv {
  /**
   * What each piece is read behind: the header, and the file's delimiter as `sep=`. A piece that told the delimiter by itself could tell
   * another one, where the header's quotes are not closed.
   */
  header: Uint8Array;
  /** The records behind the header in pieces of a size or a little more; the last may be shorter, and there is one at least. */
  pieces(size: number, longestRecord: number): AsyncGenerator<Piece>;
}

/** Reads the header. */
export async function openCsv(stream: ReadableStream<Uint8Array>): Promise<Csv> {
  const reader = stream.getReader();
  // All that the header may take, so that what is said of it does not depend on how the stream is cut.
  const parts: Uint8Array[] = [];
  for (let length = 0; length <= HEADER_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  const start = join(parts);
  if (isOther(start)) throw new NoCsv("the file is no CSV in UTF-8");
  const { header, delimiter, end } = readHeader(start);
  async function* rows(): AsyncGenerator<Uint8Array> {
    yield start.subarray(end);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  }
  const linesBefore = linesOf(start.subarray(0, end));
  return { header, pieces: (size, longest) => pieces(rows(), new Records(delimiter), linesBefore, size, longest) };
}

async function* pieces(
  chunks: AsyncIterable<Uint8Array>,
  records: Records,
  linesOfHeader: number,
  size: number,
  longest: number,
): AsyncGenerator<Piece> {
  let parts: Uint8Array[] = [];
  let [length, rows, bits] = [0, 0, 0];
  let [lines, linesBefore] = [linesOfHeader, linesOfHeader];
  // Of the file, and of this piece: where the last record began.
  let [line, begun] = [lines + 1, 0];
  let isFirst = true;
  for await (const chunk of chunks) {
    let from = 0;
    for (let place = 0; place < chunk.length; place += 1) {
      const byte = chunk[place] as number;
      if (records.begins(byte)) {
        [line, begun] = [lines + 1, length + place - from];
        if (begun >= size) {
          yield { bytes: join([...parts, chunk.subarray(from, place)]), rows, linesBefore, isAscii: bits < 0x80 };
          [parts, length, rows, bits, from, linesBefore, begun, isFirst] = [[], 0, 0, 0, place, lines, 0, false];
        }
        // A line with no character on it is no row.
        if (!isBreak(byte)) rows += 1;
      }
      bits |= byte;
      lines += records.read(byte);
    }
    parts.push(chunk.slice(from));
    length += chunk.length - from;
    if (length - begun > longest) throw new EndlessRecord(line, longest);
  }
  if (length > 0 || isFirst) yield { bytes: join(parts), rows, linesBefore, isAscii: bits < 0x80 };
}

const [START, PLAIN, QUOTED, CLOSING, CLOSED] = [0, 1, 2, 3, 4];

/** Where records begin. */
class Records {
  #state = START;
  #ended = true;
  #previous = LINE_FEED;
  readonly #delimiter: number;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Whether the next byte is the first of a record. */
  begins(byte: number): boolean {
    return this.#ended && !(byte === LINE_FEED && this.#previous === RETURN);
  }

  /** Takes a byte; 1 where it ends a line, else 0. */
  read(byte: number): number {
    const secondHalf = byte === LINE_FEED && this.#previous === RETURN;
    this.#previous = byte;
    if (this.#ended && secondHalf) return 0;
    this.#ended = false;
    if (this.#state === QUOTED) {
      if (byte === QUOTE) this.#state = CLOSING;
      return isBreak(byte) && !secondHalf ? 1 : 0;
    }
    if (isBreak(byte)) {
      this.#ended = true;
      this.#state = START;
      return secondHalf ? 0 : 1;
    }
    if (byte === this.#delimiter) this.#state = START;
    else if (this.#state === CLOSING) this.#state = byte === QUOTE ? QUOTED : CLOSED;
    else if (this.#state === START && byte !== SPACE) this.#state = byte === QUOTE ? QUOTED : PLAIN;
    return 0;
  }
}

/** The first record that has a character, of a file's start; what stands before it is a byte order mark, Excel's `sep=;` and blank lines. */
function readHeader(start: Uint8Array): { header: Uint8Array; delimiter: string; end: number } {
  const mark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
  const text = start.subarray(mark);
  const said = /^sep=([,;\t])(?=[\r\n]|$)/i.exec(new TextDecoder().decode(text.subarray(0, 6)))?.[1];
  const delimiter = said ?? delimiterOf(text);
  const records = new Records(delimiter);
  let [begin, end] = [text.length, text.length];
  let isOpen = true;
  for (let place = said ? "sep=;".length : 0; place < text.length; place += 1) {
    const byte = text[place] as number;
    if (records.begins(byte)) {
      if (begin < place) {
        [end, isOpen] = [place, false];
        break;
      }
      if (!isBreak(byte)) begin = place;
    }
    records.read(byte);
  }
  if (isOpen ? text.length > HEADER_BYTES : end > HEADER_BYTES) {
    throw new EndlessRecord(linesOf(text.subarray(0, begin)) + 1, HEADER_BYTES);
  }
  // A carriage return at its end would be one line break with a piece that begins with a line feed.
  const header = text.slice(begin, end);
  if (!isOpen && header.at(-1) === RETURN) header[header.length - 1] = LINE_FEED;
  const sep = new TextEncoder().encode(`sep=${delimiter}\n`);
  return { header: join([start.subarray(0, mark), sep, header]), delimiter, end: mark + end };
}

/** As the package tells it: by the first line that ends outside of quotes, any quotes, else by what it may take. */
function delimiterOf(text: Uint8Array): string {
  const counts: [number, number, number] = [0, 0, 0];
  let [quoted, begun] = [false, false];
  for (const byte of text.subarray(0, HEADER_BYTES + 1)) {
    if (isBreak(byte) && !quoted) {
      if (begun) break;
      continue;
    }
    begun = true;
    if (byte === QUOTE) quoted = !quoted;
    if (quoted) continue;
    if (byte === 0x2c) counts[0] += 1;
    else if (byte === 0x3b) counts[1] += 1;
    else if (byte === 0x09) counts[2] += 1;
  }
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

function isBreak(byte: number): boolean {
  return byte === LINE_FEED || byte === RETURN;
}

export function linesOf(bytes: Uint8Array): number {
  let lines = 0;
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place];
    if (byte === RETURN || (byte === LINE_FEED && bytes[place - 1] !== RETURN)) lines += 1;
  }
  return lines;
}

/** Whether a file is UTF-16 or UTF-32, whose line breaks are not where its bytes have them, or a workbook. */
function isOther([first, second, third, fourth]: Uint8Array): boolean {
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
  const isZip = first === 0x50 && second === 0x4b && third === 3 && fourth === 4;
  const isWorkbook = isZip || (first === 0xd0 && second === 0xcf && third === 0x11 && fourth === 0xe0);
  return isWide || isWorkbook;
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
