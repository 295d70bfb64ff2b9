import { Campaign } from "giftcard-partners/slim";

/** The ledger is kept at each step: close the tab whenever, nobody is paid twice. */
export async function run(client, campaign, store, { signal, onProgress }) {
  const save = (ledger) => store.keep("ledger", ledger);
  return client.placeCampaign(campaign, { save, signal, onProgress });
}

export async function keepPlan(campaign, store) {
  await store.clear();
  await store.keep("plan", campaign.toBytes());
}

export async function reopen(store) {
  const campaign = Campaign.fromBytes(await store.read("plan"));
  const ledger = await store.read("ledger");
  if (ledger) campaign.applyLedger(ledger);
  return campaign; // run() goes on where it stopped
}
