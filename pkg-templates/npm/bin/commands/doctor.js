import { ACCOUNT_OPTIONS, accountOf } from "../account.js";
import { APPROVAL_OPTIONS, limitOf } from "../approval.js";
import { wholeNumber } from "../arguments.js";
import { balanceChecks, tokenChecks } from "../doctor/account-checks.js";
import { answerChecks, errorChecks } from "../doctor/answer-checks.js";
import { receiver } from "../doctor/callback.js";
import { listChecks } from "../doctor/list-checks.js";
import { historyOf, orderChecks } from "../doctor/order-checks.js";
import { Probe } from "../doctor/probe.js";
import { headersSeen, productsSeen, resources } from "../doctor/resources.js";
import { trialOrder } from "../doctor/trial-order.js";
import { LEFT, Refusal, WRONG_CALL } from "../fault.js";
import { style } from "../output.js";
import { writeWhole } from "../whole-file.js";

/** In the order in which they are told. */
const IDS = ["token.keys", "token.lifetime", "casing", "lists.shape", "lists.firstIndex", "lists.pageSize", "balance.keys", "orders.poNumber", "orders.statuses", "errors.unauthorized", "errors.notFound", "headers.requestId", "clock", "orders.duplicate", "orders.echo"];

export const summary = "what the real API does, held to what this package assumes of it";
export const example = "npx giftcard-partners doctor --env-file stage.env --report doctor.json";
export const details = `Reads alone, unless --order is given. Exit status 0 where the client copes with all that was seen. The report has no credential, no person,
no claim, no id and no amount: it can be attached to a public issue.`;
export const options = {
  report: { type: "string", value: "FILE", help: "what was seen, as JSON" },
  order: { type: "boolean", help: "places one smallest order of Links and posts it again: for a stage account, and it asks first" },
  ...APPROVAL_OPTIONS,
  webhook: { type: "string", value: "URL", help: "with --order: what is sent to this address, which leads to this machine" },
  "webhook-port": { type: "string", value: "PORT", help: "where this machine listens for it (the address's port, or 8788)" },
  "webhook-wait": { type: "string", value: "SECONDS", help: "for how long it is waited for (60)" },
  ...ACCOUNT_OPTIONS,
};

export async function run({ options: given, out }) {
  if (given.webhook !== undefined && !given.order) throw new Refusal("--webhook needs --order: a callback is of an order.", WRONG_CALL);
  const limit = limitOf(given);
  const wait = wholeNumber(given, "webhook-wait", { most: 3600 }) ?? 60;
  const account = accountOf(given);
  const hook = given.webhook === undefined ? undefined : await receiver(given.webhook, wholeNumber(given, "webhook-port", { most: 65535 }));
  try {
    const result = await examine({ account, limit, hook, wait, given, out });
    if (given.report !== undefined) await writeWhole(given.report, `${JSON.stringify(result, null, 2)}\n`);
    show(out, result);
    out.result(result);
    return result.copes ? 0 : LEFT;
  } finally {
    hook?.close();
  }
}

async function examine({ account, limit, hook, wait, given, out }) {
  const probe = new Probe(account);
  await probe.open();
  let history = await historyOf(probe);
  const lists = await listChecks(probe, history);
  const found = { ...lists.checks, ...(await balanceChecks(probe, probe.client())), ...(await errorChecks(probe)) };
  const observed = { ...(await resources(probe)), products: productsSeen(lists.products) };
  if (given.order) {
    const called = hook?.seen(wait * 1000);
    Object.assign(found, await trialOrder({ probe, client: probe.client(lists.profile), limit, callback: given.webhook, out }));
    if (called) observed.webhook = await called;
    history = await historyOf(probe);
  }
  observed.headers = headersSeen(probe.answers);
  Object.assign(found, orderChecks(history), await tokenChecks(probe, account), answerChecks(probe.answers));
  const checks = IDS.filter((id) => found[id]).map((id) => ({ id, ...found[id] }));
  return { checks, copes: checks.every(({ copes }) => copes !== false), profile: lists.profile, observed };
}

function show(out, { checks, copes, profile, observed }) {
  const words = { "as-assumed": ["green", "as assumed"], otherwise: ["yellow", "otherwise"], "not-seen": ["dim", "not seen"] };
  for (const { id, verdict, seen, copes: isRead } of checks) {
    const [colour, word] = verdict === "otherwise" && !isRead ? ["red", "OTHERWISE"] : words[verdict];
    out.line(`  ${style(colour, word.padEnd(10), process.stdout)}  ${id.padEnd(19)}  ${brief(seen)}${verdict === "otherwise" ? (isRead ? "; the client copes" : "; the client does not cope") : ""}`);
  }
  if (observed.webhook) out.line(`\nThe callback: ${brief(observed.webhook)}`);
  out.line(`\nprofile: ${JSON.stringify(profile)}`);
  out.line(copes ? "The client copes with all that was seen." : "The client does not cope with all of it: please report it, with what --report writes.");
}

function brief(seen) {
  if (seen === null || seen === undefined) return "";
  if (typeof seen !== "object") return String(seen);
  if (Array.isArray(seen)) return seen.map(brief).join(", ");
  return Object.entries(seen)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${brief(value)}`)
    .join("; ");
}
