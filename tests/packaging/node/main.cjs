const { createSandbox } = require("giftcard-partners/sandbox");
const { validateOrder } = require("giftcard-partners/order");
const { RecipientImport } = require("giftcard-partners/bulk");
const { GiftCardPartners } = require("giftcard-partners");

async function main() {
  const { INVALID, LIST, VALID } = await import("./app/orders.js");
  const sandbox = createSandbox();
  const partners = new GiftCardPartners(sandbox);
  const { outcome } = await partners.createOrder(VALID);
  const order = { valid: validateOrder(VALID).valid, issues: validateOrder(INVALID).issues.map(({ code }) => code) };
  const list = await place(partners, LIST);
  console.log(JSON.stringify({ order, root: order, outcome, list, orders: sandbox.orders().length }));
}

async function place(partners, text) {
  const recipients = new RecipientImport({ type: "DigitalDelivery", catalog: await partners.catalog() });
  recipients.push(new TextEncoder().encode(text));
  const report = recipients.finish();
  const { placed } = await partners.placeCampaign(report.plan({ campaign: "desk" }), { save: async () => {} });
  return { accepted: report.accepted, rejected: report.rejected.length, placed: placed.orders };
}

main();
