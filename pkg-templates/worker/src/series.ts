// A campaign and those that were planned after it: which one is the last, and whom all of them have paid.
import type { Campaign, PlannedOrder } from "giftcard-partners";

import { childrenOf } from "./campaign-ids.js";
import type { Summary } from "./campaign-store.js";
import type { Env } from "./env.js";
import type { Member, Unpaid, Verdicts } from "./payment-index.js";
import { type Payment, paymentsOf, secretOf } from "./payment-keys.js";
import { rowsOf } from "./plan-rows.js";

/** A row of a piece that an order pays. */
export interface PaidRow extends Payment {
  /** Of the file. */
  line: number;
}

/** Whether an order of a plan is run here. */
export function isToRun(state: PlannedOrder["state"]): boolean {
  return ["planned", "short", "sent", "unknown"].includes(state);
}

/** The last campaign of a series. */
export async function latestOf(env: Env, series: string): Promise<string | undefined> {
  return (await lookAt(env, series)).live.at(-1)?.campaign;
}

/** An import's part in its series. */
export class Series {
  private constructor(
    readonly env: Env,
    readonly series: string,
    readonly member: number,
    readonly secret: CryptoKey,
  ) {}

  /** Takes part, behind a campaign; or says which is the last one. */
  static async join(env: Env, series: string, { id, opened, after }: { id: string; opened: number; after: string | undefined }) {
    const { live, gone } = await lookAt(env, series);
    const unpaid: Unpaid[] = [];
    for (const { number, campaign, summary } of live) {
      for (const [child, name] of childrenOf(campaign, summary.children).entries()) {
        for (const place of await env.CAMPAIGNS.getByName(name).unpaid()) unpaid.push({ member: number, child, place });
      }
    }
    const joined = await env.PAYMENTS.getByName(series).join({ campaign: id, import: opened, after, gone, unpaid });
    return "latest" in joined ? joined : new Series(env, series, joined.member, await secretOf(joined.secret));
  }

  /** The rows of a plan's orders that pay, or may have. `offset`: how many lines further down the file has what the plan has. */
  async rowsOf(plan: Campaign, offset: number): Promise<PaidRow[]> {
    const lines = rowsOf(plan);
    const rows: PaidRow[] = [];
    let [place, before] = [0, 0];
    for (const { state, body, lineCount } of plan.orders()) {
      const order = isToRun(state) ? (place += 1) : 0;
      const payments = state === "rejected" ? [] : await paymentsOf(body, order, this.secret);
      for (const [row, payment] of payments.entries()) rows.push({ ...payment, line: (lines[before + row]?.line ?? 0) + offset });
      before += lineCount;
    }
    return rows;
  }

  /** Those of the campaigns that a plan carries: what they have paid is paid, wherever that was. */
  async rowsBefore(plan: Campaign): Promise<PaidRow[]> {
    const rows: PaidRow[] = [];
    for (const { state, body } of plan.earlier()) {
      const payments = state === "rejected" ? [] : await paymentsOf(body, 0, this.secret);
      for (const payment of payments) rows.push({ ...payment, line: 0 });
    }
    return rows;
  }

  /** Which of them are paid already, or repeat a row of a piece before. */
  async judge(rows: PaidRow[], rejects: boolean): Promise<Verdicts> {
    const inFile = rows.toSorted((one, other) => one.line - other.line);
    const asked = inFile.map(({ key, byPhone, quantity, content, hasRecipient, line }) => ({ key, byPhone, quantity, content, hasRecipient, line }));
    return this.env.PAYMENTS.getByName(this.series).judge(this.member, asked, rejects);
  }

  /** They are going to be paid by the orders of a child. */
  async add(child: number, rows: PaidRow[]): Promise<void> {
    const added = rows.map(({ key, byPhone, quantity, content, line, order: place }) => ({ key, byPhone, quantity, content, line, place }));
    await this.env.PAYMENTS.getByName(this.series).add(this.member, child, added);
  }

  /** Forgets what the import has left here. */
  async leave(id: string, opened: number): Promise<void> {
    await this.env.PAYMENTS.getByName(this.series).leave(id, opened);
  }
}

/** The series' imports that are still there, and those that are not. */
async function lookAt(env: Env, series: string): Promise<{ live: (Member & { summary: Summary })[]; gone: number[] }> {
  const live: (Member & { summary: Summary })[] = [];
  const gone: number[] = [];
  for (const member of await env.PAYMENTS.getByName(series).members()) {
    const summary = await env.CAMPAIGNS.getByName(member.campaign).summary();
    if (summary?.import === member.import) live.push({ ...member, summary });
    else gone.push(member.number);
  }
  return { live, gone };
}
