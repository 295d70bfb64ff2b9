import { Campaign } from "giftcard-partners/slim";

/** The plan is kept once, the ledger at each step: a tab may close at any moment, and nobody is paid twice. */
export async function run(client, campaign, store, { signal, onProgress }) {
  await store.keep("plan", campaign.toBytes());
  return client.placeCampaign(campaign, { save: (ledger) => store.keep("ledger", ledger), signal, onProgress });
}

export async function reopen(store) {
  const campaign = Campaign.fromBytes(await store.read("plan"));
  const ledger = await store.read("ledger");
  if (ledger) campaign.applyLedger(ledger);
  return campaign; // run() goes on where it stopped
}
