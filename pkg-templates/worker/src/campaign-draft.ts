// A campaign that is being imported: its children are filled one after the other, and nothing of it can be sent yet.
import type { AccountBalance, Campaign, Catalog, PlanOptions } from "giftcard-partners";

import { type Left, limitsOf, type Over, type Spender, Spending } from "./budgets.js";
import { callbackUrl } from "./callbacks.js";
import { childOf, childrenOf } from "./campaign-ids.js";
import type { NewOrder } from "./campaign-ledger.js";
import { type Quote, withOrder } from "./campaign-quote.js";
import type { Env } from "./env.js";
import type { ReadOptions } from "./import-options.js";
import { partsOf } from "./kept-files.js";
import { BODY_BYTES, CHILDREN, HEARD_MS, LINES_PER_ORDER, ORDERS_PER_LIST, PARTS_PER_CALL } from "./limits.js";
import { costOf, ListCosts } from "./order-cost.js";
import type { Child } from "./piece-plan.js";
import type { CostOf, PaymentOptions, PricedOrder } from "./plan-orders.js";
import { orRefuse, Refused } from "./refusals.js";
import type { Series } from "./series.js";

export interface CampaignRequest {
  name: string;
  /** How the list is read. */
  read: ReadOptions;
  /** The campaign that this one follows: whom it and all before it have paid is left out. */
  after?: string | undefined;
  /** Leaves rejected rows out instead of refusing the file. */
  skipRejected: boolean;
  /** Says what it would cost, and keeps nothing. */
  dryRun: boolean;
  /** Who posts it, and what that caller may spend. */
  poster: Spender;
  /** Where this Worker is reached from outside: the orders' webhooks come here. */
  origin: string;
}

/** A campaign that is being imported; its children are filled one after the other. */
export class CampaignDraft {
  children = 0;
  /** What the children so far would cost, and what of it no budget has counted yet. */
  quotes: Quote[] = [];
  readonly spending: Spending;
  #heard = 0;
  #rejectedFiles = 0;

  constructor(
    readonly env: Env,
    readonly id: string,
    readonly number: number,
    readonly request: CampaignRequest,
    readonly series: Series,
    readonly catalog: Catalog | undefined,
    readonly balance: AccountBalance | undefined,
  ) {
    this.spending = new Spending(env, request.poster, limitsOf(env, request.poster));
  }

  /** Whoever is not heard of for some minutes is given up. */
  async touch(): Promise<void> {
    if (Date.now() - this.#heard < HEARD_MS) return;
    this.#heard = Date.now();
    await this.env.CAMPAIGNS.getByName(this.id).touch(this.number);
  }

  /** Passes an upload through, and is heard of while it goes on. */
  hearing(): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      transform: async (chunk, controller) => {
        await this.touch();
        controller.enqueue(chunk);
      },
    });
  }

  /** How its next child is planned. The same rows after another campaign are other orders. */
  planOptions(): PlanOptions {
    const { name, after } = this.request;
    return { campaign: `${name}/${this.children}`, maxLinesPerOrder: LINES_PER_ORDER, ...(after ? { salt: after } : {}) };
  }

  /** How whom its orders pay is told. */
  paymentOptions(): PaymentOptions {
    return { secret: this.series.secret, catalog: this.catalog };
  }

  /** What the orders of a list cost. */
  listCosts(): CostOf {
    const costs = new ListCosts(this.request.read.type, this.catalog, this.balance);
    return (order) => orRefuse(() => costs.of(order));
  }

  /** What the orders of a plan cost that was made elsewhere: each is checked as a whole. */
  planCosts(): CostOf {
    return ({ body }) => orRefuse(() => costOf(body, this.catalog, this.balance));
  }

  /** Stores the orders of a plan, which is freed. Whom they pay the series knows already. */
  async addChild({ plan, orders, offset }: Child): Promise<void> {
    if (this.children >= CHILDREN) throw new Refused(413, "too_large", "The file is too long: send its parts as campaigns of their own.");
    const number = this.children;
    const child = childOf(this.id, number);
    const store = this.env.CAMPAIGNS.getByName(child);
    this.children += 1;
    const parts = partsOf(bytesOfFreed(plan));
    const batches: NewOrder[][] = [];
    for (let from = 0; from < orders.length; from += ORDERS_PER_LIST) {
      const batch: NewOrder[] = [];
      for (const order of orders.slice(from, from + ORDERS_PER_LIST)) batch.push(await this.#stored(child, order));
      await this.spending.add(batch);
      batches.push(batch);
    }
    // What is usual is one call, whose content is in memory twice; what is more than that follows.
    const isWhole = parts.length <= PARTS_PER_CALL && batches.length <= 1;
    await store.openChild(this.id, number, this.number, { parts: parts.slice(0, PARTS_PER_CALL), offset, orders: batches.shift() ?? [], isWhole });
    if (isWhole) return;
    for (const [part, bytes] of parts.entries()) if (part >= PARTS_PER_CALL) await store.keepFile(this.number, "plan", part, bytes, offset);
    for (const batch of batches) await store.add(this.number, batch);
    await store.closeChild(this.number);
  }

  /** Keeps the rejected rows of a piece. */
  async keepRejected(...files: (Uint8Array | undefined)[]): Promise<void> {
    for (const file of files) {
      if (!file) continue;
      const name = `rejected ${this.#rejectedFiles}` as const;
      this.#rejectedFiles += 1;
      for (const [part, bytes] of partsOf(file).entries()) await this.env.CAMPAIGNS.getByName(this.id).keepFile(this.number, name, part, bytes, 0);
    }
  }

  /** What it costs, with what the budgets have left; and which of them it would exceed. */
  async judged(): Promise<{ quotes: Quote[]; over?: Over }> {
    const { left, over } = await this.spending.judge(this.quotes.map(({ currency = "" }) => currency));
    const quotes = this.quotes.map((quote) => ({ ...quote, ...(left.has(quote.currency ?? "") ? { left: left.get(quote.currency ?? "") as Left } : {}) }));
    return { quotes, ...(over ? { over } : {}) };
  }

  async discard(): Promise<void> {
    // The campaign first: one that runs keeps its children.
    if (!(await this.env.CAMPAIGNS.getByName(this.id).discard(this.number))) return;
    await this.series.leave(this.id, this.number);
    for (const id of childrenOf(this.id, this.children)) await this.env.CAMPAIGNS.getByName(id).discard(this.number);
  }

  /** With a callback URL, unless it was sent before: then its bytes stay what they were. */
  async #stored(child: string, { poNumber, lineCount, state, cost, bytes }: PricedOrder): Promise<NewOrder> {
    if (bytes > BODY_BYTES) throw new Refused(413, "too_large", `An order has more than ${BODY_BYTES} bytes. Plan it with fewer lines an order.`);
    const mayExist = state === "sent" || state === "unknown";
    this.quotes = withOrder(this.quotes, cost, lineCount);
    const url = mayExist ? undefined : await callbackUrl(this.env, this.request.origin, child, poNumber);
    return { poNumber, lineCount, mayExist, cost, ...(url ? { callback: url } : {}) };
  }
}

function bytesOfFreed(plan: Campaign): Uint8Array {
  try {
    return plan.toBytes();
  } finally {
    plan.free();
  }
}
