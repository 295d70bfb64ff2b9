#!/usr/bin/env bash
# One would guess: a JSON Schema pattern with `$` inside a character set, where it is a plain character, compiles in Python as elsewhere.
# What happens: fastjsonschema rewrites each `$` to `\Z` before it compiles, also inside a set, and `[...\Z...]` is a bad escape there.
# Why it matters here: the usual pattern of an e-mail address has `$` in a set. Written `\$` it loads; ajv and Python's jsonschema take both.
set -euo pipefail
version=2.22.2
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env && env/bin/pip install --quiet "fastjsonschema==$version" 2>/dev/null || { env/bin/pip index versions fastjsonschema | head -1; exit 1; }
cat > run.py <<'PY'
import fastjsonschema
for pattern in ["^[a-z$]+@[a-z]+$", "^[a-z\\$]+@[a-z]+$"]:
    try:
        fastjsonschema.compile({"type": "string", "pattern": pattern})("a@b")
        print(pattern, "is taken")
    except Exception as error:
        print(pattern, type(error).__name__, error)
PY
seen=$(env/bin/python run.py)
printf 'fastjsonschema %s:\n%s\n' "$version" "$seen"
[[ "$seen" == *"bad escape"*"is taken"* ]] || { echo "changed: see the output"; exit 1; }
