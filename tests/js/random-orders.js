// Orders made at random from a seed: right ones, and ones with a few things wrong, as objects and as texts.

/** A generator of numbers from 0 to 1 that a seed decides (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = (random, list) => list[Math.floor(random() * list.length)];
const maybe = (random, odds, value) => (random() < odds ? value() : undefined);

const WORDS = ["CVS", "Zoë", "🎁 & co", "a \"quoted\" word", "back\\slash", "x".repeat(255), "é".repeat(255)];
const EMAILS = ["ann@example.com", "ANN@example.com", "bo+cards@sub.example.org", "a@b"];
const PHONES = ["+15555555555", "+4930123456"];
const COUNTRIES = ["US", "CA", "FR", "DE"];
const URLS = ["https://example.com/hook?a=1#b", "HTTPS://Example.com:8443", "http://localhost:3000/x", "http://127.0.0.1/", "https://[2001:db8::1]/", "https://example.com./"];
const DATES = ["2026-12-01T09:00:00Z", "2028-02-29T23:59:59.123+14:00", "2026-12-01t09:00:00z"];

/** An order without an error. */
export function makeOrder(random) {
  const Type = pick(random, ["DigitalDelivery", "Links", "PhysicalShipment"]);
  const lines = 1 + Math.floor(random() * 4);
  const fields = {
    Type,
    LineItems: Array.from({ length: lines }, () => makeLine(random, Type)),
    PONumber: pick(random, WORDS),
    Note: maybe(random, 0.3, () => pick(random, ["", "one\ntwo\r\nthree", ...WORDS])),
    WebhookSettings: maybe(random, 0.3, () => ({ FulfillmentComplete: pick(random, URLS) })),
  };
  return shuffled(random, fields);
}

function makeLine(random, Type) {
  const country = pick(random, COUNTRIES);
  const Zip = country === "CA" ? "K1A 0B1" : "10001";
  const region = country === "US" || country === "CA" || random() < 0.3 ? { State: "NY", Zip } : {};
  const email = { Email: pick(random, EMAILS) };
  const phone = { Sms: pick(random, PHONES) };
  return shuffled(random, {
    ProductId: pick(random, ["CVS", "AMAZON"]),
    Value: pick(random, [25, 10.5, 0.01, 19.99, 0.29, 1e6]),
    Quantity: pick(random, [1, 2, 1_000_000]),
    DigitalDeliveryAddress: Type === "DigitalDelivery" || random() < 0.2 ? pick(random, [email, phone, { ...email, ...phone }]) : undefined,
    PhysicalDeliveryAddress:
      Type === "PhysicalShipment" || random() < 0.1
        ? shuffled(random, { ShippingMethodId: "STANDARD", CarrierId: maybe(random, 0.5, () => "DEFAULT"), Name: "Ann", AddressLine1: "1 Main St", City: "Paris", ...region, Country: country })
        : undefined,
    Personalization: maybe(random, 0.5, () =>
      shuffled(random, {
        To: maybe(random, 0.5, () => pick(random, ["", "Ann"])),
        FromName: maybe(random, 0.5, () => "Bo"),
        FromEmail: maybe(random, 0.3, () => pick(random, EMAILS)),
        Message: maybe(random, 0.5, () => pick(random, ["", "Hi\nthere", "🎁"])),
        DeliveryDate: maybe(random, 0.3, () => pick(random, DATES)),
      }),
    ),
    BrandingId: maybe(random, 0.2, () => "B"),
    ExternalId: maybe(random, 0.2, () => "row 1"),
    Culture: maybe(random, 0.2, () => "en-US"),
  });
}

/** The fields that are there, in any order: by Fisher and Yates, since what a sort makes of chance is the engine's own. */
function shuffled(random, fields) {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (random() < 0.5) {
    for (let last = entries.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      [entries[last], entries[other]] = [entries[other], entries[last]];
    }
  }
  return Object.fromEntries(entries);
}

