// What people download: bundled and minified by esbuild.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bundle } from "./prepare.js";

const DO_IT_YOURSELF = `
import { checkWithZod } from "./peers/zod.js";
import papaparse from "papaparse";
import { handWrittenClient } from "./peers/client.js";
export { checkWithZod, papaparse, handWrittenClient };
`;

const ENTRIES = {
  "giftcard-partners": `export * from "giftcard-partners";`,
  "giftcard-partners/order": `export * from "giftcard-partners/order";`,
  "giftcard-partners/bulk": `export * from "giftcard-partners/bulk";`,
  "giftcard-partners/slim, and its wasm beside it": `export * from "giftcard-partners/slim";`,
  "do it yourself: zod, papaparse, a client by hand": DO_IT_YOURSELF,
  "tremendous": `export * from "tremendous";`,
  "stripe": `import Stripe from "stripe"; export default Stripe;`,
};
const BESIDE = {
  "giftcard-partners/slim, and its wasm beside it": "giftcard-partners/giftcard_partners.wasm",
};

const sizes = (contents) => ({
  raw: contents.length,
  gzip: gzipSync(contents, { level: 9 }).length,
  brotli: brotliCompressSync(contents).length,
});

/** `[{ name, raw, gzip, brotli }]` */
export async function size(scratch) {
  const rows = [];
  for (const [name, source] of Object.entries(ENTRIES)) {
    const entry = new URL("./size-entry.tmp.mjs", import.meta.url).pathname;
    writeFileSync(entry, source);
    const file = `${scratch}size.mjs`;
    try {
      await bundle(entry, file, { minify: true, platform: "browser" });
    } finally {
      rmSync(entry);
    }
    const parts = [sizes(readFileSync(file))];
    if (BESIDE[name]) parts.push(sizes(readFileSync(new URL(import.meta.resolve(BESIDE[name])))));
    const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
    rows.push({ name, raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") });
  }
  return rows;
}
