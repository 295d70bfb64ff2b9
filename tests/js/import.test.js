// RecipientImport through the package: what a page or a Worker sees of it. The rules of rows are tested in tests/import.rs.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as root from "giftcard-partners";
import { ConfigError, RecipientImport } from "giftcard-partners/bulk";
import { Catalog } from "giftcard-partners/order";
const encoder = new TextEncoder();

function read(text, options = { type: "DigitalDelivery" }) {
  const recipients = new RecipientImport(options);
  recipients.push(encoder.encode(text));
  return recipients.finish();
}

test("a report says what became of each row", () => {
  const report = read(
    "Email,Product,Value,Team\nann@example.com,CVS,25,Sales\nnobody,CVS,$10,\nANN@example.com,CVS,25.00,Sales\nbob@example.com,CVS,$10,\n",
  );

  assert.deepEqual([report.rows, report.accepted], [4, 2]);
  assert.deepEqual(report.rejected, [
    { line: 3, issues: [{ column: "Email", code: "invalid_email", message: report.rejected[0].issues[0].message }] },
    { line: 4, issues: [{ code: "duplicate_row", message: report.rejected[1].issues[0].message, params: { firstLine: 2 } }] },
  ]);
  assert.match(report.rejected[0].issues[0].message, /^Email is not an e-mail address/);
  assert.deepEqual(report.duplicates, [{ line: 4, firstLine: 2 }]);
  assert.deepEqual(report.totals, [
    { faceValue: "25.00", lines: 1 },
    { currency: "USD", faceValue: "10.00", lines: 1 },
  ]);
  assert.deepEqual(report.columns, [
    { header: "Email", field: "email", certainty: "sure" },
    { header: "Product", field: "product", certainty: "sure" },
    { header: "Value", field: "value", certainty: "sure" },
    { header: "Team", certainty: "none" },
  ]);
  assert.deepEqual(report.ignoredColumns, ["Team"]);
  assert.deepEqual([report.issues, report.encoding], [[], "utf-8"]);
  assert.equal(report.rejected, report.rejected, "the list is made once");
});

test("a report is plain data to JSON.stringify, and its lists are frozen", () => {
  const report = read("Email,Product,Value,Team\nann@example.com,CVS,25,Sales\nnobody,CVS,$10,\n");

  const plain = JSON.parse(JSON.stringify(report));

  const { rows, accepted, duplicates, totals, columns, ignoredColumns, issues, encoding, rejected } = report;
  assert.deepEqual(plain, { rows, accepted, duplicates, totals, columns, ignoredColumns, issues, encoding, rejected });
  assert.deepEqual(structuredClone(report.toJSON()), plain);
  for (const list of [rejected, duplicates, totals, columns, ignoredColumns, issues]) assert.throws(() => list.push(1), TypeError);
});

test("root and order tools read alike", () => {
  const recipients = new root.RecipientImport({ type: "Links" });
  assert.deepEqual(recipients.push(encoder.encode("product,value\nCVS,25\nCVS")), { bytes: 24, rows: 1, accepted: 1, rejected: 0 });
  assert.equal(recipients.finish().rows, 2);
});

