// A campaign: the orders of a file, and what is known of each.
import { Campaign as RawCampaign, claimsCsv as rawClaimsCsv, resultsCsv as rawResultsCsv } from "../giftcard_partners_bulk.js";
import { ConfigError } from "../shared/errors.js";
import { Handle, SHOWN, rawOfThis, taker } from "../shared/handle.js";
import { PLACE } from "../shared/place.js";
import { placeCampaign } from "./placement.js";
import { rawCatalog } from "./raw-catalog.js";

const planned = (raw, place) => ({ ...raw.order(place), body: raw.body(place) });

/** One at a time, since all their bodies at once are as large as the file. `next`: the place of the next one, from a place on. */
function* eachOrder(raw, next) {
  try {
    for (let place = next(raw, 0); place !== undefined; place = next(raw, place + 1)) yield planned(raw, place);
  } finally {
    raw.free();
  }
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

  /** Of what is known now: what becomes of the campaign does nothing to them. */
  orders() {
    return eachOrder(rawOfThis(this, "orders").copy(), (raw, from) => (from < raw.size ? from : undefined));
  }

  /** Of the campaigns before, those that were placed or may have been. */
  earlier() {
    return eachOrder(rawOfThis(this, "earlier").copy(), (raw, from) => raw.nextEarlier(from));
  }

  payments(key) {
    const raw = rawOfThis(this, "payments");
    if (!(key instanceof Uint8Array && key.length === 16)) throw new ConfigError("payments: key must be a Uint8Array of 16 bytes.");
    return raw.payments(key);
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
