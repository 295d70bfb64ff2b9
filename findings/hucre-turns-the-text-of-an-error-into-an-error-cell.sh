#!/usr/bin/env bash
# One would guess: a cell written as the text "#N/A" is a text cell in the workbook, and "=D2*2" written as a value is a formula or a text, both or neither converted.
# What happens: hucre writes "#N/A" as an error cell (t="e") and "=D2*2" as a plain text.
# Why it matters here: whether a word of a spreadsheet stands in a name is not told by the type of the cell alone; the text must be refused too.
set -euo pipefail
version=1.0.0
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund "hucre@$version" >/dev/null
cat > run.mjs <<'JS'
import { writeXlsx } from "hucre";
import { inflateRawSync } from "node:zlib";
const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: "List", rows: [["#N/A", "=D2*2", "Ann"]] }] }));
const name = Buffer.from("xl/worksheets/sheet1.xml");
const central = bytes.lastIndexOf(name);
const header = central - 46;
const [method, size, local] = [bytes.readUInt16LE(header + 10), bytes.readUInt32LE(header + 20), bytes.readUInt32LE(header + 42)];
const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
const data = bytes.subarray(begin, begin + size);
const xml = (method === 8 ? inflateRawSync(data) : data).toString();
console.log(xml.match(/<sheetData>.*<\/sheetData>/s)[0]);
JS
seen=$(node run.mjs)
printf 'hucre %s wrote: %s\n' "$version" "$seen"
[[ "$seen" == *'t="e"'* && "$seen" != *"<f>"* ]] || { echo "changed: see the output"; exit 1; }
