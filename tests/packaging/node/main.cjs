const { createSandbox } = require("giftcard-partners/sandbox");
const { validateOrder } = require("giftcard-partners/order");
const { GiftCardPartners } = require("giftcard-partners");

async function main() {
  const { INVALID, VALID } = await import("./app/orders.js");
  const sandbox = createSandbox();
  const { outcome } = await new GiftCardPartners(sandbox).createOrder(VALID);
  const order = { valid: validateOrder(VALID).valid, issues: validateOrder(INVALID).issues.map(({ code }) => code) };
  console.log(JSON.stringify({ order, root: order, outcome, orders: sandbox.orders().length }));
}

main();
