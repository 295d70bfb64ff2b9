// `limits`, which the client and the import take alike.
import { ConfigError } from "./errors.js";
import { onlyKnown, optionOf } from "./options.js";

export function checkLimits(options) {
  const limits = optionOf(options, "limits");
  if (limits !== undefined && typeof limits !== "object") throw new ConfigError("limits must be an object with maxOrderValue, maxLines or maxCampaignValue.");
  onlyKnown("limits", limits, ["maxOrderValue", "maxLines", "maxCampaignValue"]);
}
