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
  /** How many of its records the import calls rows: those with a character, and not those without text at the end of the file. */
  rows: number;
  /** On which lines of the file these begin: where lines that follow each other begin, and how many they are. */
  at: LineRun[];
  /** Lines of the file before this piece, the header's included. */
  linesBefore: number;
}

/** Lines that follow each other. */
export interface LineRun {
  first: number;
  count: number;
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
  #rows = 0;
  #at: LineRun[] = [];
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
  readonly #breaks = new LineBreaks();

  constructor(readonly records: Records, linesOfHeader: number, readonly size: number, readonly longest: number) {
    [this.#lines, this.#linesBefore, this.#line] = [linesOfHeader, linesOfHeader, linesOfHeader + 1];
  }

  /** The pieces that end in a chunk. */
  push(chunk: Uint8Array): Piece[] {
    const { records } = this;
    const whole: Piece[] = [];
    this.#breaks.open(chunk);
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
        const end = records.isText(byte) ? this.#readLines(chunk, place, from) : 0;
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
  #readLines(chunk: Uint8Array, begun: number, from: number): number {
    const breaks = this.#breaks;
    if (!breaks.seek(begun)) return 0;
    this.#find();
    const lines = breaks.lines(this.records, this.size - this.#length + from);
    const line = this.#lines + 1;
    this.#lines += lines.count;
    if (lines.count > 1) {
      for (const above of this.#empty) this.#note(above);
      this.#note(line, lines.count - 1);
      // The last one has begun and is not followed by another yet.
      this.#empty = [];
      this.#begun = this.#length + lines.begin - from;
      this.#emptyFrom = this.#begun;
    }
    this.#line = this.#lines;
    this.records.endLine();
    return lines.end;
  }

  /** What is left at the end of the file. */
  end(): Piece | undefined {
    if (this.#hasText) for (const line of [...this.#empty, this.#line]) this.#note(line);
    return this.#rows > 0 || this.#isFirst ? this.#piece() : undefined;
  }

  /** A record begins with that byte, there in the piece. */
  #begin(at: number, byte: number): void {
    if (this.#hasText) {
      for (const above of this.#empty) this.#note(above);
      this.#note(this.#line);
      if (this.#empty.length > 0) this.#empty = [];
      this.#emptyFrom = at;
    } else if (this.#hasCharacter && !this.#isCutShort) this.#empty.push(this.#line);
    this.#line = this.#lines + 1;
    this.#begun = at;
    // A line with no character on it is no row.
    this.#hasCharacter = !isBreak(byte);
  }

  /** Notes rows that begin on a line and those that follow. */
  #note(first: number, count = 1): void {
    const last = this.#at.at(-1);
    if (last && last.first + last.count === first) last.count += count;
    else this.#at.push({ first, count });
    this.#rows += count;
  }

  /** The record has a text. */
  #find(): void {
    if (this.#isCutShort || this.#begun - this.#emptyFrom > this.longest) throw new EndlessRecord(this.#line, this.longest);
    this.#hasText = true;
  }

  /** All that is there, before another piece begins. */
  #piece(): Piece {
    const piece = { bytes: join(this.#parts), rows: this.#rows, at: this.#at, linesBefore: this.#linesBefore };
    [this.#parts, this.#length, this.#rows, this.#at] = [[], 0, 0, []];
    [this.#linesBefore, this.#begun, this.#emptyFrom, this.#isFirst] = [this.#lines, 0, 0, false];
    return piece;
  }
}

/** Whether text in UTF-8 has nothing but ASCII, and so says nothing of a file's encoding. */
export function isAscii(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes).length === bytes.length;
}

const WORD = Int32Array.BYTES_PER_ELEMENT;
const TOP_BITS = 0x80808080 | 0;
const ABOVE_QUOTE = (QUOTE + 1) * 0x01010101;

/** The line breaks of a chunk up to its next quote: in between each line is a record. */
class LineBreaks {
  #bytes: Uint8Array = new Uint8Array();
  #ends = new Int32Array();
  #count = 0;
  #next = 0;
  /** Where it has looked to: there is a quote, a carriage return by itself, or the end. */
  #seen = -1;

  open(chunk: Uint8Array): void {
    this.#bytes = chunk;
    if (this.#ends.length <= chunk.length) this.#ends = new Int32Array(chunk.length + 1);
    [this.#count, this.#next, this.#seen] = [0, 0, -1];
  }

  /** Whether the line that begins there is a record. Each is asked for behind those before. */
  seek(begin: number): boolean {
    if (this.#seen < begin) {
      this.#count = breaksIn(this.#bytes, begin, this.#ends);
      [this.#next, this.#seen] = [0, this.#ends[this.#count] as number];
    }
    while (this.#next < this.#count && (this.#ends[this.#next] as number) < begin) this.#next += 1;
    return this.#next < this.#count;
  }

  /** That line and those that follow it and begin with a text, before a place: how many they are, and where the last of them begins and ends. */
  lines(records: Records, before: number): { count: number; begin: number; end: number } {
    const [bytes, ends] = [this.#bytes, this.#ends];
    let at = this.#next + 1;
    for (; at < this.#count; at += 1) {
      const begin = (ends[at - 1] as number) + 1;
      if (begin >= before || !records.isText(bytes[begin] as number)) break;
    }
    return { count: at - this.#next, begin: at - this.#next > 1 ? (ends[at - 2] as number) + 1 : 0, end: ends[at - 1] as number };
  }
}

/** Where line feeds stand, from a place on up to a quote or a carriage return by itself; and behind them where that stands. How many they are. */
function breaksIn(bytes: Uint8Array, from: number, ends: Int32Array): number {
  const before = bytes.byteOffset % WORD;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset - before, Math.floor((before + bytes.length) / WORD));
  let count = 0;
  let place = from;
  for (; place < bytes.length; place += 1) {
    // Four bytes of which none is a quote or below it.
    if (((place + before) & (WORD - 1)) === 0) {
      let word = (place + before) >> 2;
      while (word < words.length && (((words[word] as number) - ABOVE_QUOTE) & ~(words[word] as number) & TOP_BITS) === 0) word += 1;
      place = (word << 2) - before;
      if (place >= bytes.length) break;
    }
    const byte = bytes[place] as number;
    if (byte > QUOTE) continue;
    if (byte === LINE_FEED) {
      ends[count] = place;
      count += 1;
    } else if (byte === QUOTE || (byte === RETURN && bytes[place + 1] !== LINE_FEED)) break;
  }
  ends[count] = place;
  return count;
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
