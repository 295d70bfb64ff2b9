// What became of each recipient, of the campaign that is kept and those before it.
import { Campaign, type CampaignState, type LineItem, type OrderType, type PlannedOrder, resultsCsv } from "giftcard-partners/slim";

import type { Address, Answers, Command, List, ResultRow, Results, Standing } from "../messages";
import { kept } from "./campaign";
import { tableOf } from "./cells";
import { flatten, read } from "./list";
import { catalog } from "./needs";
import { tell } from "./port";
import { decimal, minor } from "./sums";

const STANDINGS: Record<CampaignState, Standing> = {
  created: "paid",
  reconciled: "paid",
  sent: "doubt",
  unknown: "doubt",
  rejected: "refused",
  conflict: "refused",
  planned: "waiting",
  short: "waiting",
};

interface Sent extends ResultRow {
  item: LineItem;
  type: OrderType;
}

export function results({ search, standing, most }: Command & { do: "results" }): void {
  const all = sent();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row: Sent) => {
    if (standing && row.standing !== standing) return false;
    const text = `${row.name} ${row.address} ${row.poNumber}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found = all.filter(fits);
  const rows = found.slice(0, most).map(({ item, type, ...row }) => row);
  tell({ news: "results", results: { rows, found: found.length, all: all.length, totals: totalsOf(all) } });
}

/** A campaign's file has those that it was planned after; where one was planned without, the ones before that are in a file of their own. */
export function resultsFile(): void {
  if (!kept) return;
  const parts = [resultsCsv(kept.campaign)];
  for (let last = kept.about.since; last > 0; ) {
    const { bytes, since } = kept.earlier[last - 1] ?? { bytes: new Uint8Array(), since: 0 };
    const campaign = Campaign.fromBytes(bytes);
    parts.unshift(resultsCsv(campaign));
    campaign.free();
    last = Math.min(since, last - 1);
  }
  // One header is enough, and one byte order mark.
  const texts = parts.map((part, index) => (index === 0 ? (part as Uint8Array<ArrayBuffer>) : new TextDecoder().decode(part).replace(/^.*\r?\n/, "")));
  tell({ news: "file", name: `${kept.about.name}-results.csv`, file: new Blob(texts, { type: "text/csv" }) });
}

/** A list of one row: what this person was sent, to the address that is right. */
export async function again({ key, address }: Command & { do: "again" }): Promise<void> {
  const row = sent().find((one) => one.key === key);
  if (!row || !kept) return;
  const { item, type, ...before } = row;
  const place = item.PhysicalDeliveryAddress ? "PhysicalDeliveryAddress" : "DigitalDeliveryAddress";
  const next = { ...item, ExternalId: undefined, [place]: { ...item[place], ...address } };
  // By the last part of their path: a person may see them as headers.
  const cells = [...flatten(next)].filter(([, text]) => text !== "").map(([path, text]) => [path.replace(/.*\./, ""), text] as const);
  const file = tableOf([
    { line: 1, cells: cells.map(([header]) => header) },
    { line: 2, cells: cells.map(([, text]) => text) },
  ]);
  const list: List = { file, name: `${before.campaign} again`, type };
  const answers: Answers = { columns: {}, defaults: {}, duplicates: "reject", hidden: "reject" };
  await read({ list, answers, isSame: false }, before);
}

let told: { rows: Sent[]; of: string } | undefined;

/** Every row that is in an order, the newest campaign first; made anew once something has changed. */
function sent(): Sent[] {
  if (!kept) return [];
  const of = JSON.stringify([kept.about.id, kept.campaign.progress()]);
  if (told?.of !== of) told = { rows: rowsOf(kept), of };
  return told.rows;
}

/** Of the campaigns before, what a later one has again, or was never sent, is not told. */
function rowsOf({ campaign, about, earlier, dates }: NonNullable<typeof kept>): Sent[] {
  const rows = [...campaign.orders()].flatMap((order) => sentOf(order, about, dates));
  for (const one of earlier.toReversed()) {
    const before = Campaign.fromBytes(one.bytes);
    const later = new Set(rows.map(paymentOf));
    const own = [...before.orders()].flatMap((order) => sentOf(order, one, dates));
    rows.push(...own.filter((row) => row.standing === "paid" || row.standing === "doubt" || (row.standing === "refused" && !later.has(paymentOf(row)))));
    before.free();
  }
  return rows.map((row, key) => ({ ...row, key }));
}

function paymentOf({ item, address }: Sent): string {
  return JSON.stringify([address, item.ProductId, item.Value]).toLowerCase();
}

function sentOf({ poNumber, state, reason, body }: PlannedOrder, { name: campaign, type }: { name: string; type: OrderType }, dates: Record<string, string>): Sent[] {
  const { LineItems } = JSON.parse(new TextDecoder().decode(body)) as { LineItems: LineItem[] };
  return LineItems.map((item) => {
    const { Name = item.ProductId, CurrencyCode: currency } = catalog.product(item.ProductId) ?? {};
    return {
      key: 0,
      campaign,
      name: item.Personalization?.To ?? item.PhysicalDeliveryAddress?.Name ?? "",
      address: addressOf(item),
      // Claim links are handed out by whoever ordered them: no address of theirs is wrong.
      fields: (type === "Links" ? {} : (item.PhysicalDeliveryAddress ?? item.DigitalDeliveryAddress ?? {})) as Address,
      product: Name,
      value: decimal(minor(item.Value)),
      quantity: item.Quantity ?? 1,
      poNumber,
      standing: STANDINGS[state],
      item,
      type,
      ...(reason && { reason }),
      ...(state === "planned" ? {} : { date: dates[poNumber] }),
      ...(currency && { currency }),
    };
  });
}

function addressOf({ DigitalDeliveryAddress: to, PhysicalDeliveryAddress: home, ExternalId }: LineItem): string {
  if (home) return [home.AddressLine1, home.City, home.State, home.Zip, home.Country].filter(Boolean).join(", ");
  return to?.Email ?? to?.Sms ?? ExternalId ?? "";
}

function totalsOf(rows: Sent[]): Results["totals"] {
  const all: Standing[] = ["paid", "refused", "doubt", "waiting"];
  return all.map((standing) => {
    const own = rows.filter((row) => row.standing === standing);
    const sums = Map.groupBy(own, ({ currency }) => currency);
    const add = (sum: number, { value, quantity }: Sent) => sum + minor(value) * quantity;
    return { standing, people: own.length, sums: [...sums].map(([currency, part]) => ({ value: decimal(part.reduce(add, 0)), ...(currency && { currency }) })) };
  });
}
