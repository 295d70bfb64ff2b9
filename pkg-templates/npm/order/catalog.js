// The catalog: a compact index over products, in the wasm of the entry that made it.
import { ConfigError } from "../shared/errors.js";
import { Handle, SHOWN, rawOfThis, taker } from "../shared/handle.js";
import { onlyKnown } from "../shared/options.js";

/** The class over one wasm, and what gives that wasm's own object of any entry's catalog. */
export function makeCatalog(Raw) {
  class Catalog extends Handle {
    static name = "Catalog";

    static from(products) {
      return new Catalog(Raw.from(products));
    }

    constructor(raw) {
      if (!(raw instanceof Raw)) throw new ConfigError("A Catalog is made by Catalog.from(products).");
      super(raw);
    }

    toBytes() {
      return rawOfThis(this, "toBytes").toBytes();
    }

    get hash() {
      return rawOfThis(this, "hash").hash;
    }

    get size() {
      return rawOfThis(this, "size").size;
    }

    product(id) {
      return rawOfThis(this, "product").product(id);
    }

    search(query) {
      onlyKnown("search", query, ["text", "amount", "deliveryType", "currency", "type", "limit"]);
      return rawOfThis(this, "search").search(query);
    }

    [SHOWN]() {
      return { size: this.size, hash: this.hash };
    }
  }
  return { Catalog, rawCatalog: catalogTaker(Raw) };
}

/** A catalog never changes, so it crosses once. */
export const catalogTaker = (Raw) => taker(Raw, "Catalog", (bytes) => Raw.from(bytes), new WeakMap());
