// Which of a file's rows that pay the same are paid already, and which repeat each other: as the package judges it within one file.

/** A row of a file, to be judged. */
export interface Row {
  quantity: number;
  content: number;
  /** The key of a phone number beside the address. */
  phone: string;
  hasRecipient: boolean;
  line: number;
}

/** A payment that was made, or may have been; or a row of this file that was judged before. */
export interface Made {
  quantity: number;
  content: number;
  phone: string;
  /** Whether it is a row of this file, or one is taken for it. */
  isOwn: boolean;
  /** The line of the file, where it is a row of it. */
  line: number;
}

export interface Judged<M extends Made> {
  /** Rows that are taken for payments which campaigns before have made. */
  paid: { line: number; made: M }[];
  /** Rows for somebody that repeat an earlier one of the file. */
  repeated: Repeated[];
}

export interface Repeated {
  line: number;
  /** The first line that pays the same. */
  firstLine: number;
}

/** From the most alike to the least: what decides which of several that pay the same a row is. */
const LIKENESS: ((row: Row, made: Made) => boolean)[] = [
  (row, made) => row.quantity === made.quantity && row.content === made.content,
  (row, made) => row.quantity === made.quantity && row.phone === made.phone,
  (row, made) => row.quantity === made.quantity,
  () => true,
];

/**
 * Judges rows that pay the same. `rejects`: one that repeats another is not paid, and is taken for no payment. `alike`: lines of the file on
 * which the phone number of a row stands without its address, or with one where the row has none.
 */
export function judge<M extends Made>(rows: Row[], made: M[], rejects: boolean, alike: (row: Row) => number[] = () => []): Judged<M> {
  const inFile = rows.toSorted((one, other) => one.line - other.line);
  const judged: Judged<M> = { paid: [], repeated: [] };
  const own = made.filter(({ isOwn }) => isOwn).map(({ line }) => line);
  for (const row of inFile.filter(({ hasRecipient }) => hasRecipient)) {
    const lines = [...own, ...alike(row)];
    if (lines.length > 0) judged.repeated.push({ line: row.line, firstLine: Math.min(...lines) });
  }
  const repeated = new Set(judged.repeated.map(({ line }) => line));
  let wanted = rejects ? inFile.filter(({ line }) => !repeated.has(line)) : inFile;
  const left = new Set(made.filter(({ isOwn }) => !isOwn));
  for (const isAlike of LIKENESS) {
    if (left.size === 0) break;
    wanted = wanted.filter((row) => {
      const found = [...left].find((payment) => isAlike(row, payment));
      if (!found) return true;
      left.delete(found);
      judged.paid.push({ line: row.line, made: found });
      return false;
    });
  }
  return judged;
}
