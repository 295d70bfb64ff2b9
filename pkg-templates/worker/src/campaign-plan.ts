// The plan of a child campaign, kept so that its results and claims can be told row by row: in a table of its Durable Object, in parts that
// fit a row. It holds people, so it goes when the campaign has been over for some time; what stays then are its results without recipients.
/** What is kept: the package's bytes of a plan, or a CSV without recipients. */
export interface KeptPlan {
  kind: "plan" | "results";
  parts: number;
  /** How many lines further down the file has what the plan has. */
  offset: number;
}

export class PlanTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(`
      CREATE TABLE IF NOT EXISTS plan (part INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
      CREATE TABLE IF NOT EXISTS kept (one INTEGER PRIMARY KEY CHECK (one = 1), kind TEXT NOT NULL, line_offset INTEGER NOT NULL)`);
  }

  /** Keeps a part of some bytes, the first one in the place of what is kept. */
  keep(kind: KeptPlan["kind"], part: number, bytes: Uint8Array, offset: number): void {
    if (part === 0) {
      this.clear();
      this.#sql.exec("INSERT INTO kept VALUES (1, ?, ?)", kind, offset);
    }
    // A view would be kept with all that it is a view of.
    this.#sql.exec("INSERT INTO plan VALUES (?, ?)", part, bytes.slice().buffer);
  }

  kept(): KeptPlan | undefined {
    const [kept] = this.#sql.exec<KeptPlan & Record<string, SqlStorageValue>>(
      "SELECT kind, line_offset AS offset, (SELECT count(*) FROM plan) AS parts FROM kept",
    );
    return kept;
  }

  part(part: number): Uint8Array | undefined {
    const [found] = this.#sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM plan WHERE part = ?", part);
    return found && new Uint8Array(found.bytes);
  }

  clear(): void {
    this.#sql.exec("DELETE FROM plan");
    this.#sql.exec("DELETE FROM kept");
  }
}
