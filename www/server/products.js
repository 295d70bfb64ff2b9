// The sandbox's twelve brands, and enough invented ones for a catalog of the size that a real account sees.
import { createSandbox } from "giftcard-partners/sandbox";

const SIZE = 2_000;
const FIRST = ["Amber", "Birch", "Clover", "Dune", "Ember", "Fable", "Garnet", "Hazel", "Iris", "Juniper", "Kestrel", "Linden", "Marble", "Nettle", "Otter", "Pebble", "Quartz", "Rowan", "Saffron", "Thistle", "Umber", "Velvet", "Willow", "Yarrow", "Zephyr"];
const SECOND = ["barn", "brook", "crest", "dale", "field", "forge", "gate", "harbor", "hill", "lane", "mill", "moor", "nook", "peak", "ridge", "shore"];
const TRADES = ["Bakery", "Books", "Cinemas", "Coffee", "Diner", "Fitness", "Games", "Garden", "Grocers", "Hotels", "Music", "Outfitters", "Pets", "Shoes", "Spa", "Toys", "Travel"];
const VALUES = [[10, 25, 50, 100], [25, 50, 100], [5, 10, 20], [15, 30, 60, 120], [50, 100, 250]];
const RANGES = [[5, 200], [10, 500], [25, 1000]];

/** The same ones each time. */
export function products(size = SIZE) {
  const own = brands();
  return [...own, ...Array.from({ length: size - own.length }, (_, index) => invented(index))];
}

/** The sandbox's default catalog, asked from a sandbox. */
function brands() {
  return JSON.parse(new TextDecoder().decode(DEFAULTS));
}

const DEFAULTS = await (async () => {
  const { fetch, baseUrl, credentials, free } = createSandbox({ lists: "bare" });
  const ask = (path, init) => fetch(`${baseUrl}/v1/${path}`, init);
  const { Email, AccessToken } = { Email: credentials.email, AccessToken: credentials.accessToken };
  const { Value } = await (await ask("Tokens", { method: "POST", headers: { Email, AccessToken } })).json();
  const answer = await ask("Products", { headers: { Authorization: `Bearer ${Value}` } });
  const bytes = await answer.arrayBuffer();
  free();
  return bytes;
})();

function invented(index) {
  const pick = (list, step = 1) => list[Math.floor(index / step) % list.length];
  const name = pick(FIRST) + pick(SECOND, FIRST.length);
  const trade = TRADES[(index * 7 + Math.floor(index / 400)) % TRADES.length];
  const variable = index % 3 === 1;
  const physical = index % 17 === 5;
  const links = index % 4 !== 3;
  return {
    Id: `${name}-${trade}-${Math.floor(index / 400) + 1}`.toUpperCase(),
    Name: `${name} ${trade}`,
    ShortDescription: `<p>${name} is invented.</p>`,
    Terms: `<p>${name} ${trade} gift cards are an invention of the sandbox.</p><ul><li>They buy nothing.</li><li>They never expire.</li></ul>`,
    RedemptionNote: "Redeem online or in the store.",
    Type: physical ? "Physical" : "Digital",
    DenominationType: variable ? "Variable" : "Fixed",
    Denominations: variable ? pick(RANGES) : pick(VALUES),
    AvailableDeliveryTypes: physical ? ["PhysicalShipment"] : links ? ["DigitalDelivery", "Links"] : ["DigitalDelivery"],
    Cost: { Fee: physical ? 1.95 : 0, DiscountPercentage: (index % 9) * 1.25 },
    Meta: { ShippingConfiguration: physical ? { FulfillmentGroup: "SANDBOX-PLASTIC", HasRequiredCardCarriers: index % 2 === 0 } : {} },
    CurrencyCode: "USD",
    CultureCodes: ["en-US"],
  };
}
