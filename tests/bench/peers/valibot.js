import * as v from "valibot";
import { EMAIL, PHONE, TYPES, isCents } from "./rules.js";

const identifier = v.pipe(v.string(), v.minLength(1), v.maxLength(255));
const name = v.pipe(v.string(), v.maxLength(500));
const message = v.pipe(v.string(), v.maxLength(10000));
const email = v.pipe(v.string(), v.maxLength(254), v.regex(EMAIL));

const schema = v.object({
  Type: v.picklist(TYPES),
  PONumber: identifier,
  Note: v.optional(message),
  LineItems: v.pipe(v.array(v.object({
    ProductId: identifier,
    Value: v.pipe(v.number(), v.gtValue(0), v.check(isCents)),
    Quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000000)),
    DigitalDeliveryAddress: v.pipe(
      v.object({ Email: v.optional(email), Sms: v.optional(v.pipe(v.string(), v.regex(PHONE))) }),
      v.check((address) => address.Email !== undefined || address.Sms !== undefined),
    ),
    Personalization: v.optional(v.object({
      To: v.optional(name), FromName: v.optional(name), FromEmail: v.optional(email), Message: v.optional(message),
    })),
    BrandingId: v.optional(identifier),
    ExternalId: v.optional(identifier),
    Culture: v.optional(identifier),
  })), v.minLength(1)),
});

export function checkWithValibot(order) {
  const result = v.safeParse(schema, order);
  return result.success ? [] : result.issues.map((issue) => (issue.path ?? []).map(({ key }) => key).join("."));
}
