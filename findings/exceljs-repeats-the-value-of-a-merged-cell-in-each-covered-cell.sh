#!/usr/bin/env bash
# One would guess: of a merged range only the first cell holds the value, as the file has it and as other readers say.
# What happens: exceljs hands out the value for every cell of the range, also when it writes the sheet as CSV.
# Why it matters here: an amount that is merged over three rows becomes three amounts. From the CSV nobody can tell.
set -euo pipefail
version=4.4.0 maker=3.1.5
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund "exceljs@$version" >/dev/null
python3 -m venv env && env/bin/pip install --quiet "openpyxl==$maker" 2>/dev/null
env/bin/python - <<'PY'
from openpyxl import Workbook
book = Workbook()
for row in [("email", "value"), ("ann@example.com", 25), ("ben@example.com", None), ("cy@example.com", None)]:
    book.active.append(row)
book.active.merge_cells("B2:B4")
book.save("list.xlsx")
PY
cat > run.mjs <<'JS'
import ExcelJS from "exceljs";
const book = new ExcelJS.Workbook();
await book.xlsx.readFile("list.xlsx");
process.stdout.write((await book.csv.writeBuffer()).toString());
JS
seen=$(node run.mjs)
printf 'exceljs %s wrote:\n%s\n' "$version" "$seen"
[[ "$seen" == *"ann@example.com,25"*"ben@example.com,25"*"cy@example.com,25"* ]] || { echo "changed: see the output"; exit 1; }
