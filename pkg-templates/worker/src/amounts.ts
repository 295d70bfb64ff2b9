// Money as whole numbers of ten-thousandths, one decimal more than any currency has: none of it goes through a float.

/** An amount as decimal text, for each currency by itself; or amounts by currency, where one that is not named has none. */
export type Spendable = string | Record<string, string>;

const DECIMALS = 4;

/** Nothing for what is no plain decimal text. */
export function units(text: string): bigint | undefined {
  const [, whole, fraction = ""] = /^(\d{1,30})(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : BigInt(whole + fraction.padEnd(DECIMALS, "0"));
}

/** With so many decimals, and with more where the amount has them. */
export function decimal(amount: bigint, decimals = 2): string {
  const text = String(amount < 0n ? -amount : amount).padStart(DECIMALS + 1, "0");
  const fraction = text.slice(-DECIMALS).replace(/0+$/, "").padEnd(decimals, "0");
  return `${amount < 0n ? "-" : ""}${text.slice(0, -DECIMALS)}${fraction && "."}${fraction}`;
}

export function isSpendable(value: unknown): value is Spendable {
  const isAmount = (one: unknown) => typeof one === "string" && units(one) !== undefined;
  if (typeof value !== "object" || value === null) return isAmount(value);
  return !Array.isArray(value) && Object.entries(value).every(([currency, one]) => /^[A-Z]{3}$/.test(currency) && isAmount(one));
}

/** What it says of a currency. One that it does not name, or that nobody knows, has nothing. */
export function spendable(value: Spendable, currency: string | undefined): bigint {
  const amount = typeof value === "string" ? value : Object.hasOwn(value, currency ?? "") ? value[currency ?? ""] : undefined;
  return units(amount ?? "0") ?? 0n;
}
