// On what terms a campaign runs: who posted and who approved it, what it may spend, and whether it is held. A table of its Durable Object.
import type { Over, Spender, SpendingSums } from "./budgets.js";

/** Whether orders may be begun: `close` is a hold for ever. */
export type Hold = "go" | "hold" | "close";

export interface Terms {
  /** Who posted it. */
  poster: Spender;
  /** Who approved it. */
  approver?: string;
  /** What the budgets were asked for at the review. */
  spending?: SpendingSums;
}

interface Row extends Record<string, SqlStorageValue> {
  poster: string;
  approver: string | null;
  spending: string | null;
  epoch: number;
  hold: Hold;
  over: string | null;
}

export class TermsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`
      CREATE TABLE IF NOT EXISTS terms (
        one INTEGER PRIMARY KEY CHECK (one = 1), poster TEXT NOT NULL, approver TEXT, spending TEXT, epoch INTEGER NOT NULL, hold TEXT NOT NULL,
        over TEXT)`);
  }

  begin(poster: Spender): void {
    this.#sql.exec("INSERT OR REPLACE INTO terms VALUES (1, ?, NULL, NULL, 0, 'go', NULL)", JSON.stringify(poster));
  }

  clear(): void {
    this.#sql.exec("DELETE FROM terms");
  }

  terms(): Terms | undefined {
    const row = this.#row();
    if (!row) return undefined;
    return {
      poster: JSON.parse(row.poster) as Spender,
      ...(row.approver === null ? {} : { approver: row.approver }),
      ...(row.spending === null ? {} : { spending: JSON.parse(row.spending) as SpendingSums }),
    };
  }

  keepSpending(spending: SpendingSums): void {
    this.#sql.exec("UPDATE terms SET spending = ?", JSON.stringify(spending));
  }

  approvedBy(approver: string): void {
    this.#sql.exec("UPDATE terms SET approver = ?", approver);
  }

  /** What holds now, and since which word. */
  held(): { epoch: number; hold: Hold } {
    const { epoch = 0, hold = "go" } = this.#row() ?? {};
    return { epoch, hold };
  }

  /** The next word of the whole campaign. A closed one stays closed. */
  say(hold: Hold): { epoch: number; hold: Hold } {
    this.#sql.exec("UPDATE terms SET epoch = epoch + 1, hold = CASE hold WHEN 'close' THEN hold ELSE ? END", hold);
    return this.held();
  }

  /** What the whole campaign says, unless something later was heard. */
  hear(epoch: number, hold: Hold): void {
    this.#sql.exec("UPDATE terms SET epoch = ?1, hold = ?2 WHERE epoch < ?1 AND hold != 'close'", epoch, hold);
  }

  /** Which budget has stopped it. */
  setOver(over: Over): void {
    this.#sql.exec("UPDATE terms SET over = ?", JSON.stringify(over));
  }

  over(): Over | undefined {
    const over = this.#row()?.over;
    return over ? (JSON.parse(over) as Over) : undefined;
  }

  #row(): Row | undefined {
    const [row] = this.#sql.exec<Row>("SELECT poster, approver, spending, epoch, hold, over FROM terms");
    return row;
  }
}
