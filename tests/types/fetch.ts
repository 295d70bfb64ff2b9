// Wherever there is a fetch, it fits; a real AbortSignal, URL and Response do too.
import { GiftCardPartners } from "giftcard-partners";
import { createSandbox } from "giftcard-partners/sandbox";
import { init } from "giftcard-partners/slim";

const client = new GiftCardPartners({ baseUrl: new URL("https://api.example"), fetch: globalThis.fetch });
new GiftCardPartners({ baseUrl: "/api", fetch: (request) => globalThis.fetch(request.url) });
new GiftCardPartners({ baseUrl: "/api", fetch: async () => new Response("[]") });
// @ts-expect-error: a Response is what is wanted
new GiftCardPartners({ baseUrl: "/api", fetch: async () => "[]" });

new GiftCardPartners({ baseUrl: "/api", headers: new Headers({ "X-Tenant": "1" }) });
new GiftCardPartners({ baseUrl: "/api", headers: async () => new Headers() });
await client.request("GET", "/v1/Status", { query: new URLSearchParams("a=b") });

await client.accountBalance({ signal: AbortSignal.timeout(1000) });
await client.getOrder("order-id", { signal: new AbortController().signal });

const { fetch } = createSandbox();
const response: Response = await fetch("https://api.example/v1/Products");
await fetch(new URL("https://api.example/v1/Products"), { signal: AbortSignal.timeout(1000) });
await fetch(new Request("https://api.example/v1/Products"));
void response;

await init(globalThis.fetch("/giftcard_partners.wasm"));
await init(new URL("https://shop.example/giftcard_partners.wasm"));
