// The Workflow that runs a campaign: a chunk of orders a step, each under the PO number that its content gave it, so that a step which
// is run again cannot order twice. The ledger is the Durable Object's; the Workflow holds nothing but where it is.
import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from "cloudflare:workers";
import { isGiftCardError, pollDelayMs } from "giftcard-partners";

import type { CampaignStatus, OrderState, StoredOrder } from "./campaign-store.js";
import { clientOf } from "./client.js";
import type { Env } from "./env.js";
import { LOOKS_PER_RUN, LOOKS_PER_STEP, ORDERS_PER_STEP, ROUNDS_PER_RUN } from "./limits.js";

export interface CampaignRunParams {
  /** The name of the campaign's Durable Object. */
  campaign: string;
  /** Child campaigns, run one after the other; 0 for a campaign that holds orders itself. */
  children: number;
}

/** Orders that are sent at a time. */
const CONCURRENCY = 4;

const HOUR = 60 * 60_000;

/** Steps without a single order placed before a person is asked. */
const FRUITLESS = 8;

const RETRIES = { retries: { limit: 6, delay: "5 seconds", backoff: "exponential" }, timeout: "30 minutes" } as const;

/** What a chunk came to. */
interface Chunk {
  placed: number;
  unknown: number;
  short: boolean;
  /** Whether nothing can be placed until somebody acts: the API refuses the credentials, say. */
  stuck: boolean;
  /** Whether the campaign is paused; then nothing was sent. */
  paused: boolean;
  /** Whether there was anything left to place. */
  left: boolean;
}

export class CampaignRun extends WorkflowEntrypoint<Env, CampaignRunParams> {
  override async run(event: Readonly<WorkflowEvent<CampaignRunParams>>, step: WorkflowStep): Promise<void> {
    const { campaign, children } = event.payload;
    if (children > 0) return this.#parent(campaign, children, step);

    await this.#place(campaign, step);
    await this.#wait(campaign, step);
    const parent = parentOf(campaign);
    if (parent) await step.do("tell the parent", RETRIES, () => tell(this.env, parent, "child-done"));
  }

  /** The children, one after the other: together they would only ask the API for more than it answers. */
  async #parent(campaign: string, children: number, step: WorkflowStep): Promise<void> {
    for (let child = 0; child < children; child += 1) {
      const name = childOf(campaign, child);
      await step.do(`start ${child}`, RETRIES, () => start(this.env, name, 0));
      // The event may be lost with an instance; the store knows.
      for (let look = 0; (await this.#statusOf(step, name, `${child}.${look}`)) !== "done"; look += 1) {
        await waitFor(step, `child ${child}.${look}`, "child-done", HOUR);
      }
    }
    await this.#setStatus(step, campaign, "done", "end");
  }

  /** Until every order is placed or refused for good. */
  async #place(campaign: string, step: WorkflowStep): Promise<void> {
    await this.#setStatus(step, campaign, "running", "start");
    let fruitless = 0;
    for (let round = 0; round < ROUNDS_PER_RUN; round += 1) {
      const chunk = await step.do(`chunk ${round}`, RETRIES, () => this.#chunk(campaign));
      if (!chunk.left) return;
      fruitless = chunk.placed > 0 ? 0 : fruitless + 1;
      if (chunk.paused) {
        await waitFor(step, `paused ${round}`, "resume", HOUR);
      } else if (chunk.short || chunk.stuck || fruitless >= FRUITLESS) {
        // Somebody has to act. Who resumes ends the wait, and so does an hour.
        await this.#setStatus(step, campaign, chunk.short ? "unfunded" : "stuck", `${round}`);
        await waitFor(step, `stopped ${round}`, "resume", HOUR);
        await this.#setStatus(step, campaign, "running", `${round}`);
        fruitless = 0;
      } else if (chunk.unknown > 0) {
        await step.sleep(`breathe ${round}`, pollDelayMs(0, Math.min(fruitless, 6), round));
      }
    }
  }

