// Campaigns, with what every runtime has.
import * as root from "giftcard-partners";
import type { AbortSignalLike, AccountBalance, Catalog, GiftCardPartners, Order } from "giftcard-partners";
import { Campaign, claimsCsv, resultsCsv } from "giftcard-partners/bulk";
import type {
  CampaignOrderResult,
  CampaignOutcome,
  CampaignProgress,
  CampaignQuote,
  CampaignReconciliation,
  CampaignState,
  CampaignTotals,
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
declare const signal: AbortSignalLike;

const options: PlanOptions = { campaign: "spring", poPrefix: "SPRING", maxLinesPerOrder: 500, salt: "again" };
const campaign: Campaign = report.plan({ ...options, after: report.plan(options) });

const planned: PlannedOrder[] = [...campaign.orders(), ...campaign.earlier(), ...campaign.next(), ...campaign.next(2)];
const found: PlannedOrder | undefined = campaign.order("PO-1");
const payments: Uint8Array = campaign.payments(new Uint8Array(16));
console_(`${found?.poNumber} ${payments.length}`);
for (const { poNumber, lineCount, faceValue, currency, state, orderId, reason, body } of planned) {
  // @ts-expect-error: a reason is a code, of which there is a list
  if (reason === "because") continue;
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
  finish: signal,
  onOrder: ({ poNumber, outcome, orderId, attempts, error }) => console_(`${poNumber} ${outcome} ${orderId} ${attempts} ${error?.code}`),
};
// Who names the outcomes that can be recorded is heard too.
settings.onOrder = ({ outcome }: { poNumber: string; outcome: CampaignOutcome }) => console_(outcome);
const told = (result: CampaignOrderResult): CampaignOutcome => result.outcome;
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
const results: Uint8Array[] = [resultsCsv(campaign), resultsCsv(campaign, orders), resultsCsv(campaign, null)];
const doubts: number | undefined = progress.earlier?.inDoubt.orders;
campaign.free();
void [told, results, doubts, words, totals, done, covered, missing, already, file];

expect<Equal<typeof root.Campaign, typeof Campaign>>();
expect<Equal<typeof root.claimsCsv, typeof claimsCsv>>();
expect<Equal<typeof root.resultsCsv, typeof resultsCsv>>();

declare function console_(text: string): void;
