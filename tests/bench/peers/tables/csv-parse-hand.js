import { parse } from "csv-parse/browser/esm/sync";
import { checkByHand } from "../hand.js";
import { toOrders } from "../to-orders.js";

export default toOrders((text) => parse(text, { columns: true }), checkByHand);
