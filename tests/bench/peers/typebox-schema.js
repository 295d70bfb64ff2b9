import { Type } from "@sinclair/typebox";
import { EMAIL, PHONE, TYPES } from "./rules.js";

const text = (maxLength, minLength = 0) => Type.String({ minLength, maxLength });
const optional = (schema) => Type.Optional(schema);
const email = () => Type.String({ maxLength: 254, pattern: EMAIL.source });

export const typeboxOrder = Type.Object({
  Type: Type.Union(TYPES.map((name) => Type.Literal(name))),
  PONumber: text(255, 1),
  Note: optional(text(10000)),
  LineItems: Type.Array(Type.Object({
    ProductId: text(255, 1),
    Value: Type.Number({ exclusiveMinimum: 0 }),
    Quantity: Type.Integer({ minimum: 1, maximum: 1000000 }),
    DigitalDeliveryAddress: Type.Object(
      { Email: optional(email()), Sms: optional(Type.String({ pattern: PHONE.source })) }, { minProperties: 1 }),
    Personalization: optional(Type.Object({
      To: optional(text(500)), FromName: optional(text(500)), FromEmail: optional(email()), Message: optional(text(10000)),
    })),
    BrandingId: optional(text(255, 1)),
    ExternalId: optional(text(255, 1)),
    Culture: optional(text(255, 1)),
  }), { minItems: 1 }),
});
