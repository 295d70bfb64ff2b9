// messageOf and orderSchema.with: what a person at a field is told.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import { Catalog, messageOf, orderSchema, validateOrder } from "giftcard-partners/order";

const LINE = { ProductId: "CVS", Value: 25, Quantity: 1, DigitalDeliveryAddress: { Email: "ann@example.com" } };
const order = (change, fields) => ({ Type: "DigitalDelivery", LineItems: [{ ...LINE, ...change }], PONumber: "PO-1", ...fields });
const first = (change, fields, options) => validateOrder(order(change, fields), options).issues[0];
const email = (Email) => ({ DigitalDeliveryAddress: { Email } });

test("a person is told what to do at the field", () => {
  for (const [change, sentence] of [
    [{ Value: NaN }, "Enter an amount such as 25.50."],
    [{ Value: undefined }, "Enter an amount such as 25.50."],
    [{ Value: "25" }, "Enter an amount such as 25.50."],
    [{ Value: -1 }, "Enter an amount above 0."],
    [{ Value: 25.001 }, "Enter an amount with at most 2 decimals."],
    [{ Quantity: 0 }, "Enter a number of at least 1."],
    [{ Quantity: 1.5 }, "Enter a whole number such as 1."],
    [{ Quantity: 2_000_000 }, "Enter at most 1,000,000."],
    [{ ProductId: "" }, "Choose a product."],
    [email("ann"), "Enter an e-mail address such as name@example.com."],
    [email("ann@example.com "), "Remove the space around the e-mail address."],
    [email(""), "Enter an e-mail address."],
    [{ DigitalDeliveryAddress: undefined }, "Enter an e-mail address or a phone number."],
    [{ DigitalDeliveryAddress: { Sms: "555" } }, "Enter a phone number with its country code and without spaces, such as +15555555555."],
    [{ Personalization: { To: "Jos\u00c3\u00a9" } }, "Check the letters: some look garbled."],
    [{ Personalization: { DeliveryDate: "tomorrow" } }, "Choose a date and a time."],
  ]) {
    assert.equal(messageOf(first(change)), sentence);
  }
  assert.equal(messageOf(first({}, { Type: "Codes" })), "Choose how the cards are delivered.");
  assert.equal(root.messageOf(first({ Value: 0 })), "Enter an amount above 0.");
});

test("what a product offers is listed as people write it", () => {
  const catalog = Catalog.from([
    { Id: "CVS", CurrencyCode: "USD", DenominationType: "Fixed", Denominations: [10, 25.5, 50] },
    { Id: "ANY", CurrencyCode: "USD", DenominationType: "Variable", Denominations: [5, 1_500] },
    { Id: "YEN", CurrencyCode: "JPY" },
  ]);
  const of = (change, options) => messageOf(first(change, {}, { catalog }), options);

  assert.equal(of({ Value: 11 }), "Choose 10, 25.50 or 50.");
  assert.equal(of({ Value: 11 }, { locale: "de" }), "W\u00e4hlen Sie 10, 25,50 oder 50.");
  assert.equal(of({ ProductId: "ANY", Value: 1 }), "Enter an amount from 5 to 1,500.");
  assert.equal(of({ ProductId: "YEN", Value: 1.5 }), "Enter an amount without decimals.");
  assert.equal(of({ ProductId: "CV" }), "This product is not offered. Did you mean CVS?");
});

test("labels stand in front, by path with wildcards, the one that says most first", () => {
  const issue = first({ Value: 0 });
  const labels = { "LineItems.*.Value": "Amount", "*.*.Value": "Anything", "LineItems.1.Value": "Another", Value: "Wrong" };

  assert.equal(messageOf(issue, { labels }), "Amount: Enter an amount above 0.");
  assert.equal(messageOf(issue, { labels: { ...labels, "LineItems[0].Value": "First amount" } }), "First amount: Enter an amount above 0.");
  assert.equal(messageOf(issue, { labels: {} }), "Enter an amount above 0.");
});

