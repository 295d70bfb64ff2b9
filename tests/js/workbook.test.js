// importRecipients through the package: a workbook is read as its CSV is, and what is none is named. What cells come to is tested in tests/workbook.rs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import * as root from "giftcard-partners";
import { ConfigError, importRecipients, inspectRecipients } from "giftcard-partners/bulk";

const LIMIT = { timeout: 60_000 };
const TYPE = { type: "DigitalDelivery" };
const file = (name) => readFileSync(new URL(`../workbook/files/${name}`, import.meta.url));
const bodies = (report) => [...report.plan({ campaign: "spring" }).orders()].map(({ poNumber, body }) => [poNumber, new TextDecoder().decode(body)]);

async function* inPieces(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("a workbook and its CSV come to the same rows, the same orders and the same PO numbers", async () => {
  const [workbook, csv] = [await importRecipients(file("list.xlsx"), TYPE), await importRecipients(file("list.csv"), TYPE)];

  assert.deepEqual([workbook.rows, workbook.accepted], [5, 4]);
  assert.deepEqual(workbook.rejected.map(({ issues }) => issues.map(({ column, code }) => [column, code])), [[["Email", "invalid_email"]]]);
  assert.deepEqual(workbook.rejected[0].line, 5);
  assert.deepEqual(workbook.totals, csv.totals);
  assert.deepEqual(bodies(workbook), bodies(csv));
});

test("a list comes as bytes, as a Blob, as a stream or piece by piece", async () => {
  for (const name of ["list.xlsx", "list.csv"]) {
    const bytes = file(name);
    const expected = bodies(await importRecipients(bytes, TYPE));
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const sources = [new Uint8Array(bytes), buffer, new Blob([bytes]), new Blob([bytes]).stream(), inPieces(bytes, 1), inPieces(bytes, 1000), [bytes]];
    for (const source of sources) assert.deepEqual(bodies(await importRecipients(source, TYPE)), expected);
    assert.deepEqual(bodies(await root.importRecipients(bytes, TYPE)), expected);
  }
});

test("bytes that are written over once they were handed on are read as they were", async () => {
  const bytes = file("list.xlsx");
  async function* reused() {
    const chunk = new Uint8Array(100);
    for await (const piece of inPieces(bytes, 100)) {
      chunk.set(piece);
      yield chunk.subarray(0, piece.length);
    }
  }

  assert.equal((await importRecipients(reused(), TYPE)).accepted, 4);
});

test("how far it has come is told, of a workbook too", async () => {
  for (const name of ["list.xlsx", "list.csv"]) {
    const told = [];
    await importRecipients(file(name), { ...TYPE, onProgress: (progress) => void told.push(progress) });

    assert.deepEqual(told.at(-1), { bytes: file(name).length, rows: 5, accepted: 4, rejected: 1 });
  }
  const report = await importRecipients(file("list.xlsx"), { ...TYPE, onProgress: () => assert.fail("not the import's affair") });
  assert.equal(report.accepted, 4);
});

test("a sheet is chosen by its name or its place", async () => {
  const columns = { Nothing: "email" };
  const rowsOf = async (sheet) => (await importRecipients(file("openpyxl.xlsx"), { ...TYPE, columns, sheet })).issues;

  for (const sheet of ["Nowhere", 3]) {
    const [issue] = await rowsOf(sheet);
    assert.equal(issue.code, "unsupported_file");
    assert.match(issue.message, /no such sheet/);
  }
  for (const sheet of ["More", "more", 2]) assert.doesNotMatch(JSON.stringify(await rowsOf(sheet)), /no such sheet/);
});

test("what cannot be read as a list is named with what to do, and nothing of it is accepted", async () => {
  for (const [name, said] of [
    ["sheetjs.xls", /Excel 97 to 2003.*save it as \.xlsx/],
    ["sheetjs.xlsb", /\.xlsb.*save it as \.xlsx/],
    ["sheetjs.ods", /OpenDocument.*save it as \.xlsx/],
    ["sheetjs.numbers", /Numbers.*Export To, Excel/],
    ["password.xlsx", /password/],
    ["word.docx", /Word document/],
    ["archive.zip", /ZIP archive/],
  ]) {
    const report = await importRecipients(file(name), TYPE);

    assert.deepEqual([report.accepted, report.issues.length], [0, 1], name);
    assert.equal(report.issues[0].code, "unsupported_file");
    assert.match(report.issues[0].message, said);
  }
});

test("a workbook that is cut off or damaged gives no row, not even those that were read before", async () => {
  const bytes = file("list.xlsx");
  const damaged = Uint8Array.from(bytes);
  damaged[bytes.indexOf("xl/worksheets/sheet1.xml") + 60] ^= 1;
  for (const broken of [bytes.subarray(0, -30), bytes.subarray(0, 400), bytes.subarray(0, 5), damaged]) {
    const report = await importRecipients(broken, TYPE);

    assert.deepEqual([report.accepted, report.issues[0].code], [0, "unsupported_file"]);
    assert.match(report.issues[0].message, /^The file is a (damaged )?workbook/);
  }
});

test("a call that cannot be meant is a ConfigError before anything is read", async () => {
  const unread = { [Symbol.asyncIterator]: () => assert.fail("it is not read") };
  for (const [list, options, said] of [
    [unread, { ...TYPE, shet: "A" }, /no option shet: did you mean sheet\?/],
    [unread, { ...TYPE, sheet: -1 }, /sheet must be/],
    [unread, { ...TYPE, sheet: 1.5 }, /sheet must be/],
    [unread, { ...TYPE, onProgress: 1 }, /onProgress must be a function/],
    ["Email,Value", TYPE, /must be a Blob/],
    [undefined, TYPE, /must be a Blob/],
    [42, TYPE, /must be a Blob/],
    [["Email"], TYPE, /not bytes/],
    [file("list.xlsx"), {}, /type is missing/],
  ]) {
    await assert.rejects(importRecipients(list, options), (error) => error instanceof ConfigError && said.test(error.message));
  }
});

test("slim reads a workbook once its wasm is there, and says what is missing before", LIMIT, () => {
  const script = `
    import { readFileSync } from "node:fs";
    import { ConfigError, importRecipients, initBulk, initWorkbook } from "giftcard-partners/slim";

    const read = async (name) => (await importRecipients(readFileSync(name), { type: "DigitalDelivery" })).accepted;
    const [workbook, csv] = process.argv.slice(1);
    await initBulk(import.meta.resolve("giftcard-partners/giftcard_partners_bulk.wasm"));
    const early = await read(workbook).catch((error) => [error instanceof ConfigError, error.message]);
    const counts = [await read(csv)];
    await initWorkbook(import.meta.resolve("giftcard-partners/giftcard_partners_workbook.wasm"));
    counts.push(await read(workbook));
    console.log(JSON.stringify({ early, counts }));`;
  const files = ["list.xlsx", "list.csv"].map((name) => fileURLToPath(new URL(`../workbook/files/${name}`, import.meta.url)));
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script, ...files], { cwd, encoding: "utf8" });

  assert.equal(stderr, "");
  const { early, counts } = JSON.parse(stdout);
  assert.equal(early[0], true);
  assert.match(early[1], /giftcard_partners_workbook\.wasm is not there yet: await initWorkbook\(wasm\) first/);
  assert.deepEqual(counts, [4, 4]);
});

