#!/usr/bin/env bash
# One would guess: a formula that was never computed has no cached value, as openpyxl writes it.
# What happens: XlsxWriter stores 0 for each formula, also where the formula makes a text.
# Why it matters here: read as it stands, an amount by formula is 0 and a name by formula is "0". A cached 0 is no proof of a value.
set -euo pipefail
version=3.3.1
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env && env/bin/pip install --quiet "XlsxWriter==$version" 2>/dev/null
cat > make.py <<'PY'
import re, zipfile, xlsxwriter
book = xlsxwriter.Workbook("list.xlsx")
sheet = book.add_worksheet()
sheet.write_row(0, 0, ["first", "amount"])
sheet.write_formula(1, 0, '=UPPER("ann")')
sheet.write_formula(1, 1, "=20+5")
book.close()
xml = zipfile.ZipFile("list.xlsx").read("xl/worksheets/sheet1.xml").decode()
print(re.findall(r"<f>(.*?)</f><v>(.*?)</v>", xml))
PY
seen=$(env/bin/python make.py)
printf 'XlsxWriter %s stored (formula, value): %s\n' "$version" "$seen"
[[ "$seen" == *"UPPER"*"'0')"*"'20+5', '0')"* ]] || { echo "changed: see the output"; exit 1; }
