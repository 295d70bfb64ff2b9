#!/usr/bin/env bash
# One would guess: a cell that holds #N/A is told apart from an empty one.
# What happens: read-excel-file hands out null for both, so that a default stands for an amount that could not be looked up.
# Why it matters here: "no value" lets a default pay. A reader of lists has to say that the cell holds an error.
set -euo pipefail
reader=9.3.17 writer=4.4.0
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund "read-excel-file@$reader" "exceljs@$writer" >/dev/null
cat > run.mjs <<'JS'
import ExcelJS from "exceljs";
import * as node from "read-excel-file/node";
const readXlsxFile = node.default ?? node.readSheet;
const book = new ExcelJS.Workbook();
book.addWorksheet("List").addRows([["email", "value"], ["ann@example.com", { error: "#N/A" }], ["ben@example.com", null], ["cy@example.com", 25]]);
await book.xlsx.writeFile("list.xlsx");
const answer = await readXlsxFile("list.xlsx");
const rows = Array.isArray(answer[0]) ? answer : answer[0].data;
console.log(JSON.stringify(rows));
JS
seen=$(node run.mjs)
printf 'read-excel-file %s read: %s\n' "$reader" "$seen"
[[ "$seen" == *'["ann@example.com",null],["ben@example.com",null]'* ]] || { echo "changed: an error cell is no longer null"; exit 1; }
