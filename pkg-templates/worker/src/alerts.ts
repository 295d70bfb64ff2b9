// What a person should hear of: a Durable Object that posts it to ALERT_WEBHOOK, each thing once, behind the back of whatever runs. No
// person and no claim is in it.
import { DurableObject } from "cloudflare:workers";

import type { Env } from "./env.js";
import { ALERT_ANSWER_MS, ALERT_MS, ALERT_TRIES } from "./limits.js";

export interface Alert {
  /** What it is of: the same is told once. */
  once: string;
  kind: "unfunded" | "stuck" | "refused" | "done" | "budget" | "still";
  /** The campaign, where it is of one. */
  campaign?: string;
  /** A sentence for people: what Slack and Teams show. */
  text: string;
}

export class AlertDesk extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS alerts (
        once TEXT PRIMARY KEY, kind TEXT NOT NULL, campaign TEXT, text TEXT NOT NULL, at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
        open INTEGER NOT NULL DEFAULT 1)`);
  }

  async tell({ once, kind, campaign, text }: Alert): Promise<void> {
    const added = this.#sql.exec(
      "INSERT OR IGNORE INTO alerts (once, kind, campaign, text, at) VALUES (?, ?, ?, ?, ?) RETURNING once",
      once, kind, campaign ?? null, text, Date.now(),
    );
    if (added.toArray().length > 0) await this.ctx.storage.setAlarm(Date.now());
  }

  /** Whatever kept a campaign from going on is over: should it happen again, that is told again. */
  over(campaign: string): void {
    this.#sql.exec("DELETE FROM alerts WHERE campaign = ? AND open = 0 AND kind IN ('unfunded', 'stuck', 'still', 'budget')", campaign);
  }

  /** Posts what is not posted yet. Where that fails it is tried again for a day, and nobody waits for it. */
  override async alarm(): Promise<void> {
    const open = this.#sql.exec<{ once: string; kind: string; campaign: string | null; text: string; at: number; tries: number }>(
      "SELECT once, kind, campaign, text, at, tries FROM alerts WHERE open = 1 ORDER BY at",
    );
    let most = -1;
    for (const { once, kind, campaign, text, at, tries } of open.toArray()) {
      const isPosted = await this.#post({ text, kind, ...(campaign ? { campaign } : {}), at: new Date(at).toISOString() });
      const isOver = isPosted || tries + 1 >= ALERT_TRIES;
      this.#sql.exec("UPDATE alerts SET tries = tries + 1, open = ? WHERE once = ?", isOver ? 0 : 1, once);
      if (!isOver) most = Math.max(most, tries);
    }
    if (most >= 0) await this.ctx.storage.setAlarm(Date.now() + ALERT_MS * 2 ** most);
  }

  async #post(alert: object): Promise<boolean> {
    const url = this.env.ALERT_WEBHOOK;
    if (!url) return true;
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(alert),
        redirect: "manual",
        signal: AbortSignal.timeout(ALERT_ANSWER_MS),
      });
      await answer.body?.cancel();
      if (answer.ok) return true;
      console.error(JSON.stringify({ alert: "not taken", status: answer.status }));
    } catch {
      // What it failed with may name the URL, which is a secret.
      console.error(JSON.stringify({ alert: "not posted" }));
    }
    return false;
  }
}

/** Tells it once. It fails nothing: what cannot be told now stands in the audit all the same. */
export async function alert(env: Env, told: Alert): Promise<void> {
  if (!env.ALERT_WEBHOOK) return;
  await env.ALERTS.getByName("alerts").tell(told).catch(() => undefined);
}

/** Whatever kept a campaign from going on is over. */
export async function overcome(env: Env, campaign: string): Promise<void> {
  if (!env.ALERT_WEBHOOK) return;
  await env.ALERTS.getByName("alerts").over(campaign).catch(() => undefined);
}
