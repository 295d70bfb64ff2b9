import { basename, extname } from "node:path";

import { accountOf } from "../account.js";
import { APPROVAL_OPTIONS, limitOf } from "../approval.js";
import { CAMPAIGN_ACCOUNT_OPTIONS } from "../campaign-account.js";
import { CampaignFolder, FOLDER_OPTIONS } from "../campaign-folder.js";
import { Refusal, WRONG_CALL } from "../fault.js";
import { LIST_OPTIONS, listOf } from "../list.js";
import { send } from "../sending.js";

export const summary = "checks a list, asks for the total, and places its orders, each exactly once";
export const words = ["FILE"];
export const example = "npx giftcard-partners send people.csv --campaign spring --product INKWHISTLE --value 25 --sandbox";
export const details = `The campaign lives in a folder of its name. The same command again goes on where it ended, after a crash too; of a list that has
grown or was mended only those are paid who were not. Ctrl-C ends it after the orders under way, a second one at once.`;
export const options = {
  campaign: { type: "string", value: "NAME", help: "names the campaign and its folder (with --sandbox: the file's name)" },
  ...LIST_OPTIONS,
  ...APPROVAL_OPTIONS,
  partly: { type: "boolean", help: "goes on where the balance does not cover all of it" },
  ...FOLDER_OPTIONS,
  ...CAMPAIGN_ACCOUNT_OPTIONS,
};

export async function run({ options: given, words: [file], out }) {
  const list = await listOf(file, given);
  const limit = limitOf(given);
  const folder = new CampaignFolder(nameOf(given, file), given);
  const account = accountOf(given);
  await folder.open();
  try {
    return await send({ file, list, folder, account, limit, given, out });
  } finally {
    await folder.close();
  }
}

/** Where money is real, nobody's list is paid twice because its file has two names. */
function nameOf({ campaign, sandbox }, file) {
  if (campaign !== undefined) return campaign;
  if (sandbox) return basename(file, extname(file));
  throw new Refusal("--campaign is missing: it names the folder that remembers who was paid, such as --campaign spring.", WRONG_CALL);
}
