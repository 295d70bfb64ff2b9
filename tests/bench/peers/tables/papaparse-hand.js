import papaparse from "papaparse";
import { checkByHand } from "../hand.js";
import { toOrders } from "../to-orders.js";

export default toOrders((text) => papaparse.parse(text, { header: true, skipEmptyLines: true }).data, checkByHand);
