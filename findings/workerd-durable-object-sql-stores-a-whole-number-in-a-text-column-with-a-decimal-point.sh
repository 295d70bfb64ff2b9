#!/usr/bin/env bash
# One would guess: the number 700002 bound to a TEXT column of a Durable Object's SQLite becomes the text '700002'.
# What happens: every JavaScript number is bound as REAL, so SQLite keeps the text '700002.0'.
# Why it matters here: an order id that an API answers as a number, kept so, is asked for as /Orders/700002.0 for ever after.
set -euo pipefail
miniflare=4.20260426.0
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund "miniflare@$miniflare" >/dev/null
cat > run.mjs <<'JS'
import { Miniflare } from "miniflare";
const script = `
  import { DurableObject } from "cloudflare:workers";
  export class Store extends DurableObject {
    look() {
      this.ctx.storage.sql.exec("CREATE TABLE orders (id TEXT)");
      this.ctx.storage.sql.exec("INSERT INTO orders VALUES (?), (?)", 700002, String(700002));
      return this.ctx.storage.sql.exec("SELECT id FROM orders").toArray().map((row) => row.id);
    }
  }
  export default { fetch: async (_, env) => Response.json(await env.STORE.get(env.STORE.idFromName("a")).look()) };`;
const worker = new Miniflare({
  modules: true, script, compatibilityDate: "2026-04-01",
  durableObjects: { STORE: { className: "Store", useSQLite: true } },
});
console.log(await (await worker.dispatchFetch("http://localhost/")).text());
await worker.dispose();
JS
seen=$(node run.mjs)
printf 'miniflare %s: a number and a text in a TEXT column are %s\n' "$miniflare" "$seen"
[[ "$seen" == '["700002.0","700002"]' ]] || { echo "changed: see the output"; exit 1; }
