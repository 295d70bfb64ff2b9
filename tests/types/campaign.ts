// Campaigns, with what every runtime has.
import * as root from "giftcard-partners";
import type { AccountBalance, GiftCardPartners, Order } from "giftcard-partners";
import { Campaign, claimsCsv } from "giftcard-partners/bulk";
import type {
  CampaignOutcome,
  CampaignProgress,
  CampaignQuote,
  CampaignReconciliation,
  CampaignState,
  CampaignTotals,
  Catalog,
  ImportReport,
  PlaceCampaignOptions,
  PlanOptions,
  PlannedOrder,
  ReconciledOrder,
} from "giftcard-partners/bulk";

import { expect, type Equal } from "./equal.js";

declare const report: ImportReport;
declare const client: GiftCardPartners;
declare const catalog: Catalog;
declare const balance: AccountBalance;
declare const orders: Order[];

const options: PlanOptions = { campaign: "spring", maxLinesPerOrder: 500, salt: "again" };
const campaign: Campaign = report.plan({ ...options, after: report.plan(options) });

const planned: PlannedOrder[] = [...campaign.orders(), ...campaign.next(), ...campaign.next(2)];
for (const { poNumber, lineCount, faceValue, currency, state, orderId, body } of planned) {
  const bytes: Uint8Array = body;
  const known: CampaignState = state;
  console_(`${poNumber} ${lineCount} ${faceValue} ${currency ?? ""} ${known} ${orderId ?? ""} ${bytes.length}`);
}

// A translation of every state: a state that is added does not compile here.
const words: Record<CampaignOutcome | "planned", string> = {
  planned: "",
  sent: "",
  unknown: "",
  created: "",
  reconciled: "",
  conflict: "",
  rejected: "",
  short: "",
};
campaign.record("PO-1", "created", "ORDER-1");
campaign.record("PO-1", "created", null);
// @ts-expect-error: that nothing was sent is not recorded
campaign.record("PO-1", "planned");

const ledger: Uint8Array = campaign.ledger();
campaign.applyLedger(ledger);
const restored: Campaign = Campaign.fromBytes(campaign.toBytes());
// @ts-expect-error: a campaign is planned or read, not made
new Campaign();

const settings: PlaceCampaignOptions = {
  save: async (bytes) => void bytes.length,
  concurrency: 2,
  onProgress: ({ created, planned: left }) => console_(`${created} ${left}`),
};
const progress: CampaignProgress = await client.placeCampaign(restored, settings);
const totals: CampaignTotals[] = [progress, progress.placed, progress.remaining, progress.refused];
const done: boolean = progress.done;
// @ts-expect-error: without save a crash would lose what was sent
await client.placeCampaign(restored, {});

const quotes: CampaignQuote[] = [...campaign.quote(catalog, balance), ...campaign.quote(catalog, null)];
const covered: number | undefined = quotes[0]?.covered;
const reconciliation: CampaignReconciliation = campaign.reconcile(new Set(orders));
const missing: ReconciledOrder[] = reconciliation.missing;
const already: number = campaign.alreadyPlanned;
// @ts-expect-error: it is told, not set
campaign.alreadyPlanned = 0;
const file: Uint8Array = claimsCsv(campaign, orders);
campaign.free();
void [words, totals, done, covered, missing, already, file];

expect<Equal<typeof root.Campaign, typeof Campaign>>();
expect<Equal<typeof root.claimsCsv, typeof claimsCsv>>();

declare function console_(text: string): void;
