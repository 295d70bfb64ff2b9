// Who did what, when: a Durable Object to which lines are added, and in which none is changed or deleted.
import { DurableObject } from "cloudflare:workers";

import { type AuditEntry, type AuditLine, chained } from "./audit-chain.js";
import type { Env } from "./env.js";
import { LINES_PER_PAGE } from "./limits.js";

/** An entry to be added; once, however often that is said. */
export interface NewEntry {
  once: string;
  entry: AuditEntry;
}

export interface AuditFilter {
  /** Milliseconds since 1970. */
  from?: number | undefined;
  /** The same; excluded. */
  to?: number | undefined;
  campaign?: string | undefined;
}

export class AuditLog extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  /** One call after the other: while a hash is made, another call may come. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS lines (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, campaign TEXT, once TEXT UNIQUE NOT NULL, line TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS by_time ON lines (at, n);
      CREATE INDEX IF NOT EXISTS by_campaign ON lines (campaign, n)`);
  }

  /** Adds what is not there yet. */
  async append(entries: NewEntry[]): Promise<void> {
    const added = this.#queue.then(() => this.#append(entries));
    this.#queue = added.catch(() => undefined);
    return added;
  }

  /** A page of lines behind one. */
  read({ from = 0, to = Number.MAX_SAFE_INTEGER, campaign }: AuditFilter, after: number): { lines: string[]; last: number } {
    const rows = this.#sql
      .exec<{ n: number; line: string }>(
        `SELECT n, line FROM lines WHERE n > ?1 AND (?4 IS NULL OR campaign = ?4)
           AND n >= (SELECT n FROM lines WHERE at >= ?2 ORDER BY at, n LIMIT 1)
           AND n < coalesce((SELECT n FROM lines WHERE at >= ?3 ORDER BY at, n LIMIT 1), ?1 + 1e15) ORDER BY n LIMIT ?5`,
        after, from, to, campaign ?? null, LINES_PER_PAGE,
      )
      .toArray();
    return { lines: rows.map(({ line }) => line), last: rows.at(-1)?.n ?? after };
  }

  /** The number of the last line, and its hash. */
  last(): string {
    const last = this.#last();
    return last ? `${last.n} ${last.hash}` : "";
  }

  async #append(entries: NewEntry[]): Promise<void> {
    let last = this.#last();
    const lines: (AuditLine & { once: string })[] = [];
    for (const { once, entry } of entries) {
      const isKnown = lines.some((line) => line.once === once) || this.#sql.exec("SELECT 1 FROM lines WHERE once = ?", once).toArray().length > 0;
      if (isKnown) continue;
      last = await chained(entry, Date.now(), last);
      lines.push({ ...last, once });
    }
    this.ctx.storage.transactionSync(() => {
      for (const { once, ...line } of lines) {
        const { n, at, campaign } = line;
        this.#sql.exec("INSERT INTO lines VALUES (?, ?, ?, ?, ?)", n, Date.parse(at), campaign ?? null, once, JSON.stringify(line));
      }
    });
  }

  #last(): AuditLine | undefined {
    const [row] = this.#sql.exec<{ line: string }>("SELECT line FROM lines ORDER BY n DESC LIMIT 1");
    return row && (JSON.parse(row.line) as AuditLine);
  }
}

/** The one audit of a Worker. */
export function auditOf(env: Env) {
  return env.AUDIT.getByName("audit");
}

/** Lines as JSON lines, page by page. */
export async function serveAudit(env: Env, filter: AuditFilter): Promise<Response> {
  const audit = auditOf(env);
  const last = await audit.last();
  let after = 0;
  const lines = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const page = await audit.read(filter, after);
      if (page.lines.length === 0) return controller.close();
      after = page.last;
      controller.enqueue(new TextEncoder().encode(page.lines.map((line) => `${line}\n`).join("")));
    },
  });
  return new Response(lines, { headers: { "content-type": "application/x-ndjson", "cache-control": "no-store", "audit-last": last } });
}
