import papaparse from "papaparse";
import { toOrders } from "../to-orders.js";
import { checkWithZod } from "../zod.js";

export default toOrders((text) => papaparse.parse(text, { header: true, skipEmptyLines: true }).data, checkWithZod);
