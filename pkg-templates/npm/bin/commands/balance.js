import { ACCOUNT_OPTIONS, accountOf, clientOf } from "../account.js";
import { shown } from "../decimal.js";

export const summary = "what the deposit account holds";
export const example = "npx giftcard-partners balance --env-file stage.env";
export const options = ACCOUNT_OPTIONS;

export async function run({ options: given, out }) {
  const balance = await clientOf(accountOf(given)).accountBalance();
  const rows = ["Available", "Pending"].filter((name) => balance[name] !== undefined).map((name) => [name.toLowerCase(), shown(fixed(balance[name]))]);
  out.table(rows, { right: [1] });
  out.result(balance);
  return 0;
}

/** As the API answers it, with two decimals at least. */
function fixed(amount) {
  const text = String(amount);
  return /^\d+$/.test(text) ? `${text}.00` : text.replace(/\.(\d)$/, ".$10");
}
