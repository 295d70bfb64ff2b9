import { Campaign } from "giftcard-partners/slim";

/** The ledger is kept at each step: close the tab whenever, nobody is paid twice. `finish` is the pause: what is under way ends. */
export async function run(client, campaign, store, { finish, onOrder }) {
  const save = (ledger) => store.keep("ledger", ledger);
  return client.placeCampaign(campaign, { save, finish, onOrder });
}

/** `after`: the campaign that is kept. Rows that it has paid, or may have, are left out. */
export function plan(report, { name, poPrefix, linesPerOrder, after }) {
  return report.plan({ campaign: name, poPrefix, maxLinesPerOrder: linesPerOrder, after });
}

export async function keepPlan(campaign, store, more) {
  await store.replace({ ...more, plan: campaign.toBytes() });
}

export async function reopen(store) {
  const campaign = Campaign.fromBytes(await store.read("plan"));
  const ledger = await store.read("ledger");
  if (ledger) campaign.applyLedger(ledger);
  return campaign; // run() goes on where it stopped
}
