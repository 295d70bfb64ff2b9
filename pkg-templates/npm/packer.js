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
/** An order of fewer lines is not worth it. */
const FEWEST = 8;
/** Objects in objects; a line has one. */
const DEEPEST = 4;

export class Packer {
  text = "";
  marks = [];
  /** Lines that may still be unlike the one before; below 0 none is compared any more. */
  trust = TRIES;
  /** The JSON of the last line that was written whole, until it is looked at; then what is compared by. */
  json;
  shape;
  values;
  slot = 0;

  /** Throws where JSON.stringify does; then the line is not in it. */
  add(line) {
    const { text, marks } = this;
    const start = marks.length;
    const shape = this.comparable();
    // Until the line is known to be like it: after one that throws half-way the next is written whole.
    this.shape = this.json = undefined;
    if (shape) {
      let follows = false;
      this.slot = 0;
      marks.push(0);
      try {
        follows = this.follows(line, shape);
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
    const json = JSON.stringify(line) ?? "null";
    this.text += json;
    marks.push(WHOLE, json.length);
    this.json = json;
  }

  /** The bytes, for an order whose JSON is `head`, the lines, and `tail`. */
  finish(head, tail) {
    const marks = [this.marks.length + 2, head.length, tail.length, ...this.marks];
    const text = encoder.encode(head + tail + this.text);
    const bytes = new Uint8Array(marks.length * 4 + text.length);
    new Uint32Array(bytes.buffer, 0, marks.length).set(marks);
    bytes.set(text, marks.length * 4);
    return bytes;
  }

  /** What the next line is compared by, where it is at all. */
  comparable() {
    if (this.shape || this.json === undefined || this.trust < 0) return this.shape;
    // What the text says, and not what a second look at the object would.
    this.values = [];
    const shape = shapeOf(JSON.parse(this.json), this.values, DEEPEST);
    return this.values.length < WHOLE ? shape : undefined;
  }

  /** Whether an object is plain data of that shape; notes the values that are others than the last time. */
  follows(object, { keys, inside }) {
    if (Object.getPrototypeOf(object) !== Object.prototype || object.toJSON !== undefined) return false;
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

/** Half a surrogate pair would become another character; JSON.stringify escapes it. */
const isWellFormed = "".isWellFormed ? (text) => text.isWellFormed() : (text) => !/\p{Surrogate}/u.test(text);

/** An order of many lines as bytes; nothing where there is none, or JSON.stringify should see it. */
export function pack(order) {
  try {
    const lines = order.LineItems;
    if (!Array.isArray(lines) || lines.length < FEWEST || order.toJSON !== undefined || lines.toJSON !== undefined) return undefined;
    if (!Object.keys(order).includes("LineItems")) return undefined;
    const rest = JSON.stringify({ ...order, LineItems: [] });
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
