import { Catalog } from "../giftcard_partners_bulk.js";
import { catalogTaker } from "../order/catalog.js";

/** The catalog of any entry, in the wasm of the lists. */
export const rawCatalog = catalogTaker(Catalog);
