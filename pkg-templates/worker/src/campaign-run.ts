// The Workflow that runs a campaign: a chunk of orders a step, each under the PO number that its content gave it, so that a step which
// is run again cannot order twice. The ledger is the Durable Object's; the Workflow holds nothing but where it is. A run that has used
// up what the platform gives it is followed by another one.
import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from "cloudflare:workers";
import { type Campaign, type GiftCardError, isGiftCardError, pollDelayMs } from "giftcard-partners";

import { apiAnswer } from "./answers.js";
import { tellEvents, tellOrders, tellStatus } from "./bookkeeping.js";
import { giveBack, isCertainlyAbsent, reserve, type Spender } from "./budgets.js";
import { childOf, instanceOf, parentOf } from "./campaign-ids.js";
import type { Open, OrderState, Pending } from "./campaign-ledger.js";
import { bodyOf, ReadPlan } from "./campaign-plan.js";
import type { CampaignStatus, Summary } from "./campaign-store.js";
import { clientOf, place } from "./client.js";
import type { Env } from "./env.js";
import { noted } from "./failures.js";
import {
  CONCURRENCY, LOOKS_PER_RUN, LOOKS_PER_STEP, ORDERS_PER_STEP, PARENT_LOOKS_PER_RUN, PLATFORM, ROUNDS_PER_RUN, STEP_MS,
} from "./limits.js";
import { isPending } from "./order-status.js";

export interface CampaignRunParams {
  /** The name of the campaign's Durable Object. */
  campaign: string;
  /** Child campaigns, placed one after the other; 0 for a campaign that holds orders itself. */
  children: number;
  /** Which run it is, from 1. */
  run: number;
}

const HOUR = 60 * 60_000;

/** Steps without a single order placed before a person is asked. */
const FRUITLESS = 8;

/** Steps in a row in which the API refused the credentials: a single one may have met a token that was just replaced. */
const REFUSALS = 3;

/** How an instance can have ended. */
const ENDED: InstanceStatus["status"][] = ["errored", "terminated", "complete"];

/** More than an hour of patience with a Durable Object that cannot be reached. */
const RETRIES = { retries: { limit: 10, delay: "5 seconds", backoff: "exponential" }, timeout: STEP_MS } as const;

/** Whether it was full and all of it was placed: then the next one follows without a wait. */
const goesOnAtOnce = ({ placed, unknown, refused }: Chunk) => placed === ORDERS_PER_STEP && unknown + refused === 0;

/** What a chunk came to. */
interface Chunk {
  placed: number;
  /** Orders that the API refuses for good. */
  refused: number;
  unknown: number;
  short: boolean;
  /** How long the API asked to be left alone, in milliseconds. */
  retryAfterMs: number;
  /** Whether nothing can be placed until somebody acts: the API refuses the credentials, say. */
  stuck: boolean;
  /** Whether the campaign is held; then nothing more is begun. */
  paused: boolean;
  /** Whether a budget is too small for the next order. */
  over: boolean;
  /** What is pending, once nothing is left to place. */
  pending?: Pending;
}

export class CampaignRun extends WorkflowEntrypoint<Env, CampaignRunParams> {
  override async run(event: Readonly<WorkflowEvent<CampaignRunParams>>, step: WorkflowStep): Promise<void> {
    const { campaign, children, run } = event.payload;
    const isOver =
      children > 0
        ? await this.#parent(campaign, children, step)
        : await this.#run(campaign, step);
    if (!isOver) await step.do("go on", RETRIES, () => startAfter(this.env, campaign, children, run));
  }

  /**
   * Until every child has placed its orders, one after the other: together they would ask the API for more than it answers. Then until all
   * are done.
   */
  async #parent(campaign: string, children: number, step: WorkflowStep): Promise<boolean> {
    let looks = 0;
    for (const [pass, wanted] of [["waiting", "done"], ["done"]].entries()) {
      for (let child = 0; child < children; child += 1) {
        const name = childOf(campaign, child);
        while (!wanted.includes(await step.do(`child ${looks}`, RETRIES, () => this.#running(name)))) {
          await waitFor(step, `wait ${looks}`, "child", HOUR);
          looks += 1;
          if (looks >= PARENT_LOOKS_PER_RUN) return false;
        }
        looks += 1;
      }
      if (pass === 0) await step.do("all placed", RETRIES, () => tellStatus(this.env, campaign, "waiting"));
    }
    await this.#setStatus(step, campaign, "done", "end");
    return true;
  }

  /** A child's status; one that is not done has a run from here on. */
  async #running(child: string): Promise<string> {
    const summary = await this.#store(child).summary();
    if (summary?.status !== "done") await ensureRun(this.env, child, 0, summary);
    return summary?.status ?? "unknown";
  }

