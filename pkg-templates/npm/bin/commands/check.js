import { basename, extname } from "node:path";

import { ACCOUNT_OPTIONS, accountOf, clientOf } from "../account.js";
import { addition, FOLDER_OPTIONS } from "../campaign-folder.js";
import { LEFT } from "../fault.js";
import { LIST_OPTIONS, listOf, plan, read } from "../list.js";
import { isToMend, reportFields, rowFields, showQuotes, showReport, showSums, sumsOf } from "../overview.js";

export const summary = "what a list holds, what is to be mended in it, and what it would cost";
export const words = ["FILE"];
export const example = "npx giftcard-partners check people.csv --product INKWHISTLE --value 25 --sandbox";
export const details = `Reads .csv, .tsv and .xlsx and sends nothing. Rejected rows go into people.to-mend.csv (of people.csv) with their reasons. With credentials, or with --sandbox,
products and amounts are held to the catalog, and the quote to the balance.`;
export const options = { ...LIST_OPTIONS, dir: { ...FOLDER_OPTIONS.dir, help: "where the rows to mend are written (here)" }, ...ACCOUNT_OPTIONS };

export async function run({ options: given, words: [file], out }) {
  const list = await listOf(file, given);
  const account = accountOf(given, { needed: false });
  const client = account && clientOf(account);
  const [catalog, balance] = client ? await Promise.all([client.catalog(), client.accountBalance()]) : [];
  const { report } = await read(list, catalog);
  showReport(out, file, report);

  let sums = [];
  let quotes;
  if (report.accepted > 0) {
    const campaign = plan(report, list, { campaign: "check" });
    sums = sumsOf(campaign.orders(), catalog);
    showSums(out, sums);
    quotes = catalog && campaign.quote(catalog, balance);
    if (quotes) showQuotes(out, quotes);
  }
  for (const row of report.rejected) out.event("rejected", rowFields(row));
  const toMend = report.rejected.length > 0 ? await addition(given.dir ?? ".", `${basename(file, extname(file))}.to-mend.csv`, report.rejectedCsv()) : undefined;
  if (toMend) out.line(`\nThe rows to mend are in ${toMend}, each with its reason.`);
  out.result({ ...reportFields(report), sums, quotes, toMend });
  return isToMend(report) ? LEFT : 0;
}
