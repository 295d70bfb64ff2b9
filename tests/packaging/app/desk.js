// Everything together: checks two orders with each entry, places one in the sandbox, and a campaign of a list that was read by /bulk.
import { GiftCardPartners } from "giftcard-partners";
import { RecipientImport } from "giftcard-partners/bulk";
import { createSandbox } from "giftcard-partners/sandbox";

import { client } from "./client.js";
import { form } from "./form.js";
import { LIST } from "./orders.js";

export async function desk() {
  const sandbox = createSandbox();
  const { valid, issues, outcome } = await client(sandbox);
  return { order: form(), root: { valid, issues }, outcome, list: await list(sandbox), orders: sandbox.orders().length };
}

async function list({ baseUrl, credentials, fetch }) {
  const partners = new GiftCardPartners({ baseUrl, credentials, fetch, dangerouslyAllowBrowser: true });
  // The catalog crosses from the client's wasm to that of lists.
  const recipients = new RecipientImport({ type: "DigitalDelivery", catalog: await partners.catalog() });
  recipients.push(new TextEncoder().encode(LIST));
  const report = recipients.finish();
  const { placed } = await partners.placeCampaign(report.plan({ campaign: "desk" }), { save: async () => {} });
  return { accepted: report.accepted, rejected: report.rejected.length, placed: placed.orders };
}
