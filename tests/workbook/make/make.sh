#!/bin/sh
# Writes the files of tests/workbook/files anew, with the programs that write such files. Needs python3, node, and of Debian 12
# libreoffice-calc-nogui (7.4.7) and gnumeric (1.12.55). What the files must come to stands beside each as .txt and is written by people.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
files="$here/../files"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/python"
"$work/python/bin/pip" -q install -r "$here/requirements.txt"
"$work/python/bin/python" "$here/write.py" "$files"

cp "$here/package.json" "$here/write.mjs" "$work/"
(cd "$work" && npm install --silent --no-audit --no-fund && node write.mjs "$files")

# LibreOffice and Gnumeric read what exceljs wrote, and write it their way.
soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to xlsx:"Calc MS Excel 2007 XML" --outdir "$work/libreoffice" "$files/exceljs.xlsx" >/dev/null
cp "$work/libreoffice/exceljs.xlsx" "$files/libreoffice.xlsx"
ssconvert --export-type=Gnumeric_Excel:xlsx2 "$files/exceljs.xlsx" "$files/gnumeric.xlsx" 2>/dev/null
