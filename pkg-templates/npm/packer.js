// Lines on their way into wasm: of each one what it has otherwise than the line before. Lines are made by a program, so most of one is the
// same as in the last, and of what is not, one joined text crosses and a list of what belongs where (src/order/packed.rs puts the JSON
// together). `JSON.stringify` and `TextEncoder` took two thirds of the time of checking an object.
//
// What it comes to is what JSON.stringify makes, to the byte. Whatever is not plain data like the line before goes through it.

const encoder = new TextEncoder();

/** Stands where there is a line's whole JSON, and not a number of values. More values than this a line is never compared by. */
const WHOLE = 255;
/** UTF-16 units of a value that is another: its length has 24 bits. */
const LONGEST = 0xffffff;
/** So many lines may be unlike the one before, and one more for each so many that are like it. */
const TRIES = 8;
/** Characters that are made bytes at a time. */
const ENOUGH = 1 << 14;
/** An order of fewer lines is not worth it. */
const FEWEST = 8;
/** Objects in objects; a line has one. */
const DEEPEST = 4;
/** Bytes that are kept for the next order. */
const KEPT = 1 << 20;

/** Where orders are put together. */
let room = new Uint8Array(0);

export class Packer {
  /** What belongs where. */
  marks = [];
  /** The texts: those that are bytes by now, and what stands behind them. */
  pieces = [];
  text = "";
  /** Lines that may still be unlike the one before; below 0 none is compared any more. */
  trust = TRIES;
  /** The JSON of the last line that was written whole, until it is looked at; then what is compared by. */
  json;
  shape;
  values = [];
  slot = 0;

  /** Throws where JSON.stringify does; then the line is not in it. */
  add(line) {
    if (this.text.length > ENOUGH) {
      // Of a text that grows in small pieces each piece is an object until then.
      this.pieces.push(encoder.encode(this.text));
      this.text = "";
    }
    const { text, marks } = this;
    const start = marks.length;
    let { shape, json } = this;
    // Until the line is known to be like it: after one that throws half-way the next is written whole.
    this.shape = this.json = undefined;
    if (json && this.trust >= 0) {
      // What the text says, and not what a second look at the object would.
      this.values = [];
      shape = shapeOf(JSON.parse(json), this.values, DEEPEST);
      if (this.values.length >= WHOLE) shape = undefined;
    }
    if (shape) {
      let follows = false;
      this.slot = 0;
      marks.push(0);
      try {
        // What a key was deleted of is not looped over: the engine would loop more slowly from then on, over whatever comes.
        follows = Boolean(line) && Object.keys(line).length >= shape.keys.length && this.follows(line, shape);
      } finally {
        if (!follows) {
          this.text = text;
          marks.length = start;
        }
      }
      if (follows) {
        marks[start] = marks.length - start - 1;
        this.trust += 1 / TRIES;
        this.shape = shape;
        return;
      }
      this.trust -= 1;
    }
    json = JSON.stringify(line) ?? "null";
    this.text += json;
    marks.push(WHOLE, json.length);
    this.json = json;
  }

  /** The bytes, for an order whose JSON is `head`, the lines, and `tail`. They are good until the next call. */
  finish(head, tail) {
    const { marks, pieces, text } = this;
    const around = head + tail;
    let end = 4 * (marks.length + 3);
    const most = pieces.reduce((sum, { length }) => sum + length, end + 3 * (around.length + text.length));
    // One for all: in some engines a buffer costs as much as an order of one line.
    if (room.length < most) room = new Uint8Array(most + ENOUGH);
    const packed = room;
    if (most > KEPT) room = new Uint8Array(0);
    const numbers = new Uint32Array(packed.buffer, 0, marks.length + 3);
    numbers.set([marks.length + 2, head.length, tail.length]);
    numbers.set(marks, 3);
    end += encoder.encodeInto(around, packed.subarray(end)).written;
    for (const piece of pieces) {
      packed.set(piece, end);
      end += piece.length;
    }
    end += encoder.encodeInto(text, packed.subarray(end)).written;
    return packed.subarray(0, end);
  }

  /** Whether an object is plain data of that shape; notes the values that are others than the last time. */
  follows(object, { keys, inside }) {
    // In this order: by the first the engine knows what object it is, and need not ask for its prototype.
    if (object.toJSON !== undefined || Object.getPrototypeOf(object) !== Object.prototype) return false;
    let at = 0;
    for (const key in object) {
      const value = object[key];
      if (value === undefined) continue;
      if (key !== keys[at]) return false;
      const shape = inside[at];
      at += 1;
      if (shape) {
        if (typeof value !== "object" || value === null || !this.follows(value, shape)) return false;
        continue;
      }
      const slot = this.slot;
      this.slot += 1;
      const before = this.values[slot];
      if (value === before) continue;
      const written = textOf(value, before);
      if (written === undefined) return false;
      this.values[slot] = value;
      this.text += written;
      this.marks.push((slot << 24) | written.length);
    }
    return at === keys.length;
  }
}

/** The keys of an object, and the shapes of those that are objects themselves; nothing where it has an array in it, or half a character. */
function shapeOf(object, values, depth) {
  if (typeof object !== "object" || object === null || Array.isArray(object) || depth === 0) return undefined;
  const keys = Object.keys(object);
  const inside = [];
  for (const key of keys) {
    const value = object[key];
    const isObject = typeof value === "object" && value !== null;
    const shape = isObject ? shapeOf(value, values, depth - 1) : undefined;
    if ((isObject && !shape) || !isWellFormed(key) || !isWellFormed(`${value}`)) return undefined;
    if (!isObject) values.push(value);
    inside.push(shape);
  }
  return { keys, inside };
}

/** A value that can stand where another of its kind stood, as text; nothing where it cannot, or JSON writes it otherwise. */
function textOf(value, before) {
  if (typeof value === "string") {
    return typeof before === "string" && value.length <= LONGEST && isWellFormed(value) ? value : undefined;
  }
  // Neither NaN nor infinite: these are `null`.
  return typeof value === "number" && typeof before === "number" && value - value === 0 ? `${value}` : undefined;
}

/** Half a surrogate pair would become another character; JSON.stringify escapes it. By range: `\p` costs each start half a millisecond. */
const isWellFormed = "".isWellFormed ? (text) => text.isWellFormed() : (text) => !/[\ud800-\udfff]/u.test(text);

/** An order of many lines as bytes; nothing where there is none, or JSON.stringify should see it. */
export function pack(order) {
  try {
    const lines = order.LineItems;
    if (!Array.isArray(lines) || lines.length < FEWEST || order.toJSON !== undefined || lines.toJSON !== undefined) return undefined;
    const copy = { ...order };
    if (!("LineItems" in copy)) return undefined;
    copy.LineItems = [];
    const rest = JSON.stringify(copy);
    const end = rest.indexOf(LINES) + LINES.length;
    // One, and not in an object of it.
    if (rest.indexOf(LINES, end) !== -1) return undefined;
    const packer = new Packer();
    for (let index = 0; index < lines.length; index += 1) packer.add(lines[index]);
    return packer.finish(rest.slice(0, end), rest.slice(end));
  } catch {
    return undefined;
  }
}

/** No text of JSON has it inside: there each quote has a backslash. */
const LINES = '"LineItems":[';
