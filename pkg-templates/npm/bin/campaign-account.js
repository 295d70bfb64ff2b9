// The account that a campaign was begun with: what was placed in one account is not placed in another.
import { ACCOUNT_OPTIONS, SANDBOX, accountOf, clientOf } from "./account.js";
import { Refusal, WRONG_CALL } from "./fault.js";
import { keptSandbox } from "./kept-sandbox.js";

export const CAMPAIGN_ACCOUNT_OPTIONS = {
  ...ACCOUNT_OPTIONS,
  "same-account": { type: "boolean", help: "the account of the campaign has another address or e-mail now" },
};

/** A client of the account, which must be the one that the campaign of the folder was begun with. */
export async function clientOfCampaign(account, begun, folder, given) {
  if (begun && begun.account !== account.id && !(given["same-account"] && begun.account !== SANDBOX && account.id !== SANDBOX)) {
    throw new Refusal(sentence(begun, account, folder), WRONG_CALL);
  }
  if (account.id !== SANDBOX) return clientOf(account);
  return clientOf({ settings: await keptSandbox(folder.file("sandbox.jsonl")) });
}

/** For a command that only looks: a campaign of the sandbox says so itself. */
export function accountToLook(begun, given) {
  return begun.account === SANDBOX ? { id: SANDBOX } : accountOf(given);
}

function sentence(begun, account, folder) {
  if (begun.account === SANDBOX) return `The campaign ${folder.name} is one of the sandbox, where nothing was paid: add --sandbox, or take another name.`;
  if (account.id === SANDBOX) return `The campaign ${folder.name} is one of a real account: leave --sandbox out, or take another name.`;
  return `The campaign ${folder.name} was begun with another account or address. Set that one; or, where it is the same account under another address, add --same-account.`;
}