  /** Places some orders. It ends early where the funds do; what was sent is always written down. */
  async #chunk(campaign: string): Promise<Chunk> {
    const store = this.#store(campaign);
    const chunk: Chunk = { placed: 0, unknown: 0, short: false, stuck: false, paused: await this.#isPaused(campaign), left: true };
    if (chunk.paused) return chunk;
    const orders = await store.take(ORDERS_PER_STEP);
    chunk.left = orders.length > 0;
    const queue = orders.values();
    const worker = async () => {
      for (const order of queue) {
        if (chunk.short || chunk.stuck) return;
        await this.#send(campaign, order, chunk);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    return chunk;
  }

  async #send(campaign: string, { poNumber, body }: StoredOrder, chunk: Chunk): Promise<void> {
    const store = this.#store(campaign);
    await store.sent(poNumber);
    try {
      const { order, outcome } = await clientOf(this.env).createOrder(body);
      await store.record(poNumber, outcome, order.Id, isPending(order.Status));
      chunk.placed += 1;
    } catch (error) {
      const state = stateAfter(error);
      await store.record(poNumber, state, isGiftCardError(error) ? error.orderId : undefined);
      chunk.unknown += state === "unknown" ? 1 : 0;
      chunk.short ||= state === "short";
      chunk.stuck ||= isStuck(error);
    }
  }

  /** Until no order is pending: by the webhook's event, and by looking where none comes. */
  async #wait(campaign: string, step: WorkflowStep): Promise<void> {
    for (let look = 0; look < LOOKS_PER_RUN; look += 1) {
      const lines = await step.do(`pending ${look}`, RETRIES, async () => {
        const waiting = await this.#store(campaign).waiting(LOOKS_PER_STEP);
        return waiting.length === 0 ? 0 : Math.max(1, ...waiting.map(({ lineCount }) => lineCount));
      });
      if (lines === 0) return this.#setStatus(step, campaign, "done", "end");
      if (look === 0) await this.#setStatus(step, campaign, "waiting", "wait");
      await waitFor(step, `fulfilled ${look}`, "fulfilled", pollDelayMs(lines, look, look));
      await step.do(`look ${look}`, RETRIES, () => this.#look(campaign));
    }
  }

  async #look(campaign: string): Promise<void> {
    const store = this.#store(campaign);
    const waiting = (await store.waiting(LOOKS_PER_STEP)).values();
    const worker = async () => {
      for (const { poNumber, orderId } of waiting) {
        const order = await clientOf(this.env).getOrder(orderId);
        if (!isPending(order.Status)) await store.finished(poNumber, orderId);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  }

  #store(campaign: string) {
    return this.env.CAMPAIGNS.getByName(campaign);
  }

  /** A campaign is paused as a whole, at its parent. */
  async #isPaused(campaign: string): Promise<boolean> {
    return (await this.#store(parentOf(campaign) ?? campaign).summary())?.status === "paused";
  }

  async #setStatus(step: WorkflowStep, campaign: string, status: CampaignStatus, when: string): Promise<void> {
    await step.do(`${status} ${when}`, RETRIES, async () => {
      await this.#store(campaign).setStatus(status);
    });
  }

  async #statusOf(step: WorkflowStep, campaign: string, when: string): Promise<CampaignStatus | "unknown"> {
    return step.do(`status ${when}`, RETRIES, async () => (await this.#store(campaign).summary())?.status ?? "unknown");
  }
}

/** Starts a run of a campaign, or goes on with the one that waits. */
export async function start(env: Env, campaign: string, children: number): Promise<void> {
  const run = await env.CAMPAIGNS.getByName(campaign).nextRun();
  await env.RUNS.create({ id: instanceOf(campaign, run), params: { campaign, children } });
}

/** Wakes a campaign's run, if it waits for that. */
export async function tell(env: Env, campaign: string, type: "resume" | "fulfilled" | "child-done"): Promise<void> {
  const summary = await env.CAMPAIGNS.getByName(campaign).summary();
  if (!summary || summary.runs === 0) return;
  const run = await env.RUNS.get(instanceOf(campaign, summary.runs));
  await run.sendEvent({ type, payload: null }).catch(() => {
    // It has ended: there is nobody to wake, and the ledger has what it needs to know.
  });
}

export function childOf(campaign: string, child: number): string {
  return `${campaign}.${child}`;
}

function parentOf(campaign: string): string | undefined {
  const dot = campaign.lastIndexOf(".");
  return dot < 0 ? undefined : campaign.slice(0, dot);
}

function instanceOf(campaign: string, run: number): string {
  return `${campaign.replaceAll(".", "_")}-${run}`;
}

async function waitFor(step: WorkflowStep, name: string, type: string, milliseconds: number): Promise<void> {
  try {
    await step.waitForEvent(name, { type, timeout: Math.ceil(milliseconds) });
  } catch {
    // Nobody came: look.
  }
}

function isPending(status: unknown): boolean {
  return status === undefined || String(status).toLowerCase() === "pending";
}

function stateAfter(error: unknown): OrderState {
  // What is not ours, a Durable Object that went away, may have happened on either side of the send.
  if (!isGiftCardError(error)) return "unknown";
  if (error.outcome === "unknown") return "unknown";
  if (error.code === "insufficient_funds") return "short";
  if (error.code === "po_number_conflict") return "conflict";
  if (error.outcome === "rejected" && !isStuck(error)) return "rejected";
  return "planned";
}

/** Whether the next order would fare no better. */
function isStuck(error: unknown): boolean {
  return isGiftCardError(error) && ["unauthorized", "forbidden", "invalid_config"].includes(error.code);
}
