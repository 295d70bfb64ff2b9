// The order that is being written: what stands in the fields, the request that they make, and what the validator says of it.
import { computed, signal } from "@preact/signals";
import { type Issue, type OrderType, randomPoNumber } from "giftcard-partners/slim";

import { balance, catalog, client } from "../desk";
import { check } from "../snippets/check.js";

export interface FieldSpec {
  /** The way to the field in the request: also its key in the draft. */
  path: string;
  label: string;
  hint?: string;
  /** A JSON number, and how it is written. */
  number?: string;
  multiline?: boolean;
  /** Takes a row for itself. */
  wide?: boolean;
  autocomplete?: string;
  inputMode?: "email" | "tel" | "decimal" | "numeric";
}

const line = (rest: string) => `LineItems.0.${rest}`;

export const PRODUCT = line("ProductId");
export const VALUE = line("Value");
export const QUANTITY = line("Quantity");
export const SHIPPING_METHOD = line("PhysicalDeliveryAddress.ShippingMethodId");
export const CARRIER = line("PhysicalDeliveryAddress.CarrierId");

const CARD: FieldSpec[] = [
  { path: PRODUCT, label: "Product", hint: "Its id; type a part of the name for suggestions." },
  { path: VALUE, label: "Value of each card", number: "Write it with digits and a point, such as 25 or 12.50.", inputMode: "decimal" },
  { path: QUANTITY, label: "How many cards", number: "Write a whole number, such as 3.", inputMode: "numeric" },
];

const DIGITAL: FieldSpec[] = [
  { path: line("DigitalDeliveryAddress.Email"), label: "Recipient's e-mail", inputMode: "email", autocomplete: "off" },
  { path: line("DigitalDeliveryAddress.Sms"), label: "Recipient's phone", hint: "With country code: +15555550123", inputMode: "tel", autocomplete: "off" },
];

const PHYSICAL: FieldSpec[] = [
  { path: line("PhysicalDeliveryAddress.Name"), label: "Recipient's name" },
  { path: line("PhysicalDeliveryAddress.AddressLine1"), label: "Street and number" },
  { path: line("PhysicalDeliveryAddress.City"), label: "City" },
  { path: line("PhysicalDeliveryAddress.State"), label: "State" },
  { path: line("PhysicalDeliveryAddress.Zip"), label: "ZIP code" },
  { path: line("PhysicalDeliveryAddress.Country"), label: "Country", hint: "Two letters: US" },
  { path: SHIPPING_METHOD, label: "Shipping method" },
  { path: CARRIER, label: "Card holder", hint: "The paper that the card comes in." },
];

const PERSONAL: FieldSpec[] = [
  { path: line("Personalization.To"), label: "To" },
  { path: line("Personalization.FromName"), label: "From" },
  { path: line("Personalization.Message"), label: "Message", multiline: true, wide: true },
];

const ORDER: FieldSpec[] = [
  { path: "PONumber", label: "PO number", hint: "The order's own name: the same one again is the same order.", wide: true },
  { path: "Note", label: "Note", wide: true },
];

export interface Group {
  title: string;
  fields: FieldSpec[];
}

export function groupsOf(type: OrderType): Group[] {
  const address = { DigitalDelivery: [{ title: "Who gets it", fields: DIGITAL }], Links: [], PhysicalShipment: [{ title: "Where it goes", fields: PHYSICAL }] }[type];
  const personal = type === "PhysicalShipment" ? [] : [{ title: "What they read", fields: PERSONAL }];
  return [{ title: "The card", fields: CARD }, ...address, ...personal, { title: "The order", fields: ORDER }];
}

export const type = signal<OrderType>("DigitalDelivery");
export const draft = signal<Record<string, string>>({
  [PRODUCT]: "INKWHISTLE",
  [VALUE]: "25",
  [QUANTITY]: "1",
  [line("PhysicalDeliveryAddress.Country")]: "US",
  [SHIPPING_METHOD]: "STANDARD",
  [CARRIER]: "DEFAULT",
});
/** Fields that were written in, and all of them once the order was to be placed. */
export const touched = signal<ReadonlySet<string>>(new Set());
export const asked = signal(false);

/** Exactly what is sent: text goes as it is. */
export const request = computed(() => JSON.stringify(orderOf(type.value, draft.value), null, 2));

export const verdict = computed(() => {
  if (!client.value) return undefined;
  return check(request.value, catalog.value, balance.value) as ReturnType<typeof check> & { issues: Issue[] };
});

export function write(path: string, text: string): void {
  draft.value = { ...draft.value, [path]: text };
  touched.value = new Set([...touched.value, path]);
}

/** A product that cannot be had this way gives place to the first that can. */
export function chooseType(next: OrderType): void {
  type.value = next;
  const offers = (id: string | undefined) => catalog.value?.product(id ?? "")?.AvailableDeliveryTypes.includes(next);
  if (offers(draft.value[PRODUCT])) return;
  const preferred = ["INKWHISTLE", "LAMPENVALE"].find(offers) ?? catalog.value?.search({ deliveryType: next, limit: 1 })[0]?.Id;
  if (preferred) chooseProduct(preferred);
}

export function chooseProduct(id: string): void {
  const product = catalog.value?.product(id);
  const offered = product?.AvailableDeliveryTypes ?? [];
  if (product && !offered.includes(type.value)) type.value = (offered[0] ?? type.value) as OrderType;
  const value = product?.Denominations[0];
  draft.value = { ...draft.value, [PRODUCT]: id, ...(value === undefined ? {} : { [VALUE]: String(value) }) };
}

/** A new PO number: from here on it is another order. */
export function anotherOrder(): void {
  draft.value = { ...draft.value, PONumber: randomPoNumber("DESK") };
  touched.value = new Set();
  asked.value = false;
}

export function idOf(path: string): string {
  return `field-${path.replace(/\W/g, "-")}`;
}

/** The field that an issue is shown at: its own, or the first inside what the issue is about. */
export function fieldOf(issue: Issue): FieldSpec | undefined {
  const path = issue.path.join(".");
  const fields = groupsOf(type.value).flatMap(({ fields }) => fields);
  return fields.find((field) => field.path === path) ?? fields.find((field) => field.path.startsWith(`${path}.`));
}

/** What is wrong, with the field called as it is called here. */
export function sentenceOf({ path, message, code }: Issue, field: FieldSpec | undefined): string {
  // It was kept as a text because it reads as no number: nothing to say of quotes to whoever typed it.
  if (field?.number && code === "invalid_type") return `${field.label}: ${field.number}`;
  const way = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("").slice(1);
  return field && way && message.startsWith(`${way} `) ? field.label + message.slice(way.length) : message;
}

function orderOf(orderType: OrderType, texts: Record<string, string>): object {
  const order: Record<string, unknown> = { Type: orderType, LineItems: [{}] };
  for (const { path, number } of groupsOf(orderType).flatMap(({ fields }) => fields)) {
    const text = texts[path] ?? "";
    if (text !== "") put(order, path.split("."), number ? numeric(text) : text);
  }
  return order;
}

/** What is no number, or one that would lose digits, stays a text, and the validator says so. */
export function numeric(text: string): number | string {
  const [, whole = "", digits = ""] = /^-?(\d+)(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  return whole && (whole + digits).length <= 15 ? Number(text) : text;
}

function put(target: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  target[key] ??= {};
  put(target[key] as Record<string, unknown>, rest, value);
}
