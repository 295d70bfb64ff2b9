// From a list to placed orders: read, quote, ask, settle what is in doubt, place.
import { approve } from "./approval.js";
import { clientOfCampaign } from "./campaign-account.js";
import { count } from "./decimal.js";
import { doubtful, settleDoubts, totalsWith } from "./doubts.js";
import { LEFT, Refusal, wordsOf } from "./fault.js";
import { plan, read } from "./list.js";
import { isToMend, reportFields, rowFields, showQuotes, showReport, showSums, sumsOf } from "./overview.js";
import { place } from "./placing.js";
import { isPlaced, refusedOrders, showProgress } from "./progress.js";

/** Resolves to the exit status. */
export async function send({ file, list, folder, account, limit, given, out }) {
  const begun = await folder.load();
  const client = await clientOfCampaign(account, begun, folder, given);
  const [catalog, balance] = await Promise.all([client.catalog(), client.accountBalance()]);
  const { report, source } = await read(list, catalog);
  const fields = await showList({ file, report, folder, out });

  // The same list goes on; of another one those are left out who were paid, or may have been.
  const isSame = begun?.source === source;
  if (!isSame && report.accepted === 0) throw new Refusal("No row can be sent. Nothing was sent.");
  const next = () => plan(report, list, { campaign: folder.name, after: begun?.campaign });
  let campaign = isSame ? begun.campaign : next();
  const doubts = doubtful(begun?.campaign, { hasChanged: !isSame });
  showOpen(out, campaign, doubts, catalog);

  const { remaining } = campaign.progress();
  if (remaining.orders + doubts.length > 0) {
    const quotes = remaining.orders > 0 ? campaign.quote(catalog, balance) : [];
    const totals = totalsWith(quotes, doubts, catalog);
    showQuotes(out, quotes);
    out.event("quote", { quotes, totals });
    if (quotes.some(({ short }) => short !== undefined) && !given.partly) {
      throw new Refusal("The balance does not cover the total. Fund the account, or send what it covers with --partly. Nothing was sent.");
    }
    await approve(totals, limit, out);
  }
  if (doubts.length > 0) await settleDoubts(client, begun.campaign, doubts, { folder, out });
  if (!isSame || begun.account !== account.id) {
    // Planned anew: what became of the doubts is known now.
    if (!isSame && doubts.length > 0) campaign = next();
    await folder.begin(campaign, { source, account: account.id, type: list.settings.type }, begun);
  }
  const { isStopped = false, error } = remaining.orders > 0 ? await place(client, campaign, { folder, out }) : {};
  return ended({ campaign, report, fields, isStopped, error, folder, out });
}

/** What the list holds; the rows to mend go into the folder. */
async function showList({ file, report, folder, out }) {
  showReport(out, file, report);
  for (const row of report.rejected) out.event("rejected", rowFields(row));
  const toMend = report.rejected.length > 0 ? await folder.addition("to-mend.csv", report.rejectedCsv()) : undefined;
  if (toMend) out.line(`\nThe rows to mend are in ${toMend}, each with its reason.`);
  return { ...reportFields(report), toMend };
}

function showOpen(out, campaign, doubts, catalog) {
  const open = campaign.next();
  if (campaign.alreadyPlanned > 0) out.line(`\n${count(campaign.alreadyPlanned, "row")} of it ${campaign.alreadyPlanned === 1 ? "was" : "were"} paid before, or may have been, and ${campaign.alreadyPlanned === 1 ? "is" : "are"} left out.`);
  if (doubts.length > 0) out.line(`\n${count(doubts.length, "order")} of the list as it was ${doubts.length === 1 ? "is" : "are"} in doubt: sent again first, under the same PO number${doubts.length === 1 ? "" : "s"}.`);
  if (open.length > 0) showSums(out, sumsOf(open, catalog));
}

function ended({ campaign, report, fields, isStopped, error, folder, out }) {
  const progress = campaign.progress();
  out.title("Orders");
  showProgress(out, campaign);
  const isAll = isPlaced(progress) && !error;
  if (!progress.done) out.line(`\n${isStopped ? "It was stopped. " : ""}The same command goes on.`);
  if (isAll && isToMend(report)) out.line("\nEverything that could be sent is placed. Mend the list and send it again: who was paid is left out.");
  const failure = error && wordsOf(error);
  if (failure) out.note(`giftcard-partners: ${failure.message}`);
  out.result({ campaign: folder.name, folder: folder.path, ...progress, ...fields, alreadyPlanned: campaign.alreadyPlanned, refusedOrders: refusedOrders(campaign), ...(failure && { error: failure }) });
  return isAll && !isToMend(report) ? 0 : LEFT;
}
