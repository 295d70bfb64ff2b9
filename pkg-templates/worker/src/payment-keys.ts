// Which rows are the same payment: as the package's `plan({ after })` judges it, by recipient, product and value. What leaves this file is
// keyed hashes, which name nobody.
import type { LineItem } from "giftcard-partners";

export interface Payment {
  /** A keyed hash of whom the row pays what. Rows with the same pay the same. */
  key: string;
  /** Of a row with an address and a phone number: the key that it would have by the number alone. */
  byPhone?: string;
  quantity: number;
  /** A number that follows from all that the row says: of rows that pay the same it tells them apart. */
  content: number;
  /** Whether the row says who gets it. One that does not repeats nobody. */
  hasRecipient: boolean;
  /** The PO number of its order, and its place among the campaign's orders. */
  order: number;
}

/** Characters of a key: 96 bits. */
const KEY_CHARACTERS = 16;

/** Hashes that are made at a time. */
const TOGETHER = 512;

const utf8 = new TextEncoder();

/** What the lines of an order's body pay. `order` is where the order stands. */
export async function paymentsOf(body: Uint8Array, order: number, secret: CryptoKey): Promise<Payment[]> {
  const { LineItems: lines } = JSON.parse(new TextDecoder().decode(body)) as { LineItems: LineItem[] };
  const payments: Payment[] = [];
  for (let from = 0; from < lines.length; from += TOGETHER) {
    const made = lines.slice(from, from + TOGETHER).map(async (line) => {
      const recipient = recipientOf(line);
      const of = (who: string[]) => keyOf([squeezed(line.ProductId), line.Value, ...who], secret);
      const { Email, Sms } = line.DigitalDeliveryAddress ?? {};
      const [key, byPhone] = await Promise.all([of(recipient), Email && Sms ? of(phoneOf(Sms)) : undefined]);
      return { key, ...(byPhone ? { byPhone } : {}), quantity: line.Quantity, content: contentOf(line), hasRecipient: recipient.length > 0, order };
    });
    for (const payment of await Promise.all(made)) payments.push(payment);
  }
  return payments;
}

/** A key that `paymentsOf` takes. */
export async function secretOf(bytes: ArrayBuffer): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function keyOf(parts: unknown[], secret: CryptoKey): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", secret, utf8.encode(JSON.stringify(parts))));
  return btoa(String.fromCharCode(...digest.subarray(0, (KEY_CHARACTERS * 3) / 4)));
}

/** The e-mail address, else the phone number, else name and address; each with what it is. */
function recipientOf({ DigitalDeliveryAddress: digital, PhysicalDeliveryAddress: physical }: LineItem): string[] {
  if (digital?.Email) return ["Email", squeezed(digital.Email)];
  if (digital?.Sms) return phoneOf(digital.Sms);
  if (!physical) return [];
  const { Name, AddressLine1, City, State, Zip, Country } = physical;
  return ["Address", ...[Name, AddressLine1, City, State, Zip, Country].map((text) => squeezed(text ?? ""))];
}

function phoneOf(number: string): string[] {
  return ["Sms", squeezed(number)];
}

/** Without case, spaces, what cannot be seen, and how an accent is spelled. */
function squeezed(text: string): string {
  return text.normalize("NFC").replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, "").toLowerCase();
}

/** FNV-1a of 32 bits: it decides between rows that pay the same, and nothing else. */
function contentOf({ ExternalId, ...line }: LineItem): number {
  // The package numbers rows that pay the same by their places.
  const own = ExternalId !== undefined && /^[0-9a-f]{24}(-\d+)?$/.test(ExternalId) ? undefined : ExternalId;
  const text = JSON.stringify({ ...line, ExternalId: own }).normalize("NFC");
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}
