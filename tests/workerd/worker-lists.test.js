// Lists as people have them, posted to the starter Worker: workbooks, other encodings and columns; and what is said of one that cannot be read.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { Catalog, importRecipients } from "giftcard-partners";

import { LIMIT, csv, piecesOf, startWorker } from "./worker.js";

let worker;
before(async () => (worker = await startWorker({ sandbox: { available: "1000000.00", asyncThreshold: 1_000 }, changes: { limits: piecesOf(400) } })), LIMIT);
after(() => worker?.dispose());

const file = (name) => readFileSync(new URL(`../workbook/files/${name}`, import.meta.url));
const dry = (body, query = "", headers) => worker.review("list", body, `&dryRun=true${query}`, headers);
const said = (query) => Object.entries(query).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("");
const emails = () => worker.sandbox.orders().flatMap(({ LineItems }) => LineItems.map(({ DigitalDeliveryAddress: { Email } }) => Email));

/** The list's own products and amounts are none of the sandbox's. */
const OWN = { Product: "ignore", Value: "ignore" };
const LIST = `&skipRejected=true${said({ columns: JSON.stringify(OWN), productId: "INKWHISTLE", value: "25" })}`;

test("a workbook is told by its bytes, whatever it is called, and reads as its CSV does and as the package reads it", LIMIT, async () => {
  const answers = [
    await dry(file("list.xlsx"), LIST),
    await dry(file("list.csv"), LIST),
    await dry(file("list.xlsx"), LIST, { "content-type": "application/octet-stream" }),
  ];
  const catalog = Catalog.from(new Uint8Array(await (await worker.open("/catalog")).arrayBuffer()));
  const options = { type: "DigitalDelivery", catalog, columns: OWN, defaults: { ProductId: "INKWHISTLE", Value: 25, Quantity: 1 } };
  const report = await importRecipients(file("list.xlsx"), options);

  const of = ([status, { rows, accepted, rejected, ignoredColumns, quote }]) => ({ status, rows, accepted, rejected, ignoredColumns, total: quote?.[0]?.total });
  assert.deepEqual(of(answers[0]), of(answers[1]));
  assert.deepEqual(of(answers[0]), of(answers[2]));
  const [status, { rows, accepted, columns, issues }] = answers[0];
  assert.deepEqual([status, rows, accepted, columns], [200, report.rows, report.accepted, report.columns]);
  assert.deepEqual(issues, report.issues);
  assert.ok(accepted > 0);
});

test("a workbook is placed, each row once, and the same again is the same campaign", LIMIT, async () => {
  const [status, review] = await worker.review("workbook", file("list.xlsx"), LIST);
  const before = emails().length;
  await worker.approve(review.id, review.quote[0].total);
  await worker.reach(review.id, "done");
  const [again, same] = await worker.review("workbook", file("list.xlsx"), LIST);
  const [otherSheet] = await worker.review("workbook", file("list.xlsx"), `${LIST}&sheet=0`);

  const placed = emails().slice(before);
  assert.deepEqual([status, placed.length, new Set(placed).size], [202, review.accepted, review.accepted]);
  assert.deepEqual([again, same.status, otherSheet], [200, "done", 409]);
});

test("what is no workbook to be read is named, with what to do", LIMIT, async () => {
  for (const [name, words] of [["password.xlsx", /password/], ["sheetjs.xls", /save it as \.xlsx/], ["sheetjs.ods", /save it as \.xlsx/], ["archive.zip", /Unpack/]]) {
    const [status, { code, issues, accepted }] = await dry(file(name));
    assert.deepEqual([status, code, accepted], [400, "validation_failed", 0], name);
    assert.match(issues[0].message, words, name);
  }
  const [cut, { issues }] = await dry(file("list.xlsx").subarray(0, 3_000));
  const [wrongSheet, nowhere] = await dry(file("list.xlsx"), "&sheet=Nowhere");
  assert.deepEqual([cut, issues[0].code, wrongSheet], [400, "unsupported_file", 400]);
  assert.match(JSON.stringify(nowhere), /no such sheet/);
});