test("rejected rows are mended and imported again", () => {
  const csv = read("sms,product,value\n+15555555555,CVS,free\n").rejectedCsv();
  const text = new TextDecoder().decode(csv);
  assert.equal(csv[0], 0xef);
  assert.match(text, /^sms,product,value,reason\r\n'\+15555555555,CVS,free,/);

  const mended = read(text.replace("free", "25"));

  assert.deepEqual([mended.rows, mended.accepted], [1, 1]);
});

test("rejected rows that a spreadsheet has saved, filled up with empty cells, are rejected again", () => {
  const csv = read("email,product,value,quantity\nann@example.com,CVS,25,50,1\n").rejectedCsv();
  const [header, ...rows] = new TextDecoder().decode(csv).split("\r\n");

  for (const empty of [",", ",,,"]) {
    const again = read([header + empty, ...rows].join("\r\n"));

    assert.deepEqual([again.accepted, again.rejected.length], [0, 1]);
    assert.equal(again.rejected[0].issues[0].code, "too_many_columns");
  }
});

test("columns, defaults and a catalog are the caller's", () => {
  const catalog = Catalog.from([{ Id: "CVS", CurrencyCode: "USD", DenominationType: "Fixed", Denominations: [25], AvailableDeliveryTypes: ["DigitalDelivery"] }]);
  const report = read("Adresse,Betrag\na@b.co,25\nb@b.co,30\n", {
    type: "DigitalDelivery",
    columns: { Adresse: "DigitalDeliveryAddress.Email", Betrag: "value" },
    defaults: { ProductId: "CVS", Quantity: 2, Personalization: { FromName: "Acme" } },
    catalog,
  });

  assert.deepEqual(report.rejected.map(({ line, issues }) => [line, issues[0].column, issues[0].code]), [[3, "Betrag", "denomination_not_offered"]]);
  assert.deepEqual(report.totals, [{ currency: "USD", faceValue: "50.00", lines: 1 }]);
});

test("what cannot be used is a ConfigError", () => {
  const refused = [
    () => new RecipientImport(),
    () => new RecipientImport({ type: "Codes" }),
    () => new RecipientImport({ type: "Links", columns: { A: "Nonsense" } }),
    () => new RecipientImport({ type: "Links", columns: "A" }),
    () => new RecipientImport({ type: "Links", defaults: { Value: "25" } }),
    () => new RecipientImport({ type: "Links", columns: new Map([["A", "Value"]]) }),
    () => new RecipientImport({ type: "Links", defaults: new Map([["Quantity", 2]]) }),
    ...["type", "columns", "defaults", "catalog"].map((name) => () => new RecipientImport(Object.defineProperty({ type: "Links" }, name, { get: () => { throw new Error("secret"); } }))),
    () => read("product,value\nCVS,25\n", { type: "Links" }).plan({ campaign: "a", get after() { throw new Error("secret"); } }),
    () => new RecipientImport({ type: "Links", catalog: {} }),
    () => new RecipientImport({ type: "Links", catalog: [] }),
    () => new RecipientImport({ type: "Links" }).push("product,value"),
    () => new RecipientImport({ type: "Links" }).push(undefined),
  ];
  for (const make of refused) assert.throws(make, ConfigError, make.toString());
});

test("an import that is finished is used up", () => {
  const recipients = new RecipientImport({ type: "Links" });
  recipients.finish();

  assert.throws(() => recipients.push(new Uint8Array()), ConfigError);
  assert.throws(() => recipients.finish(), ConfigError);
});

test("any view of bytes is read, and only its part of the buffer", () => {
  const bytes = encoder.encode("xxproduct,value\nCVS,25\nxx");
  const recipients = new RecipientImport({ type: "Links" });

  recipients.push(new DataView(bytes.buffer, 2, bytes.length - 4));

  assert.equal(recipients.finish().accepted, 1);
});

const FILLED = { type: "Links", defaults: { ProductId: "CVS", Value: 25 } };
const told = ({ rejected }) => rejected.map(({ line, issues }) => [line, ...issues.flatMap(({ column, code }) => [column ?? "-", code])]);

test("a row that is for nobody buys no card, whatever the defaults are", () => {
  const report = read("Name,Value,Team\nAnn,25,HR\n,,\n  ,,IT\nName,Value,Team\nTotal:,75,\n#N/A,25,HR\n", FILLED);

  assert.deepEqual([report.rows, report.accepted], [6, 1]);
  assert.deepEqual(told(report), [[3, "-", "required"], [4, "-", "required"], [5, "-", "required"], [6, "Name", "required"], [7, "Name", "invalid_type"]]);
  assert.equal(report.rejected[0].issues[0].message, "The row is empty and can be removed.");
});

test("a default does not stand for a column that the file has under a similar name", () => {
  for (const header of ["Value\u200b", "\ufeffValue", "Face\u00a0Value", "Value (required)"]) {
    assert.equal(read(`Name,${header}\nAnn,500\n`, FILLED).totals[0].faceValue, "500.00", header);
  }
  assert.deepEqual(read("Name,Value (EUR)\nAnn,500\n", FILLED).totals, [{ currency: "EUR", faceValue: "500.00", lines: 1 }]);
  assert.deepEqual(told(read("Name,Value (EUR)\nAnn,$500\n", FILLED)), [[2, "Value (EUR)", "mixed_currencies"]]);
  assert.deepEqual(told(read("Name,Value (cents)\nAnn,500\n", FILLED)), [[2, "Value (cents)", "unknown_column"]]);
  const missing = read("Name,Zuwendung\nAnn,500\n", { ...FILLED, columns: { "Betrag EUR": "Value" } });
  assert.deepEqual(told(missing), [[2, "-", "unknown_column"]]);
  assert.deepEqual(read("Name,ÉTRENNE\nAnn,500\n", { ...FILLED, columns: { étrenne: "Value" } }).totals[0].faceValue, "500.00");
});

test("a cell under no name is one too many, and a number of the row is no quantity", () => {
  const report = read("No,Email,Product,Value,,\n1,ann@example.com,CVS,$1,000.00,\n2,bob@example.com,CVS,25,,\n");

  assert.deepEqual(told(report), [[2, "-", "too_many_columns"]]);
  assert.deepEqual(report.totals, [{ faceValue: "25.00", lines: 1 }]);
});

test("a last column Reason is the caller's, and comes back", () => {
  const csv = (text) => new TextDecoder().decode(read(text).rejectedCsv());

  const first = csv("Email,Product,Value,Reason\nnobody,CVS,5,Wedding\n");

  assert.match(first, /^Email,Product,Value,Reason,reason\r\nnobody,CVS,5,Wedding,/);
  assert.equal(csv(first), first);
});

test("a row that repeats a payment is taken where the caller says so", () => {
  const text = "email,product,value\nzo\u00eb@b.co,X,1\nann@example.com,CVS,25\n ANN@example.com\u200b,cvs,25.00\n";

  assert.deepEqual(told(read(text)).at(-1), [4, "-", "duplicate_row"]);
  assert.deepEqual(read(text, { type: "DigitalDelivery", duplicates: "accept" }).duplicates, [{ line: 4, firstLine: 3 }]);
  const parcel = "Name,Address,City,State,Zip,Country,Shipping Method,Product,Value\n";
  const row = "Zo\u00eb,1 Main St,Rome,NY,13440,US,STD,CVS,25\n";
  assert.deepEqual(told(read(parcel + row + row.normalize("NFD"), { type: "PhysicalShipment" })), [[3, "-", "duplicate_row"]], "composed by the host");
});

test("no default stands for a column that speaks of money or of a count", () => {
  const options = { type: "DigitalDelivery", defaults: { ProductId: "CVS", Value: 25 } };
  for (const header of ["Amount USD", "Value €", "Gift amount", "Betrag"]) assert.equal(read(`Email;${header}\na@b.co;500\n`, options).totals[0].faceValue, "500.00", header);
  const asked = read("Email,Gift Amt\na@b.co,500\nb@b.co,500\n", options);
  assert.deepEqual([asked.accepted, asked.issues.length], [0, 1]);
  assert.equal(asked.issues[0].code, "unknown_column");
  assert.deepEqual(asked.issues[0].params, { field: "value" });
  assert.match(asked.issues[0].message, /^No column is known as the amount\. `Gift Amt` looks like it: say columns: \{ "Gift Amt": "value" \}/);
  assert.deepEqual(told(read("Email,Grant\na@b.co,$500\n", options)), [[2, "Grant", "unknown_column"]]);
  assert.deepEqual(told(read("Email,Cards\na@b.co,3\n", options)), [[2, "Cards", "unknown_column"]]);
  assert.equal(read("Email,Gift Amt\na@b.co,500\n", { ...options, columns: { "Gift Amt": "ignore" } }).totals[0].faceValue, "25.00");
});

test("a report says the same thing once", () => {
  const report = read("email,product,value\na,CVS,25\nb,CVS,25\nc,CVS,free\n");

  const [first, second] = report.summary();

  assert.deepEqual([first.code, first.column, first.count, first.firstLines], ["invalid_email", "email", 3, [2, 3, 4]]);
  assert.deepEqual([second.code, second.column, second.count, second.firstLines], ["invalid_type", "value", 1, [4]]);
});

test("what there is to look at in accepted rows is said once, with severity and path", () => {
  const past = new Date(Date.now() - 86_400_000).toISOString();
  const report = read(`email,product,value,name,delivery date\nann@localhost,CVS,25,Ann,${past}\nb@b.co,CVS,25,JosÃ©,\nc@localhost,CVS,25,Cy,\nnobody,CVS,25,,\n`);

  assert.equal(report.accepted, 3);
  assert.deepEqual(
    report.issues.map(({ severity, code, path, line, column, params }) => [severity, code, path.join("."), line, column, params]),
    [
      ["warning", "domain_without_dot", "DigitalDeliveryAddress.Email", 2, "email", { count: 2, firstLines: [2, 4] }],
      ["warning", "date_in_past", "Personalization.DeliveryDate", 2, "delivery date", { count: 1, firstLines: [2] }],
      ["warning", "garbled_text", "Personalization.To", 3, "name", { count: 1, firstLines: [3] }],
    ],
  );
  assert.deepEqual(report.summary().map(({ severity, code, count }) => [severity, code, count]), [
    ["error", "invalid_email", 1],
    ["warning", "domain_without_dot", 2],
    ["warning", "date_in_past", 1],
    ["warning", "garbled_text", 1],
  ]);
  for (const issue of report.issues) assert.equal(typeof root.messageOf(issue), "string");
  const empty = read("email,product,value\n");
  assert.deepEqual(empty.issues.map(({ severity, code, path }) => [severity, code, path]), [["error", "no_rows", []]]);
});

test("a currency, a count and an amount that are not read are asked about", () => {
  const catalog = root.Catalog.from([{ Id: "CVS", CurrencyCode: "USD" }]);
  const defaults = { ProductId: "CVS", Value: 25 };
  for (const [header, cell, code] of [
    ["Currency", "JPY", "mixed_currencies"],
    ["Ccy", "EUR", "mixed_currencies"],
    ["Währung", "EUR", "mixed_currencies"],
    ["Devise", "€", "mixed_currencies"],
    ["Currency", "USD", undefined],
    ["Count", "10", "unknown_column"],
    ["Total cards", "10", "unknown_column"],
    ["Headcount", "10", "unknown_column"],
    ["Number", "10", "unknown_column"],
    ["#", "10", "unknown_column"],
    ["#", "1", undefined],
    ["Extra", "500.00", "unknown_column"],
    ["Extra", "$500 gift", "unknown_column"],
    ["Сумма", "500", "unknown_column"],
    ["金額", "500", "unknown_column"],
    ["Vаlue", "500", "unknown_column"],
    ["Zip", "02134", undefined],
  ]) {
    const report = read(`Email,${header}\na@b.co,${cell}\n`, { type: "DigitalDelivery", catalog, defaults });
    assert.deepEqual(told(report), code ? [[2, header, code]] : [], `${header} ${cell}`);
  }
});

test("bytes are what the caller says, and a guess is said", () => {
  const row = (name) => new Uint8Array([...encoder.encode("email,product,value,name\na@b.co,CVS,25,"), ...name, 10]);
  const nameOf = (bytes, options) => {
    const recipients = new RecipientImport({ type: "DigitalDelivery", ...options });
    for (const byte of bytes) recipients.push(Uint8Array.of(byte));
    const report = recipients.finish();
    assert.equal(report.accepted, 1, JSON.stringify(report));
    const [{ body }] = report.plan({ campaign: "a" }).next();
    return [JSON.parse(new TextDecoder().decode(body)).LineItems[0].Personalization.To, report.encoding, report.issues.map(({ code }) => code)];
  };

  assert.deepEqual(nameOf(row([0xa3, 0x75]), { encoding: "windows-1250" }), ["\u0141u", "windows-1250", []]);
  assert.deepEqual(nameOf(row([0x8e, 0x52]), { encoding: "shift_jis" }), ["\u5c71", "shift_jis", []]);
  assert.deepEqual(nameOf(row([0x80, 0x93]), { encoding: "latin1" }), ["\u20ac\u201c", "windows-1252", []]);
  assert.deepEqual(nameOf(row([0xe9]), {}), ["\u00e9", "windows-1252", ["uncertain_encoding"]]);
  assert.throws(() => new RecipientImport({ type: "Links", encoding: "klingon" }), ConfigError);
});

test("options of the import are read, and refused where they cannot be", () => {
  const one = (header, cell, options) => {
    const report = read(`${header}|Product|Value\n${cell}|CVS|25\n`, { type: "DigitalDelivery", delimiter: "|", defaults: { DigitalDeliveryAddress: { Email: "a@b.co" } }, ...options });
    assert.deepEqual(told(report), []);
    return JSON.parse(new TextDecoder().decode(report.plan({ campaign: "a" }).next()[0].body)).LineItems[0];
  };
  assert.equal(one("Phone", "(212) 555-0100", { defaultCountry: "US" }).DigitalDeliveryAddress.Sms, "+12125550100");
  assert.equal(one("Delivery date", "24/12/2026", { deliveryTime: "09:00-05:00", dateOrder: "dmy" }).Personalization.DeliveryDate, "2026-12-24T09:00:00-05:00");
  assert.deepEqual(told(read("Product,Value\nCVS,25\n", { type: "Links", maxValue: "20" })), [[2, "Value", "over_limit"]]);
  assert.equal(read("old,list\nProduct,Value\nCVS,25\n", { type: "Links", headerRow: 2 }).accepted, 1);
  for (const options of [{ delimiter: "x" }, { headerRow: 0 }, { duplicates: "maybe" }, { hidden: true }, { defaultCountry: "XX" }, { deliveryTime: "9" }, { dateOrder: "ymd" }, { maxValue: "-1" }]) {
    assert.throws(() => new RecipientImport({ type: "Links", ...options }), ConfigError, JSON.stringify(options));
  }
  assert.throws(() => new RecipientImport({ type: "Links", default: {} }), /defaults/);
});

test("the client's limits are taken as they are, and a list that comes to more is told", async () => {
  const limits = { maxOrderValue: "500.00", maxLines: 10, maxCampaignValue: "49.99" };
  const list = new TextEncoder().encode("Product,Value\nCVS,25\nCVS,25\n");

  const over = await root.importRecipients(list, { type: "Links", limits });
  const within = await root.importRecipients(list, { type: "Links", limits: { maxCampaignValue: "50.00" } });

  assert.deepEqual(over.issues.map(({ code, params }) => [code, params]), [["over_limit", { maximum: "49.99" }]]);
  assert.match(over.issues[0].message, /49\.99/);
  assert.deepEqual([over.accepted, within.issues], [2, []]);
  const client = new root.GiftCardPartners({ baseUrl: "https://api.example", limits });
  await assert.rejects(client.placeCampaign(over.plan({ campaign: "a" }), { save: async () => {} }), ({ issues }) => issues[0].code === "over_limit");
  for (const wrong of [[], new Map(), "50", 50, { maxValue: "50" }, { maxCampaignValue: 50 }, { maxCampaignValue: "lots" }]) {
    assert.throws(() => new RecipientImport({ type: "Links", limits: wrong }), { name: "ConfigError", message: /limits/ }, JSON.stringify(wrong));
    await assert.rejects(root.importRecipients(list, { type: "Links", limits: wrong }), { name: "ConfigError" });
  }
});

test("a template is a list of its own type", () => {
  for (const type of ["DigitalDelivery", "Links", "PhysicalShipment"]) {
    const template = new TextDecoder("utf-8", { ignoreBOM: true }).decode(root.recipientTemplate({ type }));
    const left = read(template, { type });
    assert.deepEqual([left.accepted, left.rejected[0].issues[0].message], [0, "The row is the example of the list to fill in. Replace it, or remove it."], type);
    const report = read(template.replace("Ann Example", "Ann Lee"), { type });
    assert.deepEqual([report.issues, report.accepted], [[], 1], type);
    assert.ok(report.columns.every(({ certainty }) => certainty === "sure"));
  }
  const catalog = root.Catalog.from([{ Id: "TIMS", CurrencyCode: "CAD", DenominationType: "Fixed", Denominations: [10, 50], AvailableDeliveryTypes: ["Links"] }]);
  assert.match(new TextDecoder().decode(root.recipientTemplate({ type: "Links", catalog })), /,TIMS,10\.00,1\r\n$/);
  assert.throws(() => root.recipientTemplate({ type: "Codes" }), ConfigError);
});

test("an inspection shows the first cells of each column, of rows that are right too", async () => {
  const rows = Array.from({ length: 50 }, (_, at) => `ann${at}@example.com,CVS,25\n`);

  const { columns, missing } = await root.inspectRecipients(new TextEncoder().encode(`email,product,value\n${rows.join("")}`));

  assert.deepEqual(columns[0], { header: "email", samples: ["ann0@example.com", "ann1@example.com", "ann2@example.com"], field: "email", certainty: "sure" });
  assert.deepEqual(missing, []);
});
