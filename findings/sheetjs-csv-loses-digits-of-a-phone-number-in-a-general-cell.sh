#!/usr/bin/env bash
# One would guess: a phone number of 12 digits in a cell of the General format comes out of sheet_to_csv with its digits.
# What happens: SheetJS writes it as it is shown in a narrow column, 4.47911E+11: six digits are left of twelve.
# Why it matters here: the number still looks like one to a lenient reader. An import must name what it is and never guess the digits.
set -euo pipefail
version=0.18.5
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund "xlsx@$version" >/dev/null
cat > run.cjs <<'JS'
const { utils, write, read } = require("xlsx");
const book = utils.book_new();
utils.book_append_sheet(book, utils.aoa_to_sheet([["sms"], [447911123456], [15555550100]]), "List");
const again = read(write(book, { type: "buffer", bookType: "xlsx" }));
process.stdout.write(utils.sheet_to_csv(again.Sheets.List));
JS
seen=$(node run.cjs)
printf 'xlsx %s wrote:\n%s\n' "$version" "$seen"
[[ "$seen" == *"4.47911E+11"* && "$seen" == *"15555550100"* ]] || { echo "changed: see the output"; exit 1; }
