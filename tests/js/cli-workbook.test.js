// `check` and `send` of a workbook, as a manager has it: a first sheet of notes, a title above the table, money in the format's currency.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { strToU8, zipSync } from "fflate";

import { cli, folder } from "./cli.js";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

const cell = (value) => (typeof value === "number" ? `<c s="1"><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${value}</t></is></c>`);
const row = ({ cells, hidden }) => `<row${hidden ? ' hidden="1"' : ""}>${cells.map(cell).join("")}</row>`;
const sheet = (rows) => `<worksheet xmlns="${MAIN}"><sheetData>${rows.map(row).join("")}</sheetData></worksheet>`;

/** A workbook whose numbers are dollars. */
function workbook(sheets) {
  const names = Object.keys(sheets);
  const files = {
    "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="s${at}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, at) => `<Relationship Id="s${at}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at}.xml"/>`).join("")}<Relationship Id="t" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;$&quot;#,##0.00"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(names.map((name, at) => [`xl/worksheets/sheet${at}.xml`, sheet(sheets[name])])),
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

const person = (name, value, more) => ({ cells: [`${name.toLowerCase()}@example.org`, name, value], ...more });
const LIST = workbook({
  Notes: [{ cells: ["Ask Ann"] }],
  Team: [{ cells: ["Gifts, spring"] }, { cells: [] }, { cells: ["Work Email", "First Name", "Gift Amount"] }, person("Ada", 25), person("Bob", 50), person("Carol", 25, { hidden: true }), person("Dora", 7)],
});
const OF_LIST = ["people.xlsx", "--sheet", "Team", "--product", "INKWHISTLE", "--sandbox"];

test("check reads a workbook's sheet, and writes what is to be mended as a CSV", async (t) => {
  const cwd = folder(t, { "people.xlsx": LIST });

  const { code, result, lines } = await cli(["check", ...OF_LIST, "--json"], { cwd });

  assert.equal(code, 1);
  const { rows, accepted, rejected, sums, toMend } = result;
  assert.deepEqual({ rows, accepted, rejected, toMend }, { rows: 4, accepted: 2, rejected: 2, toMend: "people.to-mend.csv" });
  assert.deepEqual(sums.map(({ product, currency, cards, faceValue }) => [product, currency, cards, faceValue]), [["INKWHISTLE", "USD", 2, "75.00"]]);
  const told = lines.filter(({ type }) => type === "rejected").map(({ line, issues }) => [line, issues[0].code]);
  assert.deepEqual(told, [[6, "hidden_row"], [7, "denomination_not_offered"]]);
  assert.match(readFileSync(join(cwd, toMend), "utf8"), /carol@example\.org,Carol,25 \$,.*\r\ndora@example\.org,Dora,7 \$,/);
});

test("send pays the rows of a workbook, once however often it is said, and those that were mended", async (t) => {
  const cwd = folder(t, { "people.xlsx": LIST });
  const send = (...more) => cli(["send", ...OF_LIST, "--campaign", "spring", "--partly", "--yes-spend", "200", "--json", ...more], { cwd });

  const first = await send();
  const again = await send();

  assert.ok(existsSync(join(cwd, "spring")));
  assert.deepEqual([first.result.placed.lines, first.result.done], [2, true], first.stderr);
  assert.deepEqual(again.lines.filter(({ type }) => type === "order"), []);
  const results = await cli(["results", "spring", "--sandbox"], { cwd });
  const text = results.stdout + (existsSync(join(cwd, "spring", "results.csv")) ? readFileSync(join(cwd, "spring", "results.csv"), "utf8") : "");
  for (const name of ["ada", "bob"]) assert.match(text, new RegExp(`${name}@example\\.org.*created`), text);
  assert.doesNotMatch(text, /carol|dora/);
});

test("a sheet that is not there is named, and nothing is sent", async (t) => {
  const cwd = folder(t, { "people.xlsx": LIST });

  const { code, stdout, stderr } = await cli(["check", "people.xlsx", "--sheet", "Teams", "--sandbox"], { cwd });

  assert.notEqual(code, 0);
  assert.match(stdout + stderr, /Teams|sheet/);
});

test("check of a workbook's first sheet says which others there are", async (t) => {
  const cwd = folder(t, { "people.xlsx": LIST });

  const { code, stdout, stderr } = await cli(["check", "people.xlsx", "--product", "INKWHISTLE", "--sandbox"], { cwd });

  assert.equal(code, 1);
  assert.match(stdout + stderr, /There is more in "Team": say --sheet 'Team'/);
});
