// The checks as a careful person writes them without a library. Like the others it finds everything that is wrong.
import { EMAIL, PHONE, TYPES, isCents } from "./rules.js";

export function checkByHand(order) {
  const wrong = [];
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isText = (value, longest, shortest) => typeof value === "string" && value.length >= shortest && value.length <= longest;
  if (!isObject(order)) return [""];
  if (!TYPES.includes(order.Type)) wrong.push("Type");
  if (!isText(order.PONumber, 255, 1)) wrong.push("PONumber");
  if (order.Note !== undefined && !isText(order.Note, 10000, 0)) wrong.push("Note");
  if (!Array.isArray(order.LineItems) || order.LineItems.length === 0) {
    wrong.push("LineItems");
    return wrong;
  }
  const optional = (value, fits, index, place) => {
    if (value !== undefined && !fits(value)) wrong.push(`LineItems.${index}.${place}`);
  };
  const name = (value) => isText(value, 500, 0);
  const message = (value) => isText(value, 10000, 0);
  const identifier = (value) => isText(value, 255, 1);
  const email = (value) => typeof value === "string" && value.length <= 254 && EMAIL.test(value);
  const phone = (value) => typeof value === "string" && PHONE.test(value);
  for (let index = 0; index < order.LineItems.length; index++) {
    const item = order.LineItems[index];
    if (!isObject(item)) {
      wrong.push(`LineItems.${index}`);
      continue;
    }
    const { Value, Quantity, DigitalDeliveryAddress: address, Personalization: personal } = item;
    if (!identifier(item.ProductId)) wrong.push(`LineItems.${index}.ProductId`);
    if (typeof Value !== "number" || !(Value > 0) || !isCents(Value)) wrong.push(`LineItems.${index}.Value`);
    if (!Number.isInteger(Quantity) || Quantity < 1 || Quantity > 1e6) wrong.push(`LineItems.${index}.Quantity`);
    if (!isObject(address) || (address.Email === undefined && address.Sms === undefined)) {
      wrong.push(`LineItems.${index}.DigitalDeliveryAddress`);
    } else {
      optional(address.Email, email, index, "DigitalDeliveryAddress.Email");
      optional(address.Sms, phone, index, "DigitalDeliveryAddress.Sms");
    }
    if (personal !== undefined) {
      if (!isObject(personal)) {
        wrong.push(`LineItems.${index}.Personalization`);
      } else {
        optional(personal.To, name, index, "Personalization.To");
        optional(personal.FromName, name, index, "Personalization.FromName");
        optional(personal.FromEmail, email, index, "Personalization.FromEmail");
        optional(personal.Message, message, index, "Personalization.Message");
      }
    }
    optional(item.BrandingId, identifier, index, "BrandingId");
    optional(item.ExternalId, identifier, index, "ExternalId");
    optional(item.Culture, identifier, index, "Culture");
  }
  return wrong;
}
