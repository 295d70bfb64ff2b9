// The chain of the audit: each line holds the hash of the one before it and its own, so that one that is missing or was changed shows. No
// binding is needed: `verifyAudit` runs anywhere.

/** What happened. No recipient, no claim. */
export interface AuditEntry {
  /** Who did it; absent for what the Worker did by itself. */
  who?: string;
  what: "posted" | "approved" | "paused" | "resumed" | "cancelled" | "deleted" | "placed" | "refused" | "downloaded" | "expired";
  campaign?: string;
  poNumber?: string;
  /** The API's, as a text. */
  orderId?: string;
  /** Decimal text. */
  amount?: string;
  /** ISO 4217, where it is known. */
  currency?: string;
  outcome?: string;
}

/** A line of the audit, with its fields in this order. */
export interface AuditLine extends AuditEntry {
  /** Which line it is, from 1. */
  n: number;
  /** ISO 8601, in UTC. Never earlier than that of the line before. */
  at: string;
  /** The hash of the line before; empty in the first. */
  previous: string;
  /** SHA-256 of the line without this field, as JSON, in hexadecimal digits. */
  hash: string;
}

/** The line that follows another one. */
export async function chained(entry: AuditEntry, now: number, last: AuditLine | undefined): Promise<AuditLine> {
  // A clock that was set back does not put a line before the one that it follows.
  const at = new Date(Math.max(now, last ? Date.parse(last.at) : 0)).toISOString();
  const line = { n: (last?.n ?? 0) + 1, at, ...entry, previous: last?.hash ?? "" };
  return { ...line, hash: await hashOf(line) };
}

export interface Verified {
  /** The number of the first line; where lines were asked for by time, that is not 1. */
  first?: number;
  /** What the answer's header `audit-last` says: it tells where lines at the end are missing. */
  last?: string;
  /** Whether lines in between are missing on purpose, as where they were asked for by campaign. */
  gaps?: boolean;
}

/** What is wrong with lines of `GET /audit`: nothing, where none is missing and none was changed. */
export async function verifyAudit(text: string, { first = 1, last, gaps = false }: Verified = {}): Promise<string[]> {
  const faults: string[] = [];
  let [before, hashBefore] = [first - 1, ""];
  for (const [index, json] of text.split("\n").filter(Boolean).entries()) {
    const line = parsed(json);
    if (!line) {
      faults.push(`line ${index + 1} is no line of an audit`);
      continue;
    }
    const { hash, ...content } = line;
    if ((await hashOf(content)) !== hash) faults.push(`line ${line.n} was changed`);
    if (line.n <= before) faults.push(`line ${line.n} is out of order`);
    else if (line.n > before + 1 && !gaps) faults.push(`lines ${before + 1} to ${line.n - 1} are missing`);
    // What the first line follows is known where that is the first of all.
    else if (line.n === before + 1 && line.previous !== hashBefore && (index > 0 || line.n === 1)) faults.push(`line ${line.n} does not follow the one before`);
    [before, hashBefore] = [line.n, hash];
  }
  if (last !== undefined && last !== `${before} ${hashBefore}` && !gaps) faults.push(`lines behind ${before} are missing`);
  return faults;
}

function parsed(json: string): AuditLine | undefined {
  try {
    const line = JSON.parse(json) as AuditLine;
    return typeof line.n === "number" && typeof line.hash === "string" ? line : undefined;
  } catch {
    return undefined;
  }
}

async function hashOf(line: object): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(line)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
