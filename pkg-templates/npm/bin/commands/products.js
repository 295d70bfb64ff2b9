import { ACCOUNT_OPTIONS, accountOf, clientOf } from "../account.js";
import { count } from "../decimal.js";

export const summary = "what can be ordered, all of it or what fits the query";
export const words = ["[QUERY]"];
export const example = "npx giftcard-partners products coffee --type Links --sandbox";
export const options = {
  type: { type: "string", value: "TYPE", help: "that can be delivered so: DigitalDelivery, Links or PhysicalShipment" },
  value: { type: "string", value: "AMOUNT", help: "that offers this face value" },
  ...ACCOUNT_OPTIONS,
};

export async function run({ options: { type, value, ...account }, words: [text], out }) {
  const catalog = await clientOf(accountOf(account)).catalog();
  const products = catalog.search({ text, deliveryType: type, amount: value });
  out.table(products.map((product) => [product.Id, product.Name ?? "", denominations(product), (product.AvailableDeliveryTypes ?? []).join(", ")]));
  for (const product of products) out.event("product", product);
  out.line(`${count(products.length, "product")}${products.length < catalog.size ? ` of ${catalog.size}` : ""}`);
  out.result({ products: products.length });
  return 0;
}

function denominations({ Denominations = [], DenominationType, CurrencyCode }) {
  const amounts = Denominations.map(String);
  const listed = DenominationType === "Variable" && amounts.length === 2 ? amounts.join(" to ") : amounts.join(", ");
  return [listed.length > 40 ? `${listed.slice(0, 37)}...` : listed, CurrencyCode].filter(Boolean).join(" ");
}
