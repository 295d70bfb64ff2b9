import { inferSchema, initParser } from "udsv";
import { checkByHand } from "../hand.js";
import { toOrders } from "../to-orders.js";

export default toOrders((text) => initParser(inferSchema(text)).stringObjs(text), checkByHand);
