// The rules that every contender is written for, each in its own way: those of the package's validator that have to do with one line.
export const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
export const PHONE = /^\+[1-9][0-9]{6,14}$/;
export const TYPES = ["DigitalDelivery", "Links", "PhysicalShipment"];

/** Whether an amount has at most two decimals, as well as a float can say. */
export const isCents = (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;

const text = (maxLength, minLength = 0) => ({ type: "string", minLength, maxLength });

/** As JSON Schema, for ajv. */
export const SCHEMA = {
  type: "object",
  required: ["Type", "LineItems", "PONumber"],
  properties: {
    Type: { enum: TYPES },
    PONumber: text(255, 1),
    Note: text(10000),
    LineItems: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["ProductId", "Value", "Quantity", "DigitalDeliveryAddress"],
        properties: {
          ProductId: text(255, 1),
          Value: { type: "number", exclusiveMinimum: 0, multipleOf: 0.01 },
          Quantity: { type: "integer", minimum: 1, maximum: 1000000 },
          DigitalDeliveryAddress: {
            type: "object",
            minProperties: 1,
            properties: { Email: { type: "string", maxLength: 254, pattern: EMAIL.source }, Sms: { type: "string", pattern: PHONE.source } },
          },
          Personalization: {
            type: "object",
            properties: {
              To: text(500), FromName: text(500), FromEmail: { type: "string", maxLength: 254, pattern: EMAIL.source }, Message: text(10000),
            },
          },
          BrandingId: text(255, 1),
          ExternalId: text(255, 1),
          Culture: text(255, 1),
        },
      },
    },
  },
};
