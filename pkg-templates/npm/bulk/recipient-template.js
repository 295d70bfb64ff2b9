// A list to fill in.
import { recipientTemplate as rawTemplate } from "../giftcard_partners_bulk.js";
import { onlyKnown, optionOf } from "../shared/options.js";
import { rawCatalog } from "./raw-catalog.js";

export function recipientTemplate(options) {
  onlyKnown("recipientTemplate", options, ["type", "catalog"]);
  const catalog = optionOf(options, "catalog");
  return rawTemplate(optionOf(options, "type"), catalog === undefined ? undefined : rawCatalog(catalog, "catalog").share());
}
