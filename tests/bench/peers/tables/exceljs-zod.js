import exceljs from "exceljs";
import { ordersOf } from "../to-orders.js";
import { checkWithZod } from "../zod.js";

export default async (bytes) => {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes);
  const rows = [];
  let header;
  workbook.worksheets[0].eachRow(({ values: [, ...values] }) => {
    if (header) rows.push(Object.fromEntries(header.map((name, column) => [name, values[column]])));
    else header = values;
  });
  return ordersOf(rows, checkWithZod);
};
