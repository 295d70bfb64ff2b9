import { type } from "arktype";
import { EMAIL, PHONE, isCents } from "./rules.js";

const identifier = "1 <= string <= 255";
const name = "string <= 500";
const email = type("string <= 254").and(type(EMAIL));

const schema = type({
  Type: "'DigitalDelivery' | 'Links' | 'PhysicalShipment'",
  PONumber: identifier,
  "Note?": "string <= 10000",
  LineItems: type({
    ProductId: identifier,
    Value: type("number > 0").narrow((value) => isCents(value)),
    Quantity: "1 <= number.integer <= 1000000",
    DigitalDeliveryAddress: type({ "Email?": email, "Sms?": PHONE })
      .narrow((address) => address.Email !== undefined || address.Sms !== undefined),
    "Personalization?": { "To?": name, "FromName?": name, "FromEmail?": email, "Message?": "string <= 10000" },
    "BrandingId?": identifier,
    "ExternalId?": identifier,
    "Culture?": identifier,
  }).array().atLeastLength(1),
});

export function checkWithArktype(order) {
  const result = schema(order);
  return result instanceof type.errors ? result.map((issue) => issue.path.join(".")) : [];
}
