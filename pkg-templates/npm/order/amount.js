// parseAmount: an amount that a person has typed, read as the import reads its cells.
import { ConfigError } from "../shared/errors.js";
import { onlyKnown, optionOf } from "../shared/options.js";
import { localeOf } from "./locale.js";

export function makeParseAmount(read) {
  return (text, options) => {
    onlyKnown("parseAmount", options, ["currency", "locale"]);
    const [currency, locale] = [optionOf(options, "currency"), localeOf("parseAmount", options)];
    if (currency !== undefined && !(typeof currency === "string" && /^[a-z]{3}$/i.test(currency))) {
      throw new ConfigError('parseAmount: currency must be a code of ISO 4217, such as "USD".');
    }
    if (text == null) throw new ConfigError("parseAmount: text is missing.");
    if (typeof text !== "string") throw new ConfigError("parseAmount: text must be a text.");
    const amount = read(text, currency?.toUpperCase(), locale && markOf(locale, currency));
    // Adding zero makes -0 zero.
    return amount === undefined ? undefined : Number(amount) + 0;
  };
}

/** What stands in front of the decimals there; nothing where amounts have another mark than numbers, as in French Switzerland. */
function markOf(locale, currency = "USD") {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const [mark, ofAmounts] = [digits, { ...digits, style: "currency", currency }].map(
    (options) => new Intl.NumberFormat(locale, options).formatToParts(0.5).find(({ type }) => type === "decimal")?.value,
  );
  return mark === ofAmounts ? mark : undefined;
}
