// Amounts as decimal text, counted in whole ten-thousandths: no money goes through a float.

const DIGITS = 4;

/** The amount as a whole number; undefined for what is no plain decimal text. */
export function units(text) {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : BigInt(whole + fraction.padEnd(DIGITS, "0"));
}

/** The amount that a whole number stands for, with at least the decimals of its currency. */
export function decimal(amount, currency) {
  const decimals = decimalsOf(currency);
  const text = String(amount).padStart(DIGITS + 1, "0");
  const fraction = text.slice(-DIGITS).replace(/0+$/, "").padEnd(decimals, "0");
  return text.slice(0, -DIGITS) + (fraction && `.${fraction}`);
}

function decimalsOf(currency) {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  } catch {
    // None is named, or none that is known.
    return 2;
  }
}

/** As a person reads it: `1,234.50 USD`. */
export function shown(text, currency) {
  const [whole, fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${grouped}${fraction === undefined ? "" : `.${fraction}`}${currency ? ` ${currency}` : ""}`;
}

/** What a person types: `5,000.00`, `5000`, `USD 5000.00`. */
export function typed(text) {
  const bare = text.trim().replace(/^[A-Za-z]{3}\s*|\s*[A-Za-z]{3}$/g, "").replace(/^\$\s*/, "");
  return units(/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(",", "") : bare);
}

/** `2 orders`, `1 order`. */
export function count(number, noun) {
  return `${shown(String(number))} ${noun}${number === 1 ? "" : "s"}`;
}
