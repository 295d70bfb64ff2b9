// A list of recipients on its way in.
import { RecipientImport as RawImport } from "../giftcard_partners_bulk.js";
import { Handle, SHOWN, rawOfThis } from "../shared/handle.js";
import { checkLimits } from "../shared/limits.js";
import { onlyKnown, optionOf } from "../shared/options.js";
import { encodingOf } from "./encoding.js";
import { reportOf } from "./import-report.js";
import { rawCatalog } from "./raw-catalog.js";

export const OPTIONS = [
  "type", "columns", "defaults", "catalog", "encoding", "delimiter", "headerRow", "duplicates", "hidden", "defaultCountry", "deliveryTime", "dateOrder",
  "maxValue", "limits",
];

const isBytes = (chunk) => ArrayBuffer.isView(chunk) || chunk instanceof ArrayBuffer;

export class RecipientImport extends Handle {
  #progress = { bytes: 0, rows: 0, accepted: 0, rejected: 0 };
  /** What makes UTF-8 of the bytes, where the host must. */
  #recoded;

  static name = "RecipientImport";

  constructor(options) {
    onlyKnown("RecipientImport", options, OPTIONS);
    checkLimits(options);
    const catalog = optionOf(options, "catalog");
    const { label, recoded } = encodingOf(optionOf(options, "encoding"));
    // The wasm takes what it is handed, so another handle to the same catalog.
    super(new RawImport(options, catalog === undefined ? undefined : rawCatalog(catalog, "catalog").share(), label));
    this.#recoded = recoded;
  }

  push(chunk) {
    const raw = rawOfThis(this, "push");
    if (!this.#recoded || !isBytes(chunk)) this.#progress = raw.push(chunk);
    else this.#progress = { ...raw.push(this.#recoded(chunk)), bytes: this.#progress.bytes + chunk.byteLength };
    return { ...this.#progress };
  }

  finish() {
    const raw = rawOfThis(this, "finish");
    if (this.#recoded) raw.push(this.#recoded());
    return reportOf(raw.finish());
  }

  [SHOWN]() {
    rawOfThis(this, "toJSON");
    return { ...this.#progress };
  }
}
