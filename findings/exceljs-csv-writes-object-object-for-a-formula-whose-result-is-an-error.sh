#!/usr/bin/env bash
# One would guess: a formula whose cached result is #N/A is written to CSV as #N/A, as every spreadsheet does.
# What happens: exceljs writes the text "[object Object]".
# Why it matters here: that text stands in a column of names or addresses, and is nobody: a list of recipients must refuse it like #N/A.
set -euo pipefail
version=4.4.0
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund "exceljs@$version" >/dev/null
cat > run.mjs <<'JS'
import ExcelJS from "exceljs";
const book = new ExcelJS.Workbook();
const sheet = book.addWorksheet("List");
sheet.addRow(["name", "value"]);
sheet.addRow([{ formula: "VLOOKUP(1,X:X,1,0)", result: { error: "#N/A" } }, 25]);
process.stdout.write((await book.csv.writeBuffer()).toString());
JS
seen=$(node run.mjs)
printf 'exceljs %s wrote:\n%s\n' "$version" "$seen"
[[ "$seen" == *"[object Object],25"* ]] || { echo "changed: the cell is no longer [object Object]"; exit 1; }
