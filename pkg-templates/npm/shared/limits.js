// `limits`, which the client and the import take alike.
import { ConfigError } from "./errors.js";
import { isPlain, refusing } from "./input.js";
import { onlyKnown, optionOf } from "./options.js";

const NO_LIMITS = "limits must be an object with maxOrderValue, maxLines or maxCampaignValue.";

export function checkLimits(options) {
  const limits = optionOf(options, "limits");
  if (limits === undefined) return;
  if (!refusing(NO_LIMITS, () => isPlain(limits))) throw new ConfigError(NO_LIMITS);
  onlyKnown("limits", limits, ["maxOrderValue", "maxLines", "maxCampaignValue"]);
}
