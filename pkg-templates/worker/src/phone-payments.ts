// What rows with an address and a phone number would pay by the number alone: another row may say no more of the same person.
import { type Catalog, type LineItem, RecipientImport } from "giftcard-partners";

import { hasPhone, keyWords, lineOf, paymentWords } from "./payment-rows.js";
import { recordText } from "./plan-rows.js";

/**
 * The keys of such payments by the places of their lines: as the package tells them of rows without the address. `payments`: what it tells of
 * the order's lines.
 */
export function phonePayments(payments: Uint32Array, body: Uint8Array, secret: Uint8Array, catalog: Catalog | undefined): Map<number, Uint32Array> {
  const keys = new Map<number, Uint32Array>();
  const places = [...paymentWords(payments)].flatMap((row, place) => (hasPhone(row) ? [place] : []));
  if (places.length === 0) return keys;
  const { LineItems } = JSON.parse(new TextDecoder().decode(body)) as { LineItems: LineItem[] };
  const recipients = new RecipientImport({ type: "DigitalDelivery", duplicates: "accept", ...(catalog ? { catalog } : {}) });
  recipients.push(new TextEncoder().encode(`sms,product,value\n${places.map((place) => rowOf(LineItems[place])).join("")}`));
  const report = recipients.finish();
  const plan = report.plan({ campaign: "by phone" });
  for (const row of paymentWords(new Uint32Array(plan.payments(secret).buffer))) keys.set(places[lineOf(row) - 2] as number, keyWords(row));
  plan.free();
  report.free();
  return keys;
}

function rowOf(item: LineItem | undefined): string {
  const { ProductId = "", Value = "", DigitalDeliveryAddress } = item ?? {};
  return recordText([DigitalDeliveryAddress?.Sms ?? "", ProductId, String(Value)]);
}
