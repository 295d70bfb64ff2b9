// What the Web Worker's jobs share: the package, loaded once, a client, and the catalog.
import bulk from "giftcard-partners/giftcard_partners_bulk.wasm?url";
import core from "giftcard-partners/giftcard_partners.wasm?url";
import workbook from "giftcard-partners/giftcard_partners_workbook.wasm?url";
import { type Catalog, type GiftCardPartners, init, initBulk, initWorkbook } from "giftcard-partners/slim";

import { loadCatalog } from "../../snippets/catalog.js";
import { connect } from "../../snippets/place.js";
import { tell } from "./port";

export let client: GiftCardPartners;
export let catalog: Catalog;

export const ready = (async () => {
  await Promise.all([init(fetch(core)), initBulk(fetch(bulk))]);
  client = connect((event: never) => tell({ news: "event", event }));
  catalog = await loadCatalog();
})();

let workbooks: Promise<void> | undefined;

/** What reads workbooks, where the list is one: by its first bytes, as the package tells. */
export async function readyFor(file: Blob): Promise<void> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  // "PK", or the first bytes of the older kind.
  if ((first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf)) await (workbooks ??= initWorkbook(fetch(workbook)));
}
