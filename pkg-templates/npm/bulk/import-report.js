// What became of a list of recipients.
import { Handle, SHOWN, rawOfThis } from "../shared/handle.js";
import { onlyKnown, optionOf } from "../shared/options.js";
import { campaignOf, rawCampaign } from "./campaign.js";

export class ImportReport extends Handle {
  /** What was read of it: a list of 100,000 takes its time. */
  #read = {};

  static name = "ImportReport";

  #part(name) {
    const raw = rawOfThis(this, name);
    return (this.#read[name] ??= raw[name]());
  }

  #field(name) {
    return Object.freeze(this.#part("summary")[name]);
  }

  get rows() {
    return this.#field("rows");
  }

  get accepted() {
    return this.#field("accepted");
  }

  get duplicates() {
    return this.#field("duplicates");
  }

  get totals() {
    return this.#field("totals");
  }

  get columns() {
    return this.#field("columns");
  }

  get ignoredColumns() {
    return this.#field("ignoredColumns");
  }

  get issues() {
    return this.#field("issues");
  }

  get encoding() {
    return this.#field("encoding");
  }

  get rejected() {
    return Object.freeze(this.#part("rejected"));
  }

  summary() {
    const raw = rawOfThis(this, "summary");
    return (this.#read.groups ??= Object.freeze(raw.groups()));
  }

  rejectedCsv() {
    return rawOfThis(this, "rejectedCsv").rejectedCsv();
  }

  plan(options) {
    const raw = rawOfThis(this, "plan");
    onlyKnown("plan", options, ["campaign", "poPrefix", "maxLinesPerOrder", "salt", "after"]);
    const after = optionOf(options, "after");
    return campaignOf(raw.plan(options, after === undefined ? undefined : rawCampaign(after, "after").copy()));
  }

  [SHOWN]() {
    return { ...this.#part("summary"), rejected: this.rejected };
  }
}

/** Not by the class's own name in its body: esbuild would rename it. */
export const reportOf = (raw) => new ImportReport(raw);
