// How far a campaign is, for people: no person in it.
import { count, shown } from "./decimal.js";

const STATES = {
  planned: "not sent yet",
  sent: "begun, and not known to be placed",
  unknown: "not known to be placed: looked for and sent again by the next run",
  short: "not covered by the balance",
  rejected: "refused by the API",
  conflict: "another order has the PO number",
};
const MOST = 20;

/** Numbers, and the orders that a person has to look at. */
export function showProgress(out, campaign) {
  const progress = campaign.progress();
  const { placed } = progress;
  // All of a list may have been paid by lists before.
  if (progress.orders > 0 || !progress.earlier) out.line(`${shown(String(placed.orders))} of ${count(progress.orders, "order")} placed, ${count(placed.lines, "line")}, ${shown(placed.faceValue)}`);
  out.table(
    Object.entries(STATES)
      .filter(([state]) => progress[state] > 0)
      .map(([state, words]) => [shown(String(progress[state])), state, words]),
    { right: [0] },
  );
  if (progress.earlier) {
    const { placed, inDoubt } = progress.earlier;
    out.line(`Lists before: ${count(placed.orders, "order")} placed, ${shown(placed.faceValue)}${inDoubt.orders > 0 ? `; ${count(inDoubt.orders, "order")} in doubt` : ""}`);
  }
  const refused = refusedOrders(campaign);
  for (const { poNumber, state, reason } of refused.slice(0, MOST)) out.line(`  ${poNumber}  ${state}${reason ? `: ${reason}` : ""}`);
  if (refused.length > MOST) out.line(`  ... and ${shown(String(refused.length - MOST))} more, in \`results\``);
}

export function refusedOrders(campaign) {
  const found = [];
  for (const { poNumber, state, reason, orderId } of campaign.orders()) {
    if (state === "rejected" || state === "conflict") found.push({ poNumber, state, reason, orderId });
  }
  return found;
}

/** Whether every order is placed, and none of an earlier list is in doubt. */
export function isPlaced({ done, refused, earlier }) {
  return done && refused.orders === 0 && !(earlier?.inDoubt.orders > 0);
}
