// placeCampaign: record, save, send, record. The loop is here; what an answer means for its order and for the rest is decided
// in Rust (src/bulk/campaign/sending.rs), where a model check visits a crash between any two steps.
import { AbortedError, ConfigError, TimeoutError, ValidationError, isGiftCardError } from "../shared/errors.js";
import { rawOf } from "../shared/handle.js";
import { refusing } from "../shared/input.js";
import { tell } from "../shared/listener.js";
import { onlyKnown } from "../shared/options.js";
import { Wait, isSignal } from "../shared/wait.js";

const OPTIONS = ["save", "concurrency", "signal", "finish", "deadlineMs", "onProgress", "onOrder"];
const ON = 0;
const STOP = 2;
const MOST_AT_ONCE = 100;
/** Milliseconds that a save which is under way is waited for where the caller gives up. */
const PATIENCE_MS = 1_000;

/** Campaigns under way: two loops over one handle would send each order twice, and be told so by 409s. */
const running = new WeakSet();

/** Places what is open of a campaign by a client, whose `limits.maxCampaignValue` is `maximum`. */
export async function placeCampaign(client, campaign, options, maximum) {
  const settings = refusing("placeCampaign: the options cannot be read.", () => {
    return Object.fromEntries(OPTIONS.map((name) => [name, options?.[name] ?? undefined]));
  });
  onlyKnown("placeCampaign", options, OPTIONS);
  check(campaign, settings, maximum);
  running.add(campaign);
  try {
    return await place(client, campaign, settings);
  } finally {
    running.delete(campaign);
  }
}

function check(campaign, { save, concurrency = 4, deadlineMs = Infinity, ...others }, maximum) {
  const refuse = (sentence) => {
    throw new ConfigError(`placeCampaign: ${sentence}`);
  };
  if (running.has(campaign)) refuse("this campaign is being placed already.");
  if (typeof save !== "function") refuse("save must be a function that keeps the ledger: without it a crash would lose what was sent.");
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_AT_ONCE) {
    refuse(`concurrency must be a whole number from 1 to ${MOST_AT_ONCE}.`);
  }
  for (const name of ["signal", "finish"]) {
    const signal = others[name];
    if (signal !== undefined && !refusing(`placeCampaign: ${name} cannot be read.`, () => isSignal(signal))) refuse(`${name} must be an AbortSignal.`);
  }
  if (typeof deadlineMs !== "number" || !(deadlineMs > 0)) refuse("deadlineMs must be a number of milliseconds above 0.");
  for (const name of ["onProgress", "onOrder"]) {
    if (others[name] !== undefined && typeof others[name] !== "function") refuse(`${name} must be a function.`);
  }
  if (maximum !== undefined && rawOf(campaign).exceeds(maximum)) {
    const message = `is worth more than limits.maxCampaignValue, ${maximum}.`;
    const issues = [{ severity: "error", code: "over_limit", path: [], message, params: { maximum } }];
    throw new ValidationError(`The campaign ${message}`, { issues, outcome: "not-sent", attempts: 0 });
  }
}

async function place(client, campaign, { save, concurrency = 4, signal, finish, deadlineMs = Infinity, onProgress, onOrder }) {
  const saved = saver(async () => save(campaign.ledger()));
  let from = 0;
  let begun = false;
  let going = true;
  let failure;

  const stop = (error) => {
    going = false;
    failure ??= { error };
  };
  // What gives up the orders under way: the caller's signal, or the deadline.
  const giveUp = new AbortController();
  // A save need not end at all: settles a while after that.
  let leave;
  const left = new Promise((resolve) => (leave = resolve));
  let patience;
  const wait = new Wait(deadlineMs, signal, (isAborted) => {
    stop(isAborted ? new AbortedError("The call was aborted.") : new TimeoutError("The deadline of placeCampaign has passed. Call it again to go on."));
    giveUp.abort();
    patience = setTimeout(leave, PATIENCE_MS);
  });
  const settle = (order, word, { outcome, issue, orderId } = {}) => {
    const course = rawOf(campaign).settle(order, word, outcome, issue, orderId);
    if (course !== ON) going = false;
    return course;
  };
  /** Tells of an order whose call has ended; not of one that is planned as before: that it was not sent, the call's own error says. */
  const told = (order, { attempts, error }) => {
    if (onOrder) {
      const { poNumber, state, orderId } = rawOf(campaign).order(order);
      const known = { orderId, attempts, error };
      for (const name of Object.keys(known)) if (known[name] === undefined) delete known[name];
      if (state !== "planned") tell(() => onOrder({ poNumber, outcome: state, ...known }));
    }
    if (onProgress) tell(() => onProgress(campaign.progress()));
  };

  async function send(order) {
    const body = rawOf(campaign).body(order);
    try {
      const { order: { Id }, outcome, attempts } = await client.createOrder(body, { signal: giveUp.signal });
      settle(order, outcome, { orderId: Id?.toString() });
      told(order, { attempts });
    } catch (error) {
      const { code, outcome, issues, orderId, attempts } = isGiftCardError(error) ? error : {};
      const issue = issues?.find(({ severity }) => severity === "error")?.code;
      const course = settle(order, code, { outcome, issue, orderId });
      if (course === STOP) stop(error);
      told(order, { attempts, error });
    }
  }

  async function work() {
    while (going && !finish?.aborted) {
      const order = rawOf(campaign).nextOpen(from);
      if (order === undefined) break;
      from = order + 1;
      rawOf(campaign).begin(order);
      begun = true;
      try {
        await Promise.race([saved(), left]);
      } catch (error) {
        stop(error);
      }
      if (going && !finish?.aborted) await send(order);
      // It never left: nothing is held against it.
      else settle(order, "", { outcome: "not-sent" });
    }
    // What its last order was answered. After a save that failed this fails too, with the same error.
    if (begun) await Promise.race([saved(), left]).catch(stop);
  }

  try {
    await Promise.all(Array.from({ length: concurrency }, work));
  } finally {
    wait.release();
    clearTimeout(patience);
  }
  if (failure) throw failure.error;
  return campaign.progress();
}

/**
 * Saves one after the other. What is recorded while one is under way waits for the next, which has it all; after one that failed
 * there is none.
 */
function saver(write) {
  let last = Promise.resolve();
  let next;
  return () => {
    next ??= last.then(() => {
      next = undefined;
      last = write();
      return last;
    });
    return next;
  };
}
