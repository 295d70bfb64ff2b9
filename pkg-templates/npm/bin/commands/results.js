import { resultsCsv } from "giftcard-partners";

import { ACCOUNT_OPTIONS } from "../account.js";
import { CampaignFolder, FOLDER_OPTIONS } from "../campaign-folder.js";
import { LEFT } from "../fault.js";
import { isPlaced } from "../progress.js";
import { writeWhole } from "../whole-file.js";

export const summary = "a CSV with a row for each recipient: what became of it, and why";
export const words = ["NAME"];
export const example = "npx giftcard-partners results spring";
export const details = "It is written to NAME/results.csv, and to the output too where that is no terminal. Rows of earlier lists of the campaign are in it.";
export const options = {
  out: { type: "string", value: "FILE", help: "another file" },
  ...FOLDER_OPTIONS,
  // No account is asked; the options of one may stand there as in the other commands.
  ...ACCOUNT_OPTIONS,
};

export async function run({ options: given, words: [name], out }) {
  const folder = new CampaignFolder(name, given);
  const { campaign } = await folder.existing();
  const csv = Buffer.from(resultsCsv(campaign));
  const file = given.out ?? folder.file("results.csv");
  await writeWhole(file, csv);
  if (process.stdout.isTTY) out.line(`The results are in ${file}. It holds the recipients: keep it as private as the list.`);
  else out.text(csv.toString());
  const progress = campaign.progress();
  out.result({ file, ...progress });
  return isPlaced(progress) ? 0 : LEFT;
}
