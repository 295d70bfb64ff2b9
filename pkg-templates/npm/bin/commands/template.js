import { recipientTemplate } from "giftcard-partners";

import { ACCOUNT_OPTIONS, accountOf, clientOf } from "../account.js";
import { TYPE_OPTION, typeOf } from "../list.js";
import { writeWhole } from "../whole-file.js";

export const summary = "a CSV to fill in: headers and a row of example";
export const example = "npx giftcard-partners template --type Links > people.csv";
export const options = {
  ...TYPE_OPTION,
  out: { type: "string", value: "FILE", help: "a file instead of the output" },
  ...ACCOUNT_OPTIONS,
};

export async function run({ options: given, out }) {
  const type = typeOf(given);
  const account = accountOf(given, { needed: false });
  const catalog = account && (await clientOf(account).catalog());
  const bytes = recipientTemplate({ type, ...(catalog && { catalog }) });
  if (given.out === undefined) out.text(Buffer.from(bytes).toString());
  else await writeWhole(given.out, bytes);
  out.result({ file: given.out, ...(given.out === undefined && { csv: Buffer.from(bytes).toString() }) });
  return 0;
}
