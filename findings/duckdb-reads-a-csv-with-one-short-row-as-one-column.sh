#!/usr/bin/env bash
# One would guess: of 51 rows of which one lacks its last cell, a CSV reader makes 51 rows with one null, or an error.
# What happens: DuckDB's sniffer takes the whole file for one column named "email,value,note", without an error.
# Why it matters here: a list that went through DuckDB on its way may come with one quoted column. An import must not take that for addresses.
set -euo pipefail
version=2.0.1
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env && env/bin/pip install --quiet "duckdb==$version" 2>/dev/null
cat > run.py <<'PY'
import duckdb
with open("list.csv", "w") as file:
    file.write("email,value,note\n")
    for row in range(50):
        file.write(f"p{row}@example.com,25,thanks\n")
    file.write("last@example.com,25\n")
print([column for column, *_ in duckdb.sql("DESCRIBE SELECT * FROM 'list.csv'").fetchall()])
PY
seen=$(env/bin/python run.py)
printf 'duckdb %s read the columns: %s\n' "$version" "$seen"
[[ "$seen" == "['email,value,note']" ]] || { echo "changed: the columns are others"; exit 1; }
