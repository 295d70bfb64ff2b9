// What has happened to a campaign and is not told yet: written down together with what happened, in the campaign's Durable Object, so that
// nothing that happened is missing in the audit, whatever restarts in between.
import type { AuditEntry } from "./audit-chain.js";

export interface CampaignEvent {
  what: Extract<AuditEntry["what"], "posted" | "approved" | "paused" | "resumed" | "cancelled" | "expired">;
  /** Who did it; empty for the Worker itself. */
  who: string;
  at: number;
}

export interface Numbered extends CampaignEvent {
  n: number;
}

export class CampaignEvents {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS events (n INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, who TEXT NOT NULL, at INTEGER NOT NULL)");
  }

  add(what: CampaignEvent["what"], who: string): void {
    this.#sql.exec("INSERT INTO events (what, who, at) VALUES (?, ?, ?)", what, who, Date.now());
  }

  untold(): Numbered[] {
    return this.#sql.exec<Numbered & Record<string, SqlStorageValue>>("SELECT n, what, who, at FROM events ORDER BY n").toArray();
  }

  told(last: number): void {
    this.#sql.exec("DELETE FROM events WHERE n <= ?", last);
  }

  clear(): void {
    this.#sql.exec("DELETE FROM events");
  }
}
