// Rows of a spreadsheet to checked orders of a thousand lines, as people put it together today.
const encoder = new TextEncoder();
const LINES = 1000;

function toLine(row) {
  return {
    ProductId: row["Product Id"],
    Value: Number(row.Value),
    Quantity: Number(row.Quantity),
    DigitalDeliveryAddress: { Email: row.Email },
    Personalization: { To: row.To, FromName: row["From Name"], FromEmail: row["From Email"], Message: row.Message },
  };
}

/** The orders of rows by the names of their columns. */
export function ordersOf(rows, check) {
  const orders = [];
  for (let start = 0; start < rows.length; start += LINES) {
    const LineItems = rows.slice(start, start + LINES).map(toLine);
    const order = { Type: "DigitalDelivery", LineItems, PONumber: `BENCH-${start / LINES}` };
    if (check(order).length) throw new Error("a valid row was refused");
    orders.push({ lineCount: LineItems.length, body: encoder.encode(JSON.stringify(order)) });
  }
  return orders;
}

/** What makes a text orders, out of what makes it rows and what checks an order. */
export const toOrders = (parse, check) => (text) => ordersOf(parse(text), check);