test("a workbook that is too large for the memory is refused with what to do, by its bytes and by its rows", LIMIT, async (t) => {
  const small = await startWorker({ changes: { limits: [["WORKBOOK_ROWS = Math.floor(IMPORT_BYTES / ROW_IN_MEMORY)", "WORKBOOK_ROWS = 2"]] } });
  t.after(() => small.dispose());
  const large = Buffer.concat([file("list.xlsx"), Buffer.alloc(8_000_001)]);

  const [bytes, tooLarge] = await dry(large);
  const [rows, tooLong] = await small.review("rows", file("list.xlsx"), "&productId=INKWHISTLE&value=25");

  assert.deepEqual([bytes, tooLarge.code, rows, tooLong.code], [413, "too_large", 413, "too_large"]);
  for (const { message } of [tooLarge, tooLong]) assert.match(message, /^A workbook may have .*CSV UTF-8/);
});

const people = (text) => `Mail,Betrag,Produkt,Name\n${text}`;

test("other encodings are read as they are said, or as the first bytes say", LIMIT, async () => {
  const rows = Array.from({ length: 30 }, (_, row) => `p${row}@example.org,25,INKWHISTLE,Zażółć ${row}\n`).join("");
  const polish = Buffer.from(people(rows).replaceAll("ż", "\xbf").replaceAll("ó", "\xf3").replaceAll("ł", "\xb3").replaceAll("ć", "\xe6"), "latin1");
  const wide = Buffer.from(`\ufeff${people(rows)}`, "utf16le");
  const before = worker.sandbox.orders().length;

  const results = [
    await worker.campaign("polish", polish, "&encoding=windows-1250"),
    await worker.campaign("wide", wide),
    await worker.campaign("named", Buffer.from(people(rows), "utf16le"), "&encoding=utf-16le"),
  ];
  for (const [, { id }] of results) await worker.reach(id, "done");
  const refusals = [
    await dry(polish, "&encoding=utf-8&skipRejected=true"),
    await dry(polish, "&encoding=nothing"),
    await dry(polish, "&encoding=utf-16le"),
    await dry(Buffer.from([0xff, 0xfe, 0, 0, 65, 0, 0, 0])),
  ];

  assert.deepEqual(results.map(([status, { accepted }]) => [status, accepted]), Array(3).fill([202, 30]));
  const names = worker.sandbox.orders().slice(before).flatMap(({ LineItems }) => LineItems.map((line) => line.Personalization.To));
  assert.deepEqual(new Set(names.map((name) => name.replace(/ \d+$/, ""))), new Set(["Zażółć"]));
  assert.deepEqual(refusals.map(([status]) => status), [400, 400, 400, 415]);
});

test("columns, delimiter, header row and what else the import takes are parameters", LIMIT, async () => {
  const rows = Array.from({ length: 12 }, (_, row) => `p${row}@example.org;${row};Ann;Lee;25,50\n`).join("");
  const list = `List of spring\nWork;Rank;First;Last;Gift Amt\n${rows}`;
  const parameters = { columns: "Work=email,Rank=ignore,First=to,Last=to,Gift Amt=value", delimiter: ";", headerRow: "2", productId: "INKWHISTLE" };

  const [status, answer] = await dry(list, said(parameters));
  const inJson = await dry(list, said({ ...parameters, columns: JSON.stringify({ "#1": "email", Rank: "ignore", First: "to", Last: "to", "Gift Amt": "value" }) }));
  const tabs = await dry(list.replaceAll(";", "\t"), said({ ...parameters, delimiter: "tab" }));
  const phone = await worker.review("phones", "mobile,value,product\n(212) 555-0100,25,INKWHISTLE\n", "&dryRun=true&defaultCountry=US");
  const over = await dry(csv(3), "&maxValue=20.00");

  // 25.50 is no denomination of it.
  for (const [answered, { rows, columns, rejectedRows }] of [[status, answer], inJson, tabs]) {
    assert.equal(answered, 400);
    assert.equal(rows, 12);
    assert.deepEqual(columns.map(({ field }) => field), ["email", undefined, "to", "to", "value"]);
    assert.deepEqual([...new Set(rejectedRows.flatMap(({ issues }) => issues.map(({ code }) => code)))], ["denomination_not_offered"]);
    assert.deepEqual(rejectedRows.map(({ line }) => line), Array.from({ length: 12 }, (_, row) => row + 3));
  }
  assert.deepEqual([phone[0], phone[1].accepted], [200, 1]);
  assert.deepEqual([over[0], over[1].summary[0].code, over[1].summary[0].count], [400, "over_limit", 3]);
});

