// What rows with an address and a phone number would pay by the number alone: another row may say no more of the same person.
import { type LineItem, RecipientImport } from "giftcard-partners";

import { keysByLine } from "./payment-rows.js";
import type { PaymentOptions } from "./plan-orders.js";
import { recordText } from "./plan-rows.js";

/** The keys of such payments by the places of their lines, which are these, in the body of their order: as the package tells them of rows without the address. */
export function phonePayments(places: number[], body: Uint8Array, { secret, catalog }: PaymentOptions): Map<number, Uint32Array> {
  if (places.length === 0) return new Map();
  const { LineItems } = JSON.parse(new TextDecoder().decode(body)) as { LineItems: LineItem[] };
  const recipients = new RecipientImport({ type: "DigitalDelivery", duplicates: "accept", ...(catalog ? { catalog } : {}) });
  recipients.push(new TextEncoder().encode(`sms,product,value\n${places.map((place) => rowOf(LineItems[place])).join("")}`));
  const report = recipients.finish();
  const plan = report.plan({ campaign: "by phone" });
  const keys = keysByLine(new Uint32Array(plan.payments(secret).buffer));
  plan.free();
  report.free();
  return new Map(places.flatMap((place, row) => {
    const key = keys.get(row + 2);
    return key ? [[place, key]] : [];
  }));
}

function rowOf(item: LineItem | undefined): string {
  const { ProductId = "", Value = "", DigitalDeliveryAddress } = item ?? {};
  return recordText([DigitalDeliveryAddress?.Sms ?? "", ProductId, String(Value)]);
}
