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

/** The issues of a file with those of its next piece: what is said of the file or of a column is said once, where it is seen first. */
export function withIssues(known: FileIssue[], ofPiece: FileIssue[], offset: number): FileIssue[] {
  const isNew = ({ code, column }: FileIssue) => !known.some((issue) => issue.code === code && issue.column === column);
  // What is said of the file as a whole is said of line 1, where `sep=` stands.
  const added = ofPiece.filter(isNew).map((issue) => (issue.line === 1 ? issue : { ...issue, line: issue.line + offset }));
  return [...known, ...added];
}
