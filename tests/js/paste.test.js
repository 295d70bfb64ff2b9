// Cells that are copied out of a spreadsheet and pasted as text: tabs between them, quotes only where a cell has a line break or a tab in it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { importRecipients, inspectRecipients } from "giftcard-partners/bulk";

const HEADER = "Work Email\tFirst Name\tGift Amount\tMessage";
const OPTIONS = { type: "DigitalDelivery", defaults: { ProductId: "CVS" } };
const bytes = (text) => new TextEncoder().encode(text);
const linesOf = (report) => [...report.plan({ campaign: "paste" }).orders()].flatMap(({ body }) => JSON.parse(new TextDecoder().decode(body)).LineItems);
const read = (report) => linesOf(report).map(({ DigitalDeliveryAddress: { Email }, Value, Personalization = {} }) => [Email, Personalization.To, Value, Personalization.Message]);

const EXPECTED = [
  ["ann@example.org", "Ann", 25, 'Well done!\nYour "team"'],
  ["bob@example.org", 'Bob 5" Lee', 1000.5, "a, b; c"],
  ["zoe@example.org", "Zo\u00eb \u5c71\u7530", 50, undefined],
];

for (const [program, text] of Object.entries({
  // CRLF behind each row, LF inside of a cell, quotes doubled in a quoted cell and nowhere else.
  Excel: `${HEADER}\r\nann@example.org\tAnn\t$25.00\t"Well done!\nYour ""team"""\r\nbob@example.org\tBob 5" Lee\t$1,000.50\ta, b; c\r\nzoe@example.org\tZo\u00eb \u5c71\u7530\t$50.00\t\r\n`,
  // LF behind each row, none behind the last.
  "Google Sheets": `${HEADER}\nann@example.org\tAnn\t$25.00\t"Well done!\nYour ""team"""\nbob@example.org\tBob 5" Lee\t$1,000.50\ta, b; c\nzoe@example.org\tZo\u00eb \u5c71\u7530\t$50.00\t`,
  LibreOffice: `${HEADER}\nann@example.org\tAnn\t25\t"Well done!\nYour ""team"""\nbob@example.org\tBob 5" Lee\t1000.5\ta, b; c\nzoe@example.org\tZo\u00eb \u5c71\u7530\t50\t\n`,
  "Excel of a German": `E-Mail-Adresse\tVorname\tBetrag\tNachricht\r\nann@example.org\tAnn\t25,00 \u20ac\t"Well done!\nYour ""team"""\r\nbob@example.org\tBob 5" Lee\t1.000,50 \u20ac\ta, b; c\r\nzoe@example.org\tZo\u00eb \u5c71\u7530\t50,00 \u20ac\t\r\n`,
  Numbers: `${HEADER}\nann@example.org\tAnn\t$25.00\t"Well done!\nYour ""team"""\nbob@example.org\tBob 5" Lee\t$1,000.50\ta, b; c\nzoe@example.org\tZo\u00eb \u5c71\u7530\t$50.00\t\n`,
})) {
  test(`what is pasted from ${program} is read as the cells that it was`, async () => {
    const report = await importRecipients(bytes(text), OPTIONS);
    const inspection = await inspectRecipients(bytes(text), { type: "DigitalDelivery" });

    assert.deepEqual([report.rejected, report.issues], [[], []]);
    assert.deepEqual(read(report).sort(), EXPECTED);
    assert.deepEqual([inspection.kind, inspection.delimiter, inspection.headerRow], ["csv", "\t", 1]);
    assert.deepEqual(inspection.columns.map(({ field }) => field), ["email", "to", "value", "message"]);
  });
}

test("a single column is a list, and so are cells with a title above and a column of marks", async () => {
  const one = await importRecipients(bytes("Email\r\nann@example.org\r\nbob@example.org\r\n"), { ...OPTIONS, defaults: { ProductId: "CVS", Value: 25 } });
  const titled = await importRecipients(bytes("Gifts, spring\t\t\r\n\t\t\r\nEmail\tGift Amount\tOK?\r\nann@example.org\t25\t\u2713\r\nbob@example.org\t50\t\r\n"), OPTIONS);

  assert.deepEqual([one.accepted, titled.accepted, titled.ignoredColumns], [2, 2, ["OK?"]]);
});

test("a cell whose quote is its own text is not cut: it is read whole, or its row alone is refused", async () => {
  const rows = ['ann@example.org\t"Annie" Lee\t25\tx', 'bob@example.org\tBob\t25\tsays "hi"', 'cy@example.org\t"Cy\t25\tx', "dora@example.org\tDora\t25\ty"];

  const report = await importRecipients(bytes(`${HEADER}\r\n${rows.join("\r\n")}\r\n`), OPTIONS);

  const paid = new Map(read(report).map(([email, to, , message]) => [email, [to, message]]));
  assert.deepEqual(paid.get("bob@example.org"), ["Bob", 'says "hi"']);
  for (const [email, [to]] of paid) assert.ok(email !== "ann@example.org" || to === '"Annie" Lee', to);
  assert.equal(paid.has("cy@example.org"), false);
  assert.equal(report.rows, report.accepted + report.rejected.length);
  assert.ok(report.rejected.length > 0);
});