test("an inspection says what a list is and what its columns seem to be", async () => {
  const { sheets, ...workbook } = await inspectRecipients(file("openpyxl.xlsx"), TYPE);

  assert.deepEqual(sheets, [
    { name: "Recipients", hidden: false, rows: 8 },
    { name: "Lists", hidden: true, rows: 1 },
    { name: "More", hidden: false, rows: 1 },
  ]);
  assert.deepEqual([workbook.kind, workbook.headerRow, "delimiter" in workbook], ["xlsx", 3, false]);
  const [email, , value] = workbook.columns;
  assert.deepEqual([email.header, email.samples.slice(0, 2), email.certainty], ["Email", ["ann@example.com", "bob@example.com"], "sure"]);
  assert.deepEqual(value.samples.slice(0, 2), ["25 $", "25.1 €"]);

  const { encoding, delimiter, ...csv } = await inspectRecipients(file("list.csv"));
  const listed = await inspectRecipients(file("list.xlsx"));
  assert.deepEqual([csv.kind, encoding, delimiter, csv.headerRow], ["csv", "utf-8", ",", 1]);
  const headers = (inspection) => inspection.columns.map(({ header, field, certainty }) => [header, field, certainty]);
  assert.deepEqual(headers(listed), headers(csv));
  assert.deepEqual(csv.missing, listed.missing);
});

test("an inspection of what cannot be read is refused with what to do", async () => {
  for (const [name, said] of [["password.xlsx", /^inspectRecipients: The file is a workbook with a password/], ["archive.zip", /Unpack it/]]) {
    await assert.rejects(inspectRecipients(file(name)), (error) => error instanceof ConfigError && said.test(error.message));
  }
  await assert.rejects(inspectRecipients(file("list.xlsx"), { sheet: "Nowhere" }), /no such sheet/);
  await assert.rejects(inspectRecipients(file("list.xlsx"), { defaults: {} }), /no option defaults/);
});

test("rows of a workbook pay nobody where they are hidden, or where a value was not computed or is shown as another one", async () => {
  const defaults = { ProductId: "CVS", Value: 5, Quantity: 1 };
  const columns = { ZIP: "ignore", Day: "ignore", Share: "ignore", Known: "ignore", Odd: "ignore", Phone: "ignore" };
  const report = await importRecipients(file("openpyxl.xlsx"), { ...TYPE, defaults, columns });

  const codes = Object.fromEntries(report.rejected.map(({ line, issues }) => [line, issues.map(({ column, code }) => `${column ?? ""} ${code}`)]));
  // A formula without a value, a hidden row, a cell that a merged one covers, and thousands.
  for (const [line, code] of [[5, "Quantity required"], [6, " hidden_row"], [8, "Value required"], [9, "Value required"]]) {
    assert.ok(codes[line]?.includes(code), `${line}: ${codes[line]}`);
  }
  assert.equal(codes[4], undefined);
  const accepting = await importRecipients(file("openpyxl.xlsx"), { ...TYPE, defaults, columns, hidden: "accept" });
  assert.equal(accepting.accepted, report.accepted + 1);
});
