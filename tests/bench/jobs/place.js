// Placing orders against the sandbox: no network, so what is left is what the client costs.
import * as root from "giftcard-partners";
import * as offline from "giftcard-partners/sandbox";
import { handWrittenClient } from "../peers/client.js";

const AT_A_TIME = 50;
const FUNDS = "90000000000.00";

const order = (number) => ({
  Type: "Links", LineItems: [{ ProductId: "INKWHISTLE", Value: 25, Quantity: 1 }], PONumber: `PO-${number}`,
});

/** What a client must do at least: one fetch with a body that is there, and its answer read. */
function bareFetch({ baseUrl, credentials, fetch }) {
  let token;
  const post = (path, headers, body) => fetch(new Request(new URL(path, baseUrl), { method: "POST", headers, body }));
  return {
    async createOrder(value) {
      token ??= (await (await post("/v1/Tokens", { Email: credentials.email, AccessToken: credentials.accessToken })).json()).Value;
      return (await post("/v1/Orders", { Authorization: `Bearer ${token}`, "Content-Type": "application/json" }, JSON.stringify(value))).json();
    },
  };
}

async function prepare(count) {
  const clients = {
    "giftcard-partners": (sandbox) => new root.GiftCardPartners({ baseUrl: sandbox.baseUrl, credentials: sandbox.credentials, fetch: sandbox.fetch, dangerouslyAllowBrowser: true }),
    "by hand, with retries": handWrittenClient,
    "(bare fetch)": bareFetch,
  };
  const contenders = {};
  for (const [name, make] of Object.entries(clients)) {
    contenders[name] = async () => {
      const sandbox = offline.createSandbox({ available: FUNDS });
      const client = make(sandbox);
      let next = 0;
      const worker = async () => {
        while (next < count) await client.createOrder(order(next++));
      };
      await Promise.all(Array.from({ length: Math.min(count, AT_A_TIME) }, worker));
      if (sandbox.orders().length !== count) throw new Error(`${name} placed ${sandbox.orders().length} orders of ${count}`);
      client.free?.();
    };
    await contenders[name]();
  }
  return { contenders };
}

export const jobs = [{ job: "place orders, 50 at a time", sizes: [1, 1000], unit: "orders", prepare }];
