#!/usr/bin/env bash
# One would guess: undici's own fetch takes a Request of Node's built-in fetch, which is made of the same library.
# What happens: it takes the object for an address, and fails to parse "[object Request]".
# Why it matters here: a client that makes a Request and hands it to whatever fetch it was given never reaches the API through undici.
set -euo pipefail
version=7.16.0
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund "undici@$version" >/dev/null
cat > run.mjs <<'JS'
import { createServer } from "node:http";
import { fetch as other } from "undici";
const server = createServer((_, answer) => answer.end("ok")).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
for (const [name, input] of [["an address", url], ["a Request of the platform", new Request(url)]]) {
  console.log(name, await other(input).then((answer) => answer.text(), (error) => `${error.name}: ${error.message}`));
}
server.close();
JS
seen=$(node run.mjs)
printf 'undici %s, Node %s:\n%s\n' "$version" "$(node --version)" "$seen"
[[ "$seen" == *"an address ok"*"a Request of the platform TypeError"* ]] || { echo "changed: see the output"; exit 1; }
