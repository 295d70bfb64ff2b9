// What an import says of a piece of a file, as it is true of the file.
import type { FileIssue, RejectedRow } from "giftcard-partners";

/** A rejected row with the file's lines. `offset`: how many lines further down the file has what the piece has. */
export function rowOfFile({ line, lastLine, issues }: RejectedRow, offset: number): RejectedRow {
  return {
    line: line + offset,
    ...(lastLine === undefined ? {} : { lastLine: lastLine + offset }),
    issues: issues.map((issue) => (issue.params ? { ...issue, params: { firstLine: issue.params.firstLine + offset } } : issue)),
  };
}

/** Lines that are named of many. */
const FIRST_LINES = 5;

/** The issues of a file with those of its next piece: what is said of the file, of a column or of many rows is said once, where it is seen first. */
export function withIssues(known: FileIssue[], ofPiece: FileIssue[], offset: number): FileIssue[] {
  const all = [...known];
  for (const issue of ofPiece) {
    // What is said of the file as a whole is said of line 1, where `sep=` stands.
    const line = issue.line === 1 ? 1 : issue.line + offset;
    const { count, firstLines = [], ...params } = issue.params ?? {};
    const lines = firstLines.map((first) => first + offset);
    const place = all.findIndex(({ code, column, path }) => code === issue.code && column === issue.column && path.join(".") === issue.path.join("."));
    const before = all[place];
    if (!before) {
      all.push({ ...issue, line, ...(count === undefined ? {} : { params: { ...params, count, firstLines: lines } }) });
    } else if (count !== undefined) {
      const { count: earlier = 0, firstLines: first = [] } = before.params ?? {};
      all[place] = { ...before, params: { ...before.params, count: earlier + count, firstLines: [...first, ...lines].slice(0, FIRST_LINES) } };
    }
  }
  return all;
}
