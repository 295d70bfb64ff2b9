import { validateOrder } from "giftcard-partners/order";
import { order } from "./data.js";
const bytes=new TextEncoder().encode(JSON.stringify(order(1).value));
for(let i=0;i<3000000;i++)validateOrder(bytes);