  /** Places its orders and waits for them. */
  async #run(campaign: string, step: WorkflowStep): Promise<boolean> {
    const pending = await this.#place(campaign, step);
    return pending !== undefined && this.#wait(campaign, step, pending);
  }

  /** Until every order is placed or refused for good: what is pending then. Nothing where the run has used up its share before. */
  async #place(campaign: string, step: WorkflowStep): Promise<Pending | undefined> {
    const plan = new ReadPlan(this.env, campaign);
    try {
      return await this.#placeAll(campaign, plan, step);
    } finally {
      plan.free();
    }
  }

  async #placeAll(campaign: string, plan: ReadPlan, step: WorkflowStep): Promise<Pending | undefined> {
    let [fruitless, refusals] = [0, 0];
    for (let round = 0; round < ROUNDS_PER_RUN; round += 1) {
      const chunk = await step.do(`chunk ${round}`, RETRIES, async () => {
        if (round === 0) await this.#say(campaign, "running");
        return this.#chunk(campaign, plan);
      });
      if (chunk.pending) return chunk.pending;
      // Whoever waits holds nobody's data.
      if (!goesOnAtOnce(chunk)) plan.free();
      fruitless = chunk.placed > 0 || chunk.paused ? 0 : fruitless + 1;
      refusals = chunk.stuck ? refusals + 1 : 0;
      if (chunk.paused) {
        await waitFor(step, `paused ${round}`, "resume", HOUR);
      } else if (chunk.over || chunk.short || refusals >= REFUSALS || fruitless >= FRUITLESS) {
        // Somebody has to act. Who resumes ends the wait, and so does an hour.
        await this.#setStatus(step, campaign, chunk.over ? "over_budget" : chunk.short ? "unfunded" : "stuck", `${round}`);
        await waitFor(step, `stopped ${round}`, "resume", HOUR);
        await this.#setStatus(step, campaign, "running", `${round}`);
        [fruitless, refusals] = [0, 0];
      } else if (chunk.unknown > 0 || chunk.retryAfterMs > 0 || chunk.stuck || fruitless > 0) {
        // What the API asks for may be any length. It is heard again each hour, and whoever resumes does not wait at all.
        const breath = Math.max(chunk.retryAfterMs, pollDelayMs(0, fruitless, round));
        await waitFor(step, `breathe ${round}`, "resume", Math.min(breath, HOUR));
      }
    }
    return undefined;
  }

  /** Places some orders. It ends early where the funds do; what was sent is always written down. */
  async #chunk(campaign: string, read: ReadPlan): Promise<Chunk> {
    const chunk: Chunk = { placed: 0, refused: 0, unknown: 0, short: false, retryAfterMs: 0, stuck: false, paused: false, over: false };
    const store = this.#store(campaign);
    // What is said of a campaign as a whole, its parent knows.
    const terms = await this.#store(parentOf(campaign) ?? campaign).terms();
    const orders = await store.toSend(ORDERS_PER_STEP, terms && { epoch: terms.epoch, hold: terms.hold });
    chunk.paused = terms?.hold === "hold";
    if (chunk.paused) return chunk;
    const plan = orders.length > 0 ? await read.whole() : undefined;
    const send = async (order: Open) => {
      // Without its people nothing can be sent any more.
      chunk.paused ||= !plan;
      const isStopped = chunk.paused || chunk.over || chunk.short || chunk.stuck || chunk.retryAfterMs > 0;
      if (!isStopped && plan) await this.#send(campaign, plan, order, terms?.poster ?? { id: "" }, chunk);
    };
    // What cannot be told now is told with the next ones. Those of a chunk that the next one follows at once are told beside that.
    const tell = () => tellOrders(this.env, campaign).catch(noted);
    await allOf([each(orders, send), tell()]);
    if (!goesOnAtOnce(chunk)) await tell();
    const isLast = orders.length < ORDERS_PER_STEP && chunk.placed + chunk.refused === orders.length;
    if (isLast) chunk.pending = await store.pending();
    return chunk;
  }

  async #send(campaign: string, plan: Campaign, { poNumber, cost, mayExist }: Open, spender: Spender, chunk: Chunk): Promise<void> {
    const store = this.#store(campaign);
    const over = await reserve(this.env, campaign, spender, { poNumber, cost, mayExist });
    if (over) {
      chunk.over = true;
      return store.setOver(over);
    }
    const begun = await store.begin(poNumber);
    if (begun === "held") {
      chunk.paused = true;
      if (!mayExist) await giveBack(this.env, campaign, spender, [poNumber]);
    }
    if (!begun || begun === "held") return;
    try {
      const { order, outcome } = await place(this.env, bodyOf(plan, poNumber, begun.callback), poNumber, begun.mayExist, { campaign });
      await store.record(poNumber, outcome, order.Id, isPending(order.Status));
      chunk.placed += 1;
    } catch (error) {
      // Before it is written down: what ends in between is in doubt, and stays counted.
      if (!begun.mayExist && isCertainlyAbsent(error)) await giveBack(this.env, campaign, spender, [poNumber]);
      const state = stateAfter(error);
      const answer = state === "rejected" ? JSON.stringify(apiAnswer(error)) : undefined;
      await store.record(poNumber, state, isGiftCardError(error) ? error.orderId : undefined, false, answer);
      // Nothing but being found clears an order that may exist.
      chunk.refused += state === "conflict" || (state === "rejected" && !begun.mayExist) ? 1 : 0;
      chunk.unknown += state === "unknown" || begun.mayExist ? 1 : 0;
      chunk.short ||= state === "short";
      chunk.stuck ||= isStuck(error);
      if (isGiftCardError(error)) chunk.retryAfterMs = Math.max(chunk.retryAfterMs, error.retryAfterMs ?? 0);
    }
  }

  /** Until no order is pending: by the webhook's event, and by looking where none comes. */
  async #wait(campaign: string, step: WorkflowStep, first: Pending): Promise<boolean> {
    let seen = -1;
    for (let look = 0; look < LOOKS_PER_RUN; look += 1) {
      const pending = look === 0 ? first : await step.do(`pending ${look}`, RETRIES, () => this.#store(campaign).pending());
      if (pending.orders === 0) {
        await this.#setStatus(step, campaign, "done", "end");
        return true;
      }
      if (look === 0) await this.#setStatus(step, campaign, "waiting", "wait");
      // All of them were looked at as often as this: the next time is later.
      if (pending.looks > seen) await waitFor(step, `fulfilled ${look}`, "fulfilled", pollDelayMs(pending.lines, pending.looks, look));
      seen = pending.looks;
      await step.do(`look ${look}`, RETRIES, () => this.#look(campaign));
    }
    return false;
  }

  /** Looks at some of the pending orders. One that cannot be had now is had later. */
  async #look(campaign: string): Promise<void> {
    const store = this.#store(campaign);
    await each(await store.look(LOOKS_PER_STEP), async ({ poNumber, orderId }) => {
      const order = await clientOf(this.env).getOrder(orderId).catch(() => undefined);
      if (order && !isPending(order.Status)) await store.finished(poNumber, orderId);
    });
  }

  #store(campaign: string) {
    return this.env.CAMPAIGNS.getByName(campaign);
  }

  async #setStatus(step: WorkflowStep, campaign: string, status: CampaignStatus, when: string): Promise<void> {
    await step.do(`${status} ${when}`, RETRIES, () => this.#say(campaign, status));
  }

  /** To the parent too, who may be waiting for it. */
  async #say(campaign: string, status: CampaignStatus): Promise<void> {
    const parent = parentOf(campaign);
    const isPlaced = status === "waiting" || status === "done";
    // Who sees that it is done finds all of it in the audit; who is to act sees that at once.
    if (parent && isPlaced) await tellOrders(this.env, campaign);
    await this.#store(campaign).setStatus(status);
    if (!parent) await tellEvents(this.env, campaign);
    else if (!isPlaced) await tellOrders(this.env, campaign);
    await tellStatus(this.env, campaign, status);
    if (parent && isPlaced) await tell(this.env, parent, "child");
  }
}

