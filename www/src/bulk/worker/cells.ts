// Tables of cells as the package's own files have them: every odd cell quoted, a byte order mark.

/** The rows of a file that the package wrote; rejected rows have the delimiter of their list. */
export function cellsOf(bytes: Uint8Array, delimiter = ","): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))([${delimiter}]|\\r?\\n|$)`, "gy");
  const text = new TextDecoder().decode(bytes);
  while (cell.lastIndex < text.length) {
    const [, quoted, plain = "", end] = cell.exec(text) ?? [];
    if (end === undefined) break;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === delimiter) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A file in which each row begins on a line of its own choice, or as soon after it as the ones before allow. */
export function tableOf(rows: { line: number; cells: string[] }[]): Blob {
  const parts: string[] = [];
  let at = 1;
  for (const { line, cells } of rows) {
    const row = cells.map((text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(",");
    parts.push("\n".repeat(Math.max(0, line - at)), row, "\n");
    at = Math.max(at, line) + row.split("\n").length;
  }
  return new Blob(parts, { type: "text/csv" });
}
