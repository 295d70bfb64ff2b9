// How a list is laid out: its sheet, its header, its letters.
import type { Inspection } from "giftcard-partners/slim";

import { count } from "../../desk";
import type { List } from "../messages";

const ENCODINGS = [
  ["utf-8", "Unicode (UTF-8)"],
  ["windows-1252", "Western Europe (Windows)"],
  ["windows-1250", "Central Europe (Windows)"],
  ["windows-1251", "Cyrillic (Windows)"],
  ["macintosh", "Western Europe (old Mac)"],
  ["shift_jis", "Japanese (Shift_JIS)"],
  ["gb18030", "Chinese (GB 18030)"],
] as const;

export function Layout({ of, from, look }: { of: Inspection; from: List; look: (next: List) => void }) {
  const { sheets = [], headerRow = 1 } = of;
  const sheet = from.sheet ?? Math.max(0, sheets.findIndex(({ hidden }) => !hidden));
  const isUnicode = of.kind === "xlsx" || of.encoding?.startsWith("utf-");
  const isHeadless = of.kind === "csv" && isUnicode && from.headerRow === undefined && of.columns.length > 0 && of.columns.every(({ certainty }) => certainty === "none");
  return (
    <>
      {isHeadless && (
        <div class="notice warn row">
          <p>No column name is recognized. If the first row is a person already, say so.</p>
          <button type="button" onClick={() => look(withHeader(of, from))}>
            The first row is a person
          </button>
        </div>
      )}
      <div class="pair">
        {sheets.length > 1 && (
          <div class="field">
            <label for="sheet">Sheet</label>
            <select id="sheet" value={sheet} onChange={({ currentTarget }) => look({ ...from, sheet: Number(currentTarget.value), headerRow: undefined, delimiter: undefined })}>
              {sheets.map(({ name, hidden, rows }, place) => (
                <option key={place} value={place}>
                  {name}, {count(rows)} rows{hidden ? ", hidden" : ""}
                </option>
              ))}
            </select>
          </div>
        )}
        <div class="field">
          <label for="header-row">Column names are in row</label>
          <input
            id="header-row"
            type="number"
            min={1}
            value={headerRow}
            onChange={({ currentTarget }) => {
              const row = currentTarget.valueAsNumber;
              if (Number.isInteger(row) && row > 0) look({ ...from, headerRow: row });
            }}
          />
        </div>
        {(!isUnicode || from.encoding) && (
          <div class="field">
            <label for="encoding">If letters look wrong</label>
            <select id="encoding" value={from.encoding ?? of.encoding} onChange={({ currentTarget }) => look({ ...from, encoding: currentTarget.value })}>
              {ENCODINGS.map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
    </>
  );
}

/** The list with a row of names on top: what stands in its first row is a person, and no header. */
function withHeader({ columns, delimiter = "," }: Inspection, from: List): List {
  const names = columns.map((_, place) => `Column ${place + 1}`).join(delimiter);
  return { ...from, file: new Blob([names, "\n", from.file]), headerRow: 1 };
}
