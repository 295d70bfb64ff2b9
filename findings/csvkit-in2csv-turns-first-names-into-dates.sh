#!/usr/bin/env bash
# One would guess: a text cell "April" of a workbook is the text April in the CSV, since no other row of the column is a date.
# What happens: in2csv infers a date for a column of names that are months, and writes 0001-04-01 for April; the name None vanishes.
# Why it matters here: the greeting on a card. Nothing in the CSV says what the name was, so a column of names with dates must be told.
set -euo pipefail
kit=2.2.0 writer=3.1.5
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env && env/bin/pip install --quiet "csvkit==$kit" "openpyxl==$writer" 2>/dev/null
cat > make.py <<'PY'
from openpyxl import Workbook
book = Workbook()
for row in [("to", "value"), ("April", 25), ("June", 25), ("None", 25)]:
    book.active.append(row)
book.save("list.xlsx")
PY
env/bin/python make.py
seen=$(env/bin/in2csv list.xlsx)
printf 'csvkit %s wrote:\n%s\n' "$kit" "$seen"
[[ "$seen" == *"0001-04-01,25"* && "$seen" == *"0001-06-01,25"* && "$seen" == *$'\n,25'* ]] || { echo "changed: see the output"; exit 1; }