const WRONG = [
  null, true, 0, -0, -1, 1.5, 25.001, 1e300, 90071992547409.9, 1_000_001, "", " ", "\u00a0", "\ufeff", " x ", "a\u0000b", "a\nb", "a\u0085b", "\u007f", "x".repeat(256), "é".repeat(501), "x".repeat(10_001), "x".repeat(2_050),
  "25", "codes", "links", "Links", "ann@", "ann@-x", "ä@b.c", `a@${"x".repeat(64)}`, `${"a".repeat(250)}@b.cd`, "555-5555", "+0555555555", "+123456", "2134", "2134.0", "'02134", "Jos\u00c3\u00a9", "P\u200bO", "ann@b\u00fccher.example", "us", "UK", "http://example.com", "https://user@example.com", "https://", "https://a.example:0/", "https://a.example:65536",
  "https://a.example:00443", "http://127.0.0.256/", "http://x.localhost", "https://exa mple.com", "https://[::1", "2026-02-29T00:00:00Z", "2026-12-01", "2026-12-01T24:00:00Z", "2026-12-01T23:59:60Z", "2026-12-01 09:00:00Z", [], {}, [{}], [null], { Email: "ann@example.com" },
];
const NAMES = ["note", "Ponumber", "ponumber", "lineItems", "email", "quantity", "Colour", "colour", "Prodct", "Theme", "__proto__", "constructor", ""];

/** The same order with something wrong, or nothing. */
export function withFaults(random, order) {
  const copy = structuredClone(order);
  const faults = Math.floor(random() * 3);
  for (let fault = 0; fault < faults; fault += 1) {
    const { owner, key } = pick(random, placesIn(copy));
    const kind = random();
    if (kind < 0.55) set(owner, key, structuredClone(pick(random, WRONG)));
    else if (kind < 0.75) Array.isArray(owner) ? owner.splice(key, 1) : delete owner[key];
    else if (!Array.isArray(owner)) set(owner, kind < 0.95 ? pick(random, NAMES) : key.toLowerCase(), structuredClone(pick(random, [1, "x", owner[key]])));
  }
  return copy;
}

/** Also for `__proto__`, as JSON.parse does it. */
function set(owner, key, value) {
  Object.defineProperty(owner, key, { value, configurable: true, enumerable: true, writable: true });
}

function placesIn(value, places = []) {
  for (const key of Object.keys(value)) {
    places.push({ owner: value, key });
    if (typeof value[key] === "object" && value[key] !== null) placesIn(value[key], places);
  }
  return places.length ? places : [{ owner: value, key: Array.isArray(value) ? 0 : "Type" }];
}

/** Other spellings of the same text: an object of it is the same. */
const SPELLINGS = [
  (text) => text,
  (text) => ` ${JSON.stringify(JSON.parse(text), null, "\t").replaceAll("\n", "\r\n ")}\n`,
  (text) => text.replaceAll(/"(Value|Quantity)":([1-9]\d*)([,}])/g, '"$1":$2.0$3'),
  (text) => text.replaceAll(/"(Value|Quantity)":([1-9]\d*)([,}])/g, '"$1":$20e-1$3'),
  (text) => text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (literal) => literal.replaceAll("o", "\\u006f").replaceAll("/", "\\/")),
];

/** What makes another text of it, or none: an object cannot show it. */
const DAMAGES = [
  (random, text) => text.slice(0, Math.floor(random() * text.length)),
  (random, text) => replaceAt(random, text, pick(random, ["{", "}", "[", "]", ",", ":", '"', "\\", "\u0000", "\ud800", "é", "0", "1e400", "-", ""])),
  (random, text) => text.replace(/\{"(\w+)":/, '{"$1":1,"$1":'),
  (random, text) => text.replace(/"PONumber":/, '"PONumber":"first","PONumber":'),
  (random, text) => text.replace(/"(Value|Quantity)":\d+/, '"$1":25.00000000000000000001'),
  (random, text) => `\ufeff${text}`,
  (random, text) => `${text} x`,
];

export function respelled(random, text) {
  return pick(random, SPELLINGS)(text);
}

export function damaged(random, text) {
  return pick(random, DAMAGES)(random, text);
}

function replaceAt(random, text, by) {
  const at = Math.floor(random() * text.length);
  return text.slice(0, at) + by + text.slice(at + 1);
}
