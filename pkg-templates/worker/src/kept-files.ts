// Files that a campaign keeps while people may ask for them, in parts that fit a row of its Durable Object: the plan of a child, or what is
// left of it when its people are deleted, its results without recipients; and the rejected rows of each piece, at the parent.
import { PLAN_PART_BYTES } from "./limits.js";

export type FileName = "plan" | "results" | `rejected ${number}`;

export interface FilePart {
  bytes: Uint8Array;
  /** How many lines further down the posted file has what this one has. */
  offset: number;
  /** How many parts the file has. */
  parts: number;
}

export class KeptFiles {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec("CREATE TABLE IF NOT EXISTS files (name TEXT NOT NULL, part INTEGER NOT NULL, line_offset INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (name, part))");
  }

  keep(name: FileName, part: number, bytes: Uint8Array, offset: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", name, part, offset, ownBytes(bytes));
  }

  part(name: FileName, part: number): FilePart | undefined {
    const [found] = this.#sql.exec<{ bytes: ArrayBuffer; offset: number; parts: number }>(
      "SELECT bytes, line_offset AS offset, (SELECT count(*) FROM files WHERE name = ?1) AS parts FROM files WHERE name = ?1 AND part = ?2",
      name, part,
    );
    return found && { ...found, bytes: new Uint8Array(found.bytes) };
  }

  clearPeople(): void {
    this.#sql.exec("DELETE FROM files WHERE name != 'results'");
  }

  clear(): void {
    this.#sql.exec("DELETE FROM files");
  }
}

/** What a database is to keep: a view would be kept with all that it is a view of. */
export function ownBytes(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
  return buffer as ArrayBuffer;
}

/** What fits a part. */
export function partsOf(bytes: Uint8Array): Uint8Array[] {
  // A view would cross to a Durable Object with all that it is a view of.
  if (bytes.length <= PLAN_PART_BYTES && bytes.length === bytes.buffer.byteLength) return [bytes];
  const parts = Math.ceil(bytes.length / PLAN_PART_BYTES);
  return Array.from({ length: parts }, (_, part) => bytes.slice(part * PLAN_PART_BYTES, (part + 1) * PLAN_PART_BYTES));
}

/** A file that is kept somewhere, whole. */
export async function wholeOf(read: (part: number) => Promise<FilePart | undefined>): Promise<FilePart | undefined> {
  const first = await read(0);
  if (!first) return undefined;
  const others = await Promise.all(Array.from({ length: first.parts - 1 }, (_, part) => read(part + 1)));
  const parts = [first, ...others].flatMap((part) => part?.bytes ?? []);
  // It is being deleted.
  return parts.length < first.parts ? undefined : { ...first, bytes: joined(parts) };
}

function joined(parts: Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
