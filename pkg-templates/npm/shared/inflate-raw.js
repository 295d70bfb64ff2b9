// Inflating (RFC 1951) where the platform has no zlib: small, since each page downloads it, and fast enough for what is inflated once.

/** In this order a block says how long the codes are in which it says how long its codes are. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END_OF_BLOCK = 256;
const LONGEST_COPY = 285;

/** The bytes that were deflated. What is no deflated data throws. */
export function inflateRaw(input) {
  let output = new Uint8Array(4 * input.length);
  let size = 0;
  let at = 0;
  let held = 0;
  let count = 0;

  /** Has the next so many bits, of 16 at most, at hand; behind the end are zeros, as a code is looked up by more bits than it has. */
  const need = (wanted) => {
    for (; count < wanted; count += 8) held |= input[at++] << count;
    // No more than are looked up in vain.
    if (at > input.length + 2) refuse();
  };
  const drop = (bits) => {
    held >>>= bits;
    count -= bits;
  };
  const bits = (wanted) => {
    need(wanted);
    const value = held & ((1 << wanted) - 1);
    drop(wanted);
    return value;
  };
  const put = (byte) => {
    if (size === output.length) {
      const smaller = output;
      output = new Uint8Array(2 * size + 64);
      output.set(smaller);
    }
    output[size++] = byte;
  };
  const symbol = ({ longest, table }) => {
    need(longest);
    const found = table[held & ((1 << longest) - 1)];
    // Nothing has that code.
    if (found === 0) refuse();
    drop(found & 15);
    return found >> 4;
  };
  const codes = () => {
    const literals = bits(5) + 257;
    const all = literals + bits(5) + 1;
    const own = new Uint8Array(ORDER.length);
    const given = bits(4) + 4;
    for (let index = 0; index < given; index += 1) own[ORDER[index]] = bits(3);
    const code = huffman(own);
    const lengths = [];
    while (lengths.length < all) {
      const length = symbol(code);
      if (length < 16) lengths.push(length);
      else if (length === 16) lengths.push(...Array(3 + bits(2)).fill(lengths.at(-1)));
      else lengths.push(...Array(length === 17 ? 3 + bits(3) : 11 + bits(7)).fill(0));
    }
    return [lengths.slice(0, literals), lengths.slice(literals)].map(huffman);
  };
  /** What stands behind so many numbers, of which each `step` have another bit to follow. */
  const behind = (place, step, least) => {
    if (place < 2 * step) return least + place;
    const extra = Math.floor(place / step) - 1;
    return least + ((step + (place % step)) << extra) + bits(extra);
  };
  const copies = ([literals, distances]) => {
    for (let next = symbol(literals); next !== END_OF_BLOCK; next = symbol(literals)) {
      if (next < END_OF_BLOCK) put(next);
      else {
        const length = next === LONGEST_COPY ? 258 : behind(next - 257, 4, 3);
        const distance = behind(symbol(distances), 2, 1);
        if (distance > size) refuse();
        for (let byte = 0; byte < length; byte += 1) put(output[size - distance]);
      }
    }
  };
  const stored = () => {
    // What is left of a byte is skipped; whole ones that were looked at are not.
    drop(count % 8);
    const length = bits(16);
    bits(16);
    for (let byte = 0; byte < length; byte += 1) put(bits(8));
  };

  for (let isLast = 0; !isLast; ) {
    isLast = bits(1);
    const kind = bits(2);
    if (kind === 0) stored();
    else copies(kind === 1 ? fixed() : kind === 2 ? codes() : refuse());
  }
  return output.subarray(0, size);
}

/** The canonical code whose symbols have codes of those lengths, as a table: by the next bits, the symbol and the length of its code. */
function huffman(lengths) {
  const longest = Math.max(...lengths);
  const table = new Uint16Array(1 << longest);
  let code = 0;
  for (let length = 1; length <= longest; length += 1) {
    lengths.forEach((own, symbol) => {
      if (own !== length) return;
      for (let place = reversed(code, length); place < table.length; place += 1 << length) table[place] = (symbol << 4) | length;
      code += 1;
    });
    code <<= 1;
  }
  return { longest, table };
}

/** Codes are packed from their highest bit on. */
function reversed(code, length) {
  let bits = 0;
  for (let place = 0; place < length; place += 1) bits = (bits << 1) | ((code >> place) & 1);
  return bits;
}

/** The codes of a block that does not say its own. */
function fixed() {
  const lengths = Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));
  return [lengths, Array(30).fill(5)].map(huffman);
}

function refuse() {
  throw new Error("This is no deflated data.");
}
