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
  return { header, delimiter, pieces: (size, longest) => pieces(rows(), new Cutter(new Records(delimiter), linesBefore, size, longest)) };
}

async function* pieces(chunks: AsyncIterable<Uint8Array>, cutter: Cutter): AsyncGenerator<Piece> {
  for await (const chunk of chunks) yield* cutter.push(chunk);
  const last = cutter.end();
  if (last) yield last;
}

/** What is not cut off yet. A class, since an engine does not optimise a long loop in an asynchronous generator. */
class Cutter {
  #parts: Uint8Array[] = [];
  #length = 0;
  #rows: number[] = [];
  #linesBefore: number;
  #lines: number;
  // Of the file, and of this piece: where the last record began.
  #line: number;
  #begun = 0;
  // Of the last record; and of those without text since the last that has some, on which lines they are and where they began.
  #hasText = false;
  #hasCharacter = false;
  #empty: number[] = [];
  #emptyFrom = 0;
  // There are too many of them to be kept, which is no matter where nothing follows.
  #isCutShort = false;
  #isFirst = true;

  constructor(readonly records: Records, linesOfHeader: number, readonly size: number, readonly longest: number) {
    [this.#lines, this.#linesBefore, this.#line] = [linesOfHeader, linesOfHeader, linesOfHeader + 1];
  }

  /** The pieces that end in a chunk. */
  push(chunk: Uint8Array): Piece[] {
    const { records } = this;
    const whole: Piece[] = [];
    const words = wordsOf(chunk);
    let from = 0;
    for (let place = 0; place < chunk.length; place += 1) {
      const byte = chunk[place] as number;
      if (records.begins(byte)) {
        this.#begin(this.#length + place - from, byte);
        // Records without text stay with what follows: before a row they are rows too, and at the end of the file they are none.
        if (this.#hasText && this.#begun >= this.size) {
          this.#parts.push(chunk.subarray(from, place));
          whole.push(this.#piece());
          from = place;
        }
        this.#hasText = false;
        const end = records.isText(byte) ? this.#readLines(chunk, words, place, from) : 0;
        if (end > 0) {
          place = end;
          continue;
        }
      }
      if (!this.#hasText && records.isText(byte)) this.#find();
      this.#lines += records.read(byte);
      // What ends neither a cell nor a line needs no look of its own.
      if (this.#hasText) place = records.endOfPlain(chunk, place + 1) - 1;
    }
    if (this.#isCutShort) return whole;
    this.#parts.push(chunk.subarray(from));
    this.#length += chunk.length - from;
    if (this.#hasText && this.#length - this.#begun > this.longest) throw new EndlessRecord(this.#line, this.longest);
    if (!this.#hasText && this.#length - this.#emptyFrom > this.longest) {
      [this.#parts, this.#length, this.#isCutShort] = [[join(this.#parts).slice(0, this.#emptyFrom)], this.#emptyFrom, true];
    }
    return whole;
  }

  /**
   * Reads lines from one on that has begun: such as are a record with a text, since they begin with one and have no quote, up to one with which
   * another piece begins. Where the last of them ends; 0 where the first one is none.
   */
  #readLines(chunk: Uint8Array, words: Words, begun: number, from: number): number {
    const { records, size } = this;
    const { all, before } = words;
    const rows = this.#rows;
    const first = this.#lines + 1;
    let [line, begin, last, end] = [first, begun, 0, 0];
    for (let place = begun; place < chunk.length; place += 1) {
      // Four bytes of which none is a quote or below it.
      while (((place + before) & (WORD - 1)) === 0 && isAboveQuote(all[(place + before) >> 2])) place += WORD;
      const byte = chunk[place];
      if (byte === QUOTE || (byte === RETURN && chunk[place + 1] !== LINE_FEED)) break;
      if (byte !== LINE_FEED) continue;
      if (end === 0) this.#find();
      else {
        if (line === first + 1) for (const above of this.#empty) rows.push(above);
        rows.push(line - 1);
      }
      [last, end] = [begin, place];
      begin = place + 1;
      line += 1;
      if (begin >= chunk.length || this.#length + begin - from >= size || !records.isText(chunk[begin] as number)) break;
    }
    if (end === 0) return 0;
    // The last one has begun and is not followed by another yet.
    if (line - first > 1) {
      this.#empty = [];
      this.#begun = this.#length + last - from;
      this.#emptyFrom = this.#begun;
    }
    [this.#line, this.#lines] = [line - 1, line - 1];
    records.endLine();
    return end;
  }

  /** What is left at the end of the file. */
  end(): Piece | undefined {
    if (this.#hasText) this.#rows.push(...this.#empty, this.#line);
    return this.#rows.length > 0 || this.#isFirst ? this.#piece() : undefined;
  }

  /** A record begins with that byte, there in the piece. */
  #begin(at: number, byte: number): void {
    if (this.#hasText) {
      for (const above of this.#empty) this.#rows.push(above);
      this.#rows.push(this.#line);
      if (this.#empty.length > 0) this.#empty = [];
      this.#emptyFrom = at;
    } else if (this.#hasCharacter && !this.#isCutShort) this.#empty.push(this.#line);
    this.#line = this.#lines + 1;
    this.#begun = at;
    // A line with no character on it is no row.
    this.#hasCharacter = !isBreak(byte);
  }

  /** The record has a text. */
  #find(): void {
    if (this.#isCutShort || this.#begun - this.#emptyFrom > this.longest) throw new EndlessRecord(this.#line, this.longest);
    this.#hasText = true;
  }

  /** All that is there, before another piece begins. */
  #piece(): Piece {
    const piece = { bytes: join(this.#parts), rows: this.#rows, linesBefore: this.#linesBefore };
    [this.#parts, this.#length, this.#rows] = [[], 0, []];
    [this.#linesBefore, this.#begun, this.#emptyFrom, this.#isFirst] = [this.#lines, 0, 0, false];
    return piece;
  }
}

/** Whether text in UTF-8 has nothing but ASCII, and so says nothing of a file's encoding. */
export function isAscii(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes).length === bytes.length;
}

/** Bytes four at a time: so they are looked at in half of the time. `before`: bytes of the first word that are none of them. */
interface Words {
  all: Int32Array;
  before: number;
}

const WORD = Int32Array.BYTES_PER_ELEMENT;
const EACH = 0x01010101;
const TOP_BITS = 0x80808080 | 0;

function wordsOf({ buffer, byteOffset, length }: Uint8Array): Words {
  const before = byteOffset % WORD;
  return { all: new Int32Array(buffer, byteOffset - before, Math.floor((before + length) / WORD)), before };
}

/** Whether each byte of a word is above a quote. */
function isAboveQuote(word: number | undefined): boolean {
  return word !== undefined && ((word - (QUOTE + 1) * EACH) & ~word & TOP_BITS) === 0;
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

  /** All of a record was read, and of its line. */
  endLine(): void {
    this.#state = START;
    this.#ended = true;
    this.#previous = LINE_FEED;
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
