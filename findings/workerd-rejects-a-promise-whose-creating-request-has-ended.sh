#!/usr/bin/env bash
# One would guess: a promise that one request made and another one waits for stays open when the first request's client goes away, as it did for years.
# What happens: from workerd 1.20261117.1 on, whatever the compatibility date, the one who still waits is rejected with an error of the platform; before, it waited on.
# Why it matters here: a token that is shared between the requests of an isolate. A rejection that no API sent must not be read as a refusal.
set -euo pipefail
miniflare=4.20260426.0 newer=1.20261117.1
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund "miniflare@$miniflare" "newer@npm:@cloudflare/workerd-linux-64@$newer" >/dev/null
cat > run.mjs <<'JS'
import { createServer } from "node:http";
import { Miniflare } from "miniflare";
// An upstream that never answers, so that the shared promise stays open.
const upstream = createServer(() => {}).listen(0, "127.0.0.1");
await new Promise((resolve) => upstream.once("listening", resolve));
const script = `
  let shared;
  export default { async fetch(request) {
    shared ??= fetch("http://127.0.0.1:${upstream.address().port}/");
    const late = new Promise((resolve) => setTimeout(resolve, 2000, "still waiting"));
    const told = await Promise.race([shared.then(() => "answered", (error) => "rejected: " + error.name), late]);
    return new Response(told);
  } };`;
const worker = new Miniflare({ modules: true, script, compatibilityDate: "2026-04-01" });
const url = await worker.ready;
const first = new AbortController();
const gone = fetch(url, { signal: first.signal }).catch(() => {});
await new Promise((resolve) => setTimeout(resolve, 500));
const second = fetch(url).then((answer) => answer.text());
await new Promise((resolve) => setTimeout(resolve, 300));
first.abort();
await gone;
console.log(await second);
await worker.dispose();
upstream.closeAllConnections();
upstream.close();
JS
before=$(node run.mjs)
after=$(MINIFLARE_WORKERD_PATH="$folder/node_modules/newer/bin/workerd" node run.mjs)
printf 'workerd of miniflare %s: %s\nworkerd %s: %s\n' "$miniflare" "$before" "$newer" "$after"
[[ "$before" == "still waiting" && "$after" == rejected* ]] || { echo "changed: see the output"; exit 1; }