/** Starts a run of a campaign, unless one is under way. `known`: its summary, where somebody has just asked for it. */
export async function ensureRun(env: Env, campaign: string, children: number, known?: Summary): Promise<void> {
  const { runs = 0 } = known ?? (await env.CAMPAIGNS.getByName(campaign).summary()) ?? {};
  const status = runs > 0 ? await statusOf(env, instanceOf(campaign, runs)) : undefined;
  if (status === undefined || ENDED.includes(status)) await startAfter(env, campaign, children, runs);
}

/** Starts the run that follows another; only one does, whoever asks and however often. */
async function startAfter(env: Env, campaign: string, children: number, previous: number): Promise<void> {
  const run = await env.CAMPAIGNS.getByName(campaign).runAfter(previous);
  const id = instanceOf(campaign, run);
  try {
    await env.RUNS.create({ id, params: { campaign, children, run } });
  } catch (error) {
    // Somebody else may have been first.
    if ((await statusOf(env, id)) === undefined) throw error;
  }
}

/** Of an instance; nothing where there is none. */
async function statusOf(env: Env, id: string): Promise<InstanceStatus["status"] | undefined> {
  try {
    return (await (await env.RUNS.get(id)).status()).status;
  } catch (error) {
    if (/not.?found/i.test(String(error))) return undefined;
    throw error;
  }
}

