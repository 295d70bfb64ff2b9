// A campaign: the orders of a file, and what is known of each.
import { Campaign as RawCampaign, claimsCsv as rawClaimsCsv, resultsCsv as rawResultsCsv } from "../giftcard_partners_bulk.js";
import { ConfigError } from "../shared/errors.js";
import { Handle, SHOWN, rawOfThis, taker } from "../shared/handle.js";
import { PLACE } from "../shared/place.js";
import { placeCampaign } from "./placement.js";
import { rawCatalog } from "./raw-catalog.js";

const planned = (raw, place) => ({ ...raw.order(place), body: raw.body(place) });

/** One at a time, since all their bodies at once are as large as the file. `next`: the place of the next one, from a place on. */
function* eachOrder(raw, next, make) {
  try {
    for (let place = next(0); place !== undefined; place = next(place + 1)) yield make(raw, place);
  } finally {
    raw.free();
  }
}

/** Of what is known now: what becomes of the campaign does nothing to them. */
function ordersOf(campaign, method, make, isOwn = true, isEarlier = false) {
  const raw = rawOfThis(campaign, method).copy();
  // Of the campaigns before, those that were placed or may have been.
  return eachOrder(raw, (from) => (isOwn && from < raw.size ? from : isEarlier ? raw.nextEarlier(from) : undefined), make);
}

export class Campaign extends Handle {
  static name = "Campaign";

  static fromBytes(bytes) {
    return campaignOf(RawCampaign.fromBytes(bytes));
  }

  constructor(raw) {
    if (!(raw instanceof RawCampaign)) throw new ConfigError("A Campaign is made by a report's plan(), or by Campaign.fromBytes(bytes).");
    super(raw);
  }

  orders() {
    return ordersOf(this, "orders", planned);
  }

  earlier() {
    return ordersOf(this, "earlier", planned, false, true);
  }

  digests(key) {
    if (!(key instanceof Uint8Array && key.length === 16)) throw new ConfigError("digests: key must be a Uint8Array of 16 bytes.");
    const words = new BigUint64Array(key.slice().buffer);
    return ordersOf(
      this,
      "digests",
      (raw, place) => ({ ...raw.order(place, true), isEarlier: place >= raw.size, payments: raw.payments(place, ...words) }),
      true,
      true,
    );
  }

  order(poNumber) {
    const raw = rawOfThis(this, "order");
    const place = raw.find(String(poNumber));
    return place === undefined ? undefined : planned(raw, place);
  }

  next(limit) {
    const raw = rawOfThis(this, "next");
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
      throw new ConfigError("next: limit must be a whole number from 0.");
    }
    const orders = [];
    for (let place = raw.nextOpen(0); place !== undefined && !(orders.length >= limit); place = raw.nextOpen(place + 1)) {
      orders.push(planned(raw, place));
    }
    return orders;
  }

  record(poNumber, outcome, orderId) {
    rawOfThis(this, "record").record(poNumber, outcome, orderId);
  }

  progress() {
    return rawOfThis(this, "progress").progress();
  }

  get alreadyPlanned() {
    return rawOfThis(this, "alreadyPlanned").alreadyPlanned;
  }

  quote(catalog, balance) {
    return rawOfThis(this, "quote").quote(rawCatalog(catalog, "catalog"), balance);
  }

  toBytes() {
    return rawOfThis(this, "toBytes").toBytes();
  }

  ledger() {
    return rawOfThis(this, "ledger").ledger();
  }

  applyLedger(bytes) {
    rawOfThis(this, "applyLedger").applyLedger(bytes);
  }

  reconcile(orders) {
    return rawOfThis(this, "reconcile").copy().reconcile(orders);
  }

  [SHOWN]() {
    return this.progress();
  }

  [PLACE](client, options, maximum) {
    return placeCampaign(client, this, options, maximum);
  }
}

/** Not by the class's own name in its body: esbuild would rename it. */
export const campaignOf = (raw) => new Campaign(raw);

/** The wasm's own object of any entry's campaign. */
export const rawCampaign = taker(RawCampaign, "Campaign", (bytes) => RawCampaign.fromBytes(bytes));

export const claimsCsv = (campaign, orders) => rawClaimsCsv(rawCampaign(campaign, "campaign").copy(), orders);

export const resultsCsv = (campaign, orders) => rawResultsCsv(rawCampaign(campaign, "campaign").copy(), orders);
