// Cuts a stream of CSV between records, so that a file of any length is imported piece by piece. Where a record ends is decided as the
// package's import decides it; what a record holds is not this file's business.

const QUOTE = 0x22;
const SPACE = 0x20;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** The longest header, with what stands above it: each piece is read behind it. The package looks as far for the delimiter. */
const HEADER_BYTES = 64 * 1_024;
/** The line of a piece's header, under its `sep=`. */
export const HEADER_ROW = 2;

/** What the package tells of a file's beginning: `inspectRecipients`. */
export type Inspect = (start: Uint8Array) => Promise<{ delimiter?: string; headerRow?: number }>;

export interface Piece {
  /** Whole records; those without text at the end of the file may be missing. */
  bytes: Uint8Array;
  /** The lines of the file on which those begin that the import calls rows: with a character, and not without text at the end of the file. */
  rows: number[];
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
  delimiter: string;
  /** The records behind the header in pieces of a size or a little more; the last may be shorter, and there is one at least. */
  pieces(size: number, longestRecord: number): AsyncGenerator<Piece>;
}

/** Reads the header. */
export async function openCsv(stream: ReadableStream<Uint8Array>, inspect: Inspect): Promise<Csv> {
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
  const { delimiter = ",", headerRow = 1 } = await inspect(start.subarray(0, HEADER_BYTES + 1));
  const { header, end } = readHeader(start, delimiter, headerRow);
  async function* rows(): AsyncGenerator<Uint8Array> {
    yield start.subarray(end);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  }
  const linesBefore = linesOf(start.subarray(0, end));
  return { header, delimiter, pieces: (size, longest) => pieces(rows(), new Records(delimiter), linesBefore, size, longest) };
}

async function* pieces(
  chunks: AsyncIterable<Uint8Array>,
  records: Records,
  linesOfHeader: number,
  size: number,
  longest: number,
): AsyncGenerator<Piece> {
  let parts: Uint8Array[] = [];
  let [length, rows, bits]: [number, number[], number] = [0, [], 0];
  let [lines, linesBefore] = [linesOfHeader, linesOfHeader];
  // Of the file, and of this piece: where the last record began.
  let [line, begun] = [lines + 1, 0];
  // Of the last record; and of those without text since the last that has some, on which lines they are and where they began.
  let [hasText, hasCharacter] = [false, false];
  let [empty, emptyFrom]: [number[], number] = [[], 0];
  // There are too many of them to be kept, which is no matter where nothing follows.
  let isCutShort = false;
  let isFirst = true;
  for await (const chunk of chunks) {
    let from = 0;
    for (let place = 0; place < chunk.length; place += 1) {
      const byte = chunk[place] as number;
      if (records.begins(byte)) {
        if (hasText) {
          for (const above of empty) rows.push(above);
          rows.push(line);
          [empty, emptyFrom] = [[], length + place - from];
        } else if (hasCharacter && !isCutShort) empty.push(line);
        [line, begun] = [lines + 1, length + place - from];
        // Records without text stay with what follows: before a row they are rows too, and at the end of the file they are none.
        if (hasText && begun >= size) {
          yield { bytes: join([...parts, chunk.subarray(from, place)]), rows, linesBefore, isAscii: bits < 0x80 };
          [parts, length, rows, bits, from, linesBefore, begun, emptyFrom, isFirst] = [[], 0, [], 0, place, lines, 0, 0, false];
        }
        // A line with no character on it is no row.
        [hasText, hasCharacter] = [false, !isBreak(byte)];
      }
      if (!hasText && records.isText(byte)) {
        if (isCutShort || begun - emptyFrom > longest) throw new EndlessRecord(line, longest);
        hasText = true;
      }
      bits |= byte;
      lines += records.read(byte);
      // What ends neither a cell nor a line needs no look of its own.
      if (!hasText) continue;
      for (const end = records.endOfPlain(chunk, place + 1); place + 1 < end; place += 1) bits |= chunk[place + 1] as number;
    }
    if (isCutShort) continue;
    parts.push(chunk.slice(from));
    length += chunk.length - from;
    if (hasText && length - begun > longest) throw new EndlessRecord(line, longest);
    if (!hasText && length - emptyFrom > longest) [parts, length, isCutShort] = [[join(parts).slice(0, emptyFrom)], emptyFrom, true];
  }
  if (hasText) rows = [...rows, ...empty, line];
  if (rows.length > 0 || isFirst) yield { bytes: join(parts), rows, linesBefore, isAscii: bits < 0x80 };
}

/** The records of a piece that begin on one of these of its lines, from 1. */
export function recordsAt(bytes: Uint8Array, delimiter: string, wanted: Set<number>): Uint8Array {
  const records = new Records(delimiter);
  const found: Uint8Array[] = [];
  let [line, begun, isWanted] = [0, 0, false];
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place] as number;
    if (records.begins(byte)) {
      if (isWanted) found.push(bytes.subarray(begun, place));
      [begun, isWanted] = [place, wanted.has(line + 1)];
    }
    line += records.read(byte);
  }
  if (isWanted) found.push(bytes.subarray(begun), new Uint8Array([LINE_FEED]));
  return join(found);
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

  /** Whether a record with this byte has a text in a cell. */
  isText(byte: number): boolean {
    return byte !== this.#delimiter && byte !== QUOTE && byte !== SPACE && byte !== TAB && !isBreak(byte);
  }

  /** Where the next byte stands that could change anything, behind one that was read. */
  endOfPlain(bytes: Uint8Array, from: number): number {
    if (this.#ended || this.#state === START || this.#state === CLOSING) return from;
    const end = this.#state === QUOTED ? QUOTE : this.#delimiter;
    let place = from;
    for (; place < bytes.length; place += 1) {
      const byte = bytes[place] as number;
      if (byte === end || byte === LINE_FEED || byte === RETURN) break;
    }
    if (place > from) this.#previous = 0;
    return place;
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

/** The record in a line of a file's start. */
function readHeader(start: Uint8Array, delimiter: string, headerRow: number): { header: Uint8Array; end: number } {
  const mark = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
  const text = start.subarray(mark);
  const records = new Records(delimiter);
  let [begin, end, line] = [text.length, text.length, 1];
  let isOpen = true;
  for (let place = 0; place < text.length; place += 1) {
    const byte = text[place] as number;
    if (records.begins(byte)) {
      if (begin < place) {
        [end, isOpen] = [place, false];
        break;
      }
      if (line >= headerRow && !isBreak(byte)) begin = place;
    }
    line += records.read(byte);
  }
  if (isOpen ? text.length > HEADER_BYTES : end > HEADER_BYTES) {
    throw new EndlessRecord(linesOf(text.subarray(0, begin)) + 1, HEADER_BYTES);
  }
  // A carriage return at its end would be one line break with a piece that begins with a line feed.
  const header = text.slice(begin, end);
  if (!isOpen && header.at(-1) === RETURN) header[header.length - 1] = LINE_FEED;
  const sep = new TextEncoder().encode(`sep=${delimiter}\n`);
  return { header: join([start.subarray(0, mark), sep, header]), end: mark + end };
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