test("translate is asked first, and leaves the others to the package", () => {
  const issue = first({ Value: 0 });
  const asked = [];
  const translate = (...all) => {
    asked.push(all);
    return all[2] === "Amount" ? "Betrag bitte" : undefined;
  };

  assert.equal(messageOf(issue, { translate }), "Enter an amount above 0.");
  assert.equal(messageOf(issue, { translate, labels: { "LineItems.*.Value": "Amount" } }), "Betrag bitte");
  assert.deepEqual(asked, [["not_positive", {}, "Value"], ["not_positive", {}, "Amount"]]);
});

test("German, French and Spanish have a sentence wherever English has one", async () => {
  const { locales } = await import("giftcard-partners/locales");
  assert.deepEqual([...locales].sort(), ["de", "en", "es", "fr"]);
  const issues = [{ Value: 0 }, { Value: NaN }, { Quantity: 0 }, email("ann"), email("a b@c.de"), email("ann@b\u00fccher.example"), { ProductId: " " }].map((change) => first(change));

  for (const issue of issues) {
    const sentences = ["en", "de-AT", "fr", "es-MX"].map((locale) => messageOf(issue, { locale }));
    assert.equal(new Set(sentences).size, 4, sentences.join("\n"));
  }
  assert.equal(messageOf(issues[0], { locale: "de" }), "Geben Sie einen Betrag \u00fcber 0 ein.");
  assert.equal(messageOf(issues[0], { locale: "tlh" }), "Enter an amount above 0.");
});

test("every code has a sentence, or the issue's own message", () => {
  const message = "As it is.";
  for (const code of ["required", "invalid_type", "too_many_columns", "duplicate_row", "of_tomorrow"]) {
    const sentence = messageOf({ severity: "error", code, path: [], message }, { locale: "fr" });
    assert.ok(sentence.length > 5, code);
  }
  assert.equal(messageOf({ severity: "error", code: "of_tomorrow", path: [], message }), message);
});

test("orderSchema.with has the same verdict in words for people", () => {
  const schema = orderSchema.with({ labels: { "LineItems.*.Value": "Betrag" }, locale: "de" });
  const bad = order({ Value: 0 }, { PONumber: "" });

  assert.deepEqual(schema["~standard"].validate(order()), { value: order() });
  assert.deepEqual(schema["~standard"].validate(bad).issues, [
    { message: "Betrag: Geben Sie einen Betrag \u00fcber 0 ein.", path: ["LineItems", 0, "Value"] },
    { message: "Geben Sie eine Bestellnummer ein.", path: ["PONumber"] },
  ]);
  assert.match(orderSchema["~standard"].validate(bad).issues[0].message, /^LineItems\[0\]\.Value /);
  assert.equal(typeof schema["~standard"].jsonSchema.input, "function");
});

test("what cannot be used is refused", () => {
  const issue = first({ Value: 0 });
  for (const options of [{ lables: {} }, { labels: 7 }, { labels: { Value: 7 } }, { locale: "not a tag" }, { locale: 7 }, { translate: {} }]) {
    assert.throws(() => messageOf(issue, options), { name: "ConfigError" }, JSON.stringify(options));
    assert.throws(() => orderSchema.with(options), { name: "ConfigError" }, JSON.stringify(options));
  }
  assert.throws(() => messageOf(issue, { lables: {} }), /did you mean labels\?/);
  for (const none of [undefined, null, "required", {}, { code: "required" }]) assert.throws(() => messageOf(none), { name: "ConfigError" });
});

test("an issue without what its sentence says has its own message, and params that are null are refused", () => {
  const issue = { code: "too_long", path: ["Note"], message: "is too long" };

  assert.equal(messageOf(issue), "is too long");
  assert.equal(messageOf({ ...issue, code: "denomination_not_offered", path: ["Value"], params: {} }), "is too long");
  assert.throws(() => messageOf({ ...issue, params: null }), root.ConfigError);
});