test("the same thing is said once of all pieces of a file, and totals are sums of them", LIMIT, async () => {
  const bad = Array.from({ length: 40 }, (_, row) => (row % 4 ? `p${row}@example.org,25,INKWHISTLE\n` : "nobody,25,INKWHISTLE\n")).join("");
  const [status, answer] = await dry(`email,value,product\n${bad}p1@example.org,25,INKWHISTLE\n`, "&skipRejected=true");

  assert.equal(status, 200);
  assert.deepEqual(answer.summary.map(({ code, count, firstLines }) => [code, count, firstLines]), [["invalid_email", 10, [2, 6, 10, 14, 18]], ["duplicate_row", 1, [42]]]);
  assert.deepEqual([answer.rows, answer.accepted, answer.rejected, answer.duplicates], [41, 30, 11, [{ line: 42, firstLine: 3 }]]);
  assert.deepEqual(answer.totals, [{ currency: "USD", faceValue: "750.00", lines: 30 }]);
  assert.doesNotMatch(JSON.stringify(answer), /nobody|example\.org/);
});

test("what a list does not say is asked for once, by the parameter that says it", LIMIT, async () => {
  const cases = [
    ["email,value\na@example.org,25\nb@example.org,25\n", "", /\?productId= /],
    ["email,product\na@example.org,INKWHISTLE\n", "", /\?value= /],
    ["email,product,Gift Amt\na@example.org,INKWHISTLE,25\n", "", /\?columns=Gift Amt=value /],
    ["email#product#value\na@example.org#INKWHISTLE#25\n", "", /\?delimiter= /],
    [csv(3).replaceAll(",", ";"), "&delimiter=,", /\?delimiter= /],
    ["a@example.org,INKWHISTLE,25\nb@example.org,INKWHISTLE,25\n", "", /\?headerRow= /],
    [`${csv(2)}${csv(2).split("\n")[1]}\n`, "", /\?duplicates=accept /],
    ["mobile,value,product\n(212) 555-0100,25,INKWHISTLE\n", "", /\?defaultCountry=/],
  ];
  for (const [list, query, words] of cases) {
    const [status, { help, summary }] = await dry(list, query);
    assert.equal(status, 400, list);
    assert.equal(help.filter((text) => words.test(text)).length, 1, `${list} ${JSON.stringify(help)}`);
    assert.ok(summary.length >= 1);
  }
});

test("a parameter that says nothing is named, and nothing is read", LIMIT, async () => {
  const wrong = { type: "Nothing", columns: "Gift Amt", delimiter: "#", headerRow: "0", dateOrder: "ymd", hidden: "yes", duplicates: "yes", maxValue: "much", defaultCountry: "Mars", deliveryTime: "noon", value: "much" };
  for (const [name, value] of Object.entries(wrong)) {
    const [status, { code, message }] = await dry(csv(2), said({ [name]: value }));
    assert.deepEqual([status, code], [400, "bad_request"], name);
    assert.ok(message.length > 10, message);
  }
  const [misspelled, refusal] = await worker.review("list", csv(2), "&dryrun=true");
  assert.deepEqual([misspelled, refusal.code], [400, "bad_request"]);
  assert.match(refusal.message, /no \?dryrun=, but \?dryRun=\./);
  const [field, { message }] = await dry(csv(2), said({ columns: "email=nothing" }));
  assert.equal(field, 400);
  assert.match(message, /no field of a line/);
});
