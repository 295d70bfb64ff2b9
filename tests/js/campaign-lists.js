// Files of recipients and their campaigns, for the tests.
import assert from "node:assert/strict";

import { RecipientImport } from "giftcard-partners";

/** The report of a file. */
export function read(text, options = {}) {
  const recipients = new RecipientImport({ type: "Links", ...options });
  recipients.push(new TextEncoder().encode(text));
  const report = recipients.finish();
  assert.equal(report.rejected.length, 0, JSON.stringify(report.rejected));
  return report;
}

/** A file that gives 10.00 to each of some people, planned as orders of one line. */
export function planned(people, { campaign = "spring", maxLinesPerOrder = 1, value = () => 10, ...options } = {}) {
  const rows = people.map((name) => `${name}@example.org,INKWHISTLE,${value(name)},${name}`);
  return read(["Email,Product,Value,To", ...rows].join("\n")).plan({ campaign, maxLinesPerOrder, ...options });
}

/** A CSV file as objects, each cell by its header. No cell may hold a comma. */
export function rowsOf(csv) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(csv);
  assert.equal(text[0], "\ufeff");
  const [header, ...rows] = text.slice(1).trimEnd().split("\r\n").map((row) => row.split(","));
  return rows.map((row) => Object.fromEntries(header.map((name, place) => [name, row[place]])));
}

export const poNumbers = (campaign) => [...campaign.orders()].map(({ poNumber }) => poNumber);
export const noSave = async () => {};
