// The list of an HR department, as its workbook has it: 300 people, six of whom are written wrongly.
import { workbook } from "./workbook.js";

const FIRST = ["Ada", "Bola", "Chen", "Dana", "Emil", "Farah", "Grete", "Hugo", "Ines", "Jun", "Kofi", "Zoë"];
const LAST = ["Abara", "Berg", "Costa", "Diaz", "Ekström", "Fox", "Garcia", "Holm", "Ito", "Łukasz"];

/** Row of the sheet, column, what stands there, and what should. */
export const MISTAKES = [
  { row: 12, column: "Work Email", wrong: "ada.abara@", right: "ada.abara@example.com" },
  { row: 48, column: "Work Email", wrong: "bola berg@example.com", right: "bola.berg@example.com" },
  { row: 91, column: "Gift Amount", wrong: "1.000", right: "100" },
  { row: 134, column: "Gift Amount", wrong: "thirty", right: "25" },
  { row: 181, column: "Work Email", wrong: "", right: "emil@example.com" },
  { row: 250, column: "Gift Amount", wrong: "33", right: "50" },
];

const HEADERS = ["Employee", "Work Email", "First Name", "Last Name", "Department", "Gift Amount"];

export function hrSheet() {
  const rows = Array.from({ length: 300 }, (_, index) => {
    const first = FIRST[index % FIRST.length];
    const last = LAST[Math.floor(index / FIRST.length) % LAST.length];
    return [1000 + index, `person-${index + 2}@example.com`, first, last, index % 2 ? "Sales" : "Support", 25];
  });
  for (const { row, column, wrong } of MISTAKES) rows[row - 2][HEADERS.indexOf(column)] = wrong === "" ? null : wrong;
  return workbook({ Notes: [["To be paid before the holidays"]], Staff: [HEADERS, ...rows] });
}
