// parseAmount: what a person types at a form, read as the import reads its cells.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import { messageOf, parseAmount, validateOrder } from "giftcard-partners/order";

const reads = (rows) => {
  for (const [text, options, amount] of rows) {
    for (const read of [parseAmount, root.parseAmount]) assert.strictEqual(read(text, options), amount, `${text} ${JSON.stringify(options)}`);
  }
};

test("an amount is read as people write it", () => {
  reads([
    ["25", undefined, 25],
    ["25,50", undefined, 25.5],
    [" 25.50 ", undefined, 25.5],
    ["1,000.00", undefined, 1000],
    ["1.000,00", undefined, 1000],
    ["1\u00a0000,50", undefined, 1000.5],
    ["1'000.50", undefined, 1000.5],
    ["2,50,000.00", undefined, 250_000],
    ["$25", undefined, 25],
    ["25 \u20ac", undefined, 25],
    ["25,-", undefined, 25],
    ["0.1", undefined, 0.1],
    ["70368744177663.99", undefined, 70368744177663.99],
    ["8796093022207.999 KWD", undefined, 8796093022207.999],
    ["70368744177664", undefined, undefined],
  ]);
});

test("what is no amount is undefined", () => {
  for (const text of ["", " ", "abc", "25 apples", "2.5e1", "1..0", "--1", "$", "NaN", "Infinity", "0x19", "\ud800", "9".repeat(400), "25.12345"]) {
    assert.strictEqual(parseAmount(text), undefined, text);
  }
});

test("what could be two amounts is undefined, unless the locale or the currency tells", () => {
  reads([
    ["1,000", undefined, undefined],
    ["1.000", undefined, undefined],
    ["1,000", { currency: "USD" }, undefined],
    ["1,000", { locale: "en" }, 1000],
    ["1,000", { locale: "en-IN", currency: "INR" }, 1000],
    ["1,000", { locale: "de" }, 1],
    ["1.000", { locale: "de-DE", currency: "EUR" }, 1000],
    ["1.000", { locale: "en-US", currency: "USD" }, 1],
    ["1,505", { locale: "de", currency: "EUR" }, undefined],
    ["1.505", { locale: "en", currency: "KWD" }, 1.505],
    ["1,500", { currency: "JPY" }, 1500],
    ["1.500", { currency: "jpy" }, 1500],
    ["1.500", { currency: "JPY", locale: "de" }, 1500],
    // A yen or a thousand: the two disagree.
    ["1.000", { currency: "JPY", locale: "en" }, undefined],
    // Numbers have a comma there, and francs a point.
    ["1,000", { currency: "CHF", locale: "fr-CH" }, undefined],
    // Neither a point nor a comma.
    ["1,000", { locale: "ar-EG" }, undefined],
  ]);
});

test("an amount is one of its currency", () => {
  reads([
    ["$25", { currency: "USD" }, 25],
    ["$25", { currency: "CAD" }, 25],
    ["25 usd", { currency: "USD" }, 25],
    ["25 EUR", { currency: "USD" }, undefined],
    ["\u20ac25", { currency: "USD" }, undefined],
    ["25 XAF", { currency: "XAF" }, 25],
    ["25 XAF", undefined, undefined],
    ["1500.5", { currency: "JPY" }, undefined],
    ["1500.5 JPY", undefined, undefined],
    ["1500.00", { currency: "JPY" }, 1500],
    ["0.125", { currency: "KWD" }, 0.125],
    ["0.125", { currency: "USD" }, undefined],
  ]);
});

test("zero and less are read, and are the validator's business", () => {
  assert.ok(Object.is(parseAmount("-0"), 0));
  reads([["0,00", undefined, 0], ["-25", undefined, -25], ["(25.00)", undefined, -25]]);

  const line = { ProductId: "CVS", Value: parseAmount("-25"), Quantity: 1 };
  const { issues } = validateOrder({ Type: "Links", LineItems: [line, { ...line, Value: parseAmount("1,000") }], PONumber: "PO-1" });

  assert.deepEqual(issues.map(({ code, path }) => [code, path.join(".")]), [["not_positive", "LineItems.0.Value"], ["required", "LineItems.1.Value"]]);
  assert.deepEqual(issues.map((issue) => messageOf(issue)), ["Enter an amount above 0.", "Enter an amount such as 25.50."]);
});

