import { exports } from "cloudflare:workers";
import { expect, it } from "vitest";

const headers = { authorization: "Bearer the token of this test" };
const ask = (path, init = {}) => exports.default.fetch(`https://worker.example${path}`, { ...init, headers });

it("a list is reviewed, approved and placed", { timeout: 60_000 }, async () => {
  const body = "email,product,value\nann@example.org,INKWHISTLE,25\n";
  const { id, quote } = await (await ask("/campaigns?name=test", { method: "POST", body })).json();
  const approved = await ask(`/campaigns/${id}/approve`, { method: "POST", body: JSON.stringify({ total: quote[0].total }) });
  let progress;
  do {
    await new Promise((resolve) => setTimeout(resolve, 200));
    progress = await (await ask(`/campaigns/${id}`)).json();
  } while (progress.status === "running");

  expect([approved.status, progress.status, progress.states]).toEqual([202, "done", { created: 1 }]);
});
