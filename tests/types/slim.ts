// Slim is the root, and six functions more; the raw wasm is what they take.
import * as root from "giftcard-partners";
import wasm from "giftcard-partners/giftcard_partners.wasm";
import bulkWasm from "giftcard-partners/giftcard_partners_bulk.wasm";
import orderWasm from "giftcard-partners/giftcard_partners_order.wasm";
import * as slim from "giftcard-partners/slim";
import { init, initBulk, initBulkSync, initSync, initWorkbook, initWorkbookSync } from "giftcard-partners/slim";

import { expect, type Equal } from "./equal.js";

const loaded: Promise<void> = init(wasm);
const bytes: Promise<Uint8Array> = Promise.resolve(new Uint8Array());
await loaded;
await init(bytes);
await init("/giftcard_partners.wasm");
initSync(new Uint8Array());
await Promise.all([init(wasm), initBulk(bulkWasm)]);
initBulkSync(new Uint8Array());
await initWorkbook("/giftcard_partners_workbook.wasm");
initWorkbookSync(new Uint8Array());
// @ts-expect-error: a source is needed
await initBulk();
// @ts-expect-error: a URL has to be fetched, which is not done at once
initBulkSync("/giftcard_partners_bulk.wasm");
// @ts-expect-error: a source is needed
await init();
// @ts-expect-error: a URL has to be fetched, which is not done at once
initSync("/giftcard_partners.wasm");

const module: object | string = orderWasm;
void module;
expect<Equal<Exclude<keyof typeof slim, keyof typeof root>, "init" | "initSync" | "initBulk" | "initBulkSync" | "initWorkbook" | "initWorkbookSync">>();
expect<Equal<Exclude<keyof typeof root, keyof typeof slim>, never>>();
