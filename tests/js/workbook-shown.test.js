// A workbook as a person sees it, through the package: what is struck through, raised, shown as below zero or hidden pays nobody, and what is not read is said.
import assert from "node:assert/strict";
import { test } from "node:test";

import { strToU8, zipSync } from "fflate";
import { importRecipients, inspectRecipients } from "giftcard-partners/bulk";

const OPTIONS = { type: "DigitalDelivery", defaults: { ProductId: "CVS", Value: 5 } };
const PLAIN = "<rPr><b/></rPr>";
const STRUCK = "<rPr><strike/></rPr>";
const RAISED = '<rPr><vertAlign val="superscript"/></rPr>';
const STYLES = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="(0)"/><numFmt numFmtId="165" formatCode="-0"/><numFmt numFmtId="166" formatCode="0&quot;-&quot;"/><numFmt numFmtId="167" formatCode="(\\$0.00)"/></numFmts>
<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId="1"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>`;

/** A cell: a text, a number, runs with their looks, or `{ value, style }`. */
function cell(content, reference) {
  const { value, style = 0 } = typeof content === "object" && !Array.isArray(content) ? content : { value: content };
  const start = `<c r="${reference}" s="${style}"`;
  if (typeof value === "number") return `${start}><v>${value}</v></c>`;
  const runs = Array.isArray(value) ? value.map(([look, text]) => `<r>${look}<t xml:space="preserve">${text}</t></r>`).join("") : `<t>${value}</t>`;
  return `${start} t="inlineStr"><is>${runs}</is></c>`;
}

/** A workbook of sheets, `{ name, rows, columns, state }`. */
function workbook(...sheets) {
  const related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relationship = (id, role, target) => `<Relationship Id="${id}" Type="${related}/${role}" Target="${target}"/>`;
  const named = sheets.map(({ name, state = "visible" }, index) => `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="s${index}"/>`);
  const parts = {
    "_rels/.rels": `<Relationships>${relationship("r", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook><sheets>${named.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${relationship("styles", "styles", "styles.xml")}${sheets.map((_, index) => relationship(`s${index}`, "worksheet", `${index}.xml`)).join("")}</Relationships>`,
    "xl/styles.xml": STYLES,
  };
  sheets.forEach(({ rows, columns = "" }, index) => {
    const row = (cells, at) => `<row r="${at + 1}">${cells.map((content, column) => cell(content, `${"ABCDEF"[column]}${at + 1}`)).join("")}</row>`;
    parts[`xl/${index}.xml`] = `<worksheet><cols>${columns}</cols><sheetData>${rows.map(row).join("")}</sheetData></worksheet>`;
  });
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

const list = (...rows) => workbook({ name: "List", rows: [["Email", "Amount", "Quantity", "Message", "Team"], ...rows] });
const rejectedOf = (report) => report.rejected.map(({ line, issues }) => [line, ...issues.map(({ column, code }) => `${column} ${code}`)]);

test("a row of which something that is read is struck through or raised is rejected, with the reason", async () => {
  const struck = (text) => ({ value: text, style: 1 });
  const report = await importRecipients(
    list(
      ["a@ex.org", [[STRUCK, "100"], [PLAIN, "50"]], 1, "Hi", "A"],
      ["b@ex.org", 25, [[STRUCK, "1"], ["", "2"]], "Hi", "A"],
      ["c@ex.org", [["", "25"], [RAISED, "1"]], 1, "Hi", "A"],
      [[[STRUCK, "x"], [PLAIN, "d@ex.org"]], 25, 1, "Hi", "A"],
      ["e@ex.org", 25, 1, [[STRUCK, "Sorry"], [PLAIN, " Thanks"]], "A"],
      [struck("f@ex.org"), struck(25), struck(1), struck("Hi"), struck("A")],
      ["g@ex.org", struck(25), 1, "Hi", "A"],
      ["h@ex.org", 25, 1, "Hi", struck("A")],
      ["i@ex.org", 25, 1, [[PLAIN, "Hi "], ["", "you"]], [[STRUCK, "A"], [PLAIN, "B"]]],
    ),
    OPTIONS,
  );

  assert.deepEqual(rejectedOf(report), [
    [2, "Amount required"],
    [3, "Quantity required"],
    [4, "Amount required"],
    // And so none is left to deliver to.
    [5, "Email required", "undefined missing_delivery_address"],
    [6, "Message required"],
    [7, "Amount required", "Quantity required", "Email required", "Message required", "undefined missing_delivery_address"],
    [8, "Amount required"],
  ]);
  assert.match(report.rejected[0].issues[0].message, /^Amount is shown by the sheet as something else than it holds.*struck through/);
  assert.equal(report.accepted, 2);
});

test("a number that its format shows as one below zero is rejected, as its text in a CSV is", async () => {
  const amounts = [2, 3, 4, 5, 0].map((style, at) => [`n${at}@ex.org`, { value: 25, style }, 1, "Hi", "A"]);
  const report = await importRecipients(list(...amounts), OPTIONS);

  assert.deepEqual(rejectedOf(report), [2, 3, 4, 5].map((line) => [line, "Amount required"]));
  const csv = new TextEncoder().encode("Email,Amount\na@ex.org,(25)\nb@ex.org,-25\nc@ex.org,25-\nd@ex.org,($25.00)\n");
  assert.equal((await importRecipients(csv, OPTIONS)).accepted, 0);
});

test("a hidden column from which something would be read stops the list, unless that is meant", async () => {
  const rows = [["Email", "Amount", "Quantity", "Team"], ["a@ex.org", 25, 3, "A"], ["b@ex.org", 25, 2, "B"]];
  const hides = (columns) => workbook({ name: "List", rows, columns });
  for (const column of ['<col min="3" max="3" width="9" hidden="1"/>', '<col min="3" max="3" width="0" customWidth="1"/>']) {
    const report = await importRecipients(hides(column), OPTIONS);

    assert.deepEqual([report.accepted, report.issues.map(({ severity, column, code }) => [severity, column, code])], [0, [["error", "Quantity", "hidden_row"]]]);
    assert.match(report.issues[0].message, /^Quantity is a hidden column of the sheet\. Show it/);
    assert.deepEqual(rejectedOf(report), [[2, "Quantity hidden_row"], [3, "Quantity hidden_row"]]);
    assert.equal((await importRecipients(hides(column), { ...OPTIONS, hidden: "accept" })).accepted, 2);
    const ignoring = await importRecipients(hides(column), { ...OPTIONS, columns: { Quantity: "ignore" } });
    assert.deepEqual([ignoring.accepted, ignoring.issues.length], [2, 0]);
  }
  const unread = await importRecipients(hides('<col min="4" max="4" hidden="1"/>'), OPTIONS);
  assert.deepEqual([unread.accepted, unread.issues.length], [2, 0]);
});

test("other visible sheets that hold something are named once, unless the sheet was chosen", async () => {
  const recipients = { name: "Recipients", rows: [["Email", "Amount"], ["a@ex.org", 25]] };
  const instructions = { name: "Instructions", rows: [["Instructions"], ["Fill in the second sheet"]] };
  const empty = { name: "Sheet3", rows: [] };
  const hidden = { name: "Lists", rows: [["x"]], state: "hidden" };

  const unknown = await importRecipients(workbook(instructions, recipients, empty, hidden), OPTIONS);
  assert.deepEqual(unknown.issues.map(({ severity, code }) => [severity, code]), [["warning", "no_rows"], ["error", "unknown_column"]]);
  assert.match(unknown.issues[0].message, /only "Instructions" is read.*"Recipients": say sheet: "Recipients"/);
  assert.doesNotMatch(unknown.issues[0].message, /Sheet3|Lists/);

  const more = workbook(recipients, { ...recipients, name: "More &amp; more" });
  const report = await importRecipients(more, OPTIONS);
  assert.deepEqual([report.accepted, report.rows, report.issues.map(({ severity, code }) => [severity, code])], [1, 1, [["warning", "no_rows"]]]);
  assert.match(report.issues[0].message, /more in "More & more"/);
  for (const sheet of [0, "Recipients", 1]) assert.deepEqual((await importRecipients(more, { ...OPTIONS, sheet })).issues, []);
  assert.deepEqual((await importRecipients(workbook(recipients, empty, hidden), OPTIONS)).issues, []);
  assert.equal((await inspectRecipients(more)).headerRow, 1);
});
