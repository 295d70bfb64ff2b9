// Each entry by its address.
import { GiftCardPartners } from "./giftcard-partners/index.js";
import { validateOrder } from "./giftcard-partners/order.js";
import { createSandbox } from "./giftcard-partners/sandbox.js";
import { VALID } from "./app/orders.js";

const sandbox = createSandbox();
const { outcome } = await new GiftCardPartners({ ...sandbox, fetch: sandbox.fetch, dangerouslyAllowBrowser: true }).createOrder(VALID);
globalThis.result = { valid: validateOrder(VALID).valid, outcome };
