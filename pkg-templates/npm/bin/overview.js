// What a list holds, for the person who is about to send it: no cell of it is shown.
import { count, decimal, shown, units } from "./decimal.js";
import { plain } from "./output.js";
import { words } from "./words.js";

const FIRST_LINES = 5;
/** A list without a header row has a person in its first: what looks like one is not shown as the name of a column. */
const PERSON = /@|\d{6,}/;

/** Rows, columns, what is to be mended, and sums. */
export function showReport(out, file, report) {
  const rejected = report.rejected.length;
  out.line(`${plain(file)}: ${count(report.rows, "row")}, ${shown(String(report.accepted))} accepted, ${shown(String(rejected))} rejected`);
  for (const { line, column, message, params } of report.issues) {
    const where = params?.count > 1 ? linesOf(params.firstLines, params.count) : `line ${line}`;
    out.line(plain(`  ${where}${column ? `, ${named(column)}` : ""}: ${words(message)}`));
  }

  out.title("Columns");
  out.table(report.columns.map(({ header, field, certainty }, at) => [named(header, at), field ?? "not read", field && certainty === "likely" ? "likely" : ""]));

  if (rejected > 0) {
    out.title("To mend");
    const errors = report.summary().filter(({ severity }) => severity === "error");
    out.table(errors.map(({ count: rows, column, message, firstLines }) => [count(rows, "row"), named(column ?? ""), words(message), linesOf(firstLines, rows)]), { right: [0] });
  }
  if (report.duplicates.length > 0) {
    out.title("Repeated");
    const lines = report.duplicates.slice(0, FIRST_LINES).map(({ line, firstLine }) => `line ${line} as line ${firstLine}`);
    out.line(`  ${count(report.duplicates.length, "row")} with the same payment to the same recipient as a row before: ${lines.join(", ")}${report.duplicates.length > FIRST_LINES ? ", ..." : ""}`);
  }
}

/** The same for programs: lines and codes. */
export function reportFields(report) {
  const { rows, accepted, rejected, duplicates, totals } = report;
  const columns = report.columns.map(({ header, ...column }, at) => ({ header: named(header, at), ...column }));
  const ignoredColumns = report.ignoredColumns.map((header) => named(header));
  return { rows, accepted, rejected: rejected.length, summary: report.summary().map(unnamed), issues: report.issues.map(unnamed), columns, ignoredColumns, duplicates, totals };
}

/** A rejected row for programs. */
export function rowFields({ issues, ...row }) {
  return { ...row, issues: issues.map(unnamed) };
}

/** A column as it may be called in an output. */
function named(header, at) {
  if (!PERSON.test(header)) return header;
  return at === undefined ? "(a cell of the first row)" : `#${at + 1} (a cell of the first row: is a header row missing?)`;
}

const unnamed = ({ column, message, ...issue }) => ({ ...(column !== undefined && { column: named(column) }), ...issue, message: words(message) });

/** Whether a person has to mend or look at something in the list. */
export function isToMend(report) {
  return report.rejected.length > 0 || report.issues.length > 0 || report.accepted === 0;
}

/** What the orders come to, by product and currency. */
export function sumsOf(orders, catalog) {
  const sums = new Map();
  for (const { body } of orders) {
    for (const { ProductId, Value, Quantity = 1 } of JSON.parse(new TextDecoder().decode(body)).LineItems) {
      const currency = catalog?.product(ProductId)?.CurrencyCode;
      const key = JSON.stringify([ProductId, currency]);
      const { cards, amount } = sums.get(key) ?? { cards: 0, amount: 0n };
      sums.set(key, { product: ProductId, currency, cards: cards + Quantity, amount: amount + (units(String(Value)) ?? 0n) * BigInt(Quantity) });
    }
  }
  return [...sums.values()].map(({ amount, ...sum }) => ({ ...sum, faceValue: decimal(amount, sum.currency) }));
}

export function showSums(out, sums) {
  out.title("Sum");
  out.table(sums.map(({ product, currency, cards, faceValue }) => [product, count(cards, "card"), shown(faceValue, currency)]), { right: [1, 2] });
}

export function showQuotes(out, quotes) {
  out.title("Quote");
  for (const { currency, orders, lines, faceValue, discount, fees, total, available, short } of quotes) {
    out.table(
      [
        ["face value", shown(faceValue, currency), `${count(orders, "order")}, ${count(lines, "line")}`],
        ["discount", shown(units(discount) === 0n ? discount : `-${discount}`, currency), ""],
        ["fees", shown(fees, currency), ""],
        ["total", shown(total, currency), ""],
        ...(available === undefined ? [] : [["available", shown(available, currency), ""]]),
        ...(short === undefined ? [] : [["short", shown(short, currency), ""]]),
      ],
      { right: [1] },
    );
  }
}

const linesOf = (lines, all) => `line${all === 1 ? "" : "s"} ${lines.slice(0, FIRST_LINES).join(", ")}${all > FIRST_LINES ? ", ..." : ""}`;
