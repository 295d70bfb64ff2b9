import { read, utils } from "xlsx";
import { ordersOf } from "../to-orders.js";
import { checkWithZod } from "../zod.js";

export default (bytes) => {
  const { Sheets, SheetNames } = read(bytes, { dense: true });
  return ordersOf(utils.sheet_to_json(Sheets[SheetNames[0]]), checkWithZod);
};