test("what cannot be used is refused", () => {
  for (const text of [undefined, null, 25, 25n, true, {}, ["25"], new String("25")]) {
    assert.throws(() => parseAmount(text), { name: "ConfigError", message: /^parseAmount: text / }, String(text));
  }
  for (const options of [{ currency: "US" }, { currency: "US$" }, { currency: 840 }, { currency: "" }, { locale: "not a tag" }, { locale: "" }, { locale: 7 }, { local: "de" }, "USD"]) {
    assert.throws(() => parseAmount("25", options), { name: "ConfigError" }, JSON.stringify(options));
  }
  assert.throws(() => parseAmount("25", { local: "de" }), /did you mean locale\?/);
  assert.deepEqual(["25", "25,50"].map(parseAmount), [25, 25.5]);
  assert.equal(parseAmount("25", { currency: undefined, locale: null }), 25);
});

const LOCALES = "en-US en-GB en-IN en-CA en-ZA de-DE de-AT de-CH fr-FR fr-CH fr-CA it-IT es-ES es-MX pt-BR pt-PT nl-NL pl-PL sv-SE nb-NO da-DK fi-FI cs-CZ hu-HU ja-JP zh-CN ko-KR he-IL tr-TR ar-EG fa-IR hi-IN".split(" ");
const CURRENCIES = "USD EUR CHF CAD SEK PLN INR JPY KWD".split(" ");
const WAYS = [{ style: "decimal", minimumFractionDigits: 2 }, ...["symbol", "narrowSymbol", "code"].map((currencyDisplay) => ({ style: "currency", currencyDisplay }))];
const AMOUNTS = [0.5, 25.5, 1000, 1234.56, 250_000, 1_234_567.89, -1000];

/** What `Intl` writes: the text, and the amount that it is. */
function* written() {
  for (const locale of LOCALES) {
    for (const currency of CURRENCIES) {
      for (const way of WAYS) {
        for (const currencySign of ["standard", "accounting"]) {
          const format = new Intl.NumberFormat(locale, { ...way, currency, currencySign });
          for (const amount of AMOUNTS) yield { locale, currency, text: format.format(amount), amount: Number(amount.toFixed(format.resolvedOptions().maximumFractionDigits)) };
        }
      }
    }
  }
}

test("what Intl writes of an amount in any locale is read as that amount or refused", () => {
  const counts = { all: 0, alone: 0, settled: 0 };
  for (const { locale, currency, text, amount } of written()) {
    const read = [undefined, { currency }, { locale }, { locale, currency }].map((options) => parseAmount(text, options));

    for (const one of read) assert.ok(one === undefined || one === amount, `${text} of ${locale} is ${amount}, read as ${one}`);
    counts.all += 1;
    counts.alone += read[0] !== undefined;
    counts.settled += read[3] !== undefined;
  }
  // With locale and currency all but Arabic and Persian digits, signs that hardly anybody knows, and yen with decimals.
  assert.ok(counts.settled / counts.all > 0.85, JSON.stringify(counts));
  assert.ok(counts.alone / counts.all > 0.8, JSON.stringify(counts));
});

test("the import reads a cell as parseAmount does", async () => {
  const texts = [...new Set([...written()].filter(({ locale }) => /^(en|de|fr|sv|ja)-/.test(locale)).map(({ text }) => text))];
  const list = new TextEncoder().encode(`product\tvalue\n${texts.map((text) => `CVS\t"${text}"\n`).join("")}`);

  const report = await root.importRecipients(list, { type: "Links" });

  const rejected = new Set(report.rejected.map(({ line }) => line - 2));
  const bodies = [...report.plan({ campaign: "amounts" }).orders()].map(({ body }) => JSON.parse(new TextDecoder().decode(body)));
  const values = bodies.flatMap(({ LineItems }) => LineItems).map(({ Value }) => Value);
  const accepted = texts.filter((_, at) => !rejected.has(at));
  assert.ok(accepted.length > 200, String(accepted.length));
  // An order has one currency.
  assert.deepEqual(values.sort(), accepted.map((text) => parseAmount(text)).sort());
  // The import refuses more: what is no amount of an order.
  for (const at of rejected) assert.ok(!(parseAmount(texts[at]) > 0), texts[at]);
});

test("a sign that several currencies have is read as the one that is expected", () => {
  assert.equal(parseAmount("¥1.000", { currency: "CNY" }), undefined);
  assert.equal(parseAmount("¥1,000.00", { currency: "CNY" }), 1000);
  assert.equal(parseAmount("¥1,000", { currency: "JPY" }), 1000);
});

test("the import reads such a sign as the catalog's currency", async () => {
  const products = [{ Id: "A", DenominationType: "Variable", Denominations: [1, 5000], AvailableDeliveryTypes: ["Links"], CurrencyCode: "CNY" }];
  const catalog = root.Catalog.from(products);
  const report = await root.importRecipients(new TextEncoder().encode("product,value\nA,¥1.000\nA,¥25.00\n"), { type: "Links", defaults: { Quantity: 1 }, catalog });

  assert.deepEqual([report.accepted, report.rejected.length], [1, 1]);
});
