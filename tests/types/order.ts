// The order tools. The root has the same ones.
import * as root from "giftcard-partners";
import { pollDelayMs, validateOrder } from "giftcard-partners/order";
import type {
  DigitalDeliveryAddress,
  DigitalDeliveryLine,
  Issue,
  IssueCode,
  LineItem,
  LinksOrder,
  OrderFields,
  OrderRequest,
  OrderType,
  Personalization,
  PhysicalDeliveryAddress,
  PhysicalShipmentLine,
  PhysicalShipmentOrder,
  ValidateOptions,
  ValidationReport,
} from "giftcard-partners/order";

import { expect, type Equal } from "./equal.js";

const email: DigitalDeliveryAddress = { Email: "someone@example.com", Sms: "+15555555555" };
const address: PhysicalDeliveryAddress = {
  ShippingMethodId: "GROUND",
  CarrierId: "CARD",
  Name: "Someone",
  AddressLine1: "1 Main Street",
  City: "Springfield",
  State: "IL",
  Zip: "62701",
  Country: "US",
};
const words: Personalization = {
  To: "Someone",
  FromName: "Us",
  FromEmail: "us@example.com",
  Message: "Thank you!",
  DeliveryDate: "2026-12-01T09:00:00Z",
};
const line: DigitalDeliveryLine = {
  ProductId: "INKWHISTLE",
  Value: 25,
  Quantity: 1,
  DigitalDeliveryAddress: email,
  PhysicalDeliveryAddress: address,
  Personalization: words,
  BrandingId: "OURS",
  ExternalId: "row-1",
  Culture: "en-US",
};
const order: OrderRequest = {
  Type: "DigitalDelivery",
  LineItems: [line],
  PONumber: "PO-1",
  Note: "For the team.",
  WebhookSettings: { FulfillmentComplete: "https://shop.example/hooks" },
};
const options: ValidateOptions = { maxIssues: 10 };

const report: ValidationReport = validateOrder(order, options);
validateOrder("{}");
validateOrder(new Uint8Array());
validateOrder(new ArrayBuffer(0));
// What a form holds need not be an order yet: that is what is asked.
validateOrder({ Type: "Links", LineItems: [] });
// @ts-expect-error: nothing to check
validateOrder();
// @ts-expect-error: not an order in any form
validateOrder(42);
// @ts-expect-error: an option that does not exist
validateOrder(order, { maximum: 3 });
// @ts-expect-error: a number is meant
validateOrder(order, { maxIssues: "10" });

expect<Equal<typeof report.valid, boolean>>();
expect<Equal<typeof report.lineCount, number>>();
expect<Equal<typeof report.faceValue, string>>();
expect<Equal<typeof report.issues, Issue[]>>();
expect<Equal<ValidationReport["omitted"], number | undefined>>();
expect<Equal<OrderType, "DigitalDelivery" | "Links" | "PhysicalShipment">>();
expect<Equal<Issue["severity"], "error" | "warning">>();
expect<Equal<Issue["path"], (string | number)[]>>();
expect<Equal<Issue["params"], Record<string, unknown> | undefined>>();

for (const { code, message, path, severity } of report.issues) {
  const text: string = `${severity} ${path.join(".")} ${message}`;
  if (code === "required") console_(text);
  // @ts-expect-error: the set of codes is closed
  if (code === "requried") console_(text);
}

/** A translation that leaves a code out does not compile. */
const translated: Record<IssueCode, string> = {
  invalid_json: "",
  invalid_encoding: "",
  unsupported_file: "",
  duplicate_row: "",
  hidden_row: "",
  uncertain_encoding: "",
  no_rows: "",
  unknown_column: "",
  too_many_columns: "",
  malformed_quotes: "",
  unclosed_quote: "",
  ambiguous_amount: "",
  invalid_type: "",
  required: "",
  empty: "",
  unknown_field: "",
  duplicate_field: "",
  unknown_order_type: "",
  not_positive: "",
  too_many_decimals: "",
  not_integer: "",
  out_of_range: "",
  too_long: "",
  control_character: "",
  surrounding_space: "",
  invalid_email: "",
  invalid_phone: "",
  invalid_country: "",
  invalid_zip: "",
  invalid_url: "",
  invalid_date_time: "",
  date_in_past: "",
  date_far_ahead: "",
  domain_without_dot: "",
  invisible_character: "",
  garbled_text: "",
  missing_delivery_address: "",
  unused_delivery_address: "",
  duplicate_line: "",
  too_many_lines: "",
  too_large: "",
  unknown_product: "",
  denomination_not_offered: "",
  delivery_type_not_offered: "",
  mixed_currencies: "",
  over_limit: "",
};
console_(translated.required);

const wait: number = pollDelayMs(10, 0);
console_(`${wait} ${pollDelayMs(10, 1, 7)}`);
// @ts-expect-error: the attempt is missing
pollDelayMs(10);

// @ts-expect-error: the API has other order types; a request has one of three
const codes: OrderType = "Codes";
// @ts-expect-error: keys are as documented
const camel: OrderRequest = { ...order, poNumber: "PO-1" };
// @ts-expect-error: an amount is a number in a request
const text: LineItem = { ...line, Value: "25.00" };
// @ts-expect-error: the PO number is yours to choose, and required
const anonymous: OrderRequest = { Type: "Links", LineItems: [line] };
const bare: LineItem = { ProductId: "INKWHISTLE", Value: 25, Quantity: 1 };
declare const links: OrderRequest;
const linksOrder: OrderRequest = { Type: "Links", LineItems: [bare], PONumber: "PO-1" };
// @ts-expect-error: a line of a DigitalDelivery has an address
const unsent: OrderRequest = { Type: "DigitalDelivery", LineItems: [bare], PONumber: "PO-1" };
// @ts-expect-error: and so has one of a PhysicalShipment
const unshipped: OrderRequest = { Type: "PhysicalShipment", LineItems: [{ ...bare, DigitalDeliveryAddress: email }], PONumber: "PO-1" };
if (links.Type === "DigitalDelivery") expect<Equal<typeof links.LineItems[number]["DigitalDeliveryAddress"], DigitalDeliveryAddress>>();

// One kind alone, and what every kind has: what a page that knows its type begins with.
const fields: OrderFields = { PONumber: "PO-1", Note: "For the team.", WebhookSettings: { FulfillmentComplete: "https://shop.example/hooks" } };
const claimed: LinksOrder = { ...fields, Type: "Links", LineItems: [bare] };
const plastic: PhysicalShipmentLine = { ...bare, PhysicalDeliveryAddress: address };
const shipped: PhysicalShipmentOrder = { ...fields, Type: "PhysicalShipment", LineItems: [plastic] };
for (const each of [claimed, shipped] satisfies OrderRequest[]) validateOrder(each);
// @ts-expect-error: what is shipped has an address
const homeless: PhysicalShipmentLine = bare;
// @ts-expect-error: of another type
const mixed: LinksOrder = shipped;
void [codes, camel, text, anonymous, linksOrder, unsent, unshipped, homeless, mixed];

expect<Equal<typeof root.validateOrder, typeof validateOrder>>();
expect<Equal<typeof root.pollDelayMs, typeof pollDelayMs>>();

declare function console_(text: string): void;
