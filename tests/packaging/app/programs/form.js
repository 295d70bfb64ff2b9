// A form that checks an order, and builds one: what README's table calls "a form".
import { OrderBuilder, validateOrder } from "giftcard-partners/order";

export const check = (order) => validateOrder(order).issues;

export const build = (poNumber, lines) => lines.reduce((order, line) => order.addLine(line), OrderBuilder.links(poNumber)).build();
