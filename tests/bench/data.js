// What is measured on: made from a seed, so that every contender and every run gets the same.

/** A small generator (mulberry32): the same numbers everywhere. */
export function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const FIRST = ["Ana", "Bram", "Chloe", "Dmitri", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Zoë", "Søren"];
const LAST = ["Okafor", "Lindqvist", "Moreau", "Tanaka", "Delgado", "Novak", "Whitaker", "Rossi", "Haddad", "Kowalski"];
const PRODUCTS = ["CVS", "AMAZON", "TARGET-US", "STARBUCKS", "HOME_DEPOT"];
const AMOUNTS = [25, 10, 50, 12.5, 100, 7.25];

const ascii = (text) => text.toLowerCase().replace("ë", "e").replace("ø", "o");

/** One line, as a spreadsheet of recipients gives it: the sample of the API's documents with real-looking names. */
export function line(index, next) {
  const first = FIRST[Math.floor(next() * FIRST.length)];
  const last = LAST[Math.floor(next() * LAST.length)];
  return {
    ProductId: PRODUCTS[index % PRODUCTS.length],
    Value: AMOUNTS[Math.floor(next() * AMOUNTS.length)],
    Quantity: 1,
    DigitalDeliveryAddress: { Email: `${ascii(first)}.${ascii(last)}${index}@example.com` },
    Personalization: {
      To: `${first} ${last}`,
      FromName: "Northwind People Team",
      FromEmail: "rewards@northwind.example",
      Message: "Thank you for a great year. Enjoy your reward!",
    },
  };
}

/** What can be wrong with a line, and the field that it is wrong at. */
const FAULTS = [
  [(item) => { item.Value = -5; }, "Value"],
  [(item) => { item.DigitalDeliveryAddress.Email = item.DigitalDeliveryAddress.Email.replace("@", " at "); }, "DigitalDeliveryAddress.Email"],
  [(item) => { item.Quantity = 1.5; }, "Quantity"],
  [(item) => { delete item.ProductId; }, "ProductId"],
  [(item) => { item.Value = "25"; }, "Value"],
];

/** Which lines are bad. */
function badLines(lines, kind) {
  if (kind === "one bad line") return [Math.floor((lines * 2) / 3)];
  if (kind === "1 % bad") return Array.from({ length: Math.max(1, Math.floor(lines / 100)) }, (_, i) => Math.min(lines - 1, i * 100 + 37));
  return [];
}

/** An order of so many lines, and the places where it is wrong. */
export function order(lines, kind = "valid") {
  const next = random(lines);
  const LineItems = Array.from({ length: lines }, (_, index) => line(index, next));
  if (KINDS[kind]) LineItems.forEach(({ Personalization: texts }, index) => Object.assign(texts, KINDS[kind](texts.To, index)));
  const wrong = badLines(lines, kind).map((index, i) => {
    const [spoil, place] = FAULTS[i % FAULTS.length];
    spoil(LineItems[index]);
    return `LineItems.${index}.${place}`;
  });
  return { value: { Type: "DigitalDelivery", LineItems, PONumber: "PO-2026-11-0001" }, wrong };
}

/** What people write into the texts of a line, by kind: names and messages. `index` makes some of them odder than others. */
const KINDS = {
  plain: (name) => ({ To: name, Message: `Thank you for a great year. Enjoy your reward, ${name}` }),
  accents: (name, index) => ({ To: ["José Núñez", "Zoë Müller", "Łukasz Żak", "Françoise Lefèvre"][index % 4], Message: `Félicitations, ${name} – à très bientôt à Málaga` }),
  "quotes and breaks": (name, index) => ({ To: `${name.split(" ")[1]}, José ${index % 10}`, Message: `Hello "${name}",${index % 3 ? " " : "\n"}enjoy "it"` }),
  "another script": (name, index) => ({ To: ["山田 太郎", "Ελένη Παππά", "Анна Иванова", "שרה לוי"][index % 4], Message: "いつもありがとうございます。良い年を。Με εκτίμηση" }),
};
export const kinds = Object.keys(KINDS);

/** A cell as Excel writes it: in quotes only where it must be. */
const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A spreadsheet of so many recipients; without a kind, with a message in quotes. */
export function csv(rows, kind) {
  const next = random(rows);
  const parts = ["Email,Product Id,Value,Quantity,To,From Name,From Email,Message"];
  for (let index = 0; index < rows; index++) {
    const item = line(index, next);
    const { To: name, FromName, FromEmail, Message: message } = item.Personalization;
    const { To, Message } = kind ? KINDS[kind](name, index) : { To: name, Message: `${message}, ${name}` };
    parts.push(`${item.DigitalDeliveryAddress.Email},${item.ProductId},${item.Value},1,${cell(To)},${FromName},${FromEmail},${cell(Message)}`);
  }
  return `${parts.join("\r\n")}\r\n`;
}

/** An answer of GET /v1/Products with long HTML texts. */
export function products(count, casing) {
  const html = "<p>Redeemable at participating stores &amp; online. <b>Not</b> redeemable for cash except where required by law.</p>\n".repeat(30);
  const key = (name) => (casing === "camel" ? name[0].toLowerCase() + name.slice(1) : name);
  const entries = (object) => Object.fromEntries(Object.entries(object).map(([name, value]) => [key(name), value]));
  const Items = Array.from({ length: count }, (_, index) =>
    entries({
      Id: `PRODUCT-${index}`, Name: `Product ${index}`, Description: html, Terms: html, CurrencyCode: "USD", DenominationType: "Fixed",
      Denominations: [10, 25, 50], AvailableDeliveryTypes: ["DigitalDelivery", "Links"], Media: entries({ Logo: `https://cdn.example/${index}.png` }),
    }));
  return entries({ Items, PageIndex: 0, PageSize: count, TotalCount: count });
}