/** Wakes a campaign's run, if it waits for that. */
export async function tell(env: Env, campaign: string, type: "resume" | "fulfilled" | "child"): Promise<void> {
  const summary = await env.CAMPAIGNS.getByName(campaign).summary();
  if (!summary || summary.runs === 0) return;
  try {
    const run = await env.RUNS.get(instanceOf(campaign, summary.runs));
    await run.sendEvent({ type, payload: null });
  } catch {
    // It has ended, or looks by itself within the hour: the ledger has what it needs to know.
  }
}

/** A few at a time. Where one fails the others end first: nothing goes on behind the back of a step that is run again. */
async function each<T>(items: T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await act(item);
  };
  await allOf(Array.from({ length: CONCURRENCY }, worker));
}

/** When all have ended; the failure of one is thrown then. */
async function allOf(promises: Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(promises)) if (end.status === "rejected") throw end.reason;
}

async function waitFor(step: WorkflowStep, name: string, type: string, milliseconds: number): Promise<void> {
  try {
    await step.waitForEvent(name, { type, timeout: Math.max(PLATFORM.eventMs, Math.ceil(milliseconds)) });
  } catch {
    // Nobody came: look.
  }
}

/** As `placeCampaign` of the package judges it. */
function stateAfter(error: unknown): OrderState {
  // What is not ours, a Durable Object that went away, may have happened on either side of the send.
  if (!isGiftCardError(error) || error.outcome === "unknown") return "unknown";
  // What kept it from being sent is none of its own, such as what the API said to a request for a token.
  if (isNotSent(error)) return "planned";
  switch (error.code) {
    case "insufficient_funds":
      return "short";
    case "po_number_conflict":
      return "conflict";
    case "bad_request":
    case "validation_failed":
      return "rejected";
    // Credentials, the address, the API's limit: nothing is held against the order.
    default:
      return "planned";
  }
}

/** Whether the next order would fare no better. */
function isStuck(error: unknown): boolean {
  if (!isGiftCardError(error)) return false;
  return ["unauthorized", "forbidden", "invalid_config"].includes(error.code) || (isNotSent(error) && !PASSING.includes(error.code));
}

/** Whether a valid order never left. */
function isNotSent({ outcome, code }: GiftCardError): boolean {
  return outcome === "not-sent" && code !== "validation_failed";
}

/** What may be otherwise in a moment. */
const PASSING: readonly string[] = ["aborted", "network", "rate_limited", "server_error", "timeout"];
