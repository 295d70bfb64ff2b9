// Handles free themselves at the end of their block, where the library knows how.
import { Campaign, Catalog, GiftCardPartners, RecipientImport, type ImportReport } from "giftcard-partners";
import type { Catalog as Other } from "giftcard-partners/order";

declare const bytes: Uint8Array;
declare const report: ImportReport;
declare const other: Other;

using catalog = Catalog.from([]);
using client = new GiftCardPartners({ baseUrl: "https://api.example" });
using campaign = Campaign.fromBytes(bytes);
using recipients = new RecipientImport({ type: "Links", catalog });
using rows = report;
using elsewhere = other;
void [client, campaign, recipients, rows, elsewhere];
// @ts-expect-error: what is no handle cannot be disposed of
using order = { Type: "Links" };
void order;
