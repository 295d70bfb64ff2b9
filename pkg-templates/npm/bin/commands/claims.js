import { claimsCsv } from "giftcard-partners";

import { CAMPAIGN_ACCOUNT_OPTIONS, accountToLook, clientOfCampaign } from "../campaign-account.js";
import { CampaignFolder, FOLDER_OPTIONS } from "../campaign-folder.js";
import { count } from "../decimal.js";
import { LEFT } from "../fault.js";
import { writeWhole } from "../whole-file.js";

const AT_ONCE = 4;

export const summary = "a CSV with the claim links of a Links campaign beside the rows of the list";
export const words = ["NAME"];
export const example = "npx giftcard-partners claims spring";
export const details = "It is written to NAME/claims.csv, which your user alone may read: who has a link and its answer has the card.";
export const options = {
  out: { type: "string", value: "FILE", help: "another file" },
  ...FOLDER_OPTIONS,
  ...CAMPAIGN_ACCOUNT_OPTIONS,
};

export async function run({ options: given, words: [name], out }) {
  const folder = new CampaignFolder(name, given);
  const begun = await folder.existing();
  const client = await clientOfCampaign(accountToLook(begun, given), begun, folder, given);
  const ids = placedIds(begun.campaign);
  const orders = await fetched(client, ids);
  const file = given.out ?? folder.file("claims.csv");
  await writeWhole(file, claimsCsv(begun.campaign, orders));

  const pending = orders.filter(({ Status }) => typeof Status !== "string" || Status.toLowerCase() === "pending").length;
  const cards = orders.reduce((all, { LineItems = [] }) => all + LineItems.reduce((sum, { ClaimData }) => sum + (ClaimData?.length ?? 0), 0), 0);
  out.line(`${count(cards, "claim link")} of ${count(orders.length, "order")} in ${file}.`);
  out.line("A link and its answer are the card: whoever has them can spend it. Keep this file as you would keep cash, and delete it when it is used.");
  if (pending > 0) out.line(`${count(pending, "order")} ${pending === 1 ? "is" : "are"} not finished yet: call it again later.`);
  const isWhole = pending === 0 && begun.campaign.progress().remaining.orders === 0;
  out.result({ file, orders: orders.length, claims: cards, pending });
  return isWhole ? 0 : LEFT;
}

function placedIds(campaign) {
  return [...campaign.earlier(), ...campaign.orders()].flatMap(({ orderId }) => (orderId === undefined ? [] : [orderId]));
}

async function fetched(client, ids) {
  const orders = [];
  let next = 0;
  const work = async () => {
    while (next < ids.length) {
      const at = next++;
      orders[at] = await client.getOrder(ids[at]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return orders;
}
