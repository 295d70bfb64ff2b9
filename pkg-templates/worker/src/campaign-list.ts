// Every campaign that was posted, the newest first: a Durable Object with what `GET /campaigns` tells, and when each of them moved last.
import { DurableObject } from "cloudflare:workers";

import type { Quote } from "./campaign-quote.js";
import type { Env } from "./env.js";
import { CAMPAIGNS_PER_PAGE } from "./limits.js";

export interface ListedCampaign {
  id: string;
  name: string;
  status: string;
  /** What it costs, currency by currency. */
  quote: Quote[];
  /** The first of the campaigns that it follows; itself where it follows none. */
  series: string;
  posted: { by: string; at: string };
  approved?: { by: string; at: string };
  /** When nothing was left to do. */
  ended?: string;
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  name: string;
  status: string;
  quote: string;
  series: string;
  posted_by: string;
  posted: number;
  approved_by: string | null;
  approved: number | null;
  moved: number;
  ended: number | null;
}

export class CampaignList extends DurableObject<Env> {
  readonly #sql: SqlStorage;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS campaigns (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL, quote TEXT NOT NULL, series TEXT NOT NULL, posted_by TEXT NOT NULL,
        posted INTEGER NOT NULL, approved_by TEXT, approved INTEGER, moved INTEGER NOT NULL, ended INTEGER, emptied INTEGER NOT NULL DEFAULT 0);
      CREATE INDEX IF NOT EXISTS by_time ON campaigns (posted, id)`);
  }

  posted(id: string, { name, series, quote, by, at }: { name: string; series: string; quote: string; by: string; at: number }): void {
    this.#sql.exec(
      `INSERT OR IGNORE INTO campaigns (id, name, status, quote, series, posted_by, posted, moved) VALUES (?1, ?2, 'review', ?3, ?4, ?5, ?6, ?6)`,
      id, name, quote, series, by, at,
    );
  }

  approved(id: string, by: string, at: number): void {
    this.#sql.exec("UPDATE campaigns SET approved_by = ?, approved = ?, status = 'running', moved = ? WHERE id = ? AND approved IS NULL", by, at, at, id);
  }

  /** A campaign's status; that of one which has ended is the last. What a run says by itself does not end a pause. */
  moved(id: string, status: string, at: number, { byItself = false } = {}): void {
    const hasEnded = status === "done" || status === "cancelled";
    this.#sql.exec(
      `UPDATE campaigns SET moved = ?2, ended = ?3, status = CASE WHEN ?4 AND status = 'paused' AND ?3 IS NULL THEN status ELSE ?1 END
       WHERE id = ?5 AND ended IS NULL`,
      status, at, hasEnded ? at : null, byItself ? 1 : 0, id,
    );
  }

  removed(id: string): void {
    this.#sql.exec("DELETE FROM campaigns WHERE id = ?", id);
  }

  /** Its people are deleted. */
  emptied(id: string): void {
    this.#sql.exec("UPDATE campaigns SET emptied = 1 WHERE id = ?", id);
  }

  /** A page, behind a place that a page before has named. */
  page(cursor: string | undefined): { campaigns: ListedCampaign[]; cursor?: string } {
    const [, time, id] = /^(\d{1,15})-([0-9a-f]{24})$/.exec(cursor ?? "") ?? [];
    const rows = this.#sql
      .exec<Row>(
        "SELECT * FROM campaigns WHERE ?1 IS NULL OR (posted, id) < (?1, ?2) ORDER BY posted DESC, id DESC LIMIT ?3",
        time === undefined ? null : Number(time), id ?? null, CAMPAIGNS_PER_PAGE + 1,
      )
      .toArray();
    const last = rows.length > CAMPAIGNS_PER_PAGE ? rows[CAMPAIGNS_PER_PAGE - 1] : undefined;
    return { campaigns: rows.slice(0, CAMPAIGNS_PER_PAGE).map(listed), ...(last ? { cursor: `${last.posted}-${last.id}` } : {}) };
  }

  /** Campaigns that were to run and have not moved since a time. */
  still(since: number): { id: string; status: string }[] {
    return this.#some("approved IS NOT NULL AND ended IS NULL AND status != 'paused' AND moved < ?", since);
  }

  /** Campaigns whose people may go: they ended before a time, or waited in vain for being approved. */
  toEmpty(before: number): string[] {
    return this.#some("emptied = 0 AND coalesce(ended, CASE WHEN approved IS NULL THEN posted END) < ?", before).map(({ id }) => id);
  }

  #some(where: string, ...values: number[]): { id: string; status: string }[] {
    const rows = this.#sql.exec<{ id: string; status: string }>(
      `SELECT id, status FROM campaigns WHERE ${where} ORDER BY moved LIMIT ${CAMPAIGNS_PER_PAGE}`,
      ...values,
    );
    return rows.toArray();
  }
}

function listed({ id, name, status, quote, series, posted_by, posted, approved_by, approved, ended }: Row): ListedCampaign {
  const time = (at: number) => new Date(at).toISOString();
  return {
    id,
    name,
    status,
    quote: JSON.parse(quote) as Quote[],
    series,
    posted: { by: posted_by, at: time(posted) },
    ...(approved === null ? {} : { approved: { by: approved_by ?? "", at: time(approved) } }),
    ...(ended === null ? {} : { ended: time(ended) }),
  };
}

/** The one list of a Worker. */
export function listOf(env: Env) {
  return env.LIST.getByName("campaigns");
}
