// The client first, as a page does, and lists when there is a file.
import { RecipientImport, init, initBulk, validateOrder } from "./giftcard-partners/slim.js";
import { INVALID, VALID } from "./app/orders.js";

await init(fetch(new URL("./giftcard-partners/giftcard_partners.wasm", import.meta.url)));
const form = { valid: validateOrder(VALID).valid, issues: validateOrder(INVALID).issues.map(({ code }) => code) };
await initBulk(fetch(new URL("./giftcard-partners/giftcard_partners_bulk.wasm", import.meta.url)));
const file = new RecipientImport({ type: "DigitalDelivery" });
file.push(new TextEncoder().encode("Email,Product,Value,Quantity\nana@example.com,A,25,1\nbob,A,25,1\n"));
const { accepted, rejected } = file.finish();
globalThis.result = { ...form, accepted, rejected: rejected.map(({ issues }) => issues[0].code) };
