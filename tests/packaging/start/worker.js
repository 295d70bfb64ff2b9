// A clock stands still in a Worker: it is measured from outside.
import { validateOrder } from "giftcard-partners";

import { VALID } from "./app/orders.js";

export default { fetch: () => Response.json(validateOrder(VALID)) };
