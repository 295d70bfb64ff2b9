// A campaign and those that were planned after it: which one is the last, and whom all of them have paid.
import { childrenOf } from "./campaign-ids.js";
import type { Summary } from "./campaign-store.js";
import type { Env } from "./env.js";
import type { Member, Unpaid, Verdicts } from "./payment-index.js";
import type { PaymentRows } from "./payment-rows.js";

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
    /** Of the keys of payments. */
    readonly secret: Uint8Array,
  ) {}

  /** Takes part, behind a campaign; or says which is the last one. */
  static async join(env: Env, series: string, { id, opened, after }: { id: string; opened: number; after: string | undefined }) {
    const { live, gone } = await lookAt(env, series);
    const unpaid: Unpaid[] = [];
    for (const { number, campaign, summary } of live) {
      for (const [child, name] of childrenOf(campaign, summary.children).entries()) {
        const places = await env.CAMPAIGNS.getByName(name).unpaid();
        if (places.length > 0) unpaid.push({ member: number, child, places });
      }
    }
    const joined = await env.PAYMENTS.getByName(series).join({ campaign: id, import: opened, after, gone, unpaid });
    return "latest" in joined ? joined : new Series(env, series, joined.member, new Uint8Array(joined.secret));
  }

  /**
   * Which of them are paid already, or repeat a row of a piece before. Where that is none they are going to be paid by the orders of a child,
   * which is noted at once.
   */
  async take(child: number, { rows, phones }: PaymentRows, rejects: boolean): Promise<Verdicts> {
    return this.env.PAYMENTS.getByName(this.series).take(this.member, child, { rows, phones }, rejects);
  }

  /** They are going to be paid by the orders of a child. */
  async add(child: number, { rows, phones }: PaymentRows): Promise<void> {
    await this.env.PAYMENTS.getByName(this.series).add(this.member, child, { rows, phones });
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
