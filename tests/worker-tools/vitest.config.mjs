// The starter Worker's test under Vitest, as the Workers integration runs it: by its wrangler.jsonc, against the sandbox.
import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { createSandbox } from "giftcard-partners/sandbox";
import { defineConfig } from "vitest/config";

const sandbox = createSandbox();
async function outboundService(request) {
  const { pathname, search } = new URL(request.url);
  const body = request.body ? await request.arrayBuffer() : undefined;
  return sandbox.fetch(new Request(new URL(pathname + search, sandbox.baseUrl), { method: request.method, headers: [...request.headers], body }));
}

const { email, accessToken } = sandbox.credentials;
const bindings = { GIFTCARD_EMAIL: email, GIFTCARD_ACCESS_TOKEN: accessToken, CALLER_TOKEN: "the token of this test" };
// The integration's workerd is older than wrangler's, and knows no later date.
const miniflare = { compatibilityDate: "2026-11-09", bindings, outboundService };

export default defineConfig({
  plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.jsonc" }, miniflare })],
  test: { include: ["list.vitest.js"] },
});
