import { validateOrder } from "giftcard-partners/order";

import { VALID } from "./app/orders.js";

export default { fetch: () => Response.json(validateOrder(VALID)) };
