// Which rows are the same payment: as the package's `plan({ after })` judges it, by recipient, product and value. What leaves this file is
// keyed hashes, which name nobody.
import type { LineItem } from "giftcard-partners";

import { keyedHash } from "./keyed-hash.js";
import type { PaymentRows } from "./payment-rows.js";

/** Where a line stands: on which line of the file, and in which order of its child; 0 for one that was placed elsewhere. */
export interface Stands {
  line: number;
  order: number;
}

/** Adds what a line of an order pays. */
export function addPayment(rows: PaymentRows, item: LineItem, stands: Stands, secret: Uint32Array): void {
  const recipient = recipientOf(item);
  const { Email, Sms } = item.DigitalDeliveryAddress ?? {};
  const at = rows.add({ quantity: item.Quantity, content: contentOf(item), hasRecipient: recipient !== "", ...stands });
  // No part has a line break in it.
  const what = `${squeezed(item.ProductId)}\n${item.Value}\n`;
  keyedHash(what + recipient, secret, rows.words, at.key);
  if (Email && Sms) keyedHash(what + phoneOf(Sms), secret, rows.words, at.byPhone);
}

/** The e-mail address, else the phone number, else name and address; each with what it is. */
function recipientOf({ DigitalDeliveryAddress: digital, PhysicalDeliveryAddress: physical }: LineItem): string {
  if (digital?.Email) return `Email\n${squeezed(digital.Email)}`;
  if (digital?.Sms) return phoneOf(digital.Sms);
  if (!physical) return "";
  const { Name, AddressLine1, City, State, Zip, Country } = physical;
  return ["Address", ...[Name, AddressLine1, City, State, Zip, Country].map((text) => squeezed(text ?? ""))].join("\n");
}

function phoneOf(number: string): string {
  return `Sms\n${squeezed(number)}`;
}

/** Without case, spaces, what cannot be seen, and how an accent is spelled. */
function squeezed(text: string): string {
  if (/^[!-~]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFC").replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, "").toLowerCase();
}

/** Of the package's own making: it numbers rows that pay the same by their places. */
const NUMBERED = /^[0-9a-f]{24}(-\d+)?$/;

/** A hash of what the line says beside what it pays: it decides between rows that pay the same, and nothing else. */
function contentOf(item: LineItem): number {
  let hash = 0x811c9dc5;
  for (const name in item) {
    if (name === "ProductId" || name === "Value" || name === "Quantity") continue;
    if (name === "ExternalId" && NUMBERED.test(item.ExternalId ?? "")) continue;
    hash = hashed(item[name as keyof LineItem], hashed(name, hash));
  }
  return hash >>> 0;
}

/** FNV-1a of 32 bits, over what a value holds. */
function hashed(value: unknown, before: number): number {
  let hash = before;
  if (typeof value === "object" && value !== null) {
    for (const name in value) hash = hashed((value as Record<string, unknown>)[name], hashed(name, hash));
    return Math.imul(hash ^ 0x7d, PRIME);
  }
  let text = String(value);
  let isAscii = true;
  for (let place = 0; place < text.length; place += 1) {
    // How an accent is spelled does not matter: what stands before the first one may be a part of it.
    if (isAscii && text.charCodeAt(place) > 0x7f) [isAscii, text, hash, place] = [false, text.normalize("NFC"), before, 0];
    hash = Math.imul(hash ^ text.charCodeAt(place), PRIME);
  }
  return Math.imul(hash ^ 0x22, PRIME);
}

const PRIME = 0x01000193;
