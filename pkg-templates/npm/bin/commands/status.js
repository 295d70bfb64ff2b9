import { ACCOUNT_OPTIONS } from "../account.js";
import { CampaignFolder, FOLDER_OPTIONS } from "../campaign-folder.js";
import { LEFT } from "../fault.js";
import { holderOf } from "../lock.js";
import { isPlaced, refusedOrders, showProgress } from "../progress.js";

export const summary = "how far a campaign is";
export const words = ["NAME"];
export const example = "npx giftcard-partners status spring";
/** No account is asked; the options of one may stand there as in the other commands. */
export const options = { ...FOLDER_OPTIONS, ...ACCOUNT_OPTIONS };

export async function run({ options: given, words: [name], out }) {
  const folder = new CampaignFolder(name, given);
  const { campaign, account } = await folder.existing();
  const running = await holderOf(folder.path);
  if (account === "sandbox") out.line("A campaign of the sandbox: nothing in it is real.");
  showProgress(out, campaign);
  if (running) out.line(running);
  const progress = campaign.progress();
  out.result({ campaign: folder.name, account, ...progress, alreadyPlanned: campaign.alreadyPlanned, refusedOrders: refusedOrders(campaign), running: running !== undefined });
  return isPlaced(progress) ? 0 : LEFT;
}
