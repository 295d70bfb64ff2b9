// What inflates a wasm where the platform has no zlib.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";

import { inflateRaw } from "../../pkg-templates/npm/shared/inflate-raw.js";

const wasm = readFileSync(new URL("../../node_modules/giftcard-partners/giftcard_partners_order.wasm", import.meta.url));
const contents = [wasm, Buffer.alloc(0), Buffer.from("a"), Buffer.alloc(70_000, 7), Buffer.from("abc".repeat(99))];
const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;
const ways = [{ level: 0 }, { level: 1 }, { level: 9 }, { strategy: Z_FIXED }, { strategy: Z_HUFFMAN_ONLY }, { strategy: Z_RLE }];

test("what was deflated in any way is inflated to the same bytes", () => {
  for (const content of contents) {
    for (const way of ways) {
      const inflated = inflateRaw(deflateRawSync(content, way));

      assert.equal(Buffer.compare(inflated, content), 0, `${content.length} ${JSON.stringify(way)}`);
    }
  }
});

test("what is cut off or altered ends: with other bytes or with an error that says what it is", () => {
  const deflated = deflateRawSync(wasm.subarray(0, 700));

  for (let cut = 0; cut < deflated.length; cut += 7) assert.throws(() => inflateRaw(deflated.subarray(0, cut)), /no deflated data/);
  for (let bit = 0; bit < deflated.length * 8; bit += 5) {
    const altered = Buffer.from(deflated);
    altered[bit >> 3] ^= 1 << (bit & 7);
    try {
      inflateRaw(altered);
    } catch (error) {
      assert.match(error.message, /no deflated data/);
    }
  }
});
