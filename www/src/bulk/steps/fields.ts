// What a column can be, in the words of the page.
import type { OrderType } from "giftcard-partners/slim";

const CARD: [string, string][] = [
  ["product", "Product"],
  ["value", "Amount"],
  ["quantity", "Number of cards"],
];

const TO: Record<OrderType, [string, string][]> = {
  DigitalDelivery: [
    ["email", "E-mail address"],
    ["sms", "Phone for text messages"],
    ["to", "Recipient's name"],
  ],
  Links: [
    ["to", "Recipient's name"],
    ["email", "E-mail address"],
    ["sms", "Phone"],
  ],
  PhysicalShipment: [
    ["name", "Recipient's name"],
    ["addressLine1", "Street and number"],
    ["city", "City"],
    ["state", "State"],
    ["zip", "ZIP code"],
    ["country", "Country"],
    ["shippingMethodId", "Shipping method"],
    ["carrierId", "Card holder"],
    ["to", "Name on the card"],
  ],
};

const MORE: [string, string][] = [
  ["message", "Message"],
  ["fromName", "From: name"],
  ["fromEmail", "From: e-mail address"],
  ["deliveryDate", "Delivery date"],
  ["culture", "Language"],
  ["brandingId", "Branding"],
  ["externalId", "Your own reference"],
];

/** Several columns of these make one text: first name and last name. */
const JOINED = ["to", "name", "addressLine1", "message", "fromName"];

export function fieldsOf(type: OrderType): [field: string, name: string][] {
  return [...CARD, ...TO[type], ...MORE];
}

export function nameOf(type: OrderType, field: string): string {
  return fieldsOf(type).find(([one]) => one === field)?.[1] ?? field;
}

/** Fields that more than one column claims, where one has to be chosen. */
export function claimedTwice(fields: string[]): string[] {
  return [...new Set(fields)].filter((field) => field && field !== "ignore" && !JOINED.includes(field) && fields.filter((one) => one === field).length > 1);
}
