// A test of this Worker as it is deployed: bundled by wrangler, run in workerd, against the package's sandbox. `npm test`.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";

import { createSandbox } from "giftcard-partners/sandbox";
import { unstable_startWorker } from "wrangler";

const sandbox = createSandbox();
const api = createServer(async (asked, answer) => {
  const { method, url, headers } = asked;
  const body = method === "GET" ? undefined : await buffer(asked);
  const { status, headers: told, body: stream } = await sandbox.fetch(new Request(new URL(url, sandbox.baseUrl), { method, headers, body }));
  answer.writeHead(status, [...told].flat()).end(await buffer(stream));
});

let worker;
before(async () => {
  await new Promise((listening) => api.listen(0, "127.0.0.1", listening));
  const text = (value) => ({ type: "plain_text", value });
  const bindings = {
    GIFTCARD_BASE_URL: text(`http://127.0.0.1:${api.address().port}`),
    GIFTCARD_EMAIL: text(sandbox.credentials.email),
    GIFTCARD_ACCESS_TOKEN: text(sandbox.credentials.accessToken),
    CALLER_TOKEN: text("the token of this test"),
  };
  worker = await unstable_startWorker({ config: "wrangler.jsonc", bindings, dev: { persist: false, server: { port: 0 }, watch: false, logLevel: "error" } });
});
after(async () => {
  await worker?.dispose();
  api.close();
});

async function ask(path, init = {}) {
  const answer = await worker.fetch(`http://worker.example${path}`, { ...init, headers: { authorization: "Bearer the token of this test" } });
  return [answer.status, await answer.json()];
}

test("a list is reviewed, approved and placed", async () => {
  const list = "email,product,value\nann@example.org,INKWHISTLE,25\nbob@example.org,INKWHISTLE,25\n";
  const [posted, { id, quote }] = await ask("/campaigns?name=test", { method: "POST", body: list });
  const early = sandbox.orders().length;
  const [approved] = await ask(`/campaigns/${id}/approve`, { method: "POST", body: JSON.stringify({ total: quote[0].total }) });
  let status;
  while (status !== "done" && status !== "waiting") [, { status }] = await ask(`/campaigns/${id}`);

  assert.deepEqual([posted, early, approved, quote[0].total, sandbox.orders().length], [202, 0, 202, "50.00", 1]);
});

test("nobody orders without a token", async () => {
  const answer = await worker.fetch("http://worker.example/orders", { method: "POST", body: "{}" });

  assert.equal(answer.status, 401);
});
