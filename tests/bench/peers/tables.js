// Spreadsheets to checked orders of a thousand lines, as people put it together today.
import { parse as parseCsv } from "csv-parse/browser/esm/sync";
import papaparse from "papaparse";
import { inferSchema, initParser } from "udsv";
import { checkByHand } from "./hand.js";
import { checkWithZod } from "./zod.js";

const encoder = new TextEncoder();
const LINES = 1000;

const parsers = {
  papaparse: (text) => papaparse.parse(text, { header: true, skipEmptyLines: true }).data,
  "csv-parse": (text) => parseCsv(text, { columns: true }),
  udsv: (text) => initParser(inferSchema(text)).stringObjs(text),
};

function toLine(row) {
  return {
    ProductId: row["Product Id"],
    Value: Number(row.Value),
    Quantity: Number(row.Quantity),
    DigitalDeliveryAddress: { Email: row.Email },
    Personalization: { To: row.To, FromName: row["From Name"], FromEmail: row["From Email"], Message: row.Message },
  };
}

const toOrders = (parse, check) => (text) => {
  const rows = parse(text);
  const orders = [];
  for (let start = 0; start < rows.length; start += LINES) {
    const LineItems = rows.slice(start, start + LINES).map(toLine);
    const order = { Type: "DigitalDelivery", LineItems, PONumber: `BENCH-${start / LINES}` };
    if (check(order).length) throw new Error("a valid row was refused");
    orders.push({ lineCount: LineItems.length, body: encoder.encode(JSON.stringify(order)) });
  }
  return orders;
};

/** Whether code may be made from text now. udsv writes its parser so; Workers allow it while they start and never in a request. */
function compilesText() {
  try {
    return new Function("return true")();
  } catch {
    return false;
  }
}

/** Everyone who can do it here. */
export const tables = () => ({
  "papaparse + zod": toOrders(parsers.papaparse, checkWithZod),
  "papaparse + by hand": toOrders(parsers.papaparse, checkByHand),
  "csv-parse + by hand": toOrders(parsers["csv-parse"], checkByHand),
  ...(compilesText() && { "udsv + by hand": toOrders(parsers.udsv, checkByHand) }),
});
