// The option `locale`.
import { refusing } from "../shared/input.js";
import { optionOf } from "../shared/options.js";

/** A language tag; nothing where there is none. */
export function localeOf(method, options) {
  const locale = optionOf(options, "locale");
  // Of what is no text, Intl would take none.
  return refusing(`${method}: locale must be a language tag, such as "de-AT".`, () => Intl.getCanonicalLocales(locale?.trim())[0]);
}
