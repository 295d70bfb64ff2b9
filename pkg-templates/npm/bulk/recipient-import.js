// A list of recipients on its way in.
import { RecipientImport as RawImport } from "../giftcard_partners_bulk.js";
import { Handle, SHOWN, rawOfThis } from "../shared/handle.js";
import { onlyKnown, optionOf } from "../shared/options.js";
import { reportOf } from "./import-report.js";
import { rawCatalog } from "./raw-catalog.js";

export const OPTIONS = [
  "type", "columns", "defaults", "catalog", "encoding", "delimiter", "headerRow", "duplicates", "hidden", "defaultCountry", "deliveryTime", "dateOrder",
  "maxValue",
];

export class RecipientImport extends Handle {
  #progress = { bytes: 0, rows: 0, accepted: 0, rejected: 0 };

  static name = "RecipientImport";

  constructor(options) {
    onlyKnown("RecipientImport", options, OPTIONS);
    const catalog = optionOf(options, "catalog");
    // The wasm takes what it is handed, so another handle to the same catalog.
    super(new RawImport(options, catalog === undefined ? undefined : rawCatalog(catalog, "catalog").share()));
  }

  push(chunk) {
    this.#progress = rawOfThis(this, "push").push(chunk);
    return { ...this.#progress };
  }

  finish() {
    return reportOf(rawOfThis(this, "finish").finish());
  }

  [SHOWN]() {
    rawOfThis(this, "toJSON");
    return { ...this.#progress };
  }
}
